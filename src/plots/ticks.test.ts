import { expect, test } from "vitest";
import { formatNumber, linearTicks, logTicks, roundEdges, tickLabels } from "./ticks.js";

test.each([
  { low: 0, high: 100, most: 5, want: ["0", "20", "40", "60", "80", "100"] },
  { low: -0.2, high: 0.1, most: 3, want: ["−0.2", "−0.1", "0.0", "0.1"] },
  { low: 0.13, high: 0.41, most: 6, want: ["0.15", "0.20", "0.25", "0.30", "0.35", "0.40"] },
  { low: 0, high: 4200, most: 3, want: ["0", "2,000", "4,000"] },
  { low: -0.004, high: 0.004, most: 4, want: ["−0.004", "−0.002", "0.000", "0.002", "0.004"] },
])("ticks of [$low, $high] are round", ({ low, high, most, want }) => {
  expect(tickLabels(linearTicks(low, high, most), false)).toEqual(want);
});

test.each([
  { low: 0.5, high: 200, most: 5, want: ["1", "10", "100"] },
  { low: 0.5, high: 30, most: 5, want: ["0.5", "1", "2", "5", "10", "20"] },
  { low: 0.5, high: 30, most: 2, want: ["1", "10"] },
  { low: 1e-4, high: 1, most: 5, want: ["10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰"] },
  { low: 1e-4, high: 1, most: 3, want: ["10⁻⁴", "10⁻²", "10⁰"] },
  { low: 12, high: 30, most: 3, want: ["20"] },
])("ticks of a logarithmic [$low, $high], about $most", ({ low, high, most, want }) => {
  expect(tickLabels(logTicks(low, high, most), true)).toEqual(want);
});

test.each([
  { low: 1, high: 99.7, n: 12, want: [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100] },
  { low: 0.1, high: 0.3, n: 2, want: [0.1, 0.2, 0.3] },
  { low: 3, high: 3, n: 5, want: [2.5, 3.5] },
])("edges that cover [$low, $high] are round and hold it", ({ low, high, n, want }) => {
  expect(roundEdges(low, high, n)).toEqual(want);
});

test.each([
  [1234567, "1,234,567"],
  [-0.00123456, "−0.00123"],
  [41.26, "41.3"],
  [4126.4, "4,126"],
  [0.000012, "1.20e−5"],
  [Number.NaN, "no value"],
  [-0, "0"],
])("%d reads %s", (value, want) => {
  expect(formatNumber(value)).toBe(want);
});
