/** What lies on the line between two seeds, by the bins that it goes through. */
import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { SEEDS } from "../events/index.js";
import { batchOf, type Cell } from "./cells.test-data.js";
import { createBinGap } from "./gap-bins.js";
import { mapStages } from "./maps.js";
import { DEFAULT_PARAMS } from "./params.js";
import { SharedStages } from "./stages.js";

const { base, smooth } = DEFAULT_PARAMS;
type Bin = readonly [row: number, column: number];

/** A cell in the middle of a bin. */
function cellIn([row, column]: Bin, mipPt: number): Cell {
  const rz = base.MinROverZ + ((row + 0.5) * (base.MaxROverZ - base.MinROverZ)) / base.NbinsRz;
  const phi = base.MinPhi + ((column + 0.5) * (base.MaxPhi - base.MinPhi)) / base.NbinsPhi;
  return { x: 330 * rz * Math.cos(phi), y: 330 * rz * Math.sin(phi), mipPt };
}

function seedsIn(bins: readonly Bin[]) {
  const { columns } = createTable(SEEDS, bins.length);
  columns.rz_bin.set(bins.map(([row]) => row));
  columns.phi_bin.set(bins.map(([, column]) => column));
  return columns;
}

const CASES: readonly { name: string; a: Bin; b: Bin; line: readonly Bin[]; rows: number; columns: number }[] = [
  { name: "along phi", a: [9, 10], b: [9, 14], line: [[9, 11], [9, 12], [9, 13]], rows: 0, columns: 4 },
  { name: "along phi, back", a: [9, 14], b: [9, 10], line: [[9, 13], [9, 12], [9, 11]], rows: 0, columns: 4 },
  { name: "along R/z", a: [5, 70], b: [8, 70], line: [[6, 70], [7, 70]], rows: 3, columns: 0 },
  { name: "along the diagonal", a: [5, 70], b: [8, 73], line: [[6, 71], [7, 72]], rows: 3, columns: 3 },
  { name: "the short way, up across the seam", a: [9, 214], b: [9, 2], line: [[9, 215], [9, 0], [9, 1]], rows: 0, columns: 4 },
  { name: "the short way, down across the seam", a: [9, 1], b: [9, 214], line: [[9, 0], [9, 215]], rows: 0, columns: 3 },
  { name: "between neighbours", a: [9, 10], b: [10, 11], line: [], rows: 1, columns: 1 },
]; // prettier-ignore

test.each(CASES)("$name: sums and the least energy of the bins between", ({ a, b, line, rows, columns }) => {
  // Every bin of the line has another energy, and the seeds' own are not among them.
  const cells = [cellIn(a, 100), cellIn(b, 200), ...line.flatMap((bin, k) => [cellIn(bin, 3 + k), cellIn(bin, 1)])];
  const batch = batchOf([{ cells: [cellIn(a, 1000)] }, { cells }]);
  const shared = new SharedStages();
  const gap = createBinGap(batch, DEFAULT_PARAMS, shared)(1, seedsIn([a, b]), 0, 1);
  const { energy } = mapStages(DEFAULT_PARAMS, shared).smoothed({ batch, i: 1 });
  const energies = line.map(([row, column]) => energy[row * base.NbinsPhi + column]);
  expect(new Set(energies).size).toBe(line.length);
  expect(gap).toMatchObject({ rows, columns, cells: -1, bins: line.length, tcs: 2 * line.length });
  expect(gap.binSums).toEqual([smooth.BinSums[a[0]], smooth.BinSums[b[0]]]);
  expect(gap.mipPt).toBeCloseTo(line.reduce((sum, _, k) => sum + 4 + k, 0), 12); // prettier-ignore
  expect(gap.min).toBe(line.length === 0 ? Number.NaN : Math.min(...energies));
});

test("half a turn is the same number of columns both ways", () => {
  const [a, b]: readonly Bin[] = [[9, 10], [9, 10 + base.NbinsPhi / 2]]; // prettier-ignore
  const gapOf = createBinGap(batchOf([{ cells: [] }]), DEFAULT_PARAMS, new SharedStages());
  for (const [from, to] of [[0, 1], [1, 0]]) expect(gapOf(0, seedsIn([a, b]), from, to).columns).toBe(108); // prettier-ignore
});
