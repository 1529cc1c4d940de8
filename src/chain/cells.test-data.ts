/** Hand-made and random trigger cells for the tests of this room. */
import { type Random, createTable } from "../core/index.js";
import { CL3D, ENTRIES, GEN, type SampleBatch, TC, type TcTable } from "../events/index.js";

export interface Cell {
  x: number;
  y: number;
  z?: number;
  mipPt?: number;
  pt?: number;
  layer?: number;
  /** Wafer, and cell in it. */
  wafer?: readonly [number, number];
  cell?: readonly [number, number];
}

/** A cell at the given |eta|, on the x axis. */
export function cellAt(eta: number, cell: Partial<Cell>): Cell {
  return { x: 330 / Math.sinh(eta), y: 0, ...cell };
}

export function cells(list: readonly Cell[]): TcTable["columns"] {
  const { columns } = createTable(TC, list.length);
  for (const [i, one] of list.entries()) {
    const { x, y, z = 330, mipPt = 1, pt = mipPt / 50, layer = 9, wafer = [0, 0], cell = [0, 0] } = one;
    const eta = Math.asinh(z / Math.hypot(x, y));
    columns.tc_layer[i] = layer;
    [columns.tc_wu[i], columns.tc_wv[i]] = wafer;
    [columns.tc_cu[i], columns.tc_cv[i]] = cell;
    columns.tc_x[i] = x;
    columns.tc_y[i] = y;
    columns.tc_z[i] = z;
    columns.tc_eta[i] = eta;
    columns.tc_phi[i] = Math.atan2(y, x);
    columns.tc_mipPt[i] = mipPt;
    columns.tc_pt[i] = pt;
    columns.tc_energy[i] = pt * Math.cosh(eta);
    columns.tc_zside[i] = Math.sign(z);
  }
  return columns;
}

export const single = (cell: Cell): TcTable["columns"] => cells([cell]);

/** Cells around a few random directions in layers 1-28. */
export function randomCells(random: Random, n: number): Cell[] {
  const centres = Array.from({ length: 4 }, () => ({ rz: random.between(0.12, 0.5), phi: random.between(-3.1, 3.1) }));
  return Array.from({ length: n }, () => {
    const { rz, phi } = centres[Math.floor(random.uniform() * centres.length)];
    const z = random.between(322, 362);
    const r = z * (rz + 0.01 * random.normal());
    const angle = phi + 0.03 * random.normal();
    const layer = 1 + Math.floor(random.between(0, 28));
    return { x: r * Math.cos(angle), y: r * Math.sin(angle), z, mipPt: 2 + 8 * random.exponential(), layer };
  });
}

export const randomTcs = (random: Random, n: number): TcTable["columns"] => cells(randomCells(random, n));

/** A sample of one entry an event: one particle, one cl3d of the same energy. */
export function batchOf(
  events: readonly { cells: readonly Cell[]; eta?: number; phi?: number; energy?: number }[],
): SampleBatch {
  const all = events.flatMap((event) => event.cells);
  const entries = createTable(ENTRIES, events.length);
  const gen = createTable(GEN, events.length);
  const cl3d = createTable(CL3D, events.length);
  let tcFirst = 0;
  for (const [i, { cells: list, eta = 2.1, phi = 0, energy = 100 }] of events.entries()) {
    const e = entries.columns;
    e.entry[i] = i;
    e.event[i] = BigInt(100 + i);
    e.zside[i] = eta < 0 ? -1 : 1;
    e.gen_first[i] = i;
    e.gen_rows[i] = 1;
    e.cl3d_first[i] = i;
    e.cl3d_rows[i] = 1;
    e.tc_first[i] = tcFirst;
    e.tc_rows[i] = list.length;
    tcFirst += list.length;
    gen.columns.gen_eta[i] = eta;
    gen.columns.gen_phi[i] = phi;
    gen.columns.gen_en[i] = energy;
    cl3d.columns.cl3d_eta[i] = eta;
    cl3d.columns.cl3d_en[i] = energy;
  }
  return { entries, gen, cl3d, tc: { rows: all.length, columns: cells(all) } };
}
