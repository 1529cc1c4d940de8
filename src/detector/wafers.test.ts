/** The wafers of some layers, beside the definition: which there are, of which silicon, and whether all of their cells count. */
import { expect, test } from "vitest";
import { site, SITES } from "./hex-lattice.js";
import { LAYERS, small } from "./small.test-data.js";
import { cellCounts } from "./wafers.js";

const { wafers, layers, table, sensors } = small;
const PITCH = 16.74408;
const CORNER = 16.64408 / Math.sqrt(3);

test("wafers of a layer are as many as CMSSW has, rows by layer, u and v, each found at its site and nowhere else", () => {
  // Of V11's layers 1, 2, 29, 30, 37, 42, 47.
  const counts = layers.map(({ layer }) => wafers.first[layer + 1] - wafers.first[layer]);
  expect([LAYERS, counts]).toEqual([[1, 2, 29, 30, 37, 42, 47], [330, 330, 390, 396, 327, 261, 147]]);
  expect([wafers.rows, wafers.first[0], wafers.first[1]]).toEqual([2181, 0, 0]);
  const at = new Int32Array((layers.length + 1) * SITES).fill(-1);
  for (let row = 0; row < wafers.rows; row++) at[wafers.layer[row] * SITES + site(wafers.u[row], wafers.v[row])] = row;
  expect(wafers.atSite).toEqual(at);
  const order = Array.from({ length: wafers.rows }, (_, k) => 1e6 * wafers.layer[k] + 1e3 * wafers.u[k] + wafers.v[k]);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
}); // prettier-ignore

test("a wafer stands at its (u, v) in the lattice of its layer, and is there when a corner is half a cm within the silicon", () => {
  const absent = new Set(table.absentWafers.map(String));
  for (const layer of layers) {
    const found: string[] = [];
    for (let u = -14; u <= 14; u++) {
      for (let v = -14; v <= 14; v++) {
        const [x, y] = [PITCH * (v / 2 - u), layer.waferY + (PITCH * v * Math.sqrt(3)) / 2];
        const corners = [90, 150, 210, 270, 330, 30].map((degrees) => {
          const angle = (degrees * Math.PI) / 180;
          return Math.hypot(x + CORNER * Math.cos(angle), y + CORNER * Math.sin(angle));
        });
        const isThere = corners.some((r) => r >= layer.rin + 0.5 && r <= layer.rout - 0.5);
        const row = wafers.atSite[layer.layer * SITES + site(u, v)];
        if (isThere !== row >= 0 && !absent.has([layer.layer, u, v].join())) found.push(`${u}, ${v}`);
        if (row >= 0 && Math.hypot(wafers.x[row] - x, wafers.y[row] - y) > 1e-9) found.push(`${u}, ${v} is elsewhere`);
      }
    }
    expect([layer.layer, ...found]).toEqual([layer.layer]);
  }
});

test("thickness follows the radius of the centre, but for the exceptions", () => {
  const exceptions = new Map(table.thicknessExceptions.map(([layer, u, v, type]) => [`${layer},${u},${v}`, type]));
  let excepted = 0;
  const wrong: number[] = [];
  for (let row = 0; row < wafers.rows; row++) {
    const at = wafers.layer[row] - 1;
    const r = Math.hypot(wafers.x[row], wafers.y[row]);
    const rule = r < table.thinRadius[at] ? 0 : r < table.thickRadius[at] ? 1 : 2;
    const exception = exceptions.get([wafers.layer[row], wafers.u[row], wafers.v[row]].join());
    if (exception !== undefined && exception !== rule) excepted++;
    if (wafers.thickness[row] !== (exception ?? rule)) wrong.push(row);
  }
  expect([wrong, excepted]).toEqual([[], exceptions.size]);
  expect([0, 1, 2].map((type) => wafers.thickness.filter((each) => each === type).length).every((n) => n > 100)).toBe(true);
}); // prettier-ignore

test("whole wafers are those of which all cells count; cells are numbered wafer by wafer", () => {
  let cells = 0;
  let partial = 0;
  const wrong: number[] = [];
  for (let row = 0; row < wafers.rows; row++) {
    const sensor = sensors[wafers.thickness[row]];
    const layer = layers[wafers.layer[row] - 1];
    const [x, y] = [wafers.x[row], wafers.y[row]];
    let counted = 0;
    for (let cell = 0; cell < sensor.cells; cell++) {
      const r = Math.sqrt((x + sensor.x[cell]) ** 2 + (y + sensor.y[cell]) ** 2);
      const isIn = r >= layer.rin && r <= layer.rout;
      if (isIn) counted++;
      if (isIn !== cellCounts(layer, sensor, cell, x, y)) wrong.push(row);
    }
    if ((counted === sensor.cells) !== (wafers.whole[row] === 1) || wafers.firstCell[row] !== cells) wrong.push(row);
    cells += sensor.cells;
    partial += 1 - wafers.whole[row];
  }
  expect(wrong).toEqual([]);
  expect([wafers.firstCell.length, wafers.firstCell[wafers.rows], partial > 300]).toEqual([2182, cells, true]);
});
