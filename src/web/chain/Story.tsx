import { counted } from "../../core/index.js";
import { chainOf } from "../../chain/index.js";
import { Show } from "solid-js";
import { type Model } from "../model/model.js";
import { short } from "../ui/numbers.js";
import { storyOf } from "./story.js";

/** One sentence about what became of the particle, and what to do about it. */
export function Story(props: { model: Model }) {
  const { model } = props;
  const { view, setView } = model;
  const record = () => model.chain()?.record;
  const sentence = (): string => {
    const [event, chain] = [model.event(), model.chain()];
    return event === null || chain === null ? "" : storyOf(event.particles, chain.record, chain.clusters.length);
  };
  /** What the histogram shows of a split. */
  const reason = (): string => {
    const valley = record()?.valley;
    if (view.view !== "histogram" || valley === undefined || valley === null) return "";
    const seeds = `${short(valley.a)} and ${short(valley.b)} mip_T`;
    if (Number.isNaN(valley.min)) return `Its two seeds (${seeds}) are neighbours of equal rank.`;
    const { window } = model.params().seed;
    return `Between its two seeds (${seeds}) the energy dips to ${short(valley.min)}: within ${counted(window, "bin")} each way, both are maxima.`;
  };
  const changed = (): boolean => Object.keys(view.settings).length > 0;

  return (
    <div class="story" aria-live="polite">
      <span class="sentence">{sentence()}</span>
      <Show when={reason() !== ""}>
        <span class="reason">{reason()}</span>
      </Show>
      <Show when={record()?.isSplit && view.view === "layer"}>
        <button
          type="button"
          class="primary"
          onClick={() =>
            setView(
              chainOf(model.chainName()).seedsAre === "cells"
                ? { view: "coarse" }
                : { view: "histogram", step: "seeds", map: "flat", camera: "" },
            )
          }
        >
          Why?
        </button>
      </Show>
      <Show when={model.remedy()}>
        {(remedy) => (
          <button
            type="button"
            class="primary"
            onClick={() => setView({ settings: { ...view.settings, ...remedy().settings } })}
          >
            Try: {remedy().label}
          </button>
        )}
      </Show>
      <Show when={changed() && record()?.isSplit !== true}>
        <button type="button" onClick={() => setView({ settings: {} })}>
          back to the defaults
        </button>
      </Show>
    </div>
  );
}
