/** Shapes of wafers and TCs of some layers. */
import { expect, test } from "vitest";
import { waferIndex } from "./lookup.js";
import { tcOutline, waferNeighbours, waferOutline } from "./outlines.js";
import { small } from "./small.test-data.js";

const { triggerCells: tcs, wafers, ofSlot, table } = small;
const rounded = (values: ArrayLike<number>): number[] =>
  Array.from(values, (value) => Math.round(value * 1e6) / 1e6 + 0);

test("neighbours: the six of a wafer in order around it, fewer at the rim", () => {
  const near = waferNeighbours(small, waferIndex(small, 3, 4, -2)).map((row) => [wafers.layer[row], wafers.u[row], wafers.v[row]]);
  expect(near).toEqual([[3, 5, -2], [3, 5, -1], [3, 4, -1], [3, 3, -2], [3, 3, -3], [3, 4, -3]]);
  expect([waferNeighbours(small, 0).length, waferNeighbours(small, wafers.rows - 1).length]).toEqual([3, 3]);
  for (const row of waferNeighbours(small, 0)) expect(waferNeighbours(small, row)).toContain(0);
}); // prettier-ignore

test("a wafer is a hexagon, counterclockwise from the top", () => {
  const wafer = waferIndex(small, 4, 3, 5);
  const [x, y] = [wafers.x[wafer], wafers.y[wafer]];
  const [half, corner] = [table.waferSize / 2, table.waferSize / Math.sqrt(3)];
  const want = [[0, corner], [-half, corner / 2], [-half, -corner / 2], [0, -corner], [half, -corner / 2], [half, corner / 2]];
  expect(rounded(waferOutline(small, wafer))).toEqual(rounded(want.flatMap(([dx, dy]) => [x + dx, y + dy])));
}); // prettier-ignore

test("TCs of a wafer: rhombi of a quarter of the hexagon's edge, the first of each third at its centre", () => {
  const wafer = waferIndex(small, 1, 3, 5);
  const [x, y, edge] = [wafers.x[wafer], wafers.y[wafer], table.waferSize / Math.sqrt(3) / 4];
  const axes = [90, -30, 210, 90].map((degrees) => (degrees * Math.PI) / 180).map((at) => [Math.cos(at), Math.sin(at)]);
  for (const third of [0, 1, 2]) {
    for (const [i, j] of [[0, 0], [0, 3], [3, 0], [2, 1]]) {
      const [p, q] = [axes[third], axes[third + 1]];
      // Away from the centre along one axis, then along the other.
      const corners = [[i, j], [i, j + 1], [i + 1, j + 1], [i + 1, j]].flatMap(([a, b]) => [
        x + edge * (a * p[0] + b * q[0]),
        y + edge * (a * p[1] + b * q[1]),
      ]);
      const outline = tcOutline(small, ofSlot[48 * wafer + 16 * third + 4 * i + j]);
      expect([third, i, j, ...rounded(outline)]).toEqual([third, i, j, ...rounded(corners)]);
    }
  }
}); // prettier-ignore

test("TCs of scintillator: wedges of 2.5 degrees between the radii of their rings, of one ring where the layer begins or ends", () => {
  const { scintRings } = table;
  const found = new Map<string, number[]>();
  for (let tc = small.siliconRows; tc < tcs.rows; tc++) {
    if (tcs.cv[tc] === 1 || tcs.cv[tc] === 30) found.set([tcs.layer[tc], tcs.cu[tc], tcs.cv[tc]].join(), rounded(tcOutline(small, tc)));
  }
  // Layer 5: rings 18 to 29; layer 6: 13 to 37; layer 7: 1 to 41. Radii [i - 1] and [i] of ring i.
  for (const [layer, ieta, inner, outer] of [[5, 9, 17, 18], [5, 10, 18, 20], [5, 15, 28, 29], [6, 7, 12, 14], [6, 19, 36, 37], [7, 1, 0, 2], [7, 21, 40, 41]]) {
    for (const iphi of [1, 30]) {
      const [low, high] = [iphi - 1, iphi].map((k) => (k * 2.5 * Math.PI) / 180);
      const want = [[inner, low], [outer, low], [outer, high], [inner, high]].flatMap(([ring, phi]) => [
        scintRings[ring] * Math.cos(phi),
        scintRings[ring] * Math.sin(phi),
      ]);
      expect([layer, ieta, iphi, found.get([layer, ieta, iphi].join())]).toEqual([layer, ieta, iphi, rounded(want)]);
    }
  }
}); // prettier-ignore

test("of imported positions the outline moves along, into the array that is given", () => {
  const tc = ofSlot[48 * waferIndex(small, 1, 3, 5) + 7];
  const moved = { ...tcs, x: tcs.x.slice(), y: tcs.y.slice() };
  moved.x[tc] += 2;
  moved.y[tc] -= 3;
  const out = new Float64Array(8);
  expect(tcOutline({ ...small, triggerCells: moved, ownPositions: tcs }, tc, out)).toBe(out);
  const before = tcOutline(small, tc);
  expect(rounded(out.map((value, i) => value - before[i]))).toEqual([2, -3, 2, -3, 2, -3, 2, -3]);
});
