/** Entries with showers, particles in some of them, and what these left in the cells. */
import { batchOf, randomCells } from "../chain/cells.test-data.js";
import { DEFAULT_PARAMS } from "../chain/index.js";
import { createTable, Random } from "../core/index.js";
import { GEN, type SampleBatch, TC_TRUTH } from "../events/index.js";

/** Parameters that select every particle. */
export const EVERYWHERE = { ...DEFAULT_PARAMS, base: { ...DEFAULT_PARAMS.base, EtaMin: 0, EtaMax: 9 } };

/** Entries with 1, 0 and 2 particles where a cell is, of which each left a part in every cell. */
export function showerBatch(seed: number): SampleBatch {
  const random = new Random(seed);
  const showers = Array.from({ length: 3 }, () => randomCells(random, 200).map((cell) => ({ ...cell, mipPt: 4 * (cell.mipPt ?? 1) }))); // prettier-ignore
  const batch = batchOf(showers.map((cells) => ({ cells })));
  const gen = createTable(GEN, 3);
  const places = [showers[0][0], showers[2][0], showers[2][1]];
  for (const [g, { x, y, z = 330 }] of places.entries()) {
    gen.columns.gen_eta[g] = Math.asinh(z / Math.hypot(x, y));
    gen.columns.gen_phi[g] = Math.atan2(y, x);
    gen.columns.gen_en[g] = 80 + g;
  }
  batch.entries.columns.gen_first.set([0, 1, 1]);
  batch.entries.columns.gen_rows.set([1, 0, 2]);
  const truth = createTable(TC_TRUTH, batch.tc.rows);
  for (let t = 0; t < truth.rows; t++) {
    truth.columns.tc_signal[t] = random.uniform();
    truth.columns.tc_particle[t] = t % 2;
  }
  return { ...batch, gen, truth };
}

/** A row of a table, as a record. */
export function rowOf(columns: object, row: number): Record<string, unknown> {
  const of = Object.entries(columns as Readonly<Record<string, ArrayLike<unknown>>>);
  return Object.fromEntries(of.map(([name, column]) => [name, column[row]]));
}
