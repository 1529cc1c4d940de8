import { beforeAll, expect, test } from "vitest";
import { createGrid, DEFAULT_PARAMS } from "../chain/index.js";
import { wrapPhi } from "../core/index.js";
import { createGeometry, negativeEndcap, type TriggerCells } from "../detector/index.js";
import { createTable } from "../core/index.js";
import { CL3D, ENTRIES, GEN, type SampleBatch, TC } from "../events/index.js";
import { mapPhi } from "./phi-map.js";
import { cellsOfRegion } from "./phi-regions.js";
import { type TcMap } from "./phi-tables.js";
import { createCellMoves } from "./tc-moves.js";

/** Every 50th cell of the detector as an entry. */
function batchOf(cells: TriggerCells, zside: number): SampleBatch {
  const chosen = Array.from({ length: Math.floor(cells.rows / 50) }, (_, k) => 50 * k);
  const tc = createTable(TC, chosen.length);
  const entries = createTable(ENTRIES, 1);
  entries.columns.event[0] = 77n;
  entries.columns.tc_rows[0] = chosen.length;
  for (const [t, cell] of chosen.entries()) {
    const to = tc.columns;
    to.tc_layer[t] = cells.layer[cell];
    to.tc_wu[t] = cells.wu[cell];
    to.tc_wv[t] = cells.wv[cell];
    to.tc_cu[t] = cells.cu[cell];
    to.tc_cv[t] = cells.cv[cell];
    // As samples store them.
    to.tc_x[t] = Math.fround(cells.x[cell]);
    to.tc_y[t] = Math.fround(cells.y[cell]);
    to.tc_phi[t] = Math.fround(cells.phi[cell]);
    to.tc_zside[t] = zside;
  }
  return { entries, gen: createTable(GEN, 0), cl3d: createTable(CL3D, 0), tc };
}

const cells = createGeometry("V11").triggerCells;
let map: TcMap;

beforeAll(() => {
  const options = { region: "Si", parameter: 0, seed: 1, maxSweeps: 50 } as const;
  ({ map } = mapPhi(cells, createGrid(DEFAULT_PARAMS.base), options));
});

test.each([
  { name: "positive", zside: 1 },
  { name: "negative", zside: -1 },
])(
  "cells of the $name endcap are turned by what the map says; R stays, those that stay do to the last bit",
  ({ zside }) => {
    const own = zside > 0 ? cells : negativeEndcap(cells);
    const batch = batchOf(own, zside);
    const before = batch.tc.columns.tc_x.slice();
    const moved = createCellMoves(map, "the map")(batch).tc.columns;
    const { tc_x, tc_y, tc_phi } = batch.tc.columns;
    // The map has the cells of the region in their order.
    const { phi_old, phi_new } = map.columns;
    const inRegion = cellsOfRegion(cells, "Si");
    const turns = new Map(Array.from(inRegion, (cell, row) => [cell, wrapPhi(phi_new[row] - phi_old[row])]));
    let n = 0;
    let worst = 0;
    for (let t = 0; t < batch.tc.rows; t++) {
      const turn = zside * (turns.get(50 * t) ?? 0);
      if (turn === 0) {
        if (moved.tc_x[t] !== tc_x[t] || moved.tc_y[t] !== tc_y[t] || moved.tc_phi[t] !== tc_phi[t])
          expect.fail(`cell ${t} moved`);
        continue;
      }
      n++;
      const angle = Math.atan2(moved.tc_y[t], moved.tc_x[t]);
      worst = Math.max(
        worst,
        Math.abs(wrapPhi(angle - own.phi[50 * t] - turn)),
        Math.abs(wrapPhi(moved.tc_phi[t] - own.phi[50 * t] - turn)),
        Math.abs(Math.hypot(moved.tc_x[t], moved.tc_y[t]) / Math.hypot(tc_x[t], tc_y[t]) - 1),
      );
    }
    expect(n).toBeGreaterThan(20);
    expect(worst).toBeLessThan(1e-6);
    expect(batch.tc.columns.tc_x).toEqual(before);
  },
);

test("a column that was not read stays one that says so", () => {
  const batch = batchOf(cells, 1);
  const { tc_eta: _, ...columns } = batch.tc.columns;
  const behind = {
    get tc_eta(): never {
      throw new Error("not read");
    },
  };
  Object.setPrototypeOf(columns, behind);
  const moved = createCellMoves(map, "the map")({ ...batch, tc: { ...batch.tc, columns: columns as never } });
  expect(() => moved.tc.columns.tc_eta).toThrow("not read");
});

test("a cell that the map does not have stays; one that lies elsewhere than the map says is refused", () => {
  const move = createCellMoves(map, "out/phi");
  const unknown = batchOf(cells, 1);
  unknown.tc.columns.tc_wu.fill(19);
  expect(move(unknown).tc.columns.tc_phi).toEqual(unknown.tc.columns.tc_phi);
  const shifted = batchOf(cells, 1);
  for (let t = 0; t < shifted.tc.rows; t++) shifted.tc.columns.tc_y[t] += 5;
  expect(() => move(shifted)).toThrow(
    /event 77: trigger cell \(layer \d+, .*\) is \d\.\d cm from where it is in the map of out\/phi: the map is of another geometry/,
  );
});
