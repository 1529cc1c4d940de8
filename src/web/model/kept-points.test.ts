import { expect, test } from "vitest";
import { type KeptPoint, parsePoints, pointsOfFile, withPoints } from "./kept-points.js";

const point = (at: string, more: Partial<KeptPoint> = {}): KeptPoint => ({
  ...{ at, sample: "photons", chain: "default", settings: { "seed.window": "2" } },
  ...{ figures: { split_fraction: 0.1, response_pt: null }, command: "bye-splits run" },
  ...more,
});

test("what was saved is loaded again, point by point", () => {
  const points = [point("2026-11-29T01"), point("2026-11-29T02", { chain: "cs" })];
  expect(pointsOfFile("points.json", JSON.stringify(points, null, 2))).toEqual(points);
});

test.each(["", "[]", "{}", "null", "[1]", '[{"at": "x"}]', "no JSON"])("in '%s' there are no points", (text) => {
  expect(parsePoints(text)).toEqual([]);
  expect(() => pointsOfFile("a.json", text)).toThrow("a.json has no kept points");
});

test("of those that are there and those that come each is there once, by time", () => {
  const [one, two, three] = ["1", "2", "3"].map((at) => point(at));
  // Written in another order it is the same point.
  const again = Object.fromEntries(Object.entries(one).toReversed()) as unknown as KeptPoint;
  expect(withPoints([one, three], [two, again]).map(({ at }) => at)).toEqual(["1", "2", "3"]);
  expect(withPoints([one], [point("1", { chain: "cs" })]).length).toBe(2);
});
