import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { createGeometry, gevPerMip, tcOfCell, cellAt } from "../detector/index.js";
import { Readout } from "./readout.js";
import { SignalBuffer } from "./signal-buffer.js";
import { TcRows } from "./tc-rows.js";

const geometry = createGeometry("V11");
const tcs = geometry.triggerCells;
const readout = new Readout(geometry);

/** Reads signals at points, all in one layer of the endcap zside. */
function read(layer: number, points: readonly (readonly [number, number, number])[], zside = 1, minMipPt = 0) {
  const buffer = new SignalBuffer(geometry.layers.length);
  for (const [x, y, signal] of points) buffer.deposit(layer, x, y, signal);
  const rows = new TcRows(geometry);
  readout.read(buffer, new Random(1, 0), { zside, minMipPt }, rows);
  return { rows: rows.rows, columns: rows.finish() };
}

test.each([
  { name: "120 um", layer: 5, x: 45, y: 10, correction: 0.77 },
  { name: "300 um", layer: 5, x: 130, y: 10, correction: 0.77 },
  { name: "a partial wafer", layer: 5, x: 33.5, y: 2, correction: 0.77 },
  { name: "CE-H silicon", layer: 30, x: 45, y: 10, correction: 0.84 },
  { name: "scintillator", layer: 45, x: 170, y: 10, correction: 0.9 },
])("a signal becomes the trigger cell at its place: $name", ({ layer, x, y, correction }) => {
  const tc = tcOfCell(geometry, cellAt(geometry, layer, x, y));
  for (const zside of [1, -1]) {
    const { rows, columns } = read(layer, [[x, y, 1e5]], zside);
    expect(rows).toBe(1);
    expect(columns.tc_layer[0]).toBe(layer);
    expect(columns.tc_x[0]).toBeCloseTo(zside * tcs.x[tc], 4);
    expect(columns.tc_y[0]).toBeCloseTo(tcs.y[tc], 4);
    expect(columns.tc_z[0]).toBeCloseTo(zside * tcs.z[tc], 3);
    expect([columns.tc_waferu[0], columns.tc_waferv[0]]).toEqual([tcs.wu[tc], tcs.wv[tc]]);
    expect([columns.tc_cellu[0], columns.tc_cellv[0]]).toEqual([tcs.cu[tc], tcs.cv[tc]]);
    expect(columns.tc_phi[0]).toBeCloseTo(Math.atan2(y, zside * x), 1);
    const mips = columns.tc_mipPt[0] * Math.cosh(columns.tc_eta[0]);
    expect(mips / (1e5 * correction)).toBeCloseTo(1, 4);
    const scale = gevPerMip(geometry, layer, tcs.thickness[tc]);
    expect(columns.tc_pt[0] / columns.tc_mipPt[0] / scale).toBeCloseTo(1, 5);
    expect(columns.tc_energy[0] / (columns.tc_pt[0] * Math.cosh(columns.tc_eta[0]))).toBeCloseTo(1, 5);
  }
});

test.each([
  { name: "beside the endcap", layer: 5, x: 10, y: 0 },
  { name: "a layer that the trigger does not read", layer: 6, x: 60, y: 0 },
])("nothing comes of signals at $name", ({ layer, x, y }) => {
  expect(read(layer, [[x, y, 1e3]]).rows).toBe(0);
});

test("signals of a cell add up before the cut of 3 sigma, those of two cells are cut one by one", () => {
  const { wafers, sensors } = geometry;
  const wafer = wafers.thickness.findIndex((type, i) => type === 0 && wafers.whole[i] === 1 && wafers.layer[i] === 9);
  const sensor = sensors[0];
  const at = (cell: number, signal: number): [number, number, number] => [
    wafers.x[wafer] + sensor.x[cell],
    wafers.y[wafer] + sensor.y[cell],
    signal,
  ];
  // Noise of 120 um is 0.156 MIP: the cut is at 0.468 MIP. 0.25 MIP pass in 8 %, 1.0 MIP in all but 0.03 % of cells.
  const few = 0.25 / 0.77;
  const pass = (points: [number, number, number][]): boolean => read(9, points).rows > 0;
  expect(pass([at(100, few), at(100, 3 * few)])).toBe(true);
  const spread = Array.from({ length: 48 }, (_, tc) => at(9 * tc, few));
  const { rows } = read(9, spread);
  expect(rows).toBeLessThan(12);
});

test("minMipPt keeps trigger cells from it on", () => {
  // 10 MIP at eta 1.9 are 2.9 mipPt.
  expect(read(5, [[100, 10, 10 / 0.77]], 1, 2).rows).toBe(1);
  expect(read(5, [[100, 10, 10 / 0.77]], 1, 4).rows).toBe(0);
});

test("a readout leaves nothing behind for the next", () => {
  const buffer = new SignalBuffer(geometry.layers.length);
  const rows = new TcRows(geometry);
  buffer.deposit(5, 60, 10, 100);
  buffer.deposit(45, 170, 10, 100);
  readout.read(buffer, new Random(1, 0), { zside: 1, minMipPt: 0 }, rows);
  expect(rows.rows).toBe(2);
  readout.read(buffer, new Random(1, 0), { zside: 1, minMipPt: 0 }, rows);
  expect(rows.rows).toBe(2);
});
