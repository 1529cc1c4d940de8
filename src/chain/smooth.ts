/** Step 2 of the default chain: spreads the bin energies over phi, then over R/z. Positions stay where they are. */
import { type BaseParams, type SmoothParams } from "./params.js";

/**
 * Smoothed energies [MIP_T], bin = row * nPhi + column. `rows[r]` is 1 where row r may hold something else than 0:
 * seeding looks at these alone.
 */
export interface SmoothMap {
  readonly nRz: number;
  readonly nPhi: number;
  readonly energy: Float64Array;
  readonly rows: Uint8Array;
}

export function createSmoothMap(nRz: number, nPhi: number): SmoothMap {
  return { nRz, nPhi, energy: new Float64Array(nRz * nPhi), rows: new Uint8Array(nRz) };
}

export interface Smoother {
  /**
   * Smooths `energy` (nRz x nPhi, of which only rows with `occupied[row]` are read) into `out`, replacing what it held.
   */
  smoothInto(out: SmoothMap, energy: Float64Array, occupied: Uint8Array): void;
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
  const padded = new Float64Array(nPhi + 2 * maxReach);
  const scratch = new Float64Array(nRz * nPhi);
  const weights = Float64Array.from({ length: maxReach + 1 }, (_, k) =>
    kernel === "default" ? 0.5 ** k : 2 * 0.5 ** k,
  );

  // The order of the operations is the reference's, so that equal sums tie here where they tie there.
  function phiRow(out: Float64Array, energy: Float64Array, row: number): void {
    const start = row * nPhi;
    const n = reach[row];
    for (let k = 1; k <= n; k++) {
      padded[maxReach - k] = energy[start + nPhi - k];
      padded[maxReach + nPhi + k - 1] = energy[start + k - 1];
    }
    for (let j = 0; j < nPhi; j++) padded[maxReach + j] = energy[start + j];
    const rowArea = area[row];
    for (let j = 0; j < nPhi; j++) {
      const at = maxReach + j;
      let sum = padded[at];
      for (let k = 1; k <= n; k++) sum += (padded[at - k] + padded[at + k]) * weights[k];
      out[start + j] = (sum / rowArea) * AreaPerTriggerCell;
    }
  }

  function smoothInto(out: SmoothMap, energy: Float64Array, occupied: Uint8Array): void {
    for (let row = 0; row < nRz; row++) if (occupied[row] === 1) phiRow(scratch, energy, row);
    for (let row = 0; row < nRz; row++) {
      const here = occupied[row] === 1;
      const below = row > 0 && occupied[row - 1] === 1;
      const above = row < nRz - 1 && occupied[row + 1] === 1;
      const start = row * nPhi;
      if (!here && !below && !above) {
        if (out.rows[row] === 1) out.energy.fill(0, start, start + nPhi);
        out.rows[row] = 0;
        continue;
      }
      out.rows[row] = 1;
      const share = row === 0 || row === nRz - 1 ? 1.5 : 2;
      for (let j = start; j < start + nPhi; j++) {
        const neighbours = (below ? scratch[j - nPhi] : 0) + (above ? scratch[j + nPhi] : 0);
        out.energy[j] = ((here ? scratch[j] : 0) + 0.5 * neighbours) / share;
      }
    }
  }

  function smoothPhi(energy: Float64Array): Float64Array {
    const out = new Float64Array(nRz * nPhi);
    for (let row = 0; row < nRz; row++) phiRow(out, energy, row);
    return out;
  }

  return { smoothInto, smoothPhi };
}

/** Smoothed energies [MIP_T] of a whole map of bin energies (nRz x nPhi). Sums are kept up to the normalisation. */
export function smooth(energy: Float64Array, base: BaseParams, params: SmoothParams): SmoothMap {
  const out = createSmoothMap(base.NbinsRz, base.NbinsPhi);
  createSmoother(base, params).smoothInto(out, energy, new Uint8Array(base.NbinsRz).fill(1));
  return out;
}
