import { expect, test } from "vitest";
import { type ReportRun } from "./lanes.js";
import { resolutionPage } from "./page-resolution.js";
import { type Panel, type PointsMark, type StepsMark, type ViolinsMark } from "./plot.js";
import { recordsOf, type RecordRow } from "./records.test-data.js";

const runOf = (name: string, rows: readonly RecordRow[]): ReportRun => ({
  name,
  selection: "all",
  records: recordsOf(rows),
});
const gen = { genpt: 10, genen: 50, geneta: 2, genphi: 0.1 };
const panelsOf = (runs: readonly ReportRun[], id: string): readonly Panel[] => {
  const figure = resolutionPage(runs).figures.find((each) => each.id === id);
  if (figure === undefined) throw new Error(`no figure ${id}`);
  return figure.plot.panels;
};
const notesOf = (runs: readonly ReportRun[], id: string): string =>
  resolutionPage(runs)
    .figures.find((each) => each.id === id)
    ?.plot.notes.join(" ") ?? "";

/** Residuals k / n for k from 0 to n - 1, and some particles without a cluster. */
const spread = (n: number, without = 0, chain = "default"): RecordRow[] => [
  ...Array.from({ length: n }, (_, k) => ({ ...gen, chain, response_pt: 1 + k / n, tcallrespt: -k / n })),
  ...Array.from({ length: without }, () => ({ ...gen, chain, response_pt: Number.NaN, tcallrespt: Number.NaN })),
];

test.each([
  // Rice's 2 n^(1/3): at least 10, and so many that the step is round.
  { n: 64, step: 0.1 },
  { n: 1000, step: 0.05 },
])("the distribution of $n residuals is in bins of $step", ({ n, step }) => {
  const [{ series }] = panelsOf([runOf("a", spread(n))], "residual-pt");
  const { edges } = series[2].marks[0] as StepsMark;
  expect(edges[1] - edges[0]).toBeCloseTo(step, 9);
  expect([edges[0], edges[edges.length - 1]]).toEqual([0, 1]);
});

test("bins are shared by all lanes: each has its part of the values", () => {
  // 1000 values in two lanes make 500 each: 16 bins at most, of 0.1.
  const [{ series }] = panelsOf([runOf("a", [...spread(500), ...spread(500, 0, "cs")])], "residual-pt");
  const edges = series.slice(2).map(({ marks }) => (marks[0] as StepsMark).edges);
  expect([edges.length, edges[0][1] - edges[0][0]]).toEqual([2, expect.closeTo(0.1, 9)]);
});

test("shares are those of particles with a value; what has none, or is outside of the range, is counted", () => {
  const rows = [
    ...spread(998, 3),
    { ...gen, response_pt: 1000, tcallrespt: 0 },
    { ...gen, response_pt: -1000, tcallrespt: 0 },
  ];
  const [{ series, y }] = panelsOf([runOf("a", rows)], "residual-pt");
  expect(notesOf([runOf("a", rows)], "residual-pt")).toContain("(3 without a matched cluster, 2 outside of the range)");
  const sums = series
    .slice(1)
    .map(({ marks }) => Array.from((marks[0] as StepsMark).values).reduce((a, b) => a + b, 0));
  // All of the sums of all trigger cells but those at 0 are below the range of the clusters.
  expect(sums).toEqual([expect.closeTo(3 / 1000, 9), expect.closeTo(0.998, 9)]);
  expect(series[0].marks).toEqual([{ kind: "rule", x: 0 }]);
  expect(y.label).toBe("share of the particles per bin");
});

test("the sum of all trigger cells is shown once a run, in grey, with its name where there are several", () => {
  const named = (runs: readonly ReportRun[]) =>
    panelsOf(runs, "residual-pt")[0]
      .series.slice(1)
      .map(({ name, color }) => [name, color === "grey"]);
  const both = [...spread(5), ...spread(5, 0, "cs")];
  expect(named([runOf("a", both)])).toEqual([
    ["all TCs", true],
    ["default chain", false],
    ["cs chain", false],
  ]);
  expect(named([runOf("a", both), runOf("b", spread(5))])).toEqual([
    ["a, all TCs", true],
    ["b, all TCs", true],
    ["a, default", false],
    ["a, cs", false],
    ["b, default", false],
  ]);
});

test("without any residual the range is from -1 to 1", () => {
  const [{ series }] = panelsOf([runOf("a", spread(0, 4))], "residual-pt");
  expect(Array.from((series[2].marks[0] as StepsMark).edges)).toEqual([-1, 0, 1]);
});

const two = [
  runOf(
    "a",
    [
      { ...gen, genpt: 1 },
      { ...gen, genpt: 39 },
    ].flatMap((each) => spread(6).map((row) => ({ ...row, ...each }))),
  ),
];

test("trends: median and mean around a line at 0, the two widths without; along the whole of the bins", () => {
  const panels = panelsOf(two, "residual-phi-pt");
  expect(panels.map(({ series }) => series.some(({ marks }) => marks[0].kind === "rule"))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(panels[0].series[0].marks).toEqual([{ kind: "rule", y: 0 }]);
  expect(panels.map(({ x, y }) => [x.range, y.unit])).toEqual([0, 1, 2, 3].map(() => [[0, 40], "rad"]));
  expect(panelsOf(two, "residual-pt-pt")[0].y.unit).toBe(undefined);
  expect(panels[0].series[1].marks).toMatchObject([
    { kind: "points", x: [2.5, 37.5].map((x) => expect.closeTo(x, 9)), entries: [6, 6] },
  ]);
});

test("violins stand side by side in their bins, each with its median, as wide as the narrowest bin allows", () => {
  const [{ x, y, series }] = panelsOf(two, "violin-pt-pt");
  expect([x.range, y.range]).toEqual(
    [
      [0, 40],
      [0, 0.9],
    ].map((range) => range.map((end) => expect.closeTo(end, 9))),
  );
  expect(series[0].marks).toEqual([{ kind: "rule", y: 0 }]);
  const [violins, medians] = series[1].marks as [ViolinsMark, PointsMark];
  // Bins of 5 GeV: the slot of one lane is 80 % of them.
  expect(Array.from(violins.at)).toEqual([2.5, 37.5].map((at) => expect.closeTo(at, 9)));
  expect(violins.halfWidth).toBeCloseTo(0.48 * 0.8 * 5, 9);
  expect(medians).toMatchObject({ kind: "points", size: 2, entries: [6, 6] });
  expect(violins.shapes.length).toBe(2);
  const ends = violins.shapes.flatMap((shape) => [shape.y[0], shape.y[shape.y.length - 1]]);
  expect([Math.min(...ends) >= 0, Math.max(...ends) <= 0.9 + 1e-9]).toEqual([true, true]);
  const lanes = [runOf("a", [...spread(6), ...spread(6, 0, "cs"), ...spread(3).map((row) => ({ ...row, genpt: 39 }))])];
  const [, first, second] = panelsOf(lanes, "violin-pt-pt")[0].series;
  const places = [first, second].map(({ marks }) => Array.from((marks[0] as ViolinsMark).at));
  // Values of 10 and 39 GeV lie in bins of 5 from 10 on; three values make no violin. Slots are 2 GeV wide.
  expect(places).toEqual([[expect.closeTo(12.5 - 1, 9)], [expect.closeTo(12.5 + 1, 9)]]);
  expect(Array.from((first.marks[1] as PointsMark).x)).toEqual([11.5, 36.5].map((at) => expect.closeTo(at, 9)));
  expect((first.marks[0] as ViolinsMark).halfWidth).toBeCloseTo(0.48 * 0.4 * 5, 9);
});
