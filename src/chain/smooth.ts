/** Step 2 of the default chain: spreads the bin energies over phi, then over R/z. Positions stay where they are. */
import { type Histogram } from "./fill.js";
import { type BaseParams, type SmoothParams } from "./params.js";

/** For each row the columns that may hold something else than 0: `length` of them from `from` on, cyclic. */
export interface Spans {
  readonly from: Int32Array;
  readonly length: Int32Array;
}

/** Smoothed energies [MIP_T], bin = row * nPhi + column; 0 outside its spans, which are all that seeding looks at. */
export interface SmoothMap extends Spans {
  readonly nRz: number;
  readonly nPhi: number;
  readonly energy: Float64Array;
}

export function createSmoothMap(nRz: number, nPhi: number): SmoothMap {
  return { nRz, nPhi, energy: new Float64Array(nRz * nPhi), from: new Int32Array(nRz), length: new Int32Array(nRz) };
}

export interface Smoother {
  /** Smooths the energies of a histogram into `out`, replacing what it held. The work grows with the filled bins. */
  smoothInto(out: SmoothMap, histogram: Pick<Histogram, "mipPt" | "bins" | "nBins">): void;
  /** The phi half alone, normalised, all rows: for tests and for display. */
  smoothPhi(energy: Float64Array): Float64Array;
}

/**
 * Prepares the kernels. Along phi, cyclic, with n = (BinSums - 1) / 2 neighbours on each side:
 * S = E_0 + sum_k (E_-k + E_+k) w_k with w_k = 2^-k (`default`) or 2^-(k-1) (`flat_top`), divided by the kernel's area
 * (1 + 2 (1 - 2^-n), 5 - 2^(2-n)) and by the bin's, times AreaPerTriggerCell. Along R/z, not cyclic: half of each
 * neighbour row, divided by 2, or 1.5 in the first and last row. Without SeedsNormByArea every row has the area of the
 * first (CMSSW meant the row at 10 % of the range, a cast made it 0, and the thresholds are tuned to that).
 */
export function createSmoother(base: BaseParams, params: SmoothParams): Smoother {
  const { NbinsRz: nRz, NbinsPhi: nPhi } = base;
  const { BinSums, kernel, AreaPerTriggerCell } = params;
  const width = (base.MaxROverZ - base.MinROverZ) / nRz;
  const reach = Int32Array.from(BinSums, (sum) => (sum - 1) / 2);
  const area = Float64Array.from(reach, (n, row) => {
    const inner = base.MinROverZ + (params.SeedsNormByArea ? row * width : 0);
    const outer = inner + width;
    const ring = (Math.PI * (outer * outer - inner * inner)) / nPhi;
    return (kernel === "default" ? 1 + 2 * (1 - 0.5 ** n) : 5 - 2 ** (2 - n)) * ring;
  });
  const maxReach = Math.max(...reach);
  const padded = new Float64Array(nPhi + 4 * maxReach);
  // One row of zeros before the first and one after the last.
  const scratch = new Float64Array((nRz + 2) * nPhi);
  const weights = Float64Array.from({ length: maxReach + 1 }, (_, k) =>
    kernel === "default" ? 0.5 ** k : 2 * 0.5 ** k,
  );
  // Columns of a row that are filled, then those that phi smoothing reaches, counted from `origin` on: half a turn before
  // some filled bin, so that a shower at the seam has a short span too.
  const low = new Int32Array(nRz);
  const high = new Int32Array(nRz);
  const written = { from: new Int32Array(nRz), length: new Int32Array(nRz) };

  function empty(map: Float64Array, offset: number, { from, length }: Spans): void {
    for (let row = 0; row < nRz; row++) {
      if (length[row] === 0) continue;
      const start = offset + row * nPhi;
      const end = from[row] + length[row];
      map.fill(0, start + from[row], start + Math.min(end, nPhi));
      if (end > nPhi) map.fill(0, start, start + end - nPhi);
    }
  }

  function findSpans(bins: Int32Array, nBins: number): number {
    low.fill(nPhi);
    high.fill(-1);
    const origin = nBins === 0 ? 0 : ((bins[0] % nPhi) + nPhi - (nPhi >> 1)) % nPhi;
    for (let k = 0; k < nBins; k++) {
      const row = (bins[k] / nPhi) | 0;
      let column = bins[k] - row * nPhi - origin;
      if (column < 0) column += nPhi;
      if (column < low[row]) low[row] = column;
      if (column > high[row]) high[row] = column;
    }
    return origin;
  }

  /**
   * Smooths `length` columns from `from` on, cyclic, of a row of `energy`, of which all others are 0. Writes n more on
   * both sides, but no column twice. The order of the operations is the reference's, so that equal sums tie here where
   * they tie there.
   */
  function phiRow(
    out: Float64Array,
    outStart: number,
    energy: Float64Array,
    row: number,
    from: number,
    length: number,
  ): void {
    const start = row * nPhi;
    const n = reach[row];
    const whole = length === nPhi;
    for (let j = 0, column = from; j < length; j++) {
      padded[2 * n + j] = energy[start + column];
      if (++column === nPhi) column = 0;
    }
    // Around the row: itself again, or nothing.
    for (let k = 0; k < 2 * n; k++) {
      padded[k] = whole ? padded[nPhi + k] : 0;
      padded[2 * n + length + k] = whole ? padded[2 * n + k] : 0;
    }
    const rowArea = area[row];
    const nearest = weights[1];
    const farther = weights[2];
    const first = whole ? 2 * n : n;
    const count = whole ? nPhi : length + 2 * n;
    let column = whole ? from : from - n;
    if (column < 0) column += nPhi;
    for (let at = first; at < first + count; at++) {
      let sum = padded[at];
      // Most rows have one or two neighbours: a loop of so few steps takes longer than what is in it.
      if (n > 0) sum += (padded[at - 1] + padded[at + 1]) * nearest;
      if (n > 1) sum += (padded[at - 2] + padded[at + 2]) * farther;
      for (let k = 3; k <= n; k++) sum += (padded[at - k] + padded[at + k]) * weights[k];
      out[outStart + column] = (sum / rowArea) * AreaPerTriggerCell;
      if (++column === nPhi) column = 0;
    }
  }

  /** Half of both neighbour rows added to columns [from, end) of a row. */
  function rzRow(out: Float64Array, row: number, from: number, end: number): void {
    const share = row === 0 || row === nRz - 1 ? 1.5 : 2;
    const start = row * nPhi;
    for (let j = start + from; j < start + end; j++) {
      const neighbours = scratch[j] + scratch[j + 2 * nPhi];
      out[j] = (scratch[j + nPhi] + 0.5 * neighbours) / share;
    }
  }

  /** A column counted from the origin. */
  function turned(column: number, origin: number): number {
    const at = column + origin;
    return at >= nPhi ? at - nPhi : at;
  }

  function smoothInto(out: SmoothMap, { mipPt, bins, nBins }: Pick<Histogram, "mipPt" | "bins" | "nBins">): void {
    empty(scratch, nPhi, written);
    empty(out.energy, 0, out);
    out.length.fill(0);
    written.length.fill(0);
    const origin = findSpans(bins, nBins);
    let firstRow = 0;
    while (firstRow < nRz && high[firstRow] < 0) firstRow++;
    let lastRow = nRz - 1;
    while (lastRow > firstRow && high[lastRow] < 0) lastRow--;
    for (let row = firstRow; row <= lastRow; row++) {
      if (high[row] < 0) continue;
      const n = reach[row];
      // A span that would meet itself, or the origin, is the whole row.
      if (low[row] < n || high[row] + n >= nPhi) {
        low[row] = 0;
        high[row] = nPhi - 1;
        phiRow(scratch, (row + 1) * nPhi, mipPt, row, origin, nPhi);
      } else {
        phiRow(scratch, (row + 1) * nPhi, mipPt, row, turned(low[row], origin), high[row] - low[row] + 1);
        low[row] -= n;
        high[row] += n;
      }
      written.from[row] = turned(low[row], origin);
      written.length[row] = high[row] - low[row] + 1;
    }
    for (let row = Math.max(0, firstRow - 1); row <= Math.min(nRz - 1, lastRow + 1); row++) {
      let first = low[row];
      let last = high[row];
      for (let r = row > 0 ? row - 1 : 0; r <= row + 1 && r < nRz; r++) {
        if (low[r] < first) first = low[r];
        if (high[r] > last) last = high[r];
      }
      if (last < 0) continue;
      const from = turned(first, origin);
      const end = from + last - first + 1;
      out.from[row] = from;
      out.length[row] = end - from;
      rzRow(out.energy, row, from, Math.min(nPhi, end));
      if (end > nPhi) rzRow(out.energy, row, 0, end - nPhi);
    }
  }

  function smoothPhi(energy: Float64Array): Float64Array {
    const out = new Float64Array(nRz * nPhi);
    for (let row = 0; row < nRz; row++) phiRow(out, row * nPhi, energy, row, 0, nPhi);
    return out;
  }

  return { smoothInto, smoothPhi };
}

/** Smoothed energies [MIP_T] of a whole map of bin energies (nRz x nPhi). Sums are kept up to the normalisation. */
export function smooth(energy: Float64Array, base: BaseParams, params: SmoothParams): SmoothMap {
  const out = createSmoothMap(base.NbinsRz, base.NbinsPhi);
  const bins = Int32Array.from(energy.keys()).filter((bin) => energy[bin] !== 0);
  createSmoother(base, params).smoothInto(out, { mipPt: energy, bins, nBins: bins.length });
  return out;
}
