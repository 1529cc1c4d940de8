import { expect, test } from "vitest";
import { binnedProfile, binOf, groupInBins } from "./bins.js";

test("a value belongs to the bin that begins with it or before it, at the last edge to the last one", () => {
  const edges = [-1, 0, 2, 5];
  const bins = [-1.1, -1, -0.5, 0, 1, 2, 4.9, 5, 5.1, Number.NaN, Infinity].map((value) => binOf(edges, value));
  expect(bins).toEqual([-1, 0, 0, 1, 1, 2, 2, 2, -1, -1, -1]);
});

test("profiles: values by bin in their order, without NaN and without what lies outside", () => {
  const x = [0, 1, 2, 0.5, 3, 1, -1];
  const y = [10, 20, 30, 40, 50, Number.NaN, 60];
  expect(groupInBins([0, 1, 2], x, y)).toEqual([[10, 40], [20, 30]]); // prettier-ignore
  expect(binnedProfile([0, 1, 2, 9], x, y, (values) => values.length)).toEqual([2, 1, 2]);
});
