/** Names and points of some layers: what is found, and what is nowhere. */
import { expect, test } from "vitest";
import { cellAt, tcAt, tcIndex, tcOfCell, waferAt, waferIndex } from "./lookup.js";
import { small } from "./small.test-data.js";

const { triggerCells: tcs, wafers, layers, table, firstTile, siliconRows, scintFirst } = small;

test("every TC is found by its name, its point and the cell there; of a layer that is not read out none is", () => {
  const lost: number[] = [];
  for (let tc = 0; tc < tcs.rows; tc++) {
    const [layer, x, y] = [tcs.layer[tc], tcs.x[tc], tcs.y[tc]];
    const byName = tcIndex(small, layer, tcs.wu[tc], tcs.wv[tc], tcs.cu[tc], tcs.cv[tc]);
    if (byName !== tc || tcAt(small, layer, x, y) !== tc || tcOfCell(small, cellAt(small, layer, x, y)) !== tc) lost.push(tc);
  }
  expect([lost, tcs.layer.includes(2), tcs.rows > 50_000]).toEqual([[], false, true]);
  const wafer = waferIndex(small, 2, 3, 5);
  const cell = cellAt(small, 2, wafers.x[wafer] + 1, wafers.y[wafer] + 2);
  expect([cell >= wafers.firstCell[wafer], cell < wafers.firstCell[wafer + 1], tcOfCell(small, cell)]).toEqual([true, true, -1]);
  expect(tcAt(small, 2, wafers.x[wafer], wafers.y[wafer])).toBe(-1);
}); // prettier-ignore

test("every wafer is found by its name and at any point of its sensor", () => {
  const lost: number[] = [];
  for (let row = 0; row < wafers.rows; row++) {
    if (waferIndex(small, wafers.layer[row], wafers.u[row], wafers.v[row]) !== row) lost.push(row);
    for (const [dx, dy] of [[0, 0], [8.2, 0], [-8.2, 0], [0, 9.4], [0, -9.4]])
      if (waferAt(small, wafers.layer[row], wafers.x[row] + dx, wafers.y[row] + dy) !== row) lost.push(row);
  }
  expect(lost).toEqual([]);
}); // prettier-ignore

test.each([
  ["the beam pipe", 1, 0, 0, 4, 4],
  ["a layer that is not read out", 2, 3, 5, 2, 4],
  ["a layer behind the last", 8, 3, 5, 2, 4],
  ["a wafer beyond the lattice", 1, 4000, 0, 4, 4],
  ["cu below 0", 1, 3, 5, -1, 9],
  ["cu above 7", 1, 3, 5, 8, 0],
  ["cv below 0", 1, 3, 5, 1, -1],
  ["cv above 7", 1, 3, 5, 1, 8],
  ["a cu, cv that no TC has", 1, 3, 5, 0, 7],
  ["ieta before the first ring", 5, -999, -999, 8, 1],
  ["ieta behind the last ring", 5, -999, -999, 16, 1],
  ["iphi 0", 5, -999, -999, 9, 0],
  ["iphi behind a whole turn", 5, -999, -999, 9, 145],
  ["scintillator where there is none", 3, -999, -999, 9, 1],
  ["scintillator of a layer that there is not", 8, -999, -999, 9, 1],
])("a name of no TC: %s", (_, ...[layer, wu, wv, cu, cv]) => {
  expect(tcIndex(small, layer, wu, wv, cu, cv)).toBe(-1);
});

test("names at the ends of what there is", () => {
  expect([[0, 0], [0, 3], [7, 7], [3, 0], [7, 4], [4, 7]].map(([cu, cv]) => tcIndex(small, 1, 3, 5, cu, cv) >= 0)).toEqual(
    [true, true, true, true, true, true],
  );
  // Of layer 5, rings 18 to 29: 144 TCs a ring of TCs, ieta 9 to 15.
  const ends = [[9, 1], [9, 144], [10, 1], [15, 144]].map(([cu, cv]) => tcIndex(small, 5, -999, -999, cu, cv) - scintFirst[5]);
  expect(ends).toEqual([0, 143, 144, 7 * 144 - 1]);
}); // prettier-ignore

test.each([5, 6, 7])("layer %i: rings of tiles begin where the ring before ends, and silicon ends where they begin", (layer) => {
  const { scintillator, rout } = layers[layer - 1];
  const { firstRing = 0, lastRing = 0, rin = 0 } = scintillator ?? {};
  const begin = Math.max(rin, rout);
  const rings = table.scintRings.slice(firstRing - 1, lastRing + 1);
  for (let k = 0; k < rings.length - 1; k++) {
    const inner = Math.max(rings[k], begin);
    const tile = cellAt(small, layer, (inner + rings[k + 1]) / 2, 0.01);
    const ring = firstRing + k;
    const place = (tile - firstTile) / 4 - (scintFirst[layer] - siliconRows);
    // Its TC is the first in phi of its ieta, of which it is the inner row where the ring's number is odd.
    const row = Math.ceil(ring / 2) - Math.ceil(firstRing / 2);
    expect([ring, Math.floor(place), (tile - firstTile) % 4]).toEqual([ring, 144 * row, ring % 2 === 1 ? 0 : 2]);
    expect(tcOfCell(small, tile)).toBe(tcIndex(small, layer, -999, -999, Math.ceil(ring / 2), 1));
    // Both ends: the lower one belongs to it.
    expect(cellAt(small, layer, inner, 0)).toBe(tile);
    expect(cellAt(small, layer, rings[k + 1] - 1e-9, 0)).toBe(tile);
  }
  const end = rings[rings.length - 1];
  expect([cellAt(small, layer, end, 0), tcAt(small, layer, end, 0), tcAt(small, layer, end - 1e-9, 0) >= 0]).toEqual([-1, -1, true]);
  // Just before the boundary there is silicon, or nothing.
  for (const phi of [0.1, 1.7, 3, 4.4, 6])
    expect(cellAt(small, layer, (rout - 1e-6) * Math.cos(phi), (rout - 1e-6) * Math.sin(phi))).toBeLessThan(firstTile);
}); // prettier-ignore

test("tiles are counted around the beam from phi = 0 on: 288 of 1.25 degrees, by pairs to TCs", () => {
  for (const tile of [0, 1, 2, 71, 72, 143, 144, 145, 215, 287]) {
    const phi = ((tile + 0.5) * 2 * Math.PI) / 288;
    const [x, y] = [160 * Math.cos(phi), 160 * Math.sin(phi)];
    // 160 cm is in ring 20, the outer row of ieta 10.
    const tc = tcIndex(small, 5, -999, -999, 10, 1 + Math.floor(tile / 2));
    expect([tile, tcAt(small, 5, x, y)]).toEqual([tile, tc]);
    expect(cellAt(small, 5, x, y)).toBe(firstTile + 4 * (tc - siliconRows) + 2 + (tile % 2));
  }
  // A phi so little below 0 that a turn more is a whole turn.
  expect(tcAt(small, 5, 160, -1e-300)).toBe(tcIndex(small, 5, -999, -999, 10, 144));
});

test("points of nothing: the beam, far outside, NaN, the gap between two sensors", () => {
  for (const [x, y] of [[0, 0], [1e9, 1e9], [Number.NaN, 1], [1, Number.NaN], [200, 0]]) {
    for (const layer of [1, 7]) {
      // In layer 7 there is scintillator at 2 m.
      if (x === 200 && layer === 7) continue;
      expect([tcAt(small, layer, x, y), cellAt(small, layer, x, y)]).toEqual([-1, -1]);
    }
  }
  expect([waferAt(small, 1, Number.NaN, 0), waferAt(small, 1, 1e4, 0), waferIndex(small, 1, 0, 40)]).toEqual([-1, -1, -1]);
  const wafer = waferIndex(small, 1, 4, 1);
  const [edge, y] = [wafers.x[wafer] + table.waferSize / 2, wafers.y[wafer] + 1];
  expect([tcAt(small, 1, edge - 1e-6, y) >= 0, tcAt(small, 1, edge + 0.05, y), cellAt(small, 1, edge + 0.05, y)]).toEqual([true, -1, -1]);
}); // prettier-ignore

test("a partial wafer has no cells beyond the silicon, though its sensor reaches there", () => {
  const { rin, rout } = layers[2];
  const found = { inside: 0, beyond: 0 };
  for (let k = 0; k < 2000; k++) {
    const phi = k * 0.1;
    for (const r of [rin + (k % 10) / 5, rin - (k % 10) / 5 - 0.8, rout - (k % 10) / 5, rout + (k % 10) / 5 + 0.8]) {
      const cell = cellAt(small, 3, r * Math.cos(phi), r * Math.sin(phi));
      if (cell < 0) expect(cell).toBe(-1);
      else found[r < rin - 0.75 || r > rout + 0.75 ? "beyond" : "inside"]++;
    }
  }
  // The largest cells reach 0.7 cm from their centre.
  expect([found.beyond, found.inside > 2000]).toEqual([0, true]);
});
