import { expect, test } from "vitest";
import { quantiles, Random, standardDeviation } from "../core/index.js";
import { densityOf } from "./density.js";

/** Silverman's bandwidth, and the sum of all kernels without any bins. */
function plainDensity(values: readonly number[], at: number): number {
  const [lower, upper] = quantiles(values, [0.25, 0.75]);
  const sigma = standardDeviation(values);
  const h = 0.9 * Math.min(sigma, upper > lower ? (upper - lower) / 1.34 : sigma) * values.length ** -0.2;
  const kernels = values.map((value) => Math.exp(-(((at - value) / h) ** 2) / 2) / (h * Math.sqrt(2 * Math.PI)));
  return kernels.reduce((a, b) => a + b, 0) / values.length;
}

const random = new Random(6);
const normal = Array.from({ length: 400 }, () => 5 + random.normal());
const CASES = [
  { name: "a peak", values: normal, low: 0, high: 10 },
  { name: "two peaks", values: [...normal, ...normal.map((value) => value / 2 + 6)], low: 0, high: 12 },
  { name: "five values", values: [1, 2, 2.5, 3, 4], low: -1, high: 6 },
  { name: "quartiles that are one", values: [1, 2, 2, 2, 2, 2, 2, 3], low: 0, high: 4 },
  { name: "values far outside", values: [...normal, -50, 70], low: 2, high: 8 },
  { name: "a range that cuts the peak", values: normal, low: 5, high: 6 },
];

test.each(CASES)("the density of $name is that of a plain sum of kernels", ({ values, low, high }) => {
  const shape = densityOf(values, low, high);
  if (shape === undefined) throw new Error("no density");
  const plain = Array.from({ length: 33 }, (_, i) => plainDensity(values, low + ((high - low) * i) / 32));
  const most = Math.max(...plain);
  expect(shape.y.length).toBe(shape.density.length);
  // Values are counted in bins of a quarter of the bandwidth: some percent of the peak where they are few.
  for (const [i, at] of shape.y.entries()) {
    expect(Math.abs(shape.density[i] - plainDensity(values, at))).toBeLessThan(
      (values.length > 100 ? 0.01 : 0.08) * most,
    );
  }
  // Of the 33 points from end to end those from the first to the last above 0.5 % of the most.
  const step = (high - low) / 32;
  const [from, to] = [shape.y[0], shape.y[shape.y.length - 1]].map((at) => Math.round((at - low) / step));
  expect(shape.y).toEqual(
    Array.from({ length: to - from + 1 }, (_, i) => expect.closeTo(low + (from + i) * step, 9) as number),
  );
  expect([shape.density[0], shape.density[to - from]].every((value) => value > 0.005 * most * 0.97)).toBe(true);
  for (const outside of [from - 1, to + 1]) if (outside >= 0 && outside <= 32) expect(plain[outside]).toBeLessThan(0.0052 * most); // prettier-ignore
});

test("a density needs five values with some spread", () => {
  expect(densityOf([1, 2, 3, 4], 0, 5)).toBe(undefined);
  expect(densityOf([2, 2, 2, 2, 2, 2], 0, 5)).toBe(undefined);
  expect(densityOf([1, 2, 3, 4, 5], 0, 5)).not.toBe(undefined);
});
