/** A chain over a whole sample: SAMPLE folder in, RUN folder out. */
import {
  type Acceptance,
  acceptanceOf,
  chainOf,
  type ChainSummary,
  checkParams,
  parseSelection,
  stepTables,
  SummaryBuilder,
} from "../chain/index.js";
import { RUN_TABLES, storedRunTables } from "../events/index.js";
import { type RunWriter } from "../io/index.js";
import { type Effects, openSampleFolder, writeRun } from "../io/node/index.js";
import { clusterFrames } from "./cluster-frames.js";
import { runBatches } from "./pool.js";
import { mergeEntries } from "./merge-entries.js";
import { type ChainTask, tablesOf, type TaskInfo } from "./process.js";
import { taskInfo } from "./run-task.js";
import { storeSample } from "./sample-of-run.js";
import { selectionNotes } from "./selection-notes.js";

export interface RunJob extends ChainTask {
  /** Folder to write. */
  readonly out: string;
  readonly workers: number;
  /** Replace an existing run. */
  readonly force: boolean;
  /** Also write the clusters for pandas, to clusters.hdf5. */
  readonly hdf5?: boolean;
  /** Of the program, for run.json. */
  readonly version: string;
  readonly signal: AbortSignal;
  readonly effects?: Effects;
  /** Entries done and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface RunReport {
  readonly sample: string;
  readonly out: string;
  readonly chains: readonly ChainSummary[];
  /** Of particles, by |eta|. */
  readonly acceptance: Acceptance;
  /** [s] reading, computing and writing. */
  readonly seconds: number;
  readonly eventsPerSecond: number;
  /** What people should know: events that were named and not selected, samples and runs that are empty. */
  readonly notes: readonly string[];
}

/**
 * Runs the chains of a job and writes the RUN folder, which appears as a whole at the end or not at all. The tables are
 * equal byte for byte for equal input, options and version, whatever the number of workers.
 */
export async function runChains(job: RunJob): Promise<RunReport> {
  const { sample, out, chains, params, selection, saveSteps, skipBadEvents, entries, events, workers, signal } = job;
  const { tcMap, weights } = job;
  // Before anything is opened: options that cannot work.
  checkParams(params);
  parseSelection(selection);
  const start = performance.now();
  const task: ChainTask = {
    sample,
    chains,
    params,
    selection,
    saveSteps,
    skipBadEvents,
    ...(entries === undefined ? {} : { entries }),
    ...(events === undefined ? {} : { events }),
    ...(tcMap === undefined ? {} : { tcMap }),
    ...(weights === undefined ? {} : { weights }),
  };
  const summaries = chains.map((chain) => new SummaryBuilder(chain));
  let report: RunReport | undefined;
  const hasTruth = await sampleHasTruth(sample);
  const options = {
    force: job.force,
    inputs: [sample, ...[tcMap, weights].flatMap((study) => (study === undefined ? [] : [study.absolute]))],
    ...(job.effects === undefined ? {} : { effects: job.effects }),
  };
  const fill = async (writer: RunWriter<typeof RUN_TABLES>): Promise<object> => {
    let info: TaskInfo | undefined;
    await runBatches(
      task,
      workers,
      signal,
      (opened) => {
        info = opened;
        job.onProgress?.(0, opened.entries);
      },
      async (results) => {
        for (const [i, result] of results.entries()) summaries[i].add(result);
        const tables = results.flatMap(tablesOf);
        for (const name of new Set(tables.map(([each]) => each))) {
          const parts = tables.filter(([each]) => each === name).map(([, table]) => table);
          await writer.append(name, mergeEntries(RUN_TABLES[name], parts) as never);
        }
        job.onProgress?.(summaries[0].counts.entries, info?.entries ?? 0);
      },
    );
    if (info === undefined) throw new Error("the run ended before its sample was open");
    const seconds = (performance.now() - start) / 1000;
    report = {
      sample,
      out,
      chains: summaries.map((summary) => summary.finish()),
      acceptance: acceptanceOf(params),
      seconds,
      eventsPerSecond: summaries[0].counts.entries / seconds,
      notes: [...info.notes, ...(await selectionNotes(task, summaries[0].counts))],
    };
    return runInfo(job, task, report, info);
  };
  await writeRun(out, schemasOf(task, hasTruth), options, fill, job.hdf5 === true ? clusterFrames(signal) : undefined);
  if (report === undefined) throw new Error("the run was written without a report");
  return report;
}

async function sampleHasTruth(path: string): Promise<boolean> {
  const sample = await openSampleFolder(path);
  try {
    return sample.hasTruth;
  } finally {
    await sample.close();
  }
}

/** The tables that the results of a task have. */
function schemasOf({ chains, params, saveSteps }: ChainTask, hasTruth: boolean): typeof RUN_TABLES {
  const stored = storedRunTables(hasTruth);
  const { seeds, clusters, assignment, events, tcdr } = stored;
  const between = new Set(saveSteps ? chains.flatMap((name) => stepTables(chainOf(name))) : []);
  const schemas: Partial<typeof RUN_TABLES> = {
    seeds,
    clusters,
    assignment,
    events,
    ...Object.fromEntries([...between].map((name) => [name, stored[name]])),
    ...(params.valid_cluster.tcDeltaRthresh.length > 0 ? { tcdr } : {}),
  };
  return schemas as typeof RUN_TABLES;
}

function runInfo(job: RunJob, task: ChainTask, report: RunReport, { sampleHash, allEntries }: TaskInfo): object {
  return {
    ...taskInfo({ ...task, sample: storeSample(job.out, job.sample, sampleHash) }, allEntries, job.version),
    summary: report.chains,
    timings: { seconds: report.seconds, eventsPerSecond: report.eventsPerSecond, workers: job.workers },
  };
}
