/** What a chain found in an entry, as rows of the particles in a part's table. */
import {
  type EntryOf,
  type EntryResult,
  matchParticle,
  sumParticleSignal,
  type ValidationParams,
} from "../chain/index.js";
import { type TableBuilder } from "../core/index.js";
import { type PART_EVENTS } from "./tables.js";

export interface PointOf {
  readonly point: number;
  readonly sample: number;
}

/** A row that is filled again for each particle: rows are many, and objects are slow to make. */
export type EventRow = { -readonly [K in Exclude<keyof typeof PART_EVENTS, "point" | "sample" | "entry">]: number };

/** A table with these columns, and perhaps others. */
export interface EventRows {
  readonly columns: TableBuilder<typeof PART_EVENTS>["columns"];
  add(rows: number): number;
}

export function createEventRow(): EventRow {
  return {
    particle: -1,
    n_seeds: 0,
    n_clusters: 0,
    is_split: 0,
    response_en: Number.NaN,
    response_pt: Number.NaN,
    response_signal: Number.NaN,
    gen_pt: Number.NaN,
    gen_eta: Number.NaN,
    n_matched: 0,
    match_control: 0,
    split_control: 0,
    n_control: 0,
    has_truth: 0,
    true_split: 0,
    true_match: 0,
    n_false: 0,
  };
}

/** Makes it the row of an entry without particles, whose seeds and clusters count. */
export function clearEventRow(row: EventRow): void {
  row.particle = -1;
  row.response_en = row.response_pt = row.response_signal = row.gen_pt = row.gen_eta = Number.NaN;
  row.is_split = row.n_matched = row.match_control = row.split_control = row.n_control = 0;
  row.true_split = row.true_match = 0;
}

/** The number of the row. */
export function addEventRow(out: EventRows, { point, sample }: PointOf, entry: number, row: EventRow): number {
  const at = out.add(1);
  const to = out.columns;
  to.point[at] = point;
  to.sample[at] = sample;
  to.entry[at] = entry;
  to.particle[at] = row.particle;
  to.n_seeds[at] = row.n_seeds;
  to.n_clusters[at] = row.n_clusters;
  to.is_split[at] = row.is_split;
  to.response_en[at] = row.response_en;
  to.response_pt[at] = row.response_pt;
  to.response_signal[at] = row.response_signal;
  to.gen_pt[at] = row.gen_pt;
  to.gen_eta[at] = row.gen_eta;
  to.n_matched[at] = row.n_matched;
  to.match_control[at] = row.match_control;
  to.split_control[at] = row.split_control;
  to.n_control[at] = row.n_control;
  to.has_truth[at] = row.has_truth;
  to.true_split[at] = row.true_split;
  to.true_match[at] = row.true_match;
  to.n_false[at] = row.n_false;
  return at;
}

/** Appends one row a particle, from the records of an entry. */
export function addEvents(
  out: TableBuilder<typeof PART_EVENTS>,
  at: EntryOf,
  of: PointOf,
  result: EntryResult,
  params: ValidationParams,
): void {
  const { batch, i } = at;
  const { records, clusters } = result;
  const from = records.columns;
  const entry = batch.entries.columns.entry[i];
  const row = createEventRow();
  row.n_seeds = result.nSeeds;
  row.n_clusters = clusters.end - clusters.first;
  row.n_false = result.nFalse;
  row.has_truth = batch.truth === undefined ? 0 : 1;
  if (records.first === records.end) addEventRow(out, of, entry, row);
  for (let r = records.first; r < records.end; r++) {
    row.response_signal = Number.NaN;
    if (row.has_truth === 1 && from.n_matched[r] > 0) {
      const { best } = matchParticle(clusters, from.geneta[r], from.genphi[r], params);
      row.response_signal = signalOf(at, result, from.particle[r], best) / from.genpt[r];
    }
    row.particle = from.particle[r];
    row.gen_pt = from.genpt[r];
    row.gen_eta = from.geneta[r];
    row.response_en = from.response_en[r];
    row.response_pt = from.response_pt[r];
    row.is_split = from.is_split[r];
    row.n_matched = from.n_matched[r];
    row.match_control = from.match_control[r];
    row.split_control = from.split_control[r];
    row.n_control = from.n_control[r];
    row.true_split = from.true_split[r];
    row.true_match = from.true_match[r];
    addEventRow(out, of, entry, row);
  }
}

/** [GeV] what a particle left in a cluster. */
function signalOf(at: EntryOf, { clusters, assignment, nSeeds }: EntryResult, particle: number, best: number): number {
  const { gen_first, gen_rows } = at.batch.entries.columns;
  const { signal_pt, seed_idx } = clusters.columns;
  if (gen_rows[at.i] === 1) return signal_pt[best];
  const signal = sumParticleSignal(at, assignment, nSeeds, gen_first[at.i] + particle);
  return signal === undefined ? Number.NaN : signal.bySeed[seed_idx[best]];
}
