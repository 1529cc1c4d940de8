/** Directions without a particle: what pile-up alone would match, and add to a particle's cluster. */
import { type EntryClusters, matchPoint, type Point, projected } from "./match.js";
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
 * The direction of particle `g` (a row of `gen`) turned by 60, 120, ... 300 degrees in phi, in the same endcap, as points of
 * the projected plane. A direction with another generated particle within 0.2 is left out.
 */
export function controlPoints({ batch, i }: EntryOf, g: number): Point[] {
  const { gen_first, gen_rows } = batch.entries.columns;
  const { gen_eta, gen_phi } = batch.gen.columns;
  const others = Array.from({ length: gen_rows[i] }, (_, k) => gen_first[i] + k)
    .filter((other) => other !== g)
    .map((other) => projected(gen_eta[other], gen_phi[other]));
  return TURNS.map((turn) => projected(gen_eta[g], gen_phi[g] + turn)).filter((point) =>
    others.every((there) => !(Math.hypot(there.x - point.x, there.y - point.y) < CLEAR)),
  );
}

/**
 * Counts what is at the control directions of a particle. `best`: row of the particle's most energetic matched cluster;
 * with -1 no direction counts as split.
 */
export function countControls(
  points: readonly Point[],
  clusters: EntryClusters,
  best: number,
  params: ValidationParams,
): Controls {
  let matched = 0;
  let split = 0;
  for (const point of points) {
    if (matchPoint(clusters, point, params).n > 0) matched++;
    if (best >= 0 && matchPoint(clusters, point, params, best).isSplit) split++;
  }
  return { directions: points.length, matched, split };
}
