/** The points that were kept in the display: what there is of them, to take away and to throw away. */
import { counted } from "../../core/index.js";
import { For, Show } from "solid-js";
import { type KeptPoint } from "../model/kept-points.js";
import { type KeptPoints } from "../model/kept-store.js";
import { saveBlob } from "../../plots/interact/index.js";

const when = (at: string): string => at.slice(0, 16).replace("T", " ");

const settingsOf = ({ chain, settings }: KeptPoint): string =>
  [chain, ...Object.entries(settings).map(([key, text]) => `${key}=${text}`)].join(", ");

export function KeptBar(props: { kept: KeptPoints; onLoad(file: File): void }) {
  const points = () => props.kept.points();
  const save = (): void =>
    saveBlob("points.json", new Blob([JSON.stringify(points(), null, 2)], { type: "application/json" }));
  return (
    <Show
      when={points().length > 0}
      fallback={
        <p>
          No point is kept in this browser: in the event display, “keep this point” below the statistics keeps one.{" "}
          <LoadPoints onLoad={props.onLoad} />
        </p>
      }
    >
      <details class="kept-bar">
        <summary>{counted(points().length, "point")}, kept in this browser</summary>
        <ul>
          <For each={points()}>
            {(point) => (
              <li>
                <button
                  type="button"
                  aria-label={`Remove the point of ${when(point.at)}: ${settingsOf(point)}`}
                  onClick={() => props.kept.remove((each) => each === point)}
                >
                  ×
                </button>{" "}
                {when(point.at)} {point.sample}: {settingsOf(point)}
              </li>
            )}
          </For>
        </ul>
        <button type="button" onClick={save}>
          save as JSON
        </button>
        <LoadPoints onLoad={props.onLoad} />
        <button type="button" onClick={() => props.kept.remove(() => true)}>
          remove all
        </button>
      </details>
    </Show>
  );
}

/** A file of points can be dropped on the page as well. */
function LoadPoints(props: { onLoad(file: File): void }) {
  let input!: HTMLInputElement;
  return (
    <>
      <button type="button" onClick={() => input.click()}>
        load JSON
      </button>
      <input
        ref={(element) => (input = element)}
        type="file"
        accept=".json,application/json"
        aria-label="File of points"
        tabindex="-1"
        hidden
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // The same file again is another change.
          currentTarget.value = "";
          if (file !== undefined) props.onLoad(file);
        }}
      />
    </>
  );
}
