import { expect, test } from "vitest";
import { clopperPearson } from "../core/index.js";
import { createGeometry } from "../detector/index.js";
import { lanesOf, type ReportRun } from "./lanes.js";
import { describeSlope, splitPlot, splitsPage, splitTrend } from "./page-splits.js";
import { type LineMark, type PointsMark, type StepsMark } from "./plot.js";
import { recordsOf, type RecordRow } from "./records.test-data.js";
import { VARIABLES } from "./variables.js";

const GEOMETRY = createGeometry("V11");
const [PT] = VARIABLES;
const runOf = (rows: readonly RecordRow[], more: Partial<ReportRun> = {}): ReportRun => ({
  ...{ name: "a", selection: "all", records: recordsOf(rows) },
  ...more,
});
const rowsOf = (n: number, split: number, more: RecordRow = {}): RecordRow[] =>
  Array.from({ length: n }, (_, k) => ({ genpt: 2, geneta: 2, n_matched: 1, is_split: k < split ? 1 : 0, ...more }));
const notes = (run: ReportRun): string =>
  splitPlot(lanesOf([run]), PT, "s")
    .notes.join(" ")
    .replaceAll("\u00a0", " ");
const seriesOf = (run: ReportRun) => splitPlot(lanesOf([run]), PT, "s").panels[0].series;

test("split fractions in bins, a straight line from end to end", () => {
  const rows = [...rowsOf(10, 1), ...rowsOf(10, 3, { genpt: 38 })];
  const { panels } = splitPlot(lanesOf([runOf(rows)]), PT, "s");
  const [{ x, y, series }] = panels;
  expect([x.range, y.includes]).toEqual([[0, 40], [0]]);
  const [points, line] = series[0].marks as [PointsMark, LineMark];
  const bars = [1, 3].map((k) => clopperPearson(k, 10, 0.68));
  expect(points).toMatchObject({
    x: [2.5, 37.5],
    y: [0.1, 0.3],
    low: bars.map(({ low }) => low),
    high: bars.map(({ high }) => high),
  });
  // Through (2, 0.1) and (38, 0.3): the means of the bins.
  expect(line.x).toEqual([0, 40]);
  expect(Array.from(line.y)).toEqual([0.1 - (2 * 0.2) / 36, 0.1 + (38 * 0.2) / 36].map((at) => expect.closeTo(at, 9)));
  expect(notes(runOf(rows))).toContain("default chain: 4 of 20 split, slope 0.0056 ± 0.005 per GeV (1.1 σ)");
});

test("a slope of a plain number has no unit; where nothing splits there is none", () => {
  const [lane] = lanesOf([runOf([...rowsOf(10, 1), ...rowsOf(10, 3, { genpt: 38 })])]);
  expect(describeSlope(splitTrend(lane, PT, [0, 20, 40]), undefined)).toBe("slope 0.0056 ± 0.005 (1.1 σ)");
  const none = runOf(rowsOf(10, 0));
  expect(notes(none)).toContain("0 of 10 split, no fit");
  expect(seriesOf(none).map(({ marks }) => marks.map(({ kind }) => kind))).toEqual([["points"]]);
});

test("directions without the particle that would split are steps beside it, of matched particles", () => {
  // 10 of 400 directions; those of particles without a cluster count for nothing.
  const rows = [
    ...rowsOf(100, 20, { n_control: 4, split_control: 0 }),
    ...rowsOf(5, 0, { n_control: 4, n_matched: 0 }),
  ];
  for (let k = 0; k < 10; k++) rows[k] = { ...rows[k], split_control: 1 };
  const run = runOf(rows.map((row, k) => ({ ...row, entry: k, genpt: k < 50 ? 2 : 38 })));
  const [points, control, ...others] = seriesOf(run);
  expect([others, points.name, control.name, control.dash]).toEqual([
    [],
    "default chain",
    "default chain: control",
    "2 2",
  ]);
  const { edges, values } = control.marks[0] as StepsMark;
  expect([edges[0], edges[1], edges[edges.length - 1]]).toEqual([0, 5, 40]);
  // 10 splits of 200 directions in the first bin, none of 200 in the last, no particle between them.
  expect(Array.from(values).filter((value) => !Number.isNaN(value))).toEqual([0.05, 0]);
  expect(notes(run)).toContain("default chain: control 2.5 % (directions without the particle), net ");
  expect(notes(run)).not.toContain("truly split");
  expect(notes(run)).not.toContain("says little");
});

const known = { knowsTruth: true };
const crowded = (split: number, truly: number, controls: number): RecordRow[] =>
  Array.from({ length: 100 }, (_, k) => ({
    ...{ genpt: 2, geneta: 2, entry: k, n_matched: 1, n_control: 4, split_control: k < controls ? 4 : 0 },
    ...{ is_split: k < split ? 1 : 0, true_split: k < truly ? 1 : 0 },
  }));

test("where pile-up splits the truth stands beside, as rings; a net far from it is not to be trusted", () => {
  const run = runOf(crowded(20, 11, 10), known);
  const truth = seriesOf(run)[2];
  expect([truth.name, truth.marker]).toEqual(["default chain: truly split", "ring"]);
  expect(truth.marks).toMatchObject([{ kind: "points", y: [0.11] }]);
  expect(notes(run)).toContain("; truly split 11 of 100");
  expect(notes(run)).not.toContain("not to be trusted");
  expect(notes(runOf(crowded(20, 90, 10), known))).toContain("net and truth differ by more than 2 σ");
  expect(notes(runOf(crowded(20, 90, 10)))).not.toContain("truly");
  // The clusters tell where nobody says.
  const clusters = (signal: number) => ({ columns: { signal_pt: Float64Array.of(Number.NaN, signal) } }) as unknown as Required<ReportRun>["clusters"]; // prettier-ignore
  expect(notes(runOf(crowded(20, 11, 10), { clusters: clusters(3) }))).toContain("truly split");
  expect(notes(runOf(crowded(20, 11, 10), { clusters: clusters(Number.NaN) }))).not.toContain("truly split");
  expect(notes(runOf(crowded(60, 20, 50), known))).toContain("the plain fraction says little");
});

test("without pile-up the truth is told only where an entry has several particles", () => {
  const one = runOf(crowded(20, 11, 0), known);
  expect([seriesOf(one).length, notes(one).includes("truly")]).toEqual([1, false]);
  const several = runOf(
    crowded(20, 11, 0).map((row) => ({ ...row, entry: 0 })),
    known,
  );
  expect(seriesOf(several).map(({ name }) => name)).toEqual(["default chain", "default chain: truly split"]);
  expect(notes(several)).toContain("default chain: truly split 11 of 100 default chain: several particles an entry");
  const unknown = runOf(crowded(20, 11, 10).map((row) => ({ ...row, entry: 0 })));
  expect(notes(unknown)).toContain("several particles an entry");
  expect(seriesOf(unknown).length).toBe(2);
});

const figureOf = (rows: readonly RecordRow[], id: string) => {
  const figure = splitsPage([runOf(rows)], GEOMETRY).figures.find((each) => each.id === id);
  if (figure === undefined) throw new Error(`no figure ${id}`);
  return { plot: figure.plot, steps: figure.plot.panels[0].series[0].marks[0] as StepsMark };
};

test("numbers of matched clusters are shares in bins of one, at most twenty of them", () => {
  const { steps, plot } = figureOf(
    [0, 1, 1, 3].map((n_matched) => ({ n_matched })),
    "matched-clusters",
  );
  expect([Array.from(steps.edges), Array.from(steps.values)]).toEqual([
    [-0.5, 0.5, 1.5, 2.5, 3.5],
    [0.25, 0.5, 0, 0.25],
  ]);
  expect(plot.panels[0]).toMatchObject({ x: { whole: true }, y: { includes: [0, 1] } });
  expect(plot.notes.length).toBe(2);
  const many = figureOf(
    [0, 20, 25].map((n_matched) => ({ n_matched })),
    "matched-clusters",
  );
  expect([many.steps.edges.length, many.steps.values[20]]).toEqual([22, expect.closeTo(1 / 3, 9)]);
  expect(many.plot.notes[2]).toBe("default chain: 1 with more");
  expect(Array.from(figureOf([{ n_matched: 0 }], "matched-clusters").steps.values)).toEqual([1, 0]);
});

test("the response of those that split, from 0 to 1.5 in bins of 0.05", () => {
  const rows = [0.31, 0.34, 1.5, 1.51].map((response_pt, k) => ({ response_pt, is_split: 1, entry: k }));
  const { steps, plot } = figureOf([...rows, { response_pt: 0.7 }], "split-response");
  expect([steps.edges[0], steps.edges[1], steps.edges[steps.edges.length - 1]]).toEqual([0, 0.05, 1.5]);
  expect(
    Array.from(steps.values)
      .map((n, bin) => [n, bin])
      .filter(([n]) => n > 0),
  ).toEqual([
    [2, 6],
    [1, 29],
  ]);
  expect(plot.panels[0].series[0].name?.replaceAll("\u00a0", " ")).toBe("default chain, 4 split");
  expect(plot.notes[2]).toBe("default chain: 1 outside of the range");
});

test("a report without records has no map", () => {
  const ids = splitsPage([], GEOMETRY).figures.map(({ id }) => id);
  expect(ids).toEqual([
    "split-pt",
    "split-energy",
    "split-eta",
    "split-phi",
    "split-phi-folded",
    "split-phi-in-bin",
    "matched-clusters",
    "split-response",
  ]);
  expect(splitsPage([runOf(rowsOf(1, 0))], GEOMETRY).figures.map(({ id }) => id)).toContain("split-tiling");
});
