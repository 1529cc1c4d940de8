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

/** Appends one row a particle; an entry without one has a row of its own, so that its clusters count. */
export function addEvents(
  out: TableBuilder<typeof PART_EVENTS>,
  at: EntryOf,
  { point, sample }: PointOf,
  result: EntryResult,
  params: ValidationParams,
): void {
  const { batch, i } = at;
  const { records, clusters } = result;
  const from = records.columns;
  const rows = Math.max(1, records.end - records.first);
  const first = out.add(rows);
  const to = out.columns;
  for (let k = 0; k < rows; k++) {
    const row = first + k;
    to.point[row] = point;
    to.sample[row] = sample;
    to.entry[row] = batch.entries.columns.entry[i];
    to.n_seeds[row] = result.nSeeds;
    to.n_clusters[row] = clusters.end - clusters.first;
    to.n_false[row] = result.nFalse;
    to.has_truth[row] = batch.truth === undefined ? 0 : 1;
    to.response_signal[row] = Number.NaN;
    const record = records.first + k;
    if (record >= records.end) {
      to.particle[row] = -1;
      for (const name of ["response_en", "response_pt", "gen_pt", "gen_eta"] as const) to[name][row] = Number.NaN;
      for (const name of ["is_split", "true_split", "true_match"] as const) to[name][row] = 0;
      for (const name of ["n_matched", "match_control", "split_control", "n_control"] as const) to[name][row] = 0;
      continue;
    }
    to.particle[row] = from.particle[record];
    to.gen_pt[row] = from.genpt[record];
    to.gen_eta[row] = from.geneta[record];
    for (const name of ["response_en", "response_pt"] as const) to[name][row] = from[name][record];
    for (const name of ["is_split", "true_split", "true_match"] as const) to[name][row] = from[name][record];
    for (const name of ["n_matched", "match_control", "split_control", "n_control"] as const) {
      to[name][row] = from[name][record];
    }
    if (batch.truth === undefined || from.n_matched[record] === 0) continue;
    const { best } = matchParticle(clusters, from.geneta[record], from.genphi[record], params);
    to.response_signal[row] = signalOf(at, result, from.particle[record], best) / from.genpt[record];
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
