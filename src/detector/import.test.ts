import { expect, test } from "vitest";
import { sliceTable } from "../core/index.js";
import { cellsToImport, createGeometry, importCells, tcIndex, tcOutline } from "./index.js";

const base = createGeometry("V11");

test("a geometry's own cells change nothing", () => {
  const { geometry, report } = importCells(base, cellsToImport(base));
  expect(report).toEqual({ cells: base.triggerCells.rows, unknown: 0, absent: 0, largestShift: 0, medianShift: 0 });
  // An assertion on 500,000 numbers takes seconds.
  const { x } = base.triggerCells;
  expect(x.filter((value, tc) => !Object.is(geometry.triggerCells.x[tc], value))).toHaveLength(0);
  expect(geometry.triggerCells.x).toHaveLength(x.length);
});

test("a shifted cell is where the import has it, and its outline with it", () => {
  const cells = cellsToImport(base);
  const tc = tcIndex(base, 9, 3, 5, 2, 4);
  expect(tc).toBeGreaterThan(0);
  cells.columns.x[tc] += 0.3;
  cells.columns.z[tc] += 1;
  const { geometry, report } = importCells(base, cells);
  expect(report.largestShift).toBeCloseTo(0.3, 12);
  const { x, y, z, eta } = geometry.triggerCells;
  expect(
    [x[tc] - base.triggerCells.x[tc], z[tc] - base.triggerCells.z[tc]].map((d) => Math.round(d * 1e9) / 1e9),
  ).toEqual([0.3, 1]);
  expect(eta[tc]).toBeCloseTo(Math.asinh(z[tc] / Math.hypot(x[tc], y[tc])), 12);
  const before = tcOutline(base, tc);
  const after = tcOutline(geometry, tc);
  expect([...after].map((value, i) => Math.round((value - before[i]) * 1e9) / 1e9)).toEqual([
    0.3, 0, 0.3, 0, 0.3, 0, 0.3, 0,
  ]);
});

test("cells that the geometry lacks are counted, and refused when they are many", () => {
  const cells = cellsToImport(base);
  cells.columns.wu.fill(99, 0, 100);
  expect(importCells(base, cells).report).toMatchObject({ unknown: 100, absent: 100 });
  cells.columns.wu.fill(99, 0, 10_000);
  expect(() => importCells(base, cells)).toThrow(
    /10000 of 521916 imported trigger cells are not in geometry V11: they are of another version/,
  );
});

test("shifts: the largest and the median of all, in x and y", () => {
  // Some of them: all are many.
  const n = 600;
  const cells = sliceTable(cellsToImport(base), 1000, 1000 + n);
  // A quarter stays, a quarter moves by 1, the others by 5 cm in both.
  for (let i = 0; i < n; i++) {
    const shift = i % 4 === 0 ? 0 : i % 4 === 1 ? 1 : 5;
    cells.columns.x[i] += 0.6 * shift;
    cells.columns.y[i] -= 0.8 * shift;
  }
  // Layers that there are not.
  cells.columns.layer.fill(51, 0, 3);
  cells.columns.layer[3] = 0;
  const { report } = importCells(base, cells);
  expect(report).toMatchObject({
    cells: n,
    unknown: 4,
    absent: base.triggerCells.rows - n + 4,
    largestShift: expect.closeTo(5, 9) as number,
  });
  expect(report.medianShift).toBeCloseTo(5, 9);
});
