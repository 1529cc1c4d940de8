/** One step of a chain over a whole sample: from the tables of a RUN folder to the next ones. */
import {
  type Acceptance,
  acceptanceOf,
  type ChainCounts,
  type ChainName,
  chainOf,
  checkParams,
  checkParticles,
  countEntry,
  createCounts,
  createEntryTest,
  createSingleStep,
  type EntryOf,
  parseSelection,
  selectEntry,
  type SingleStep,
  type StepRows,
  type StepTable,
  tcColumns,
} from "../chain/index.js";
import { InputError, lacking, type Schema } from "../core/index.js";
import { RUN_TABLES, storedRunTables } from "../events/index.js";
import { type FolderInfo, type Run, type RunWriter } from "../io/index.js";
import { type Effects, extendRun, openRunFolder, openSampleFolder, writeRun } from "../io/node/index.js";
import { chooseEntries, type ChosenEntries } from "./entries.js";
import { EntryCursor } from "./entry-cursor.js";
import { openSampleOf, storeSample } from "./sample-of-run.js";
import { type RunTask, taskInfo, taskOf } from "./run-task.js";
import { type ChainSummary, parseRunInfo, SummaryBuilder } from "../chain/index.js";

export interface StepJob {
  readonly step: string;
  /** RUN folder. */
  readonly run: string;
  /** Folder of the sample, where it is no longer where run.json says. */
  readonly sample?: string;
  /** Replace tables that are there. */
  readonly force: boolean;
  /** Of the program, for run.json. */
  readonly version: string;
  readonly signal: AbortSignal;
  readonly effects?: Effects;
  /** Entries done and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** The first step of a chain, which makes the run. */
export interface FirstStepJob extends StepJob {
  readonly sample: string;
  readonly task: RunTask;
}

export interface StepReport {
  readonly step: string;
  readonly run: string;
  /** Rows of the tables that the step wrote. */
  readonly rows: Readonly<Record<string, number>>;
  /** What is known of the run so far. */
  readonly counts: ChainCounts;
  /** After the last step: what `run` says at its end. */
  readonly summary?: readonly ChainSummary[];
  readonly acceptance: Acceptance;
  /** What people should know: ranges and events that are not what their names say. */
  readonly notes: readonly string[];
}

/** Runs the first step of a chain and makes the RUN folder. */
export async function runFirstStep(job: FirstStepJob): Promise<StepReport> {
  const { run: path, task } = job;
  checkParams(task.params);
  const step = createSingleStep(job.step, task.chains[0], task.params);
  const sample = await openSampleFolder(job.sample);
  const chosen = await chooseEntries(sample, task);
  try {
    const stored = { ...task, sample: storeSample(path, job.sample, sample.hash) };
    const info = await writeRun(
      path,
      schemasOf(step, chosen.hasTruth),
      { ...outputOptions(job), inputs: [job.sample] },
      async (writer) => ({
        ...taskInfo(stored, chosen.allEntries, job.version),
        ...(await walk({ job, task, step, inputs: new Map(), chosen, writer, before: {} })),
      }),
    );
    return { ...reportOf(job, task, step, info), notes: chosen.notes };
  } finally {
    await chosen.close();
  }
}

/**
 * Runs a later step on a RUN folder, with the options of its first one. The steps of a chain one after another write the
 * tables of `runChains`, byte for byte. InputError when a table of an earlier step is missing.
 */
export async function runNextStep(job: StepJob): Promise<StepReport> {
  const run = await openRunFolder(job.run);
  const before = parseRunInfo(run);
  const task = taskOf(before);
  if (task.chains.length !== 1) {
    throw new InputError(`${job.run} holds the chains ${task.chains.join(", ")}: a step works on a run of one chain`);
  }
  const step = createSingleStep(job.step, task.chains[0], task.params);
  const inputs = new Map<StepTable, EntryCursor<Schema>>();
  try {
    for (const table of step.reads) inputs.set(table, await openInput(run, table, task.chains[0]));
    const chosen = await chooseEntries(await openSampleOf(run, task, job.sample), task);
    try {
      const info = await extendRun(run, schemasOf(step, chosen.hasTruth), outputOptions(job), async (writer) => ({
        ...run.info,
        ...(await walk({ job, task, step, inputs, chosen, writer, before })),
      }));
      return reportOf(job, task, step, info);
    } finally {
      await chosen.close();
    }
  } finally {
    for (const cursor of inputs.values()) await cursor.close();
  }
}

/** What run.json says about the steps that were done. */
interface StepOutcome {
  readonly counts: ChainCounts;
  /** After the last step. */
  readonly summary?: readonly ChainSummary[];
}

interface Walk {
  readonly job: StepJob;
  readonly task: RunTask;
  readonly step: SingleStep;
  readonly inputs: ReadonlyMap<StepTable, EntryCursor<Schema>>;
  readonly chosen: ChosenEntries;
  readonly writer: RunWriter<RunTables>;
  readonly before: Partial<StepOutcome>;
}

/** Takes a step over the selected entries of a sample, batch by batch. */
async function walk({ job, task, step, inputs, chosen, writer, before }: Walk): Promise<StepOutcome> {
  const selection = parseSelection(task.selection);
  const columns = tcColumns(task.chains);
  const builder = new SummaryBuilder(task.chains[0]);
  const { counts } = builder;
  const isGood = task.skipBadEvents ? createEntryTest(task.chains[0], task.params) : () => true;

  async function takeEntry(at: EntryOf): Promise<void> {
    try {
      checkParticles(at.batch, at.i);
    } catch (error) {
      if (!(error instanceof InputError) || !task.skipBadEvents) throw error;
      counts.entries++;
      counts.bad++;
      return;
    }
    const selected = selectEntry(at.batch, at.i, selection, task.params.base);
    countEntry(counts, selected);
    if (selected.leftOut !== null) return;
    if (!isGood(at)) {
      counts.bad++;
      return;
    }
    const entry = at.batch.entries.columns.entry[at.i];
    const rows: Record<string, unknown> = {};
    for (const [name, cursor] of inputs) rows[name] = await cursor.take(entry);
    step.run(at, selected.particles, rows as unknown as StepRows, counts);
    counts.selected++;
  }

  for (let b = 0; b < chosen.batches; b++) {
    job.signal.throwIfAborted();
    const batch = await chosen.read(b, columns);
    for (let i = 0; i < batch.entries.rows; i++) await takeEntry({ batch, i });
    const tables = step.finish();
    if (tables.events !== undefined) builder.addRecords(tables.events);
    for (const [name, table] of Object.entries(tables)) await writer.append(name as StepTable, table as never);
    job.onProgress?.(counts.entries, chosen.entries);
    // Lets signals and progress through: reading a cached batch never leaves the microtask queue.
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const cursor of inputs.values()) await cursor.checkEnd();
  // A step counts some things only; what two steps count is the same number.
  const known = before.counts ?? before.summary?.[0].counts ?? createCounts();
  for (const key of Object.keys(counts) as (keyof ChainCounts)[]) counts[key] ||= known[key];
  return { counts, ...(step.writes.includes("events") ? { summary: [builder.finish()] } : {}) };
}

type RunTables = { readonly [K in StepTable]: (typeof RUN_TABLES)[K] };

function schemasOf({ writes }: SingleStep, hasTruth: boolean): RunTables {
  const stored = storedRunTables(hasTruth);
  return Object.fromEntries(writes.map((name) => [name, stored[name]])) as unknown as RunTables;
}

function outputOptions({ force, effects }: StepJob): { force: boolean; effects?: Effects } {
  return { force, ...(effects === undefined ? {} : { effects }) };
}

async function openInput(run: Run, table: StepTable, chain: ChainName): Promise<EntryCursor<Schema>> {
  const file = await run.openTable(table).catch((cause: unknown) => {
    if (!(cause instanceof InputError) || Object.hasOwn(run.info.tables, table)) throw cause;
    throw new InputError(`${run.name} has no ${table}.parquet: step ${makerOf(table, chain)} makes it`, { cause });
  });
  return EntryCursor.create<Schema>(file, RUN_TABLES[table]);
}

function makerOf(table: StepTable, chain: ChainName): string | undefined {
  return chainOf(chain).steps.find(({ writes }) => writes.includes(table))?.name;
}

function reportOf({ step, run }: StepJob, { params }: RunTask, { writes }: SingleStep, info: FolderInfo): StepReport {
  const { counts, summary } = parseRunInfo({ name: run, info: { ...info } });
  if (counts === undefined) throw lacking(`${run}/run.json`, "what the step counted", "counts");
  const rows = Object.fromEntries(writes.map((name) => [name, info.tables[name].rows]));
  return {
    step,
    run,
    rows,
    counts,
    acceptance: acceptanceOf(params),
    notes: [],
    ...(writes.includes("events") && summary !== undefined ? { summary } : {}),
  };
}
