import { expect, test } from "vitest";
import { plotCsv } from "./csv.js";
import { lanesOf } from "./lanes.js";
import { recordsOf } from "./records.test-data.js";
import { comparisonPlot, responsePlot, spreadPlot } from "./simulation-figures.js";
import { plotSvg } from "./svg.js";
import { VARIABLES } from "./variables.js";

const words = { id: "a", title: "A", notes: ["points: simulation"], x: { label: "layer" }, y: { label: "share" } };
const look = { name: "5 GeV", color: "blue", marker: "circle" } as const;

test("a comparison draws points on the reference's line, with bars where it has them", () => {
  const plot = comparisonPlot(words, [
    { ...look, x: [1, 2], simulated: [0.3, 0.7], low: [0.2, 0.6], high: [0.4, 0.8], reference: [0.35, Number.NaN] },
  ]);
  expect(plotCsv(plot)).toBe(`panel,series,mark,x,y,y_low,y_high
share against layer,5 GeV,line,1,0.35,,
share against layer,5 GeV,line,2,,,
share against layer,5 GeV,points,1,0.3,0.2,0.4
share against layer,5 GeV,points,2,0.7,0.6,0.8
`);
  expect(plotSvg(plot)).not.toContain("NaN");
});

test("a spread draws band, median and single events", () => {
  const plot = spreadPlot(words, [{ ...look, x: [1], median: [2], low: [1], high: [3], eventX: [1.5], events: [2.5] }]);
  expect(plotCsv(plot).split("\n").slice(1)).toEqual([
    "share against layer,5 GeV,band,1,,1,3",
    "share against layer,5 GeV,line,1,2,,",
    "share against layer,5 GeV,points,1.5,2.5,,",
    "",
  ]);
});

test("a response is that of the matched cluster, in bins of the variable", () => {
  const records = recordsOf([
    { genpt: 10, response_pt: 0.9, clrespt: 5 },
    { genpt: 11, response_pt: 1.1, clrespt: 5 },
    { genpt: 12, response_pt: Number.NaN },
  ]);
  const [lane] = lanesOf([{ name: "a", selection: "all", records }]);
  const plot = responsePlot(lane, "response_pt", { label: "response" }, VARIABLES[0], "r");
  const points = plot.panels[0].series[1].marks[0];
  expect(points).toMatchObject({ kind: "points", y: [0.9, 1.1], entries: [1, 1] });
  const edges = VARIABLES[0].edges([lane]);
  expect(plot.panels[0].x.range).toEqual([Math.min(...edges), Math.max(...edges)]);
  expect(plot.panels[0].series[0].marks).toEqual([{ kind: "rule", y: 1 }]);
});
