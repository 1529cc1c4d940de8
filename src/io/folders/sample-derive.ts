/** The optional columns of a sample where a file lacks them. */
import { type Column, wrapPhi } from "../../core/index.js";
import { subdetOf } from "../../detector/index.js";
import type { EntriesTable } from "../../events/index.js";

/** Largest distance at which a cluster counts as the particle's: the reference's `deltarThreshold`. */
const MATCH_RADIUS = 0.05;

/** The columns that each optional column of `tc` is derived from. */
export const TC_SOURCES = { tc_cl3d_id: [], tc_subdet: ["tc_layer", "tc_wu"], tc_zside: ["tc_z"] } as const;

export type DerivedTc = keyof typeof TC_SOURCES;

export function deriveTc(
  name: DerivedTc,
  rows: number,
  columns: Readonly<Record<string, Column>>,
  geometry: string,
): Column {
  if (name === "tc_cl3d_id") return new BigInt64Array(rows);
  const out = new Int32Array(rows);
  if (name === "tc_zside") {
    const z = columns["tc_z"] as Float64Array;
    for (let i = 0; i < rows; i++) out[i] = z[i] < 0 ? -1 : 1;
  } else {
    const layer = columns["tc_layer"] as Int32Array;
    const u = columns["tc_wu"] as Int32Array;
    for (let i = 0; i < rows; i++) out[i] = subdetOf(u[i], layer[i], geometry);
  }
  return out;
}

interface Directions {
  readonly eta: Float64Array;
  readonly phi: Float64Array;
}

/** Distance of each cluster to the nearest particle of its entry, NaN where the entry has none. `*_first` count rows here. */
export function deriveDeltaR(entries: EntriesTable, gen: Directions, cl3d: Directions): Float64Array {
  const { gen_first, gen_rows, cl3d_first, cl3d_rows } = entries.columns;
  const out = new Float64Array(cl3d.eta.length).fill(Number.NaN);
  for (let e = 0; e < entries.rows; e++) {
    for (let c = cl3d_first[e]; c < cl3d_first[e] + cl3d_rows[e]; c++) {
      for (let g = gen_first[e]; g < gen_first[e] + gen_rows[e]; g++) {
        const distance = Math.hypot(cl3d.eta[c] - gen.eta[g], wrapPhi(cl3d.phi[c] - gen.phi[g]));
        if (!(distance >= out[c])) out[c] = distance;
      }
    }
  }
  return out;
}

export function deriveMatches(deltaR: Float64Array): Uint8Array {
  return Uint8Array.from(deltaR, (distance) => (distance <= MATCH_RADIUS ? 1 : 0));
}
