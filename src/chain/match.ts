/** Clusters near a direction, in the projected plane (x/|z|, y/|z|). */
import { type TableBuilder } from "../core/index.js";
import { type CLUSTERS } from "../events/index.js";
import { type EntryOf } from "./output.js";
import { type ValidationParams } from "./params.js";

/** The clusters of one entry and chain: rows [first, end) of a table. */
export interface EntryClusters {
  readonly columns: TableBuilder<typeof CLUSTERS>["columns"];
  readonly first: number;
  readonly end: number;
}

export interface Matches {
  /** Number of matched clusters. */
  readonly n: number;
  /** Row of the most energetic one, -1 without any. */
  readonly best: number;
  /** Rows of the two of largest pt among those with pt > splitPt, -1 for none, and the pt of all these [GeV]. */
  readonly largest: number;
  readonly second: number;
  readonly pt: number;
  readonly isSplit: boolean;
}

/** In the projected plane (x/|z|, y/|z|). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The point of a direction. */
export function projected(eta: number, phi: number): Point {
  const tanTheta = 1 / Math.sinh(Math.abs(eta));
  return { x: tanTheta * Math.cos(phi), y: tanTheta * Math.sin(phi) };
}

/** What follows from `hasNeighbour`, for people. */
export const NEIGHBOURS_MIX =
  "their split fraction, response and resolution count its clusters too; true splits are of each particle alone";

/**
 * Whether another generated particle of its entry lies within `splitDistance` of particle `g` (a row of `gen`). Matching cannot tell
 * their clusters apart: the split and the response of one then count what the other made.
 */
export function hasNeighbour({ batch, i }: EntryOf, g: number, { splitDistance }: ValidationParams): boolean {
  const { gen_first, gen_rows } = batch.entries.columns;
  const { gen_eta, gen_phi } = batch.gen.columns;
  const own = projected(gen_eta[g], gen_phi[g]);
  for (let other = gen_first[i]; other < gen_first[i] + gen_rows[i]; other++) {
    if (other === g) continue;
    const { x, y } = projected(gen_eta[other], gen_phi[other]);
    if (Math.hypot(x - own.x, y - own.y) < splitDistance) return true;
  }
  return false;
}

/** Distance of the cluster in row `c` to a point of the projected plane. */
export function distanceTo({ columns }: EntryClusters, c: number, point: Point): number {
  const { x, y, z } = columns;
  const depth = Math.abs(z[c]);
  return Math.hypot(x[c] / depth - point.x, y[c] / depth - point.y);
}

/**
 * Matches clusters to a particle within `splitDistance` in the projected plane (x/|z|, y/|z|). The particle is split when
 * at least two matched clusters have pt > splitPt and the second largest holds at least splitShare of the pt of these.
 * (A distance in eta and phi would lose splits at high eta: two R/z rows differ by 0.18 in eta at eta 2.8.)
 */
export function matchParticle(clusters: EntryClusters, eta: number, phi: number, params: ValidationParams): Matches {
  return matchPoint(clusters, projected(eta, phi), params);
}

/** The same at a point; the cluster in row `also` counts wherever it is. */
export function matchPoint(
  clusters: EntryClusters,
  point: Point,
  params: ValidationParams,
  also: number = -1,
): Matches {
  const { en, pt, x, y, z } = clusters.columns;
  let n = 0;
  let best = -1;
  let sum = 0;
  let largest = -1;
  let second = -1;
  for (let c = clusters.first; c < clusters.end; c++) {
    if (c !== also) {
      // Most clusters are far away: what is as far in x or y alone need not be measured.
      const depth = Math.abs(z[c]);
      const { splitDistance } = params;
      if (Math.abs(x[c] / depth - point.x) >= splitDistance || Math.abs(y[c] / depth - point.y) >= splitDistance)
        continue;
      if (distanceTo(clusters, c, point) >= splitDistance) continue;
    }
    n++;
    if (best < 0 || en[c] > en[best]) best = c;
    if (!(pt[c] > params.splitPt)) continue;
    sum += pt[c];
    if (largest < 0 || pt[c] > pt[largest]) {
      second = largest;
      largest = c;
    } else if (second < 0 || pt[c] > pt[second]) {
      second = c;
    }
  }
  return { n, best, largest, second, pt: sum, isSplit: second >= 0 && pt[second] >= params.splitShare * sum };
}
