/** The rows that a skim keeps: gathered from columns of the ntuple, and how far clusters are from particles. */
import { createTable, type Table, wrapPhi } from "../core/index.js";
import { type IdColumn } from "./ntuple.js";
import { type CL3D, type GEN, type SampleBatch, type TC } from "./tables.js";

/** The chosen rows of ntuple columns as a table, with the entry and event that each row belongs to. */
export function pick<S extends typeof GEN | typeof CL3D | typeof TC>(
  schema: S,
  rows: Int32Array,
  entries: SampleBatch["entries"],
  what: "gen" | "cl3d" | "tc",
  from: Partial<Record<keyof S, IdColumn>>,
): Table<S> {
  const table = createTable(schema, rows.length);
  const to = table.columns as unknown as Record<string, Float64Array | Int32Array | BigInt64Array>;
  for (const [name, column] of Object.entries<IdColumn | undefined>(from)) {
    if (column !== undefined) gather(column, rows, to[name]);
  }
  const { entry, event } = entries.columns;
  const first = entries.columns[`${what}_first`];
  const count = entries.columns[`${what}_rows`];
  for (let i = 0; i < entries.rows; i++) {
    to["entry"].fill(entry[i] as never, first[i], first[i] + count[i]);
    to["event"].fill(event[i] as never, first[i], first[i] + count[i]);
  }
  return table;
}

/** One loop a pair of types: a loop that meets several is five times as slow, and so are bigints. */
export function gather(from: IdColumn, rows: Int32Array, to: Float64Array | Int32Array | BigInt64Array): void {
  if (from instanceof BigInt64Array) {
    for (let k = 0; k < rows.length; k++) to[k] = from[rows[k]];
  } else if (to instanceof BigInt64Array) {
    const halves = new Int32Array(to.buffer, to.byteOffset, 2 * to.length);
    for (let k = 0; k < rows.length; k++) {
      const value = from[rows[k]];
      halves[2 * k] = value;
      halves[2 * k + 1] = Math.floor(value / 2 ** 32);
    }
  } else if (from instanceof Float32Array && to instanceof Float64Array) {
    for (let k = 0; k < rows.length; k++) to[k] = from[rows[k]];
  } else if (from instanceof Int32Array && to instanceof Int32Array) {
    for (let k = 0; k < rows.length; k++) to[k] = from[rows[k]];
  } else {
    for (let k = 0; k < rows.length; k++) to[k] = from[rows[k]];
  }
}

/** deltaR of each cl3d to the nearest particle of its entry, and whether it matches. */
export function addDistances(
  entries: SampleBatch["entries"],
  gen: SampleBatch["gen"],
  cl3d: SampleBatch["cl3d"],
  threshold: number,
): void {
  const { gen_first, gen_rows, cl3d_first, cl3d_rows } = entries.columns;
  const { cl3d_eta, cl3d_phi, deltaR, matches } = cl3d.columns;
  for (let i = 0; i < entries.rows; i++) {
    for (let c = cl3d_first[i]; c < cl3d_first[i] + cl3d_rows[i]; c++) {
      let nearest = Infinity;
      for (let g = gen_first[i]; g < gen_first[i] + gen_rows[i]; g++) {
        const deta = cl3d_eta[c] - gen.columns.gen_eta[g];
        const dphi = wrapPhi(cl3d_phi[c] - gen.columns.gen_phi[g]);
        nearest = Math.min(nearest, Math.hypot(deta, dphi));
      }
      deltaR[c] = gen_rows[i] === 0 ? Number.NaN : Math.fround(nearest);
      matches[c] = nearest <= threshold ? 1 : 0;
    }
  }
}
