import { expect, test } from "vitest";
import { binOf, groupInBins, Random } from "../core/index.js";
import {
  dodged,
  estimateDeviation,
  estimateFraction,
  estimateMean,
  estimateMedian,
  histogram,
  pointsOf,
} from "./bins.js";
import { densityOf } from "./density.js";

test("a value on an inner edge belongs to the upper bin, on the last edge to the last bin", () => {
  const edges = [0, 1, 2, 4];
  expect([-0.1, 0, 0.99, 1, 2, 4, 4.1, Number.NaN].map((value) => binOf(edges, value))).toEqual([
    -1, 0, 0, 1, 2, 2, -1, -1,
  ]);
});

test("every value is in one bin or outside", () => {
  const random = new Random(9);
  const values = Array.from({ length: 1000 }, () => 3 * random.normal());
  const { mark, outside } = histogram([-3, -1, 0, 2, 5], [...values, Number.NaN]);
  expect(Array.from(mark.values).reduce((a, b) => a + b, 0) + outside).toBe(1000);
  expect(outside).toBe(values.filter((value) => value < -3 || value > 5).length);
  expect(Array.from(histogram([0, 1, 2], [0.5, 0.6, 1.5, 9], 4).mark.values)).toEqual([0.5, 0.25]);
});

test("the mean's bar is sigma / sqrt(n), a deviation's sigma / sqrt(2 (n - 1))", () => {
  // Sum of squares around 3 is 4 + 1 + 0 + 1 + 4 = 10: variance 2.5.
  const values = [1, 2, 3, 4, 5];
  const { value, low, high } = estimateMean(values);
  expect([value, low, high]).toEqual([3, expect.closeTo(3 - Math.sqrt(0.5)), expect.closeTo(3 + Math.sqrt(0.5))]);
  const width = estimateDeviation(values);
  expect([width.value, width.high]).toEqual([
    expect.closeTo(Math.sqrt(2.5)),
    expect.closeTo(Math.sqrt(2.5) * (1 + Math.sqrt(1 / 8))),
  ]);
});

test("the median's bar holds 68.27 % of the values", () => {
  const values = Array.from({ length: 10_001 }, (_, i) => i);
  const { value, low, high } = estimateMedian(values);
  expect(value).toBe(5000);
  expect([low, high]).toEqual([expect.closeTo(1586.5), expect.closeTo(8413.5)]);
});

test("a fraction of 0 in 8 has a bar of 68 % from 0, not no bar", () => {
  // Clopper-Pearson: (1 - p)^8 = 0.16.
  expect(estimateFraction(Array.from({ length: 8 }, () => 0))).toEqual({
    value: 0,
    low: 0,
    high: expect.closeTo(1 - 0.16 ** (1 / 8), 10),
  });
});

test("bins without entries have no point; NaN does not count", () => {
  const edges = [0, 1, 2, 3];
  const groups = groupInBins(edges, [0.5, 2.5, 2.6, 1.5], [1, 4, 6, Number.NaN]);
  expect(groups).toEqual([[1], [], [4, 6]]);
  const points = pointsOf(edges, groups, estimateMean);
  expect(points).toMatchObject({ x: [0.5, 2.5], y: [1, 5], xLow: [0, 2], xHigh: [1, 3], entries: [1, 2] });
});

test.each([1, 2, 4, 8])("the points of %d curves stay in the middle half of their bin, in order", (n) => {
  const places = Array.from({ length: n }, (_, curve) => dodged([10, 20], curve, n)(0));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(new Set(places).size).toBe(n);
  expect(Math.min(...places)).toBeGreaterThanOrEqual(12.5);
  expect(Math.max(...places)).toBeLessThanOrEqual(17.5);
  expect(places.reduce((a, b) => a + b, 0) / n).toBeCloseTo(15, 10);
});

test("a density of Gaussian values has its peak and integral", () => {
  const random = new Random(4);
  const values = Array.from({ length: 5000 }, () => 1 + 0.5 * random.normal());
  const shape = densityOf(values, -2, 4);
  if (!shape) throw new Error("no density");
  const step = shape.y[1] - shape.y[0];
  expect(step * shape.density.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 1.5);
  expect(Math.max(...shape.density)).toBeCloseTo(1 / (0.5 * Math.sqrt(2 * Math.PI)), 1);
  // Without the tails nothing is left beyond about 3.3 sigma.
  expect(shape.y[0]).toBeGreaterThan(-1);
  expect(densityOf([1, 2, 3], 0, 4)).toBeUndefined();
  expect(densityOf([2, 2, 2, 2, 2, 2], 0, 4)).toBeUndefined();
});
