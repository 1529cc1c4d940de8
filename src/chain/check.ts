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
        throw new InputError(
          `${where()}: ${name} of trigger cell ${i - first} is ${value}; use --skip-bad-events to leave such events out`,
        );
      }
    }
  }
}
