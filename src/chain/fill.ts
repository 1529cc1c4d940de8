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
  };
}

function empty(histogram: Histogram): void {
  const { mipPt, sumX, sumY, nTc, bins } = histogram;
  for (let k = 0; k < histogram.nBins; k++) {
    const bin = bins[k];
    mipPt[bin] = 0;
    sumX[bin] = 0;
    sumY[bin] = 0;
    nTc[bin] = 0;
  }
  histogram.nBins = 0;
}

/** The bin of a TC at these coordinates, row * nPhi + column; -1 outside the grid. Expects z != 0. */
export function binOfTc(grid: Grid, x: number, y: number, z: number, phi: number): number {
  const row = findBin(grid.rzEdges, Math.sqrt(x * x + y * y) / Math.abs(z), grid.rzPerUnit);
  if (row < 0) return -1;
  const column = findPhiBin(grid, phi);
  return column < 0 ? -1 : row * grid.nPhi + column;
}

/**
 * Fills the histogram with rows [first, end) of `tc`, after emptying it. TCs of the other endcap than `zside` and TCs
 * outside the grid add nothing. Plain float64 sums in row order. Expects finite values and z != 0.
 */
export function fillInto(histogram: Histogram, tc: TcColumns, first: number, end: number, zside: number): void {
  empty(histogram);
  const { tc_x, tc_y, tc_z, tc_phi, tc_mipPt, tc_zside } = tc;
  const { grid, mipPt, sumX, sumY, nTc, bins } = histogram;
  let nBins = 0;
  for (let i = first; i < end; i++) {
    if (tc_zside[i] !== zside) continue;
    const x = tc_x[i];
    const y = tc_y[i];
    const z = Math.abs(tc_z[i]);
    const bin = binOfTc(grid, x, y, z, tc_phi[i]);
    if (bin < 0) continue;
    if (nTc[bin]++ === 0) bins[nBins++] = bin;
    const m = tc_mipPt[i];
    mipPt[bin] += m;
    sumX[bin] += (m * x) / z;
    sumY[bin] += (m * y) / z;
  }
  histogram.nBins = nBins;
}

/** The histogram of rows [first, end) of `tc` (default: all of them) for the endcap `zside`. See `fillInto`. */
export function fill(tc: TcColumns, grid: Grid, zside = 1, first = 0, end = tc.tc_x.length): Histogram {
  const histogram = createHistogram(grid);
  fillInto(histogram, tc, first, end, zside);
  return histogram;
}
