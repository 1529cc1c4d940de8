/** A chain over a whole sample: SAMPLE folder in, RUN folder out. */
import { chainOf, checkParams, parseSelection, stepTables } from "../chain/index.js";
import { RUN_TABLES } from "../events/index.js";
import { type RunWriter } from "../io/index.js";
import { type Effects, fillFrames, type RunExtra, writeRun } from "../io/node/index.js";
import { writeClusterFrames } from "./cluster-frames.js";
import { runBatches } from "./pool.js";
import { mergeEntries } from "./merge-entries.js";
import { type ChainTask, tablesOf } from "./process.js";
import { taskInfo } from "./run-task.js";
import { type ChainSummary, SummaryBuilder } from "../chain/index.js";

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
  /** [s] reading, computing and writing. */
  readonly seconds: number;
  readonly eventsPerSecond: number;
}

/**
 * Runs the chains of a job and writes the RUN folder, which appears as a whole at the end or not at all. The tables are
 * equal byte for byte for equal input, options and version, whatever the number of workers.
 */
export async function runChains(job: RunJob): Promise<RunReport> {
  const { sample, out, chains, params, selection, saveSteps, skipBadEvents, first, events, workers, signal } = job;
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
    ...(first === undefined ? {} : { first }),
    ...(events === undefined ? {} : { events }),
  };
  const summaries = chains.map((chain) => new SummaryBuilder(chain));
  let report: RunReport | undefined;
  const options = {
    force: job.force,
    inputs: [sample],
    ...(job.effects === undefined ? {} : { effects: job.effects }),
  };
  const frames: RunExtra = {
    file: "clusters.hdf5",
    write: (run, path, shown) => fillFrames(path, shown, (into) => writeClusterFrames(run, into, signal)),
  };
  const fill = async (writer: RunWriter<typeof RUN_TABLES>): Promise<object> => {
    let total = 0;
    let sampleHash = "";
    await runBatches(
      task,
      workers,
      signal,
      (info) => {
        total = info.entries;
        sampleHash = info.sampleHash;
        job.onProgress?.(0, total);
      },
      async (results) => {
        for (const [i, result] of results.entries()) summaries[i].add(result);
        const tables = results.flatMap(tablesOf);
        for (const name of new Set(tables.map(([each]) => each))) {
          const parts = tables.filter(([each]) => each === name).map(([, table]) => table);
          await writer.append(name, mergeEntries(RUN_TABLES[name], parts) as never);
        }
        job.onProgress?.(summaries[0].counts.entries, total);
      },
    );
    const seconds = (performance.now() - start) / 1000;
    report = {
      sample,
      out,
      chains: summaries.map((summary) => summary.finish()),
      seconds,
      eventsPerSecond: summaries[0].counts.entries / seconds,
    };
    return runInfo(job, report, sampleHash);
  };
  await writeRun(out, schemasOf(task), options, fill, job.hdf5 === true ? frames : undefined);
  if (report === undefined) throw new Error("the run was written without a report");
  return report;
}

/** The tables that the results of a task have. */
function schemasOf({ chains, params, saveSteps }: ChainTask): typeof RUN_TABLES {
  const { seeds, clusters, assignment, events, tcdr } = RUN_TABLES;
  const between = new Set(saveSteps ? chains.flatMap((name) => stepTables(chainOf(name))) : []);
  const schemas: Partial<typeof RUN_TABLES> = {
    seeds,
    clusters,
    assignment,
    events,
    ...Object.fromEntries([...between].map((name) => [name, RUN_TABLES[name]])),
    ...(params.valid_cluster.tcDeltaRthresh.length > 0 ? { tcdr } : {}),
  };
  return schemas as typeof RUN_TABLES;
}

function runInfo(job: RunJob, report: RunReport, sampleHash: string): object {
  return {
    ...taskInfo({ ...job, sample: { path: job.sample, hash: sampleHash } }, job.version),
    summary: report.chains,
    timings: { seconds: report.seconds, eventsPerSecond: report.eventsPerSecond, workers: job.workers },
  };
}
