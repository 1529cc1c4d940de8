import { expect, test } from "vitest";
import { createTable, type Schema, type Table } from "../core/index.js";
import { PHI_COUNTS, PHI_EVENTS, PHI_POINTS, PHI_ROWS } from "../studies/index.js";
import { type Figure } from "./figure.js";
import { countsPage, rowsFigure } from "./page-phi-rows.js";
import { type LineMark, type PointsMark } from "./plot.js";

function tableOf<S extends Schema>(schema: S, names: readonly (keyof S)[], rows: readonly number[][]): Table<S> {
  const table = createTable(schema, rows.length);
  for (const [at, row] of rows.entries())
    for (const [k, name] of names.entries()) (table.columns[name] as unknown as number[])[at] = row[k];
  return table;
}

/** x and y of the marks of each panel, by the names of their series. */
const drawn = ({ plot }: Figure): unknown[] =>
  plot.panels.map(({ series }) =>
    series.map(({ name, marks }) => {
      const { x, y } = marks[0] as PointsMark | LineMark;
      return [name, x, y];
    }),
  );

test("rows of R/z at a parameter: those with cells, what moved in them, how far, and the bins before and after", () => {
  const rows = tableOf(
    PHI_ROWS,
    [
      "parameter",
      "rz_bin",
      "cells",
      "moved",
      "sweeps",
      "ended",
      "spread_before",
      "spread_after",
      "mean_arc",
      "max_arc",
    ],
    [
      [0, 9, 80, 20, 90, 0, 9, 9, 9, 9],
      [0.5, 3, 100, 8, 30, 1, 5, 2, 0.5, 1.5],
      [0.5, 4, 1, 1, 12, 0, 7, 3, 0.25, 2],
      [0.5, 5, 0, 0, 2, 1, 0, 0, 0, 0],
    ],
  );
  const figure = rowsFigure({ rows }, 0.5, 1);
  expect(drawn(figure)).toEqual([
    [[undefined, [3, 4], [0.08, 1]]],
    [["mean", [3, 4], [0.5, 0.25]], ["largest", [3, 4], [1.5, 2]]],
    [["before", [3, 4], [5, 7]], ["after", [3, 4], [2, 3]]],
  ]); // prettier-ignore
  expect([figure.id, figure.title, figure.step]).toEqual(["phi-bins-rows-1", "R/z rows at the parameter 0.5", 1]);
  expect(figure.plot.panels.map(({ x, y }) => [x.whole, y.unit, y.includes])).toEqual(
    [undefined, "cm", undefined].map((unit) => [true, unit, [0]]),
  );
  expect([0, 0.5].map((parameter) => rowsFigure({ rows }, parameter, 0).plot.notes)).toEqual([
    ["At most 90 sweeps; 1 row was ended by the limit of sweeps. No bars."],
    ["At most 30 sweeps; 1 row was ended by the limit of sweeps. No bars."],
  ]);
  rows.columns.ended.set([1, 0, 0]);
  expect(rowsFigure({ rows }, 0.5, 0).plot.notes[0]).toContain("2 rows were ended by");
  expect(rowsFigure({ rows }, 0, 0).plot.notes[0]).toBe("At most 90 sweeps; every row came to rest. No bars.");
  expect(rowsFigure({ rows }, 1, 0).plot.notes[0]).toBe("At most 0 sweeps; every row came to rest. No bars.");
});

const countsOf = (counts: readonly number[][]) =>
  countsPage({
    ...{ about: "", samples: [], parameters: [0.25, 1] },
    ...{ points: createTable(PHI_POINTS, 0), rows: createTable(PHI_ROWS, 0), events: createTable(PHI_EVENTS, 0) },
    counts: tableOf(PHI_COUNTS, ["parameter", "rz_bin", "phi_bin", "before", "after"], counts),
  });

test("cells by bin at the smallest parameter: outlines of bins, one position a row that holds cells", () => {
  const { slider, figures } = countsOf([
    [0.25, 2, 0, 0, 0],
    [0.25, 2, 1, 0, 0],
    [0.25, 4, 7, 0, 1],
    [0.25, 4, 8, 3, 2],
    [0.25, 5, 7, 1, 1],
    [1, 6, 0, 4, 4],
  ]);
  expect(slider).toEqual({ label: "R/z row", steps: ["4", "5"] });
  expect(figures.map(({ id, step }) => [id, step])).toEqual([["phi-bins-counts-4", 0], ["phi-bins-counts-5", 1]]); // prettier-ignore
  expect(figures.map(drawn)).toEqual([
    [[["before", [7, 8, 8, 9], [0, 0, 3, 3]], ["after", [7, 8, 8, 9], [1, 1, 2, 2]]]],
    [[["before", [7, 8], [1, 1]], ["after", [7, 8], [1, 1]]]],
  ]); // prettier-ignore
  expect(figures[0].plot.notes).toEqual(["Of the region, all layers together; parameter 0.25. No bars."]);
  expect(figures[0].plot.panels.map(({ x, y }) => [x.whole, y.includes])).toEqual([[true, [0]]]);
});

test("without cells in any row there is no slider", () => {
  const { slider, figures } = countsOf([[0.25, 2, 0, 0, 0]]);
  expect([slider, figures]).toEqual([undefined, []]);
});
