import assert from "node:assert/strict";
import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { cellAt, createGeometry, tcAt, tcIndex, tcOfCell, tcOutline, waferAt, waferOutline } from "./index.js";

const geometry = createGeometry("V11");
const { wafers, triggerCells, sensors } = geometry;
const SEED = 7;

/** A whole wafer of a type, on a layer that the trigger reads. */
function wholeWafer(thickness: number): number {
  return wafers.thickness.findIndex(
    (type, wafer) => type === thickness && wafers.whole[wafer] === 1 && wafers.layer[wafer] % 2 === 1,
  );
}

function area(polygon: Float64Array): number {
  let twice = 0;
  for (let i = 0; i < polygon.length; i += 2) {
    const next = (i + 2) % polygon.length;
    twice += polygon[i] * polygon[next + 1] - polygon[next] * polygon[i + 1];
  }
  return twice / 2;
}

/** Strictly inside of a convex polygon, counterclockwise. */
function isInside(polygon: Float64Array, x: number, y: number): boolean {
  for (let i = 0; i < polygon.length; i += 2) {
    const next = (i + 2) % polygon.length;
    const cross =
      (polygon[next] - polygon[i]) * (y - polygon[i + 1]) - (polygon[next + 1] - polygon[i + 1]) * (x - polygon[i]);
    if (cross <= 0) return false;
  }
  return true;
}

const TYPES = [
  { name: "HD120", thickness: 0 },
  { name: "LD200", thickness: 1 },
  { name: "LD300", thickness: 2 },
];

test.each(TYPES)("the 48 outlines of a $name wafer tile its hexagon", ({ thickness }) => {
  const wafer = wholeWafer(thickness);
  const tcs = Array.from(geometry.ofSlot.subarray(48 * wafer, 48 * wafer + 48));
  const outlines = tcs.map((tc) => tcOutline(geometry, tc));
  const hexagon = waferOutline(geometry, wafer);
  const sum = outlines.reduce((total, outline) => total + area(outline), 0);
  expect(Math.abs(sum / area(hexagon) - 1)).toBeLessThan(1e-12);
  expect(area(hexagon)).toBeCloseTo((Math.sqrt(3) / 2) * 16.64408 ** 2, 9);

  const random = new Random(SEED, thickness);
  for (let points = 0; points < 10_000;) {
    const x = wafers.x[wafer] + random.between(-10, 10);
    const y = wafers.y[wafer] + random.between(-10, 10);
    if (!isInside(hexagon, x, y)) continue;
    points++;
    const holding = tcs.filter((_, i) => isInside(outlines[i], x, y));
    const tc = tcAt(geometry, wafers.layer[wafer], x, y);
    assert.ok(holding.length === 1 && holding[0] === tc, `seed ${SEED}, (${x}, ${y}): ${tc} is not ${holding.join()}`);
  }
});

test.each(TYPES)("an outline of $name holds the centres of its cells and its TC's position", ({ thickness }) => {
  const wafer = wholeWafer(thickness);
  const sensor = sensors[thickness];
  for (let cell = 0; cell < sensor.cells; cell++) {
    const id = wafers.firstCell[wafer] + cell;
    const tc = tcOfCell(geometry, id);
    const x = wafers.x[wafer] + sensor.x[cell];
    const y = wafers.y[wafer] + sensor.y[cell];
    const outline = tcOutline(geometry, tc);
    assert.ok(isInside(outline, x, y));
    assert.ok(isInside(outline, triggerCells.x[tc], triggerCells.y[tc]));
    assert.equal(cellAt(geometry, wafers.layer[wafer], x, y), id);
  }
});

test.each(TYPES)("a point of a $name sensor belongs to the cell with the nearest centre", ({ thickness }) => {
  const wafer = wholeWafer(thickness);
  const sensor = sensors[thickness];
  const hexagon = waferOutline(geometry, wafer);
  const random = new Random(SEED, thickness);
  for (let i = 0; i < 10_000; i++) {
    const dx = random.between(-8.3, 8.3);
    const dy = random.between(-9.6, 9.6);
    const cell = cellAt(geometry, wafers.layer[wafer], wafers.x[wafer] + dx, wafers.y[wafer] + dy);
    if (!isInside(hexagon, wafers.x[wafer] + dx, wafers.y[wafer] + dy)) continue;
    const distances = Array.from(sensor.x, (x, c) => Math.hypot(x - dx, sensor.y[c] - dy));
    const nearest = Math.min(...distances);
    const distance = distances[cell - wafers.firstCell[wafer]];
    assert.ok(Math.abs(distance - nearest) < 5e-10, `seed ${SEED}, (${dx}, ${dy})`);
  }
});

test("on all layers a point within a sensor belongs to the wafer with the nearest centre", () => {
  const random = new Random(SEED);
  for (let i = 0; i < 5000; i++) {
    const layer = 1 + Math.floor(random.between(0, 50));
    const x = random.between(-190, 190);
    const y = random.between(-190, 190);
    let nearest = -1;
    let least = 8.3; // the radius of the circle within a sensor
    for (let wafer = wafers.first[layer]; wafer < wafers.first[layer + 1]; wafer++) {
      const distance = Math.hypot(wafers.x[wafer] - x, wafers.y[wafer] - y);
      if (distance < least) [nearest, least] = [wafer, distance];
    }
    if (nearest >= 0) assert.equal(waferAt(geometry, layer, x, y), nearest, `seed ${SEED}, layer ${layer}`);
  }
});

test("cells of partial wafers count only with their centre in the layer's silicon", () => {
  const random = new Random(SEED);
  const found = { silicon: 0, tiles: 0, beyond: 0, withoutTc: 0 };
  for (let i = 0; i < 100_000; i++) {
    const layer = 29 + Math.floor(random.between(0, 22));
    const { rin, rout } = geometry.layers[layer - 1];
    const phi = random.between(0, 2 * Math.PI);
    const r = (random.uniform() < 0.5 ? rin : rout) + random.between(-1, 1);
    const cell = cellAt(geometry, layer, r * Math.cos(phi), r * Math.sin(phi));
    if (cell < 0) continue;
    if (tcOfCell(geometry, cell) < 0) found.withoutTc++;
    if (cell >= geometry.firstTile) {
      found.tiles++;
      continue;
    }
    found.silicon++;
    const wafer = geometry.waferOfBlock[Math.floor(cell / 48)];
    const sensor = sensors[wafers.thickness[wafer]];
    const local = cell - wafers.firstCell[wafer];
    const centre = Math.hypot(wafers.x[wafer] + sensor.x[local], wafers.y[wafer] + sensor.y[local]);
    if (centre < rin || centre > rout) found.beyond++;
  }
  expect(found).toMatchObject({ beyond: 0, withoutTc: 0 });
  expect(found.silicon).toBeGreaterThan(10_000);
  expect(found.tiles).toBeGreaterThan(10_000);
});

test("a scintillator outline is the wedge around its TC, and its four tiles are the TC's", () => {
  const tc = tcIndex(geometry, 44, -999, -999, 12, 100);
  const outline = tcOutline(geometry, tc);
  expect(isInside(outline, triggerCells.x[tc], triggerCells.y[tc])).toBe(true);
  const [low, high] = [Math.hypot(outline[0], outline[1]), Math.hypot(outline[2], outline[3])];
  const rings = geometry.table.scintRings;
  expect(low).toBeCloseTo(rings[22], 9);
  expect(high).toBeCloseTo(rings[24], 9);
  const cells = [0.25, 0.75].flatMap((row) =>
    [-0.3, 0.3].map((column) => {
      const r = low + row * (high - low);
      const phi = triggerCells.phi[tc] + (column * 2.5 * Math.PI) / 180;
      return cellAt(geometry, 44, r * Math.cos(phi), r * Math.sin(phi));
    }),
  );
  expect(cells).toEqual([0, 1, 2, 3].map((tile) => geometry.firstTile + 4 * (tc - geometry.siliconRows) + tile));
  expect(cells.map((cell) => tcOfCell(geometry, cell))).toEqual([tc, tc, tc, tc]);
});

test("all around a layer the four tiles of a TC are its own, the last in phi too", () => {
  const { layer, wu, rows } = triggerCells;
  let tiles = 0;
  for (let tc = 0; tc < rows; tc++) {
    if (layer[tc] !== 44 || wu[tc] !== -999) continue;
    const outline = tcOutline(geometry, tc);
    const [low, high] = [Math.hypot(outline[0], outline[1]), Math.hypot(outline[2], outline[3])];
    for (const [tile, [row, column]] of [[0.25, -1], [0.25, 1], [0.75, -1], [0.75, 1]].entries()) {
      const r = low + row * (high - low);
      const phi = triggerCells.phi[tc] + (column * 0.6 * Math.PI) / 180;
      const cell = cellAt(geometry, 44, r * Math.cos(phi), r * Math.sin(phi));
      if (cell === geometry.firstTile + 4 * (tc - geometry.siliconRows) + tile) tiles++;
    }
  }
  const own = Array.from(layer).filter((each, tc) => each === 44 && wu[tc] === -999).length;
  expect([own > 100, tiles]).toEqual([true, 4 * own]);
}); // prettier-ignore
