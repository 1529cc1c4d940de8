/** The checks at the door: what the chains cannot compute with is an input error that names the event and the column. */
import { InputError } from "../core/index.js";
import { type SampleBatch } from "../events/index.js";
import { type TcColumns } from "./fill.js";

const REALS = ["tc_x", "tc_y", "tc_z", "tc_eta", "tc_phi", "tc_energy", "tc_pt", "tc_mipPt"] as const;

/** "event 170032 (entry 12)", for messages. */
export function describeEntry(batch: SampleBatch, i: number): string {
  const { entry, event } = batch.entries.columns;
  return `event ${event[i]} (entry ${entry[i]})`;
}

const GEN_REALS = ["gen_eta", "gen_phi", "gen_en", "gen_pt"] as const;
const CL3D_REALS = ["cl3d_en", "cl3d_pt", "cl3d_eta", "cl3d_phi"] as const;

/**
 * Throws an InputError when a generated particle or a cl3d of row `i` of the entries has NaN or infinity: the selection
 * would drop such an event without a word.
 */
export function checkParticles(batch: SampleBatch, i: number): void {
  const { gen_first, gen_rows, cl3d_first, cl3d_rows } = batch.entries.columns;
  const check = (value: number, name: string, row: number): void => {
    if (!Number.isFinite(value)) throw badValue(describeEntry(batch, i), name, row, value);
  };
  for (let row = 0; row < gen_rows[i]; row++) {
    for (const name of GEN_REALS) check(batch.gen.columns[name][gen_first[i] + row], name, row);
  }
  for (let row = 0; row < cl3d_rows[i]; row++) {
    for (const name of CL3D_REALS) check(batch.cl3d.columns[name][cl3d_first[i] + row], name, row);
  }
}

const WHAT = { gen: "particle", cl3d: "cl3d", tc: "trigger cell" } as const;

function badValue(where: string, name: string, row: number, value: number): InputError {
  const what = WHAT[name.slice(0, name.indexOf("_")) as keyof typeof WHAT];
  return new InputError(
    `${where}: ${name} of ${what} ${row} is ${value}; use --skip-bad-events to leave such events out`,
  );
}

/** Throws an InputError when a TC in rows [first, end) has NaN or infinity in a column that the chain reads, or z = 0. */
export function checkTcs(tc: TcColumns, first: number, end: number, where: () => string): void {
  const { tc_x, tc_y, tc_z, tc_eta, tc_phi, tc_energy, tc_pt, tc_mipPt } = tc;
  let poison = 0;
  for (let i = first; i < end; i++) {
    // 0 * v is 0 for finite v and NaN otherwise. A sum that overflows only asks for the second look.
    poison +=
      0 * (tc_x[i] + tc_y[i] + tc_z[i] + tc_eta[i] + tc_phi[i] + tc_energy[i] + tc_pt[i] + tc_mipPt[i]) +
      (tc_z[i] === 0 ? 1 : 0);
  }
  if (poison === 0) return;
  for (let i = first; i < end; i++) {
    for (const name of REALS) {
      const value = tc[name][i];
      if (!Number.isFinite(value) || (name === "tc_z" && value === 0)) {
        throw badValue(where(), name, i - first, value);
      }
    }
  }
}
