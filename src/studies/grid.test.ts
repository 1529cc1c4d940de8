import { expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../chain/index.js";
import { changedParams, changesOf, gridPoints } from "./grid.js";
import { ranked } from "./ranking.js";

const window = { key: "seed.window", values: [1, 2, 3] };
const kernel = { key: "smooth.kernel", values: ["default", "flat_top"] };

test("points are all combinations, the first parameter slowest", () => {
  const points = gridPoints(["default"], [window, kernel], DEFAULT_PARAMS, false);
  expect(points.map(({ settings }) => settings)).toEqual([
    "seed.window=1;smooth.kernel=default",
    "seed.window=1;smooth.kernel=flat_top",
    "seed.window=2;smooth.kernel=default",
    "seed.window=2;smooth.kernel=flat_top",
    "seed.window=3;smooth.kernel=default",
    "seed.window=3;smooth.kernel=flat_top",
  ]);
  const params = changedParams(DEFAULT_PARAMS, points[3].changes);
  expect([params.seed.window, params.smooth.kernel]).toEqual([2, "flat_top"]);
  expect(DEFAULT_PARAMS.seed.window).toBe(1);
});

test("a chain has no points along a parameter that it does not read", () => {
  const points = gridPoints(["default", "cs"], [window, kernel], DEFAULT_PARAMS, false);
  expect(points.map(({ chain }) => chain)).toEqual([...Array.from({ length: 6 }, () => "default"), "cs", "cs", "cs"]);
});

test("without a parameter there is the configuration alone", () => {
  expect(gridPoints(["default"], [], DEFAULT_PARAMS, true)).toEqual([
    { chain: "default", changes: {}, settings: "", role: "grid" },
  ]);
});

test("to heal needs the configuration and each change alone, unless the grid has them", () => {
  const roles = (axes: Parameters<typeof gridPoints>[1]): string[] =>
    gridPoints(["default"], axes, DEFAULT_PARAMS, true)
      .filter(({ role }) => role !== "grid")
      .map(({ role, settings }) => `${role} ${settings}`);
  expect(roles([window, kernel])).toEqual([]);
  expect(
    roles([
      { key: "seed.window", values: [2, 3] },
      { key: "smooth.kernel", values: ["flat_top"] },
    ]),
  ).toEqual(["base ", "single seed.window=2", "single seed.window=3", "single smooth.kernel=flat_top"]);
  const [point] = gridPoints(["default"], [window, kernel], DEFAULT_PARAMS, true);
  expect(changesOf(DEFAULT_PARAMS, point)).toEqual([]);
});

test("a point that cannot work is named", () => {
  const axes = [
    { key: "base.NbinsPhi", values: [4, 216] },
    { key: "seed.window", values: [1, 2] },
  ];
  expect(() => gridPoints(["default"], axes, DEFAULT_PARAMS, false)).toThrow(
    "point base.NbinsPhi=4;seed.window=1: smooth.BinSums: expected odd numbers below NbinsPhi = 4, got 13",
  );
  const large = { key: "seed.window", values: Array.from({ length: 101 }, (_, i) => i) };
  const wide = { key: "seed.histoThreshold", values: Array.from({ length: 100 }, (_, i) => i) };
  expect(() => gridPoints(["default"], [large, wide], DEFAULT_PARAMS, false)).toThrow(
    "the grid has 10100 points for a chain, at most 10000 are computed",
  );
});

test.each([
  { rank: "split_fraction", values: [0.2, Number.NaN, 0.1], want: [2, 0, 1] },
  { rank: "efficiency", values: [0.2, Number.NaN, 0.9], want: [2, 0, 1] },
  { rank: "response_en", values: [1.2, 0.95, 0.5], want: [1, 0, 2] },
])("ranked by $rank the best is first and NaN last", ({ rank, values, want }) => {
  const rows = values.map((value, point) => ({ point, [rank]: value }));
  expect(ranked(rows, rank).map(({ point }) => point)).toEqual(want);
});
