import { expect, test } from "vitest";
import { exactColumn, exactIntegers } from "./exact.js";
import { quote } from "./parameter.js";

const place = (index: number): string => `row ${index}`;

test("whole numbers of any array become integers of 32 bits", () => {
  expect(exactColumn("int32", Float64Array.of(-3, 0, 2 ** 31 - 1), place)).toEqual(Int32Array.of(-3, 0, 2 ** 31 - 1));
  expect(exactColumn("int32", BigInt64Array.of(-7n), place)).toEqual(Int32Array.of(-7));
});

test.each([
  { name: "a fraction", values: Float64Array.of(1, 2.5) },
  { name: "one too large", values: Float64Array.of(1, 2 ** 31) },
  { name: "one too large of 64 bits", values: BigInt64Array.of(1n, 2n ** 40n) },
  { name: "NaN", values: Float64Array.of(1, Number.NaN) },
])("$name is no integer of 32 bits, and the error names its row", ({ values }) => {
  expect(() => exactColumn("int32", values, place)).toThrow(
    /row 1.* an integer of 32 bits|an integer of 32 bits.*row 1/,
  );
});

test.each([
  { value: undefined, want: "nothing" },
  { value: Infinity, want: "Infinity" },
  { value: Number.NaN, want: "NaN" },
  { value: 10n, want: "10" },
  { value: "a", want: '"a"' },
  { value: [1, "b"], want: '[1,"b"]' },
  { value: "x".repeat(78), want: `"${"x".repeat(78)}"` },
  { value: "x".repeat(79), want: `"${"x".repeat(76)}...` },
])("a value in a message: $want", ({ value, want }) => {
  expect(quote(value)).toBe(want);
});

test.each<[string, ArrayLike<number | bigint>, readonly number[] | null]>([
  ["reals are rounded", Float64Array.of(0.1, Infinity, Number.NaN), [Math.fround(0.1), Infinity, Number.NaN]],
  ["a real too large is none", Float64Array.of(0, 1e39), null],
  ["numbers of no array of their own are reals", [0.1, 2 ** 24 + 1], [Math.fround(0.1), 2 ** 24]],
  ["integers that a real of 32 bits has", Int32Array.of(2 ** 24, -(2 ** 24) - 2), [2 ** 24, -(2 ** 24) - 2]],
  ["integers that it does not have", Int32Array.of(1, 2 ** 24 + 1), null],
  ["long ones that it has", BigInt64Array.of(2n ** 40n), [2 ** 40]],
  ["long ones that it does not have", BigInt64Array.of(1n, 2n ** 40n + 1n), null],
])("as reals of 32 bits: %s", (_, values, want) => {
  if (want === null) {
    expect(() => exactColumn("float", values, place)).toThrow(/^row 1: \S+ is not exact as a real of 32 bits/);
  } else expect(exactColumn("float", values, place)).toEqual(Float32Array.from(want));
});

test("as reals of 64 bits: all but long integers that they do not have", () => {
  expect(exactColumn("double", [0.1, 2n ** 60n, 3], place)).toEqual(Float64Array.of(0.1, 2 ** 60, 3));
  expect(() => exactColumn("double", [0, 2n ** 60n + 1n], place)).toThrow("row 1: 1152921504606846977 is not exact as a real of 64 bits"); // prettier-ignore
});

test("as integers of 64 bits: whole numbers that were not another one before they were reals", () => {
  expect(exactColumn("int64", [3, -4n, 2 ** 53 - 1], place)).toEqual(BigInt64Array.of(3n, -4n, 2n ** 53n - 1n));
  expect(exactColumn("int64", Float32Array.of(2 ** 24 - 1), place)).toEqual(BigInt64Array.of(2n ** 24n - 1n));
  for (const values of [[0, 2 ** 53], [0, 0.5], Float32Array.of(0, 2 ** 24), [0, 2n ** 63n], [0, Number.NaN]]) {
    expect(() => exactColumn("int64", values, place)).toThrow(/^row 1: \S+ is not exact as an integer of 64 bits/);
  }
  expect(() => exactColumn("int32", Float32Array.of(0, 2 ** 24), place)).toThrow("row 1: 16777216 is not exact as an integer of 32 bits"); // prettier-ignore
});

test("integers for people are numbers where they are exact; arrays of short ones stay", () => {
  const short = Int32Array.of(1, 2);
  expect(exactIntegers(short, place)).toBe(short);
  expect(exactIntegers(BigInt64Array.of(5n, 2n ** 53n - 1n, 2n ** 53n), place)).toEqual([5, 2 ** 53 - 1, 2n ** 53n]);
  expect(exactIntegers(Float64Array.of(3), place)).toEqual([3]);
  expect(() => exactIntegers(Float32Array.of(0, 0.5), place)).toThrow("row 1: 0.5 is not exact as an integer of 64 bits");
}); // prettier-ignore
