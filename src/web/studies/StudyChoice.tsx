/** What is open: samples that are read in the page, points that were kept, and studies. */
import { For, Show } from "solid-js";
import { KEPT } from "../model/kept-points.js";
import { type Model } from "../model/model.js";
import { liveSamples, liveStudy } from "./state.js";

export function StudyChoice(props: { model: Model; study: string; onOpen(study: string): void }) {
  const { catalog, kept } = props.model;
  const studies = () => catalog()?.studies ?? [];
  const sampleIds = (): readonly string[] => ["embedded", ...(catalog()?.samples ?? []).map(({ id }) => id)];
  const isLive = (): boolean => liveSamples(props.study) !== null;
  return (
    <label class="field">
      <span>Study</span>
      <select
        aria-label="Study"
        value={props.study}
        onChange={({ currentTarget }) => props.onOpen(currentTarget.value)}
      >
        <option value="" selected={props.study === ""}>
          none
        </option>
        <Show
          when={
            props.study !== "" && props.study !== KEPT && !isLive() && !studies().some(({ id }) => id === props.study)
          }
        >
          <option value={props.study} selected>
            {props.study}
          </option>
        </Show>
        <optgroup label="samples, read in the page">
          <Show when={isLive() && !sampleIds().some((id) => liveStudy([id]) === props.study)}>
            <option value={props.study} selected>
              {liveSamples(props.study)?.join(", ")}
            </option>
          </Show>
          <For each={sampleIds()}>
            {(id) => (
              <option value={liveStudy([id])} selected={props.study === liveStudy([id])}>
                {id}
              </option>
            )}
          </For>
        </optgroup>
        <Show when={kept.points().length > 0 || props.study === KEPT}>
          <option value={KEPT} selected={props.study === KEPT}>
            points kept in the display
          </option>
        </Show>
        <optgroup label="studies">
          <For each={studies()}>
            {({ id, study }) => (
              <option value={id} selected={props.study === id}>
                {id} ({study})
              </option>
            )}
          </For>
        </optgroup>
      </select>
    </label>
  );
}
