import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  cellAt,
  cellNoise,
  createGeometry,
  type DetectorTable,
  GEOMETRY_VERSIONS,
  geometryFromTable,
  gevPerMip,
  layerOf,
  mipPtToPt,
  negativeEndcap,
  ptToMipPt,
  subdetOf,
  tcAt,
  tcIndex,
  tcOfCell,
  tcOutline,
  thicknessCorrection,
  waferNeighbours,
  waferIndex,
} from "./index.js";

const v11 = createGeometry("V11");
/** A version is a table and nothing else: this one has 26 + 21 layers, sensors and boundaries of its own, and belongs to no detector. */
const madeUp = geometryFromTable(
  JSON.parse(
    readFileSync(join(import.meta.dirname, "../../test/fixtures/geometry/made-up.json"), "utf8"),
  ) as DetectorTable,
);
const GEOMETRIES = [v11, madeUp].map((geometry) => [geometry.version, geometry] as const);

test("V11 has CMSSW's number of wafers on each of its 50 layers", () => {
  const wafers = v11.layers.map(({ layer }) => v11.wafers.first[layer + 1] - v11.wafers.first[layer]);
  expect(wafers).toEqual([
    330, 330, 342, 342, 342, 342, 342, 342, 354, 354, 354, 354, 354, 354, 354, 354, 360, 360, 366, 366, 372, 372, 372,
    372, 372, 372, 378, 378, 390, 396, 411, 420, 420, 447, 468, 516, 327, 327, 327, 327, 261, 261, 192, 192, 192, 192,
    147, 147, 147, 147,
  ]);
  const ofType = [0, 1, 2].map((type) => v11.wafers.thickness.filter((thickness) => thickness === type).length);
  expect(ofType).toEqual([2229, 4647, 9762]);
});

test("planes, depth and read-out layers of V11", () => {
  expect([1, 28, 29, 41, 50].map((layer) => layerOf(v11, layer).z)).toEqual([
    322.10275, 361.65725, 367.699, 436.199, 513.149,
  ]);
  expect(v11.layers.filter((layer) => !layer.trigger).map((layer) => layer.layer)).toEqual([
    2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28,
  ]);
  expect(layerOf(v11, 28)).toMatchObject({ kind: "CE-E", subdet: 1, x0Cum: 25.5193, lambdaCum: 1.5461, waferY: 0 });
  expect(layerOf(v11, 28).x0).toBeCloseTo(0.995, 9);
  expect(layerOf(v11, 29)).toMatchObject({ kind: "CE-H", subdet: 2, scintillator: undefined });
  expect(layerOf(v11, 29).waferY).toBeCloseTo(9.667199, 6);
  expect(layerOf(v11, 30).waferY).toBeCloseTo(-9.667199, 6);
  expect(layerOf(v11, 37).scintillator).toMatchObject({ firstRing: 18, lastRing: 29, firstIeta: 9, lastIeta: 15 });
});

// Printed by CMSSW, from a public notebook (jbsauvan/HGCTPGOccupancies, threshold_calibration.ipynb).
test.each([
  { layer: 11, x: -3.055181, y: 43.90279, z: 336.952759, mipPt: 0.436244, energy: 0.095654, eta: 2.732934 },
  { layer: 29, x: 3.236349, y: 69.271973, z: 367.699, mipPt: 0.260886, energy: 0.14061, eta: 2.370057 },
  { layer: 30, x: 13.688898, y: 60.83482, z: 373.149, mipPt: 0.119737, energy: 0.044491, eta: 2.489176 },
  { layer: 15, x: -29.045973, y: -49.508308, z: -342.892792, mipPt: 0.751372, energy: 0.129297, eta: -2.487457 },
])("a real trigger cell of layer $layer has CMSSW's position and energy", ({ layer, x, y, z, mipPt, energy, eta }) => {
  const tc = tcAt(v11, layer, Math.sign(z) * x, y);
  const tcs = z > 0 ? v11.triggerCells : negativeEndcap(v11.triggerCells);
  expect(Math.hypot(tcs.x[tc] - x, tcs.y[tc] - y)).toBeLessThan(1e-3);
  expect(Math.abs(tcs.z[tc] - z)).toBeLessThan(5e-3);
  expect(tcs.eta[tc]).toBeCloseTo(eta, 4);
  expect(tcs.phi[tc]).toBeCloseTo(Math.atan2(y, x), 4);
  expect(mipPtToPt(v11, layer, tcs.thickness[tc], mipPt) * Math.cosh(eta)).toBeCloseTo(energy, 5);
});

test("energy scale and noise by layer and thickness", () => {
  expect(gevPerMip(v11, 2, 0)).toBe(0);
  expect(gevPerMip(v11, 29, 1)).toBeCloseTo(0.083906398 / 0.84, 12);
  expect([0, 1, 2, 3].map((thickness) => thicknessCorrection(v11, 40, thickness))).toEqual([0.84, 0.84, 0.84, 0.9]);
  expect([0, 1, 2].map((thickness) => thicknessCorrection(madeUp, 1, thickness))).toEqual([0.75, 0.76, 0.75]);
  expect(ptToMipPt(v11, 5, 2, mipPtToPt(v11, 5, 2, 3.5))).toBeCloseTo(3.5, 12);
  expect([0, 1, 2, 3].map((thickness) => cellNoise(v11, thickness))).toEqual([0.156, 0.112, 0.062, 0]);
});

test.each(GEOMETRIES)("%s: whole wafers have 48 TCs, partial ones 1 to 48, other layers none", (_, geometry) => {
  const { layers, ofSlot, wafers } = geometry;
  for (let wafer = 0; wafer < wafers.rows; wafer++) {
    const count = ofSlot.subarray(48 * wafer, 48 * wafer + 48).filter((tc) => tc >= 0).length;
    if (!layers[wafers.layer[wafer] - 1].trigger) assert.equal(count, 0);
    else if (wafers.whole[wafer] === 1) assert.equal(count, 48);
    else assert.ok(count > 0);
  }
});

test.each(GEOMETRIES)(
  "%s: every TC is found by its name, by its position, and through the cell there",
  (_, geometry) => {
    const { layer, wu, wv, cu, cv, x, y, rows } = geometry.triggerCells;
    const lost = { byName: 0, byPosition: 0, byCell: 0 };
    for (let tc = 0; tc < rows; tc++) {
      if (tcIndex(geometry, layer[tc], wu[tc], wv[tc], cu[tc], cv[tc]) !== tc) lost.byName++;
      if (tcAt(geometry, layer[tc], x[tc], y[tc]) !== tc) lost.byPosition++;
      if (tcOfCell(geometry, cellAt(geometry, layer[tc], x[tc], y[tc])) !== tc) lost.byCell++;
    }
    expect(lost).toEqual({ byName: 0, byPosition: 0, byCell: 0 });
    expect(rows).toBeGreaterThan(400_000);
  },
);

test("another table has 26 + 21 layers ending where its blocks do", () => {
  expect(madeUp.layers.map((layer) => layer.kind).lastIndexOf("CE-E")).toBe(25);
  expect(madeUp.layers.length).toBe(47);
  const z = madeUp.layers.map((layer) => layer.z);
  expect(z).toEqual(z.toSorted((a, b) => a - b));
  expect(z[25]).toBeLessThan(361.971);
  expect(z[46]).toBeLessThan(514.051);
  expect(madeUp.layers.findIndex((layer) => layer.scintillator)).toBe(26 + 7);
  expect(layerOf(madeUp, 26).x0Cum).toBeCloseTo(25.626, 3);
});

test("scintillator TCs: phi from 0 on in steps of 2.5 degrees, ieta outwards, none outside of the rings", () => {
  const { triggerCells: tcs } = v11;
  // The mean of rings 1 and 2, of 4 tile centres.
  const tc = tcIndex(v11, 47, -999, -999, 1, 1);
  expect(tcs.phi[tc]).toBeCloseTo(Math.PI / 144, 12);
  expect(Math.hypot(tcs.x[tc], tcs.y[tc])).toBeCloseTo(106.130675 * Math.cos(Math.PI / 288), 9);
  expect([tcs.subdet[tc], tcs.thickness[tc], tcs.z[tc]]).toEqual([10, 3, 487.2995]);
  // Layer 37 begins with ring 18, the outer half of ieta 9.
  expect(tcAt(v11, 37, 154, 1)).toBe(tcIndex(v11, 37, -999, -999, 9, 1));
  expect(tcs.x[tcAt(v11, 37, 154, 1)]).toBeCloseTo((152.0727 + 155.5761) / 2, 1);
  expect(tcAt(v11, 37, 0, -195.95)).toBe(tcIndex(v11, 37, -999, -999, 15, 109));
  expect(tcAt(v11, 37, 0, -195.9)).toBe(tcIndex(v11, 37, -999, -999, 14, 109));
  expect(tcAt(v11, 37, 195.95, -1e-9)).toBe(tcIndex(v11, 37, -999, -999, 15, 144));
  expect(cellAt(v11, 37, 200.6, 0)).toBe(-1);
  expect(tcIndex(v11, 37, -999, -999, 8, 1)).toBe(-1);
  expect(tcIndex(v11, 37, -999, -999, 9, 145)).toBe(-1);
  expect(tcIndex(v11, 36, -999, -999, 9, 1)).toBe(-1);
});

test("names and points without a TC give -1", () => {
  expect(tcIndex(v11, 1, 0, 0, 4, 4)).toBe(-1); // the beam pipe
  expect(tcIndex(v11, 1, 5, 0, 0, 7)).toBe(-1); // no such TC
  expect(tcIndex(v11, 2, 5, 0, 4, 4)).toBe(-1); // not read out
  expect(tcIndex(v11, 51, 5, 0, 4, 4)).toBe(-1);
  expect(tcIndex(v11, 1, 4000, 0, 4, 4)).toBe(-1);
  for (const [x, y] of [
    [0, 0],
    [1e9, 1e9],
    [Number.NaN, 1],
    [200, 0],
  ]) {
    expect(tcAt(v11, 1, x, y)).toBe(-1);
    expect(cellAt(v11, 1, x, y)).toBe(-1);
  }
  const wafer = waferIndex(v11, 1, 4, 1);
  const edge = v11.wafers.x[wafer] + v11.table.waferSize / 2;
  expect(tcAt(v11, 1, edge - 1e-6, v11.wafers.y[wafer] + 1)).toBeGreaterThan(-1);
  expect(tcAt(v11, 1, edge + 0.05, v11.wafers.y[wafer] + 1)).toBe(-1); // in the gap between two sensors
  expect(cellAt(v11, 1, edge + 0.05, v11.wafers.y[wafer] + 1)).toBe(-1);
});

test("neighbours of a wafer are the six around it, at one pitch", () => {
  const wafer = waferIndex(v11, 30, 3, -2);
  const around = waferNeighbours(v11, wafer);
  expect(around.length).toBe(6);
  const { x, y } = v11.wafers;
  for (const other of around) expect(Math.hypot(x[other] - x[wafer], y[other] - y[wafer])).toBeCloseTo(16.74408, 9);
  expect(waferNeighbours(v11, v11.wafers.first[1]).length).toBeLessThan(6);
});

test("versions and layers that do not exist are errors that list what does", () => {
  expect(() => createGeometry("V9")).toThrow(
    'geometry version not found: "V9"; one of V11; positions of another version come with `geometry import`',
  );
  expect(() => createGeometry("V17")).toThrow('geometry version not found: "V17"; one of V11;');
  expect(GEOMETRY_VERSIONS).toEqual(["V11"]);
  expect(() => createGeometry("toString")).toThrow('geometry version not found: "toString"');
  expect(() => layerOf(v11, 0)).toThrow("no layer 0 in geometry V11; layers are 1 to 50");
  expect(() => layerOf(v11, 51)).toThrow("no layer 51 in geometry V11; layers are 1 to 50");
});

test.each(GEOMETRIES)(
  "%s: scintillator begins and ends with its first and last ring, and the centre of a tile lies in the middle of its rings",
  (_, geometry) => {
    const { scintRings, scintTilesPhi } = geometry.table;
    const { layer, cu, cv, subdet, x, y, rows } = geometry.triggerCells;
    const ends = geometry.layers.map(() => [Infinity, 0]);
    for (let tc = 0; tc < rows; tc++) {
      if (subdet[tc] !== 10 || cv[tc] !== 1) continue;
      const outline = tcOutline(geometry, tc);
      const [inner, outer] = [Math.hypot(outline[0], outline[1]), Math.hypot(outline[2], outline[3])];
      const { scintillator } = geometry.layers[layer[tc] - 1];
      const first = Math.max(2 * cu[tc] - 1, scintillator?.firstRing ?? 0);
      const last = Math.min(2 * cu[tc], scintillator?.lastRing ?? 0);
      expect(inner).toBeCloseTo(scintRings[first - 1], 9);
      expect(outer).toBeCloseTo(scintRings[last], 9);
      const tile = (ring: number): number => (scintRings[ring - 1] + scintRings[ring]) / 2;
      const r = ((tile(first) + tile(last)) / 2) * Math.cos((2 * Math.PI) / scintTilesPhi / 2);
      expect(Math.hypot(x[tc], y[tc])).toBeCloseTo(r, 9);
      const end = ends[layer[tc] - 1];
      [end[0], end[1]] = [Math.min(end[0], inner), Math.max(end[1], outer)];
    }
    for (const { layer: number, scintillator } of geometry.layers) {
      if (scintillator === undefined) continue;
      expect(ends[number - 1][0]).toBeCloseTo(scintRings[scintillator.firstRing - 1], 9);
      expect(ends[number - 1][1]).toBeCloseTo(scintRings[scintillator.lastRing], 9);
    }
  },
);

test("V11: the part of the detector follows from wafer and layer", () => {
  const { wu, layer, subdet } = v11.triggerCells;
  expect(new Set(subdet)).toEqual(new Set([1, 2, 10]));
  expect(Array.from(subdet, (_, tc) => subdetOf(wu[tc], layer[tc], "V11"))).toEqual(Array.from(subdet));
});

test.each(GEOMETRIES)("%s: a layer has rings of scintillator from the first to the last, or none", (_, { table }) => {
  for (const [i, first] of table.scintFirstRing.entries()) {
    const last = table.scintLastRing[i];
    expect([i, last === 0, last >= first, last < table.scintRings.length]).toEqual([i, first === 0, true, true]);
    if (i < table.ceeLayers) expect([i, first]).toEqual([i, 0]);
  }
});

test.each(GEOMETRIES)("%s: what is between two planes adds up to the depth at each", (_, geometry) => {
  let [x0, lambda] = [0, 0];
  for (const layer of geometry.layers) {
    x0 += layer.x0;
    lambda += layer.lambda;
    expect([layer.x0Cum, layer.lambdaCum]).toEqual([expect.closeTo(x0, 9), expect.closeTo(lambda, 9)]);
    expect(Math.min(layer.x0, layer.lambda)).toBeGreaterThan(0);
  }
});
