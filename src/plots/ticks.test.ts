import { expect, test } from "vitest";
import { formatNumber, linearTicks, logTicks, roundEdges, roundStep, tickLabels } from "./ticks.js";

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
  // Fewer than three of these, which would look like a linear axis: round numbers.
  { low: 0.0316, high: 0.183, most: 5, want: ["0.05", "0.1", "0.15"] },
  { low: 12, high: 30, most: 3, want: ["20", "30"] },
  // Ends that are ticks are drawn, what is beyond them is not.
  { low: 1, high: 100, most: 5, want: ["1", "10", "100"] },
  { low: 1, high: 20, most: 4, want: ["1", "2", "5", "10", "20"] },
  { low: 1, high: 20, most: 3, want: ["1", "10"] },
  { low: 0.999, high: 1001, most: 9, want: ["1", "10", "100", "1,000"] },
  { low: 1.001, high: 999, most: 9, want: ["2", "5", "10", "20", "50", "100", "200", "500"] },
  { low: 1.001, high: 999, most: 6, want: ["10", "100"] },
  // Neither a power of ten nor few enough others: the first of these.
  { low: 1.5, high: 9.5, most: 0, want: ["2"] },
  { low: 2.1, high: 4.9, most: 3, want: ["3", "4"] },
  { low: 0.14, high: 0.29, most: 5, want: ["0.15", "0.2", "0.25"] },
  { low: 1e-3, high: 1, most: 3, want: ["0.001", "0.01", "0.1", "1"] },
  { low: 1e3, high: 1e5, most: 3, want: ["1,000", "10,000", "100,000"] },
  { low: 1e3, high: 1e6, most: 3, want: ["10³", "10⁴", "10⁵", "10⁶"] },
  { low: 2e6, high: 5e6, most: 3, want: ["2·10⁶", "3·10⁶", "4·10⁶", "5·10⁶"] },
  { low: 1e-12, high: 1, most: 3, want: ["10⁻¹²", "10⁻⁸", "10⁻⁴", "10⁰"] },
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
  [Infinity, "∞"],
  [-Infinity, "−∞"],
  [1e15, "1.00e15"],
  [999999999999999, "999,999,999,999,999"],
  [1e-4, "0.0001"],
  [9.999e-5, "1.00e−4"],
  [1e6 + 0.5, "1.00e6"],
  [999999.4, "999,999"],
  [-1234.5, "−1,235"],
  [-1e-5, "−1.00e−5"],
  [1, "1"],
])("%d reads %s", (value, want) => {
  expect(formatNumber(value)).toBe(want);
});

test("the number of digits is at least that of the whole part", () => {
  expect([formatNumber(3.14159, 2), formatNumber(31.4159, 2), formatNumber(314.159, 2)]).toEqual(["3.1", "31", "314"]);
  expect(formatNumber(1.5e7 + 0.5, 2)).toBe("1.5e7");
});

test.each([
  { ticks: [0.5], want: ["0.5"] },
  { ticks: [20], want: ["20"] },
  { ticks: [-0.2, 0], want: ["−0.2", "0.0"] },
  { ticks: [-1, 0, 1], want: ["−1", "0", "1"] },
  { ticks: [-0.00001, 0], want: ["−0.00001", "0.00000"] },
  { ticks: [1, 1.25], want: ["1.0", "1.3"] },
  { ticks: [10, 30], want: ["10", "30"] },
])("labels of the ticks $ticks have the decimals that their step needs", ({ ticks, want }) => {
  expect(tickLabels(ticks, false)).toEqual(want);
});

test("a negative number that rounds to nothing has no sign", () => {
  expect(tickLabels([-1e-13, 0.5], false)).toEqual(["0.0", "0.5"]);
});

test.each([
  { low: 0, high: 10, most: 5, step: 2 },
  { low: 0, high: 10, most: 4, step: 5 },
  { low: 0, high: 10, most: 2, step: 5 },
  { low: 0, high: 10, most: 1, step: 10 },
  { low: 0, high: 30, most: 1, step: 50 },
  { low: 0, high: 60, most: 1, step: 100 },
  { low: 0.2, high: 0.5, most: 3, step: 0.1 },
  { low: -3, high: 3, most: 3, step: 2 },
])("the step that cuts [$low, $high] into at most $most is $step", ({ low, high, most, step }) => {
  expect(roundStep(low, high, most)).toBeCloseTo(step, 12);
});
