/** What tests mean by equal typed arrays. */
import { expect, test } from "vitest";

test.each<{ name: string; a: object; b: object; equal: boolean }>([
  { name: "the same numbers", a: Float64Array.of(1, 2), b: Float64Array.of(1, 2), equal: true },
  { name: "another last number", a: Uint8Array.of(1, 2), b: Uint8Array.of(1, 3), equal: false },
  { name: "one number more", a: Int32Array.of(1), b: Int32Array.of(1, 0), equal: false },
  { name: "two NaN", a: Float32Array.of(Number.NaN), b: Float32Array.of(Number.NaN), equal: true },
  { name: "zeros of another sign", a: Float64Array.of(0), b: Float64Array.of(-0), equal: false },
  { name: "large integers", a: BigInt64Array.of(2n ** 62n), b: BigInt64Array.of(2n ** 62n), equal: true },
  {
    name: "large integers apart by one",
    a: BigInt64Array.of(2n ** 62n),
    b: BigInt64Array.of(2n ** 62n + 1n),
    equal: false,
  },
  { name: "another type", a: Float64Array.of(1), b: Float32Array.of(1), equal: false },
  { name: "a plain list", a: Float64Array.of(1), b: [1], equal: false },
  { name: "parts of larger memory", a: Float64Array.of(0, 1, 2).subarray(1), b: Float64Array.of(1, 2), equal: true },
  {
    name: "within maps of files",
    a: new Map([["f", Uint8Array.of(1)]]),
    b: new Map([["f", Uint8Array.of(2)]]),
    equal: false,
  },
  { name: "within records", a: { x: { y: Int8Array.of(1) } }, b: { x: { y: Int8Array.of(1) } }, equal: true },
])("$name: equal is $equal", ({ a, b, equal }) => {
  if (equal) expect(a).toEqual(b);
  else expect(a).not.toEqual(b);
});
