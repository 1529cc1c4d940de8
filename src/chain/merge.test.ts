import { expect, test } from "vitest";
import { batchOf, type Cell } from "./cells.test-data.js";
import { createChain } from "./chain.js";
import { mergeRecords } from "./merge.js";
import { DEFAULT_PARAMS } from "./params.js";
import { parseSelection } from "./select.js";

const options = { selection: parseSelection("all") };
const etaAt = (rz: number): number => Math.asinh(1 / rz);
const spot = (rz: number, phi: number, cell: Partial<Cell> = {}): Cell => ({
  x: 330 * rz * Math.cos(phi),
  y: 330 * rz * Math.sin(phi),
  mipPt: 500,
  pt: 10,
  ...cell,
});

test("records of both chains side by side, by entry and not by row", () => {
  // The first event has no coarse seed, the second has TCs that only the coarse-seeding chain cannot use.
  const events = [
    { cells: [spot(0.2, 0, { layer: 3 })], eta: etaAt(0.2) },
    { cells: [spot(0.2, 0, { wafer: [99, 0] })], eta: etaAt(0.2) },
    { cells: [spot(0.2, 0), spot(0.25, 0.3, { layer: 3 })], eta: etaAt(0.2) },
  ];
  const records = (["default", "cs"] as const).map(
    (name) => createChain(name, DEFAULT_PARAMS, { ...options, skipBadEvents: true })(batchOf(events)).events,
  );
  expect(records.map(({ rows }) => rows)).toEqual([3, 2]);
  const merged = mergeRecords(...records).columns;
  expect(mergeRecords(...records.toReversed()).columns.clpt_def.toSorted()).toEqual(merged.clpt_def.toSorted());
  expect([...merged.entry]).toEqual([0, 1, 2]);
  expect([...merged.n_clusters_def]).toEqual([1, 1, 2]);
  expect([...merged.n_clusters_cs]).toEqual([0, -1, 1]);
  expect([...merged.n_cs_def]).toEqual([1, 1, 1]);
  expect([...merged.n_cs_cs]).toEqual([0, -1, 1]);
  expect([...merged.clpt_def]).toEqual([10, 10, 10]);
  expect([...merged.clpt_cs]).toEqual([Number.NaN, Number.NaN, 10]);
  expect([...merged.tcallpt]).toEqual([10, 10, 20]);
});
