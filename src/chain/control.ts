/** Directions without a particle: what pile-up alone would match, and add to a particle's cluster. */
import { distanceTo, type EntryClusters, matchParticle, projected } from "./match.js";
import { type EntryOf } from "./output.js";
import { type ValidationParams } from "./params.js";

/** The tiling of the detector repeats every 60 degrees: elsewhere a turned direction would see other modules. */
const TURNS = [1, 2, 3, 4, 5].map((k) => (k * Math.PI) / 3);
/** No other generated particle may be nearer to a control direction, in the projected plane. */
const CLEAR = 0.2;

export interface Controls {
  readonly directions: number;
  /** Directions with a cluster within splitDistance. */
  readonly matched: number;
  /** Directions whose clusters, together with the particle's own most energetic one, would make it split. */
  readonly split: number;
}

/**
 * Turns the direction of particle `g` (a row of `gen`) by 60, 120, ... 300 degrees in phi, in the same endcap, and counts. A
 * direction with another generated particle within 0.2 is left out. `best`: row of the particle's most energetic matched
 * cluster; with -1 no direction counts as split.
 */
export function countControls(
  { batch, i }: EntryOf,
  g: number,
  clusters: EntryClusters,
  best: number,
  params: ValidationParams,
): Controls {
  const { gen_first, gen_rows } = batch.entries.columns;
  const { gen_eta, gen_phi } = batch.gen.columns;
  let directions = 0;
  let matched = 0;
  let split = 0;
  for (const turn of TURNS) {
    const phi = gen_phi[g] + turn;
    const point = projected(gen_eta[g], phi);
    let isClear = true;
    for (let other = gen_first[i]; other < gen_first[i] + gen_rows[i]; other++) {
      if (other === g) continue;
      const there = projected(gen_eta[other], gen_phi[other]);
      if (Math.hypot(there.x - point.x, there.y - point.y) < CLEAR) isClear = false;
    }
    if (!isClear) continue;
    directions++;
    for (let c = clusters.first; c < clusters.end; c++) {
      if (distanceTo(clusters, c, point) >= params.splitDistance) continue;
      matched++;
      break;
    }
    if (best >= 0 && matchParticle(clusters, gen_eta[g], phi, params, best).isSplit) split++;
  }
  return { directions, matched, split };
}
