/** The entries of a sample that a run looks at, batch by batch. */
import { counted, InputError, recordOf } from "../core/index.js";
import { type EntriesTable, ENTRIES, type SampleBatch, type TcColumn } from "../events/index.js";
import { type SampleReader } from "../io/index.js";
import { type EventName, findEvents } from "../events/index.js";

/** Entries [from, to). */
export interface EntryRange {
  readonly from: number;
  readonly to: number;
}

/** A range as far as it lies in a sample; undefined when that is all of it. */
export function rangeWithin(range: EntryRange | undefined, entries: number): EntryRange | undefined {
  if (range === undefined || (range.from === 0 && range.to >= entries)) return undefined;
  return { from: range.from, to: Math.min(range.to, entries) };
}

/** Plain data, so that it can be sent to a worker. Without any: all entries. */
export interface EntryChoice {
  /** Only these; what lies behind the end of the sample does not count. */
  readonly entries?: EntryRange;
  /** Only these events. */
  readonly events?: readonly EventName[];
}

export interface ChosenEntries {
  /** Batches with chosen entries, and these. */
  readonly batches: number;
  readonly entries: number;
  readonly sampleHash: string;
  /** Of the sample. */
  readonly allEntries: number;
  /** What people should know about the events that they named. */
  readonly notes: readonly string[];
  /** Of the sample's files: who opens them too must find the same. */
  readonly identity: string;
  /** Whether the sample says what generated particles deposited. */
  readonly hasTruth: boolean;
  /** The chosen entries of a batch, with these columns of the TCs. */
  read(batch: number, columns: readonly TcColumn[]): Promise<SampleBatch>;
  close(): Promise<void>;
}

/** The chosen entries of an open sample; closes it with them. InputError for events and ranges that it does not have. */
export async function chooseEntries(sample: SampleReader, choice: EntryChoice): Promise<ChosenEntries> {
  try {
    return chosenOf(sample, choice);
  } catch (error) {
    await sample.close();
    throw error;
  }
}

function chosenOf(sample: SampleReader, { entries: range, events }: EntryChoice): ChosenEntries {
  const { from, to } = range ?? { from: 0, to: Number.MAX_SAFE_INTEGER };
  if (from > 0 && from >= sample.nEntries) {
    throw new InputError(`${sample.name} has the entries 0 to ${sample.nEntries - 1}: none from ${from} on`);
  }
  const clipped = to > sample.nEntries && to < Number.MAX_SAFE_INTEGER;
  const beyond = `${sample.name} has ${counted(sample.nEntries, "entry", "entries")}, none from ${sample.nEntries} to ${to - 1}`;
  const named = events === undefined ? undefined : findEvents(sample.name, sample.entries, events);
  const { entry } = sample.entries.columns;
  const keeps = (i: number): boolean => entry[i] >= from && entry[i] < to && (named?.has(i) ?? true);
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
    allEntries: sample.nEntries,
    notes: [...(clipped ? [beyond] : []), ...(named?.notes ?? [])],
    identity: sample.identity,
    hasTruth: sample.hasTruth,
    async read(batch, columns) {
      const start = sample.batchFirst[batches[batch]];
      return selectEntries(await sample.readBatch(batches[batch], { columns, truth: true }), (i) => keeps(start + i));
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
  const names = Object.keys(ENTRIES) as (keyof typeof ENTRIES)[];
  const columns = recordOf(names, (name) => pick(batch.entries.columns[name])) as EntriesTable["columns"];
  return { ...batch, entries: { rows: rows.length, columns } };
}
