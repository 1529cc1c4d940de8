/** Step 1 of the default chain: trigger cells into the (R/z, phi) histogram. */
import { type TcTable } from "../events/index.js";
import { findBin, findPhiBin, type Grid } from "./grid.js";

/** The columns of trigger cells that the default chain reads. */
export type TcColumns = Pick<
  TcTable["columns"],
  "tc_layer" | "tc_x" | "tc_y" | "tc_z" | "tc_eta" | "tc_phi" | "tc_energy" | "tc_pt" | "tc_mipPt" | "tc_zside"
>;

/**
 * Sums of a (R/z, phi) histogram, bin = row * nPhi + column. The position of a bin is (sumX, sumY) / mipPt; it has one
 * when mipPt is not 0. Kept between entries: only the bins in `bins` are ever non-zero, so that emptying it is cheap.
 */
export interface Histogram {
  readonly grid: Grid;
  /** [MIP_T] sum of mipPt. */
  readonly mipPt: Float64Array;
  /** [MIP_T] sum of mipPt x/|z|. */
  readonly sumX: Float64Array;
  /** [MIP_T] sum of mipPt y/|z|. */
  readonly sumY: Float64Array;
  /** Number of TCs. */
  readonly nTc: Int32Array;
  /** The bins that hold TCs, in order of their first TC: the first `nBins` values. */
  readonly bins: Int32Array;
  nBins: number;
  /** Of each TC of the entry its bin, or a negative number. */
  binOf: Int32Array;
}

export function createHistogram(grid: Grid): Histogram {
  const size = grid.nRz * grid.nPhi;
  return {
    grid,
    mipPt: new Float64Array(size),
    sumX: new Float64Array(size),
    sumY: new Float64Array(size),
    nTc: new Int32Array(size),
    bins: new Int32Array(size),
    nBins: 0,
    binOf: new Int32Array(256),
  };
}

/** Above this share of filled bins all of them are emptied at once. */
const DENSE = 1 / 8;

function empty(histogram: Histogram): void {
  const { mipPt, sumX, sumY, nTc, bins } = histogram;
  if (histogram.nBins > DENSE * bins.length) {
    for (const column of [mipPt, sumX, sumY, nTc]) column.fill(0);
  } else {
    for (let k = 0; k < histogram.nBins; k++) {
      const bin = bins[k];
      mipPt[bin] = 0;
      sumX[bin] = 0;
      sumY[bin] = 0;
      nTc[bin] = 0;
    }
  }
}

/** The bin of a TC at these coordinates, row * nPhi + column; -1 outside the grid. Expects z != 0. */
export function binOfTc(grid: Grid, x: number, y: number, z: number, phi: number): number {
  const row = findBin(grid.rzEdges, Math.sqrt(x * x + y * y) / Math.abs(z), grid.rzPerUnit);
  if (row < 0) return -1;
  const column = findPhiBin(grid, phi);
  return column < 0 ? -1 : row * grid.nPhi + column;
}

/** Nearer to an edge than this share of a bin, only the edges themselves say on which side a TC is. */
const NEAR_EDGE = 1e-6;

/** Finds the bins of rows [first, end): those whose quotients lie well within a bin without looking at its edges. */
function findBins({ binOf, grid }: Histogram, tc: TcColumns, first: number, end: number, zside: number): void {
  const { tc_x, tc_y, tc_z, tc_phi, tc_zside } = tc;
  const { nRz, nPhi, rzEdges, phiEdges, rzPerUnit, phiPerUnit } = grid;
  const rzLow = rzEdges[0];
  const phiLow = phiEdges[0];
  const inside = 0.5 - NEAR_EDGE;
  for (let i = first; i < end; i++) {
    const x = tc_x[i];
    const y = tc_y[i];
    const z = Math.abs(tc_z[i]);
    const atRz = (Math.sqrt(x * x + y * y) / z - rzLow) * rzPerUnit;
    const atPhi = (tc_phi[i] - phiLow) * phiPerUnit;
    const row = atRz | 0;
    const column = atPhi | 0;
    let bin = row * nPhi + column;
    if (
      !(Math.abs(atRz - row - 0.5) < inside && Math.abs(atPhi - column - 0.5) < inside) ||
      row < 0 ||
      row >= nRz ||
      column < 0 ||
      column >= nPhi
    ) {
      bin = binOfTc(grid, x, y, z, tc_phi[i]);
    }
    binOf[i - first] = tc_zside[i] === zside ? bin : -1;
  }
}

/**
 * Fills the histogram with rows [first, end) of `tc`, after emptying it. TCs of the other endcap than `zside` and TCs
 * outside the grid add nothing. Plain float64 sums in row order. Expects finite values and z != 0. Two loops: one that finds the bins
 * and adds to them takes half as long again.
 */
export function fillInto(histogram: Histogram, tc: TcColumns, first: number, end: number, zside: number): void {
  empty(histogram);
  if (end - first > histogram.binOf.length) histogram.binOf = new Int32Array(2 * (end - first));
  const { mipPt, sumX, sumY, nTc, bins, binOf } = histogram;
  findBins(histogram, tc, first, end, zside);
  const { tc_x, tc_y, tc_z, tc_mipPt } = tc;
  let nBins = 0;
  for (let i = first; i < end; i++) {
    const bin = binOf[i - first];
    if (bin < 0) continue;
    const n = nTc[bin];
    nTc[bin] = n + 1;
    // Not an if: whether a bin is new cannot be foreseen.
    bins[nBins] = bin;
    nBins += Number(n === 0) | 0;
    const z = Math.abs(tc_z[i]);
    const m = tc_mipPt[i];
    mipPt[bin] += m;
    sumX[bin] += (m * tc_x[i]) / z;
    sumY[bin] += (m * tc_y[i]) / z;
  }
  histogram.nBins = nBins;
}

/** The histogram of rows [first, end) of `tc` (default: all of them) for the endcap `zside`. See `fillInto`. */
export function fill(tc: TcColumns, grid: Grid, zside = 1, first = 0, end = tc.tc_x.length): Histogram {
  const histogram = createHistogram(grid);
  fillInto(histogram, tc, first, end, zside);
  return histogram;
}
