/** Seeds of both chains; step 3 of the default chain: local maxima of the smoothed map. */
import { type Histogram } from "./fill.js";
import { type SeedParams } from "./params.js";
import { type SmoothMap } from "./smooth.js";

/** U and V of seeds that are no cells. */
export const NO_CELL = -999;

/**
 * Seeds of one entry, the first `n` values of each column; default chain: in order of row, then column; coarse seeding: of
 * coarse seed, then u, then v. Grown as needed. A chain leaves the columns of the other one as they are made.
 */
export interface Seeds {
  n: number;
  /** [MIP_T] smoothed energy of the bin, or mipPt of the cell. */
  energy: Float64Array;
  /** x/|z|, y/|z|. */
  x: Float64Array;
  y: Float64Array;
  /** -1 without. */
  rzBin: Int32Array;
  phiBin: Int32Array;
  csId: Int32Array;
  /** NO_CELL without. */
  u: Int32Array;
  v: Int32Array;
}

export function createSeeds(capacity = 64): Seeds {
  return {
    n: 0,
    energy: new Float64Array(capacity),
    x: new Float64Array(capacity),
    y: new Float64Array(capacity),
    rzBin: new Int32Array(capacity).fill(-1),
    phiBin: new Int32Array(capacity).fill(-1),
    csId: new Int32Array(capacity).fill(-1),
    u: new Int32Array(capacity).fill(NO_CELL),
    v: new Int32Array(capacity).fill(NO_CELL),
  };
}

/** Makes room for one more seed and returns its position. */
export function addSeed(seeds: Seeds): number {
  if (seeds.n === seeds.energy.length) {
    const next = createSeeds(2 * seeds.n);
    for (const name of ["energy", "x", "y", "rzBin", "phiBin", "csId", "u", "v"] as const) next[name].set(seeds[name]);
    Object.assign(seeds, { ...next, n: seeds.n });
  }
  return seeds.n++;
}

/**
 * A bin is a seed when its smoothed energy is > histoThreshold and >= every bin within one row and `window` columns.
 * Phi is cyclic, rows beyond the grid do not count. Equal neighbours are both seeds.
 * A seed sits at its bin's position; for a bin without one see `placeEmptySeed`.
 */
export function seedInto(seeds: Seeds, map: SmoothMap, histogram: Histogram, params: SeedParams): void {
  const { nRz, nPhi, from, length } = map;
  seeds.n = 0;
  for (let row = 0; row < nRz; row++) {
    if (length[row] === 0) continue;
    const end = from[row] + length[row];
    // In ascending order of columns: first what lies beyond the seam.
    if (end > nPhi) seedColumns(seeds, map, histogram, params, row, 0, end - nPhi);
    seedColumns(seeds, map, histogram, params, row, from[row], Math.min(end, nPhi));
  }
}

function seedColumns(
  seeds: Seeds,
  map: SmoothMap,
  histogram: Histogram,
  { histoThreshold, window }: SeedParams,
  row: number,
  first: number,
  end: number,
): void {
  const { nPhi, energy } = map;
  for (let column = first; column < end; column++) {
    const bin = row * nPhi + column;
    const e = energy[bin];
    if (!(e > histoThreshold) || !isMaximum(map, row, column, window)) continue;
    const k = addSeed(seeds);
    seeds.energy[k] = e;
    seeds.rzBin[k] = row;
    seeds.phiBin[k] = column;
    const sum = histogram.mipPt[bin];
    if (sum !== 0) {
      seeds.x[k] = histogram.sumX[bin] / sum;
      seeds.y[k] = histogram.sumY[bin] / sum;
    } else {
      placeEmptySeed(seeds, k, map, histogram, window);
    }
  }
}

function isMaximum({ nRz, nPhi, energy }: SmoothMap, row: number, column: number, window: number): boolean {
  const e = energy[row * nPhi + column];
  const lastRow = Math.min(nRz - 1, row + 1);
  const from = column - window;
  const to = column + window;
  const isInside = from >= 0 && to < nPhi;
  for (let r = Math.max(0, row - 1); r <= lastRow; r++) {
    const start = r * nPhi;
    for (let c = from; c <= to; c++) if (energy[start + (isInside ? c : (c + nPhi) % nPhi)] > e) return false;
  }
  return true;
}

/**
 * Position of a seed whose own bin has none: the mean of its two phi neighbours weighted with their smoothed energies
 * when both have a position; else the same mean over the bins of the seeding window that have a position and positive
 * smoothed energy; else the centre of the bin. Never NaN.
 */
function placeEmptySeed(seeds: Seeds, k: number, map: SmoothMap, histogram: Histogram, window: number): void {
  const { nRz, nPhi, energy } = map;
  const row = seeds.rzBin[k];
  const column = seeds.phiBin[k];
  const left = row * nPhi + ((column - 1 + nPhi) % nPhi);
  const right = row * nPhi + ((column + 1) % nPhi);
  const pair = energy[left] + energy[right];
  if (histogram.mipPt[left] !== 0 && histogram.mipPt[right] !== 0 && pair !== 0) {
    const mean = (sums: Float64Array): number =>
      ((sums[left] / histogram.mipPt[left]) * energy[left] + (sums[right] / histogram.mipPt[right]) * energy[right]) /
      pair;
    seeds.x[k] = mean(histogram.sumX);
    seeds.y[k] = mean(histogram.sumY);
    return;
  }
  let used = 0;
  let weight = 0;
  let sumX = 0;
  let sumY = 0;
  let x = 0;
  let y = 0;
  for (let r = Math.max(0, row - 1); r <= Math.min(nRz - 1, row + 1); r++) {
    for (let d = -window; d <= window; d++) {
      const bin = r * nPhi + ((column + d + nPhi) % nPhi);
      const sum = histogram.mipPt[bin];
      const e = energy[bin];
      if (sum === 0 || !(e > 0)) continue;
      used++;
      x = histogram.sumX[bin] / sum;
      y = histogram.sumY[bin] / sum;
      weight += e;
      sumX += x * e;
      sumY += y * e;
    }
  }
  if (used > 1) {
    x = sumX / weight;
    y = sumY / weight;
  } else if (used === 0) {
    const { rzEdges, phiEdges } = histogram.grid;
    const rz = (rzEdges[row] + rzEdges[row + 1]) / 2;
    const phi = (phiEdges[column] + phiEdges[column + 1]) / 2;
    x = rz * Math.cos(phi);
    y = rz * Math.sin(phi);
  }
  seeds.x[k] = x;
  seeds.y[k] = y;
}

/** The seeds of a smoothed map. `histogram` gives the positions of the bins. See `seedInto`. */
export function seed(map: SmoothMap, histogram: Histogram, params: SeedParams): Seeds {
  const seeds = createSeeds();
  seedInto(seeds, map, histogram, params);
  return seeds;
}
