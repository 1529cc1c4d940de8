import { counted, noun, partsInWords } from "../../core/index.js";
import { For, Show } from "solid-js";
import { type Catalog, type CatalogJob, type CatalogStudy } from "../../server/api.js";
import { KEPT } from "../model/kept-points.js";
import { liveStudy } from "./state.js";
import { refreshWhile } from "./Unfinished.js";

const isRunning = ({ tasks, done, failed, problem }: CatalogJob): boolean =>
  problem === undefined && done + failed < tasks;

/** What is there to open, and what is on the way. */
export function StudyList(props: {
  catalog: Catalog | null;
  /** Why there is none; "" where there is one, or it is on its way. */
  problem: string;
  /** That can be read in the page. */
  samples: readonly string[];
  /** Points that were kept in the display. */
  kept: number;
  onOpen(id: string): void;
  onRefresh(): Promise<void>;
}) {
  const studies = () => props.catalog?.studies ?? [];
  const jobs = () => props.catalog?.jobs ?? [];
  const runs = () => props.catalog?.runs ?? [];
  refreshWhile(
    () => jobs().some(isRunning) || studies().some(({ hasResults, problem }) => !hasResults && problem === undefined),
    () => props.onRefresh(),
  );
  return (
    <section class="study-list">
      <h2>Samples</h2>
      <p class="soft">
        Read and clustered in the page, as set or at many radii: efficiency, response, resolution, distributions and
        splits without a study.
      </p>
      <ul class="chips">
        <For each={props.samples}>
          {(id) => (
            <li>
              <button type="button" data-opens={liveStudy([id])} onClick={() => props.onOpen(liveStudy([id]))}>
                {id === "embedded" ? "embedded sample" : id}
              </button>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.kept > 0}>
        <h2>Points kept in the display</h2>
        <p>
          <button type="button" data-opens={KEPT} onClick={() => props.onOpen(KEPT)}>
            compare {counted(props.kept, "point")}
          </button>
        </p>
      </Show>
      <h2>Studies</h2>
      <Show
        when={studies().length > 0}
        fallback={
          <p>
            {props.problem === "" ? "" : `${props.problem}. `}No study lies below the data folders. Make one, for
            example <code>bye-splits study radius --in SAMPLE --radii 0.005:0.05:10 --out STUDY</code>, or drop the
            folder of one here.
          </p>
        }
      >
        <ul>
          <For each={studies()}>
            {(study) => (
              <li>
                <button
                  type="button"
                  data-opens={study.id}
                  disabled={!canBeOpened(study)}
                  title={canBeOpened(study) ? undefined : "It has nothing to show before it is combined"}
                  onClick={() => props.onOpen(study.id)}
                >
                  {study.id}
                </button>{" "}
                {studyInWords(study)}
              </li>
            )}
          </For>
        </ul>
        <p class="soft">Or drop the folder of a study here.</p>
      </Show>
      <Show when={jobs().length > 0}>
        <h2>Jobs</h2>
        <ul>
          <For each={jobs()}>
            {(job) => (
              <li>
                <b>{job.id}</b>{" "}
                <Show when={job.problem === undefined}>
                  <progress max={job.tasks} value={job.done} aria-label={`Tasks of ${job.id} that are done`} />{" "}
                </Show>
                {jobInWords(job)}
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={runs().length > 0}>
        <h2>Runs</h2>
        <ul>
          <For each={runs()}>
            {({ id, chains, sample }) => (
              <li>
                <b>{id}</b> {noun(chains.length, "chain")} {chains.join(", ")}
                {sample === undefined ? "" : ` of ${sample}`}; <code>bye-splits report {id}</code>
              </li>
            )}
          </For>
        </ul>
        <p class="soft">
          The event display shows a run beside what it computes itself: choose it there under “compare”.
        </p>
      </Show>
    </section>
  );
}

/** Of radii and scans also what is not combined yet. */
const canBeOpened = ({ hasResults, study, partsDone, problem }: CatalogStudy): boolean =>
  hasResults ||
  // To be told more of it.
  problem !== undefined ||
  (partsDone > 0 && (study === "radius" || study === "scan"));

function studyInWords({ study, points, samples, hasResults, parts, partsDone, problem }: CatalogStudy): string {
  if (problem !== undefined) return problem;
  const about = `${study}, ${counted(points, "point")}, ${samples.map(({ name }) => name).join(", ")}`;
  if (hasResults) return about;
  return `${about}: ${partsInWords(partsDone, parts)}, not combined yet`;
}

function jobInWords({ name, engine, tasks, done, failed, running, problem }: CatalogJob): string {
  if (problem !== undefined) return problem;
  const rest = tasks - done - failed - running;
  const others = [
    [failed, "failed"],
    [running, "running"],
    [rest, "waiting"],
  ].flatMap(([n, what]) => (n === 0 ? [] : [`, ${n} ${what}`]));
  return `${name} (${engine}): ${done} of ${counted(tasks, "task")} done${others.join("")}`;
}
