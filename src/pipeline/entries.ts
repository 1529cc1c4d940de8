/** The entries of a sample that a run looks at, batch by batch. */
import { InputError } from "../core/index.js";
import { type EntriesTable, ENTRIES, type SampleBatch, type TcColumn } from "../events/index.js";
import { type SampleReader } from "../io/index.js";

/** Plain data, so that it can be sent to a worker. Without any: all entries. */
export interface EntryChoice {
  /** Only the first n entries. */
  readonly first?: number;
  /** Only these event numbers. */
  readonly events?: readonly bigint[];
}

export interface ChosenEntries {
  /** Batches with chosen entries, and these. */
  readonly batches: number;
  readonly entries: number;
  readonly sampleHash: string;
  /** The chosen entries of a batch, with these columns of the TCs. */
  read(batch: number, columns: readonly TcColumn[]): Promise<SampleBatch>;
  close(): Promise<void>;
}

/** The chosen entries of an open sample; closes it with them. InputError for events that it does not have. */
export async function chooseEntries(sample: SampleReader, { first, events }: EntryChoice): Promise<ChosenEntries> {
  const wanted = events === undefined ? undefined : new Set(events);
  const { entry, event } = sample.entries.columns;
  const keeps = (i: number): boolean => (first === undefined || entry[i] < first) && (wanted?.has(event[i]) ?? true);
  if (wanted !== undefined) {
    const present = new Set(event);
    const missing = [...wanted].filter((number) => !present.has(number));
    if (missing.length > 0) {
      await sample.close();
      throw new InputError(`${sample.name}: no event ${missing.slice(0, 10).join(", ")}`);
    }
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
    async read(batch, columns) {
      const start = sample.batchFirst[batches[batch]];
      return selectEntries(await sample.readBatch(batches[batch], { columns }), (i) => keeps(start + i));
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
