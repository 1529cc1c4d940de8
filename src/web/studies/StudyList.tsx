import { For, Show } from "solid-js";
import { type Catalog } from "../../server/api.js";
import { counted } from "../ui/numbers.js";

/** What is there to open. */
export function StudyList(props: { catalog: Catalog | null; onOpen(id: string): void }) {
  const studies = () => props.catalog?.studies ?? [];
  return (
    <section class="study-list">
      <h2>Studies</h2>
      <Show
        when={studies().length > 0}
        fallback={
          <p>
            No study lies below the data folders. Make one, for example{" "}
            <code>bye-splits study radius --in SAMPLE --radii 0.005:0.05:10 --out STUDY</code>, or drop the folder of
            one here.
          </p>
        }
      >
        <ul>
          <For each={studies()}>
            {({ id, study, samples, points, hasResults }) => (
              <li>
                <button type="button" disabled={!hasResults} onClick={() => props.onOpen(id)}>
                  {id}
                </button>{" "}
                {study}, {counted(points, "point")}, {samples.map(({ name }) => name).join(", ")}
                {hasResults ? "" : ": begun, not combined yet"}
              </li>
            )}
          </For>
        </ul>
        <p class="soft">Or drop the folder of a study here.</p>
      </Show>
    </section>
  );
}
