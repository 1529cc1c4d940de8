import { expect, test } from "vitest";
import { createFigure, drawPlot, type Plot, plotCsv, reportHtml } from "../index.js";
import { cardPlace, cellsOf, cellWords, csvInReport, nearestWords, panelAt, shareOf, valueAt } from "./places.js";

test.each([
  { name: "the start is the low end", axis: { low: 2, high: 6, log: false }, share: 0, want: 2 },
  { name: "halfway", axis: { low: 2, high: 6, log: false }, share: 0.5, want: 4 },
  { name: "halfway on a logarithmic axis", axis: { low: 1, high: 100, log: true }, share: 0.5, want: 10 },
  { name: "the end of a logarithmic axis", axis: { low: 1, high: 100, log: true }, share: 1, want: 100 },
])("the value at a share of an axis: $name", ({ axis, share, want }) => {
  expect(valueAt(axis, share)).toBeCloseTo(want, 12);
});

test("shares end where the length ends, and may run backwards", () => {
  expect([5, 10, 15, 20, 25].map((at) => shareOf(at, 10, 20))).toEqual([0, 0, 0.5, 1, 1]);
  expect([25, 18, 5].map((at) => shareOf(at, 20, 10))).toEqual([0, 0.2, 1]);
});

test("a panel holds its edges", () => {
  const axis = { low: 0, high: 1, log: false };
  const panels = [0, 30].map((left) => ({ left, right: left + 20, top: 5, bottom: 10, x: axis, y: axis }));
  const points = [...[0, 20, 21, 30, 50, 51].map((x) => [x, 7]), ...[4, 5, 10, 11].map((y) => [10, y])];
  expect(points.map(([x, y]) => panelAt(panels, x, y))).toEqual([0, 0, -1, 1, 1, -1, -1, 0, 0, -1]);
});

test("the nearest words: nothing far away, and of two marks under the pointer that whose middle is nearer", () => {
  const box = (left: number, right: number) => ({ left, right, top: 0, bottom: 10 });
  const wide = { box: box(0, 100), text: "wide" };
  const small = { box: box(40, 50), text: "small" };
  expect(nearestWords([wide, small], 45, 5)).toBe("small");
  expect(nearestWords([small, wide], 60, 5)).toBe("wide");
  expect(nearestWords([wide, small], 44, 29)).toBe("small");
  expect(nearestWords([wide, small], 50, 31)).toBe("");
  expect(nearestWords([wide, small], 119, 5)).toBe("wide");
  expect(nearestWords([wide, small], 121, 5)).toBe("");
  expect(nearestWords([], 0, 0)).toBe("");
});

const MAP: Plot = {
  id: "map",
  title: "map",
  notes: [],
  panels: [
    {
      x: { label: 'x "a", or <b>', unit: "cm" },
      y: { label: "y" },
      color: { label: "energy", unit: "GeV" },
      series: [
        {
          color: "blue",
          marks: [
            { kind: "heat", xEdges: [0, 1, 3], yEdges: [-1, 0, 1], values: [1, Number.NaN, 3.1234567, 4] },
            { kind: "points", x: [1], y: [0] },
          ],
        },
      ],
    },
  ],
};

test("a heat map says the value of the cell at each point, and nothing of empty cells and outside", () => {
  const { svg, panels } = drawPlot(MAP);
  const [, panel, numbers] = /data-panel="(.*?)" data-map="(.*?)"/.exec(svg) ?? [];
  const decoded = panel.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  const cells = cellsOf(plotCsv(MAP));
  expect(cells.map(({ value }) => value)).toEqual([1, 3.1234567, 4]);
  const [{ left, right, top, bottom }] = panels;
  const at = (x: number, y: number): string => {
    const place = [left + (x / 3) * (right - left), bottom - ((y + 1) / 2) * (bottom - top)] as const;
    return cellWords({ panel: decoded, numbers }, cells, ...place).replace(/^.*\n/, "");
  };
  const points = [
    [0.5, -0.5],
    [2, -0.5],
    [0.5, 0.5],
    [2.9, 0.9],
    [3.2, 0.5],
    [-0.1, 0.5],
    [1, 1.1],
    [1, -1.1],
  ] as const;
  expect(points.map(([x, y]) => at(x, y))).toEqual(["1", "", "3.1235", "4", "", "", "", ""]);
  expect(cellWords({ panel: "another", numbers }, cells, left + 1, bottom - 1)).toBe("");
  expect(cellWords({ panel: decoded, numbers }, cells, left + 1, bottom - 1)).toBe(
    'energy [GeV] at y against x "a", or <b> [cm]\n1',
  );
});

test("of a cell that goes on beyond the panel what is in it counts, its borders included", () => {
  const place = { panel: "p", numbers: "10 110 20 70 0 1 0 1" };
  const cells = [{ panel: "p", x: [-1, 3], y: [-1, 3], value: 7 }] as const;
  const inside = [[10, 20], [110, 70], [60, 45]]; // prettier-ignore
  const outside = [[9, 45], [111, 45], [60, 19], [60, 71]]; // prettier-ignore
  expect(inside.map(([x, y]) => cellWords(place, cells, x, y))).toEqual(["p\n7", "p\n7", "p\n7"]);
  expect(outside.map(([x, y]) => cellWords(place, cells, x, y))).toEqual(["", "", "", ""]);
});

test("a CSV without values has no cells", () => {
  expect(cellsOf("panel,series,mark,x,y\na,b,points,1,2\n")).toEqual([]);
});

test("a card of words stays in the window", () => {
  const card = { width: 100, height: 40 };
  const room = { width: 400, height: 300 };
  expect(cardPlace({ x: 10, y: 20 }, card, room)).toEqual({ left: 24, top: 34 });
  expect(cardPlace({ x: 390, y: 290 }, card, room)).toEqual({ left: 296, top: 256 });
  expect(cardPlace({ x: -50, y: 10 }, { width: 500, height: 400 }, room)).toEqual({ left: 4, top: 4 });
});

test("the CSV of a figure in a report is read as it was written", () => {
  const figures = [createFigure(MAP)];
  const html = reportHtml({ title: "A report", about: [] }, [{ id: "page", title: "Page", intro: "", figures }]);
  const [, text] = /<script type="text\/csv">(.*?)<\/script>/s.exec(html) ?? [];
  expect(text).not.toContain("<");
  expect(csvInReport(text)).toBe(plotCsv(MAP));
  expect(plotCsv(MAP)).toContain("<b>");
});
