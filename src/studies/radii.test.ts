import { expect, test } from "vitest";
import { findRadius, linspace, parseRadii, radiiOfCoeffs, radiusKey } from "./radii.js";

test.each([
  { text: "0.01,0.02", want: [0.01, 0.02] },
  { text: "0.02, 0.01", want: [0.01, 0.02] },
  { text: "0.05", want: [0.05] },
  { text: "0.01:0.03:3", want: [0.01, 0.02, 0.03] },
  { text: "0.01:0.01:1", want: [0.01] },
])("radii $text", ({ text, want }) => {
  expect(parseRadii(text)).toEqual(want.map((radius) => expect.closeTo(radius, 15)));
});

test("both ends of a range are exact", () => {
  const radii = parseRadii("0.001:0.05:50");
  expect([radii.length, radii[0], radii[49]]).toEqual([50, 0.001, 0.05]);
  // What rounding would make 0.009999999999999998 of is what people mean; steps that are no decimals stay.
  expect(radii.map((radius) => 1000 * radius).every((each, i) => Math.abs(each - i - 1) < 1e-12)).toBe(true);
  expect([radii[9], radii[27]]).toEqual([0.01, 0.028]);
  expect(linspace(0, 0.05, 50)[1]).toBe(0.05 / 49);
  expect(linspace(0, 1, 5)).toEqual([0, 0.25, 0.5, 0.75, 1]);
});

test.each([
  { text: "0", error: "--radii 0: the radius 0 is not above 0, so that no trigger cell is in it" },
  { text: "-1", error: "--radii -1: the radius -1 is not above 0" },
  { text: "0.05,0.05", error: "--radii 0.05,0.05: the radius 0.05 is given twice" },
  { text: "a", error: "--radii a: not all of it are numbers; expected radii such as 0.01,0.02" },
  { text: "", error: "--radii : not all of it are numbers" },
  { text: "0.01,", error: "--radii 0.01,: not all of it are numbers" },
  { text: "0.01:0.02", error: "--radii 0.01:0.02: 2 numbers with colons" },
  { text: "0.02:0.01:3", error: "the first radius is not below the last" },
  { text: "0.01:0.02:2.5", error: "the number of radii is 2.5, not a whole number from 1 to 1000" },
  { text: "11", error: "the radius 11 is above 10" },
])("radii $text are refused", ({ text, error }) => {
  expect(() => parseRadii(text)).toThrow(error);
});

test.each([
  { radius: 0.01, key: "coef_0p010" },
  { radius: 0.05, key: "coef_0p050" },
  { radius: 0.0125, key: "coef_0p0125" },
  { radius: 1, key: "coef_1p000" },
  { radius: 0.1 + 0.2, key: "coef_0p30000000000000004" },
])("the key of $radius is $key", ({ radius, key }) => {
  expect(radiusKey(radius)).toBe(key);
});

test("every radius of a range has a key of its own that gives it back", () => {
  const radii = linspace(0.001, 0.05, 50);
  const keys = radii.map(radiusKey);
  expect(new Set(keys).size).toBe(50);
  expect(keys.map((key) => Number(key.replace("coef_", "").replace("p", ".")))).toEqual(radii);
});

test("a radius is found as people write it, others are not", () => {
  const radii = linspace(0.001, 0.05, 50);
  expect(findRadius(radii, 0.01)).toBe(9);
  expect(findRadius(radii, 0.0105)).toBe(-1);
});

test("coeffs of a configuration: 0 is left out with a word, 0.5 is taken with a warning", () => {
  const { radii, notes } = radiiOfCoeffs([0, 0.5, 50]);
  expect([radii.length, radii[48]]).toEqual([49, 0.5]);
  expect(notes).toEqual([
    expect.stringContaining("ends at 0.5, as the reference's file has it: 0.05 was meant"),
    expect.stringContaining("begins at 0: radii that are not above 0 have no clusters"),
  ]);
  expect(radiiOfCoeffs([0.001, 0.05, 50]).notes).toEqual([]);
  expect(() => radiiOfCoeffs([0.01, 0.02])).toThrow("clusterStudies.coeffs: expected start, stop and number");
});
