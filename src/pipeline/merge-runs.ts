/** Runs of ranges of one sample to the run of all of them. */
import {
  type Acceptance,
  acceptanceOf,
  addCounts,
  type ChainSummary,
  parseRunInfo,
  type RunInfo,
  type StoredRange,
  SummaryBuilder,
} from "../chain/index.js";
import { InputError, type Schema } from "../core/index.js";
import { RECORDS } from "../events/index.js";
import { runSchemas } from "./run-tables.js";
import { type Run, type RunWriter } from "../io/index.js";
import { openRunFolder, writeRun } from "../io/node/index.js";
import { clusterFrames, FRAMES_FILE } from "./cluster-frames.js";
import { handOnSample } from "./sample-of-run.js";
import { type StoredTask, taskInfo, taskOf } from "./run-task.js";

export interface MergeJob {
  /** RUN folders, in any order. */
  readonly runs: readonly string[];
  /** Folder to write. */
  readonly out: string;
  /** For the clusters for pandas: the sample, where it is no longer where run.json says. */
  readonly sample?: string;
  /** Replace an existing run. */
  readonly force: boolean;
  readonly signal: AbortSignal;
}

export interface MergeReport {
  readonly out: string;
  readonly runs: readonly string[];
  /** Entries of the sample that the run holds, and all. */
  readonly range: StoredRange;
  readonly chains: readonly ChainSummary[];
  readonly acceptance: Acceptance;
}

interface Part {
  readonly path: string;
  readonly run: Run;
  readonly task: StoredTask;
  readonly range: StoredRange;
  readonly info: PartInfo;
}

type PartInfo = RunInfo & { readonly summary: readonly ChainSummary[] };

/**
 * Writes the run that one `run --entries` over all entries of the parts would have written: equal tables, byte for byte, and an
 * equal summary. InputError for parts of other samples, configurations or versions, and for ranges that overlap or leave a gap.
 */
export async function mergeRuns(job: MergeJob): Promise<MergeReport> {
  const parts = await Promise.all(job.runs.map(openPart));
  parts.sort((a, b) => a.range.from - b.range.from || a.range.to - b.range.to);
  for (const part of parts.slice(1)) checkAlike(parts[0], part);
  for (const [i, part] of parts.slice(1).entries()) checkBorder(parts[i], part);
  const [{ task, run, info, range: firstRange }] = parts;
  const range = { ...firstRange, to: parts[parts.length - 1].range.to };
  const summaries = task.chains.map((chain) => new SummaryBuilder(chain));
  const schemas = await runSchemas(run);
  let chains: ChainSummary[] = [];
  const fill = async (writer: RunWriter<Record<string, Schema>>): Promise<object> => {
    for (const part of parts) {
      for (const name of Object.keys(schemas)) await copyTable(part.run, name, schemas[name], writer, job.signal);
      const records = await part.run.readTable("events", RECORDS);
      for (const [i, summary] of summaries.entries()) {
        addCounts(summary.counts, part.info.summary[i].counts);
        summary.addRecords(records);
      }
    }
    chains = summaries.map((summary) => summary.finish());
    const seconds = parts.reduce((sum, part) => sum + (part.info.timings?.seconds ?? 0), 0);
    return {
      ...taskInfo(
        { ...task, sample: handOnSample(run, task.sample, job.out), entries: range },
        range.of,
        info.program.replace(/^bye-splits /, ""),
      ),
      // With the sections that no chain reads, as a single run has them.
      config: run.info["config"],
      summary: chains,
      timings: { seconds, eventsPerSecond: chains[0].counts.entries / seconds, runs: parts.length },
    };
  };
  const frames = run.info.files?.includes(FRAMES_FILE) === true ? clusterFrames(job.signal, job.sample) : undefined;
  await writeRun(job.out, schemas, { force: job.force, inputs: job.runs }, fill, frames);
  return { out: job.out, runs: parts.map(({ path }) => path), range, chains, acceptance: acceptanceOf(task.params) };
}

async function openPart(path: string): Promise<Part> {
  const run = await openRunFolder(path);
  const info = parseRunInfo(run);
  const { summary } = info;
  if (summary === undefined) {
    throw new InputError(`${path} is not complete: its last step, validate, has not been taken`);
  }
  const all = summary[0].counts.entries;
  if (info.events !== undefined) throw new InputError(`${path} is a run of --events: only ranges are merged`);
  return {
    path,
    run,
    task: taskOf(info),
    info: { ...info, summary },
    range: info.entries ?? { from: 0, to: all, of: all },
  };
}

/** What must be the same in all parts: all of run.json but what depends on the range. */
function comparable({ run: { info }, range }: Part): unknown {
  const { entries: _, summary: __, counts: ___, timings: ____, checksum: _____, tables, sample, ...rest } = info;
  const { tcMap, weights, ...same } = rest as { readonly tcMap?: object; readonly weights?: object };
  const { hash } = sample as { hash: string };
  return {
    ...same,
    sample: { hash, entries: range.of },
    tables: Object.keys(tables).toSorted(),
    ...withoutPaths({ tcMap, weights }),
  };
}

/** Studies that a run was made with, by what they are and not by where they are. */
function withoutPaths(studies: Readonly<Record<string, object | undefined>>): object {
  const { entries } = Object;
  return Object.fromEntries(
    entries(studies).flatMap(([name, study]) =>
      study === undefined
        ? []
        : [[name, Object.fromEntries(entries(study).filter(([key]) => key !== "path" && key !== "absolute"))]],
    ),
  );
}

/** Characters of a value that an error shows. */
const SHOWN = 100;

function checkAlike(a: Part, b: Part): void {
  const [here, there] = [a, b].map((part) => new Map(leaves(comparable(part), "")));
  for (const key of new Set([...here.keys(), ...there.keys()])) {
    const [one, other] = [here.get(key) ?? "nothing", there.get(key) ?? "nothing"];
    if (one === other) continue;
    const [left, right] = [one, other].map((text) => (text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text));
    throw new InputError(`${a.path} and ${b.path} are not runs of one kind: ${key} is ${left} and ${right}`);
  }
}

/** The values of an object with their paths, as text. */
function leaves(value: unknown, path: string): [string, string][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[path, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, path === "" ? key : `${path}.${key}`));
}

function checkBorder({ path, range: a }: Part, { path: next, range: b }: Part): void {
  if (b.from === a.to) return;
  const [problem, from, to] =
    b.from < a.to ? ["both hold", b.from, Math.min(a.to, b.to)] : ["leave a gap: none holds", a.to, b.from];
  throw new InputError(
    `${path} (${a.from}:${a.to}) and ${next} (${b.from}:${b.to}) ${problem} the entries ${from}:${to}`,
  );
}

async function copyTable(
  run: Run,
  name: string,
  schema: Schema,
  writer: RunWriter<Record<string, Schema>>,
  signal: AbortSignal,
): Promise<void> {
  const file = await run.openTable(name);
  try {
    for (let group = 0; group < file.groups.length; group++) {
      signal.throwIfAborted();
      await writer.append(name, await file.read(schema, group, group + 1));
    }
  } finally {
    await file.close();
  }
}
