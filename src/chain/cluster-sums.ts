/** What clustering keeps by seed. */
import { type Seeds } from "./seed.js";

/** Sums per seed of one entry, the first `seeds.n` values. */
export interface ClusterSums {
  /** [MIP_T] */
  mipPt: Float64Array;
  /** [GeV] weighted by layer. */
  pt: Float64Array;
  /** [MIP_T cm] sums of mipPt x, mipPt y, mipPt |z|. */
  x: Float64Array;
  y: Float64Array;
  z: Float64Array;
  nTc: Int32Array;
}

export function createSums(capacity: number): ClusterSums {
  return {
    mipPt: new Float64Array(capacity),
    pt: new Float64Array(capacity),
    x: new Float64Array(capacity),
    y: new Float64Array(capacity),
    z: new Float64Array(capacity),
    nTc: new Int32Array(capacity),
  };
}

export function clearSums({ mipPt, pt, x, y, z, nTc }: ClusterSums, n: number): void {
  for (let s = 0; s < n; s++) mipPt[s] = pt[s] = x[s] = y[s] = z[s] = nTc[s] = 0;
}

type SeedColumns = Pick<Seeds, "x" | "y" | "energy">;

export function createSeedColumns(capacity: number): SeedColumns {
  return { x: new Float64Array(capacity), y: new Float64Array(capacity), energy: new Float64Array(capacity) };
}

/** Copies the seeds, and puts one that is nowhere near behind them. */
export function copySeeds(to: SeedColumns, { n, x, y, energy }: Seeds): void {
  for (let s = 0; s < n; s++) {
    to.x[s] = x[s];
    to.y[s] = y[s];
    to.energy[s] = energy[s];
  }
  to.x[n] = Infinity;
}
