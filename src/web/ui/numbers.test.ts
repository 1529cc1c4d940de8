import { expect, test } from "vitest";
import { clusterCount, fixed, minus, particleName, roundLength, short } from "./numbers.js";

test.each([
  [0, "0"],
  [-0, "0"],
  [Number.NaN, "–"],
  [Infinity, "–"],
  [12.345, "12.3"],
  [-1.5, "−1.5"],
  [999.9, "1000"],
  [1234.5, "1235"],
  [100_000, "1.0e+5"],
  [0.001, "0.001"],
  [0.000999, "1.0e−3"],
  [-123456, "−1.2e+5"],
])("%d reads %s", (value, text) => {
  expect(short(value)).toBe(text);
});

test("digits that are asked for, and minus signs", () => {
  expect([short(12.345, 2), short(1234.5, 2), fixed(-1.25, 1), fixed(2, 2), fixed(Number.NaN, 1)]).toEqual(["12", "1235", "−1.3", "2.00", "–"]); // prettier-ignore
  expect(minus("-1, -2")).toBe("−1, −2");
});

test("lengths of scales are 1, 2 or 5 times a power of ten, not longer than there is room", () => {
  expect([1, 1.9, 2, 4.99, 5, 9.9, 10, 0.03, 0.05].map(roundLength)).toEqual([1, 1, 2, 2, 5, 5, 10, 0.02, 0.05].map((each) => expect.closeTo(each, 12))); // prettier-ignore
});

test("particles and numbers of things in words", () => {
  expect([22, -11, -211, 130].map(particleName)).toEqual(["photon", "electron", "pion", "particle"]);
  expect([0, 1, 4, 5].map(clusterCount)).toEqual(["no cluster", "one cluster", "four clusters", "5 clusters"]);
});
