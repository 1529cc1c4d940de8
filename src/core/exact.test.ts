import { expect, test } from "vitest";
import { exactColumn } from "./exact.js";
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
