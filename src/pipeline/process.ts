/** One batch of a sample through the chains: the same code in this thread and in workers. */
import { type ChainName, type ChainParams, type ChainResult, createChain, parseSelection } from "../chain/index.js";
import { InputError, type Table } from "../core/index.js";
import { type EntriesTable, ENTRIES, type RUN_TABLES, type SampleBatch } from "../events/index.js";
import { type TcColumn } from "../io/index.js";
import { openSampleFolder } from "../io/node/index.js";

/** What to do with a sample: plain data, so that it can be sent to a worker. */
export interface ChainTask {
  /** Folder of the sample. */
  readonly sample: string;
  readonly chains: readonly ChainName[];
  readonly params: ChainParams;
  readonly selection: string;
  readonly saveSteps: boolean;
  readonly skipBadEvents: boolean;
  /** Only the first n entries. */
  readonly first?: number;
  /** Only these event numbers. */
  readonly events?: readonly bigint[];
}

/** The columns of trigger cells that the default chain reads; coarse seeding needs those of the wafer too. */
const TC_COLUMNS: readonly TcColumn[] = [
  "tc_layer",
  "tc_x",
  "tc_y",
  "tc_z",
  "tc_eta",
  "tc_phi",
  "tc_energy",
  "tc_pt",
  "tc_mipPt",
  "tc_zside",
];
const CS_COLUMNS: readonly TcColumn[] = [...TC_COLUMNS, "tc_wu", "tc_wv", "tc_cu", "tc_cv"];

export interface BatchProcessor {
  /** Batches of the task. */
  readonly batches: number;
  /** Entries of the task. */
  readonly entries: number;
  readonly sampleHash: string;
  /** One result a chain. */
  process(batch: number): Promise<ChainResult[]>;
  close(): Promise<void>;
}

export async function createProcessor(task: ChainTask): Promise<BatchProcessor> {
  const selection = parseSelection(task.selection);
  const { saveSteps, skipBadEvents, first } = task;
  const options = { selection, saveSteps, skipBadEvents };
  const chains = task.chains.map((name) => createChain(name, task.params, options));
  const columns = task.chains.includes("cs") ? CS_COLUMNS : TC_COLUMNS;
  const wanted = task.events === undefined ? undefined : new Set(task.events);
  const sample = await openSampleFolder(task.sample);
  const { entry, event } = sample.entries.columns;
  const keeps = (i: number): boolean => (first === undefined || entry[i] < first) && (wanted?.has(event[i]) ?? true);
  if (wanted !== undefined) {
    const present = new Set(event);
    const missing = [...wanted].filter((number) => !present.has(number));
    if (missing.length > 0) throw new InputError(`${task.sample}: no event ${missing.slice(0, 10).join(", ")}`);
  }
  const batches: number[] = [];
  let entries = 0;
  for (let batch = 0; batch < sample.batches; batch++) {
    let kept = 0;
    for (let i = sample.batchFirst[batch]; i < sample.batchFirst[batch + 1]; i++) if (keeps(i)) kept++;
    if (kept > 0) batches.push(batch);
    entries += kept;
  }
  return {
    batches: batches.length,
    entries,
    sampleHash: sample.hash,
    async process(batch) {
      const start = sample.batchFirst[batches[batch]];
      const whole = await sample.readBatch(batches[batch], { columns });
      const part = selectEntries(whole, (i) => keeps(start + i));
      return chains.map((run) => run(part));
    },
    close: () => sample.close(),
  };
}

/** A batch of some of its entries, on the same memory. */
function selectEntries(batch: SampleBatch, keeps: (i: number) => boolean): SampleBatch {
  const rows = Array.from({ length: batch.entries.rows }, (_, i) => i).filter(keeps);
  if (rows.length === batch.entries.rows) return batch;
  const pick = <T extends Int32Array | BigInt64Array>(column: T): T =>
    column.filter((_: unknown, i: number) => keeps(i)) as T;
  const columns = Object.fromEntries(
    Object.keys(ENTRIES).map((name) => [name, pick(batch.entries.columns[name as keyof typeof ENTRIES])]),
  ) as EntriesTable["columns"];
  return { ...batch, entries: { rows: rows.length, columns } };
}

/** The tables of a result with their names in a RUN folder. */
export function tablesOf(result: ChainResult): [RunTable, Table][] {
  const { counts: _counts, ...tables } = result;
  return Object.entries(tables) as [RunTable, Table][];
}

export type RunTable = keyof typeof RUN_TABLES;
