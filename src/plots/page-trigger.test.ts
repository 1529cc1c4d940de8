import { expect, test } from "vitest";
import { createTable, poissonInterval } from "../core/index.js";
import { CLUSTERS } from "../events/index.js";
import { triggerPage } from "./page-trigger.js";
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
