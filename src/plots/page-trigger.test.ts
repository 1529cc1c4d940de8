import { expect, test } from "vitest";
import { createTable, poissonInterval } from "../core/index.js";
import { CLUSTERS } from "../events/index.js";
import { triggerPage } from "./page-trigger.js";
import { type PointsMark } from "./plot.js";
import { recordsOf } from "./records.test-data.js";

/** Fields of the points of a figure's CSV. */
function pointsOf(csv: string, names: readonly string[]): number[][] {
  const [head, ...lines] = csv.trim().split("\n").map((line) => line.split(",")); // prettier-ignore
  return lines
    .filter((line) => line[head.indexOf("mark")] === "points")
    .map((line) => names.map((name) => Number(line[head.indexOf(name)])));
}

function clustersOf(pts: readonly number[]) {
  const table = createTable(CLUSTERS, pts.length);
  for (const [row, pt] of pts.entries()) {
    table.columns.chain[row] = "default";
    table.columns.pt[row] = pt;
  }
  return table;
}

test("turn-on: all particles of a bin count, those without a cluster among them", () => {
  const records = recordsOf([
    { genpt: 4.5, response_pt: 1.2, n_matched: 1 },
    { genpt: 4.5, response_pt: 1.0, n_matched: 1 },
    { genpt: 4.5, response_pt: Number.NaN },
    { genpt: 14, response_pt: 0.9, n_matched: 1 },
  ]);
  const { figures } = triggerPage([{ name: "a", selection: "all", records }]);
  const at5 = figures.find(({ id }) => id === "turn-on-5");
  expect(pointsOf(at5?.csv ?? "", ["x_low", "y", "entries"])).toEqual([
    [4, expect.closeTo(1 / 3, 6), 3],
    [13, 1, 1],
  ]);
  // From 0 to the end of the last bin.
  expect(at5?.plot.panels[0].x.range).toEqual([0, 14]);
  expect(figures.map(({ id }) => id)).not.toContain("cluster-rate");
});

test("rates: clusters an entry above each threshold with Poisson's interval, also of a run without particles", () => {
  const run = {
    name: "mb",
    selection: "none",
    records: recordsOf([]),
    clusters: clustersOf([1, 2, 2, 40]),
    entries: { default: 10 },
  };
  const { figures } = triggerPage([run]);
  expect(figures.map(({ id }) => id)).toEqual(["cluster-rate"]);
  const points = pointsOf(figures[0].csv, ["x", "y", "y_low", "y_high", "entries"]);
  const { low, high } = poissonInterval(4);
  expect(points[0]).toEqual([0, 0.4, expect.closeTo(low / 10, 6), expect.closeTo(high / 10, 6), 4]);
  // Above a threshold: the clusters at 1 and at 2 GeV are not.
  expect(points.slice(0, 4).map(([x, , , , n]) => [x, n])).toEqual([[0, 4], [1, 3], [2, 1], [3, 1]]); // prettier-ignore
  expect(points.length).toBe(40);
});

test("a cluster at the threshold is not above it; shares of particles are shown from 0 to 1", () => {
  const records = recordsOf([{ genpt: 5, response_pt: 1 }, { genpt: 5, response_pt: 1.001 }]); // prettier-ignore
  const [turnOn] = triggerPage([{ name: "a", selection: "all", records }]).figures;
  expect(pointsOf(turnOn.csv, ["y", "entries"])).toEqual([[0.5, 2]]);
  expect(turnOn.plot.panels[0].y).toEqual({ label: "particles above / particles", includes: [0, 1] });
  // Most of the curve lies below three times the threshold.
  const far = recordsOf([{ genpt: 90, response_pt: 1 }]);
  const ranges = triggerPage([{ name: "a", selection: "all", records: far }]).figures.map(({ plot }) => plot.panels[0].x.range); // prettier-ignore
  expect(ranges.map((range) => range?.[1])).toEqual([15, 30, 60, 90]);
});

test("rates of several runs: each chain's own clusters over its own entries, up to 60 GeV", () => {
  const clusters = clustersOf([1, 100, 3]);
  clusters.columns.chain[2] = "cs";
  const run = (name: string, entries: Record<string, number>) => ({ name, selection: "none", records: recordsOf([]), clusters, entries }); // prettier-ignore
  const rates = (...runs: ReturnType<typeof run>[]) => {
    const { plot } = triggerPage(runs).figures[0];
    return { ...plot, series: plot.panels[0].series, marks: plot.panels[0].series.map(({ marks: [mark] }) => mark as PointsMark) }; // prettier-ignore
  };
  const two = rates(run("a", { default: 4, cs: 2 }), run("b", { default: 10 }));
  expect(two.series.map(({ name, color, marker }) => [name, color, marker])).toEqual(
    ["a, default", "a, cs", "b, default"].map((name) => [name, "grey", "circle"]),
  );
  expect(two.marks.map(({ y }) => y[0])).toEqual([0.5, 0.5, 0.2]);
  const [{ x, entries }] = two.marks;
  expect([x.length, x[1], x[40], entries?.[40]]).toEqual([41, 1.5, 60, 1]);
  expect([two.panels[0].y.log, two.notes[1].replaceAll("\u00a0", " ")]).toEqual([true, "a, default: 4 entries; a, cs: 2 entries; b, default: 10 entries"]); // prettier-ignore
  expect(rates(run("a", { default: 4, cs: 0 })).series.map(({ name }) => name)).toEqual(["default chain"]);
  // Without a cluster above 0 there is no rate.
  const none = { ...run("a", { default: 4 }), clusters: clustersOf([0]) };
  expect(triggerPage([none]).figures).toEqual([]);
});
