/** One or two settings over many entries: the rows of the event table, which the statistics are made from. */
import { type ChainTables, compareClusterings, EntryJudge, type ValidationParams } from "../../chain/index.js";
import { InputError } from "../../core/index.js";
import { type SampleBatch } from "../../events/index.js";
import { particlesOf } from "../../io/index.js";
import { type Clusterer, sliceEntries } from "./clusterer.js";
import { type EventSource } from "./event-source.js";
import { type SurveyRow, type SurveySide } from "./protocol.js";

/** Entries [from, to) of a batch. */
interface Part {
  readonly batch: number;
  readonly from: number;
  readonly to: number;
}

/** Trigger cells that are clustered between two looks at whether the survey is still wanted. */
const STEP = 100_000;
/** Bytes of batches that are kept for the next survey. */
const KEPT = 2e8;
const BYTES_A_TC = 8 * 15;

/** Reads the batches of a source; the first ones are kept. */
export class BatchCache {
  readonly #source: EventSource;
  readonly #kept = new Map<number, SampleBatch>();
  #bytes = 0;

  constructor(source: EventSource) {
    this.#source = source;
  }

  async read(batch: number): Promise<SampleBatch> {
    const kept = this.#kept.get(batch);
    if (kept !== undefined) return kept;
    const read = await this.#source.readBatch(batch);
    const bytes = BYTES_A_TC * read.tc.rows;
    if (this.#bytes + bytes <= KEPT) {
      this.#kept.set(batch, read);
      this.#bytes += bytes;
    }
    return read;
  }
}

/** A worker's part of the first `limit` entries: whole batches, or pieces of them where there are too few. */
export function partsOf(batchFirst: readonly number[], limit: number, shard: number, shards: number): Part[] {
  const batches = batchFirst.length - 1;
  const parts: Part[] = [];
  for (let batch = 0; batch < batches && batchFirst[batch] < limit; batch++) {
    const rows = Math.min(limit, batchFirst[batch + 1]) - batchFirst[batch];
    if (batches >= 2 * shards) {
      if (batch % shards === shard) parts.push({ batch, from: 0, to: rows });
    } else {
      const at = (k: number): number => Math.floor((rows * k) / shards);
      if (at(shard + 1) > at(shard)) parts.push({ batch, from: at(shard), to: at(shard + 1) });
    }
  }
  return parts;
}

/** Rows of the parts, a few events at a time. */
export async function* survey(
  cache: BatchCache,
  batchFirst: readonly number[],
  parts: readonly Part[],
  a: Clusterer,
  b: Clusterer | null,
): AsyncGenerator<SurveyRow[]> {
  for (const { batch, from, to } of parts) {
    const read = await cache.read(batch);
    const { tc_rows } = read.entries.columns;
    for (let start = from; start < to;) {
      let end = start;
      for (let tcs = 0; end < to && tcs < STEP; end++) tcs += tc_rows[end];
      yield rowsOf(sliceEntries(read, start, end), batchFirst[batch] + start, a, b);
      start = end;
    }
  }
}

function rowsOf(batch: SampleBatch, first: number, a: Clusterer, b: Clusterer | null): SurveyRow[] {
  try {
    return goodRowsOf(batch, first, a, b);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { rows } = batch.entries;
    if (rows === 1) return [badRow(batch, first, error.message)];
    // One by one: the others are good.
    return Array.from({ length: rows }, (_, i) => rowsOf(sliceEntries(batch, i, i + 1), first + i, a, b)).flat();
  }
}

function badRow(batch: SampleBatch, index: number, bad: string): SurveyRow {
  const a = { seeds: Number.NaN, clusters: Number.NaN, falseClusters: Number.NaN, particles: [] };
  const particle = particlesOf(batch, 0).at(0) ?? null;
  return { index, nTc: batch.entries.columns.tc_rows[0], particle, bad, a, b: null, differing: 0, share: 0 };
}

function goodRowsOf(batch: SampleBatch, first: number, a: Clusterer, b: Clusterer | null): SurveyRow[] {
  const ofA = new Sides(batch, a);
  const ofB = b === null ? null : new Sides(batch, b);
  const { entry, tc_first, tc_rows } = batch.entries.columns;
  return Array.from({ length: batch.entries.rows }, (_, i) => {
    const weight = batch.tc.columns.tc_energy.subarray(tc_first[i], tc_first[i] + tc_rows[i]);
    const side = b?.covers(entry[i]) === true ? ofB : null;
    const difference = side === null ? null : compareClusterings(ofA.assignment(i), side.assignment(i), weight);
    return {
      index: first + i,
      nTc: tc_rows[i],
      particle: particlesOf(batch, i).at(0) ?? null,
      bad: "",
      a: ofA.side(i),
      b: side?.side(i) ?? null,
      differing: difference?.n ?? 0,
      share: difference?.share ?? 0,
    };
  });
}

/** The tables of a chain, entry by entry. */
class Sides {
  readonly #batch: SampleBatch;
  readonly #tables: ChainTables;
  readonly #validation: ValidationParams;
  /** First rows of each entry, and the end. */
  readonly #seeds: Int32Array;
  readonly #clusters: Int32Array;
  readonly #assignment: Int32Array;
  readonly #events: Int32Array;

  constructor(batch: SampleBatch, { params, run }: Clusterer) {
    const tables = run(batch);
    const { entry } = batch.entries.columns;
    const starts = ({ columns, rows }: { columns: { entry: Int32Array }; rows: number }): Int32Array => {
      const out = new Int32Array(entry.length + 1);
      let row = 0;
      for (const [i, number] of entry.entries()) {
        while (row < rows && columns.entry[row] < number) row++;
        out[i] = row;
      }
      out[entry.length] = rows;
      return out;
    };
    this.#batch = batch;
    this.#tables = tables;
    this.#validation = params.validation;
    this.#seeds = starts(tables.seeds);
    this.#clusters = starts(tables.clusters);
    this.#assignment = starts(tables.assignment);
    this.#events = starts(tables.events);
  }

  /** The seed of each TC, -1 for none. */
  assignment(i: number): Int32Array {
    const { tc_row, seed_idx } = this.#tables.assignment.columns;
    const out = new Int32Array(this.#batch.entries.columns.tc_rows[i]).fill(-1);
    for (let k = this.#assignment[i]; k < this.#assignment[i + 1]; k++) out[tc_row[k]] = seed_idx[k];
    return out;
  }

  side(i: number): SurveySide {
    const of = this.#tables.events.columns;
    const [first, end] = [this.#events[i], this.#events[i + 1]];
    const clusters = this.#clusters[i + 1] - this.#clusters[i];
    // A run of an earlier version may be silent about deposits that its sample knows.
    const knowsTruth =
      this.#batch.truth !== undefined &&
      (clusters === 0 || !Number.isNaN(this.#tables.clusters.columns.signal_pt[this.#clusters[i]]));
    return {
      seeds: this.#seeds[i + 1] - this.#seeds[i],
      clusters,
      falseClusters: new EntryJudge({ batch: this.#batch, i }, [], this.#validation).countFalse({
        columns: this.#tables.clusters.columns,
        first: this.#clusters[i],
        end: this.#clusters[i + 1],
      }),
      particles: Array.from({ length: end - first }, (_, k) => {
        const r = first + k;
        return {
          eta: of.geneta[r],
          phi: of.genphi[r],
          energy: of.genen[r],
          pt: of.genpt[r],
          isSplit: of.is_split[r] === 1,
          isMatched: of.n_matched[r] > 0,
          response: of.response_en[r],
          responsePt: of.response_pt[r],
          controls: of.n_control[r],
          controlsMatched: of.match_control[r],
          controlsSplit: of.split_control[r],
          truth: knowsTruth ? { isSplit: of.true_split[r] === 1, isFound: of.true_match[r] === 1 } : null,
        };
      }),
    };
  }
}
