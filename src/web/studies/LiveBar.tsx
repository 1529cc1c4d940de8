/** Samples without a study: which, how many of their entries, and at which radii; and how far the page is with them. */
import { counted } from "../../core/index.js";
import { parseRadii } from "../../studies/index.js";
import { createSignal, For, Show } from "solid-js";
import { Choice } from "../ui/Choice.js";
import { FirstEvents } from "../ui/FirstEvents.js";
import { type Model } from "../model/model.js";
import { type Scanned } from "./protocol.js";
import { liveSamples, liveStudy, type StudyState } from "./state.js";

/** What a scan begins with. */
const RADII = "0.005:0.05:10";

interface Props {
  readonly model: Model;
  readonly state: StudyState;
  readonly scanned: Scanned | null;
  /** What is to be known of what is read. */
  readonly note: string;
  set(change: Partial<StudyState>): void;
}

export function LiveBar(props: Props) {
  const { view, setView, catalog } = props.model;
  const [wrong, setWrong] = createSignal("");
  const samples = (): readonly string[] => liveSamples(props.state.study) ?? [];
  const known = (): readonly string[] => [
    ...new Set(["embedded", ...(catalog()?.samples ?? []).map(({ id }) => id), ...samples()]),
  ];
  const toggle = (id: string): void => {
    const next = samples().includes(id) ? samples().filter((each) => each !== id) : [...samples(), id];
    // Of nothing there is no page.
    if (next.length > 0) props.set({ study: liveStudy(next), hide: "" });
  };
  const setRadii = (text: string): void => {
    try {
      parseRadii(text);
      setWrong("");
      props.set({ radii: text.replaceAll(" ", "") });
    } catch (error) {
      setWrong(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section class="live-bar" aria-label="Samples without a study" data-live={liveWord(props.scanned)}>
      <details class="live-samples">
        <summary>
          {samples().length === 1 ? samples()[0] : counted(samples().length, "sample")}, read in the page
        </summary>
        <span class="chips" role="group" aria-label="Samples that are read">
          <For each={known()}>
            {(id) => (
              <button type="button" aria-pressed={samples().includes(id)} onClick={() => toggle(id)}>
                {id}
              </button>
            )}
          </For>
        </span>
      </details>
      <FirstEvents label="Events that are read" n={view.n} onN={(n) => setView({ n })} />
      <Choice
        label="Radii"
        value={props.state.radii === "" ? "set" : "scan"}
        options={[
          ["set", "radius as set"],
          ["scan", "scan radii"],
        ]}
        onChange={(word) => props.set({ radii: word === "set" ? "" : props.state.radii || RADII })}
      />
      <Show when={props.state.radii !== ""}>
        <label class="field">
          <span>radii</span>
          <input
            class="radii"
            value={props.state.radii}
            title="start:stop:number, or a list with commas"
            aria-invalid={wrong() !== ""}
            onChange={({ currentTarget }) => setRadii(currentTarget.value)}
          />
        </label>
      </Show>
      <Show when={props.scanned}>
        {(scanned) => (
          <Show when={!scanned().isDone}>
            <progress aria-label="Entries that are read" max={scanned().total} value={scanned().done} />
            <small role="status">
              {scanned().done} of {counted(scanned().total, "entry", "entries")}
            </small>
          </Show>
        )}
      </Show>
      <Show when={props.note !== ""}>
        <p class="soft live-note">{props.note}</p>
      </Show>
      <Show when={wrong() !== ""}>
        <span class="field-error" role="alert">
          {wrong()}
        </span>
      </Show>
    </section>
  );
}

const liveWord = (scanned: Scanned | null): string =>
  scanned === null ? "begun" : scanned.isDone ? `done ${scanned.done}` : "reading";
