/** A chain over a whole sample: SAMPLE folder in, RUN folder out. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
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
import { type Effects, writeRun } from "../io/node/index.js";
import { clusterFrames } from "./cluster-frames.js";
import { aheadOf, busyClock, createPool, inOrder, threadsFor, type Workers } from "./pool.js";
import { type ChainTask, createProcessor, type TaskInfo } from "./process.js";
import { taskInfo } from "./run-task.js";
import { storeSample } from "./sample-of-run.js";
import { selectionNotes } from "./selection-notes.js";

export interface RunJob extends ChainTask {
  /** Folder to write. */
  readonly out: string;
  readonly workers: Workers;
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
  /** [s] of these, how long this thread was busy. */
  readonly mainSeconds: number;
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
  const busy = busyClock();
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
  const { seconds: whole, batches } = await workOf(task);
  // Threads start while the sample is opened, unless its size does not say how much there is to do.
  const isPart = entries !== undefined || events !== undefined;
  let pool = isPart ? undefined : createPool("run", task, threadsFor(workers, whole, batches), signal);
  const opened = await createProcessor(task).catch(async (error: unknown) => {
    await pool?.close();
    throw error;
  });
  try {
    const part = (whole * opened.entries) / Math.max(1, opened.allEntries);
    if (isPart) pool = createPool("run", task, threadsFor(workers, part, opened.batches), signal);
    pool?.join(opened);
    const fill = async (writer: RunWriter<typeof RUN_TABLES>): Promise<object> => {
      job.onProgress?.(0, opened.entries);
      const batches = Array.from({ length: opened.batches }, (_, batch) => ({ batch, identity: opened.identity }));
      const ask = pool?.ask ?? opened.process;
      for await (const [, { chains: results, tables }] of inOrder(batches, ask, aheadOf(pool))) {
        signal.throwIfAborted();
        for (const [i, result] of results.entries()) summaries[i].add(result);
        for (const [name, table] of Object.entries(tables)) {
          await writer.append(name as keyof typeof RUN_TABLES, table as never);
        }
        job.onProgress?.(summaries[0].counts.entries, opened.entries);
        // Lets signals and progress through: reading a cached batch never leaves the microtask queue.
        if (pool === undefined) await new Promise((resolve) => setImmediate(resolve));
      }
      signal.throwIfAborted();
      const seconds = (performance.now() - start) / 1000;
      report = {
        sample,
        out,
        chains: summaries.map((summary) => summary.finish()),
        acceptance: acceptanceOf(params),
        seconds,
        eventsPerSecond: summaries[0].counts.entries / seconds,
        mainSeconds: busy(pool),
        notes: [...opened.notes, ...(await selectionNotes(task, summaries[0].counts))],
      };
      return runInfo(job, task, report, opened, pool?.threads ?? 1);
    };
    const options = {
      force: job.force,
      inputs: [sample, ...[tcMap, weights].flatMap((study) => (study === undefined ? [] : [study.absolute]))],
      encoder: pool,
      ...(job.effects === undefined ? {} : { effects: job.effects }),
    };
    const extra = job.hdf5 === true ? clusterFrames(signal) : undefined;
    await writeRun(out, schemasOf(task, opened.hasTruth), options, fill, extra);
  } finally {
    await pool?.close();
    await opened.close();
  }
  if (report === undefined) throw new Error("the run was written without a report");
  return report;
}

/** Bytes of trigger cells that a chain gets through in a second, and of a batch at least: to tell how many threads are worth their start. */
const BYTES_PER_SECOND = 1e8;
const BATCH_BYTES = 1e6;

/** About how much there is to do, by what can be known before the sample is open. */
async function workOf({ sample, chains }: ChainTask): Promise<{ seconds: number; batches: number }> {
  const size = await stat(join(sample, "tc.parquet")).then(
    (info) => info.size,
    () => 0,
  );
  return { seconds: (chains.length * size) / BYTES_PER_SECOND, batches: Math.ceil(size / BATCH_BYTES) };
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

function runInfo(
  job: RunJob,
  task: ChainTask,
  report: RunReport,
  { sampleHash, allEntries }: TaskInfo,
  workers: number,
): object {
  return {
    ...taskInfo({ ...task, sample: storeSample(job.out, job.sample, sampleHash) }, allEntries, job.version),
    summary: report.chains,
    timings: { seconds: report.seconds, eventsPerSecond: report.eventsPerSecond, workers },
  };
}
