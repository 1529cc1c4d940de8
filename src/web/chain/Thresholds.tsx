import { Index, Show } from "solid-js";
import { type Model } from "../model/model.js";
import { minus } from "../ui/numbers.js";
import { defaultText } from "../model/parameters.js";

/** Where sliders of thresholds end [mip_T]. */
const MOST = 500;

/** The thresholds of coarse seeds, one a range of |η|. */
export function Thresholds(props: { model: Model }) {
  const { model } = props;
  const list = (key: string): string[] => (model.settings()[key] ?? defaultText(key)).split(",");
  const ranges = (): string[] => {
    const limits = list("cs.eta_list");
    return limits.slice(1).map((limit, i) => `|η| ${limits[i].trim()}–${limit.trim()}`);
  };
  const value = (i: number): string => list("cs.threshold")[i]?.trim() ?? "";
  const usual = (i: number): string => defaultText("cs.threshold").split(",")[i] ?? "";
  const set = (i: number, text: string): void => {
    // One value a range: where there are more ranges than before, the last value stands for the missing ones.
    const values = list("cs.threshold");
    const next = ranges()
      .map((_, k) => (k === i ? text.trim() : (values[k] ?? values[values.length - 1])))
      .join(",");
    model.setSetting("cs.threshold", next === defaultText("cs.threshold") ? null : next);
  };
  return (
    <div class="thresholds" role="group" aria-label="Thresholds of coarse seeds">
      <span class="name">thresholds [mip_T]</span>
      <Index each={ranges()}>
        {(range, i) => {
          const name = (): string => `${range()} threshold [mip_T]`;
          const changed = (): boolean => usual(i) !== "" && value(i) !== usual(i);
          return (
            <div class="parameter" classList={{ changed: changed() }}>
              <span class="name" title={`cs.threshold, value ${i + 1}: default ${usual(i) === "" ? "none" : usual(i)}`}>
                {minus(range())}
              </span>
              <input
                class="value"
                inputmode="decimal"
                aria-label={name()}
                value={value(i)}
                onChange={({ currentTarget }) => set(i, currentTarget.value)}
              />
              <button
                type="button"
                class="reset"
                classList={{ idle: !changed() }}
                disabled={!changed()}
                aria-label={`Reset ${name()}`}
                title={`Reset to the default: ${usual(i)}`}
                onClick={() => set(i, usual(i))}
              >
                ↺
              </button>
              <Show when={Number.isFinite(Number(value(i)))}>
                <input
                  class="slide"
                  type="range"
                  aria-label={`${name()}, slider`}
                  min="0"
                  max={MOST}
                  step="1"
                  value={value(i)}
                  onInput={({ currentTarget }) => set(i, currentTarget.value)}
                />
              </Show>
            </div>
          );
        }}
      </Index>
    </div>
  );
}
