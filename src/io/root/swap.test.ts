import { expect, test } from "vitest";
import { bytesOf, copyBytes, readU32, toNative } from "./swap.js";

test("big-endian numbers of every size become those of this machine, and back", () => {
  const bytes = Uint8Array.from({ length: 48 }, (_, i) => (i * 53 + 7) & 255);
  const view = new DataView(bytes.buffer);
  const read = {
    Uint8Array: (at: number) => view.getUint8(at),
    Int16Array: (at: number) => view.getInt16(at),
    Uint16Array: (at: number) => view.getUint16(at),
    Int32Array: (at: number) => view.getInt32(at),
    Float32Array: (at: number) => view.getFloat32(at),
    Float64Array: (at: number) => view.getFloat64(at),
    BigInt64Array: (at: number) => view.getBigInt64(at),
    BigUint64Array: (at: number) => view.getBigUint64(at),
  };
  for (const Numbers of [Uint8Array, Int16Array, Uint16Array, Int32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array]) {
    const size = Numbers.BYTES_PER_ELEMENT;
    // Only the numbers of the array itself: those before and behind it stay.
    const memory = bytes.slice();
    const values = new Numbers(memory.buffer, 8, 32 / size);
    toNative(values);
    const of = read[Numbers.name as keyof typeof read];
    expect([Numbers.name, ...values]).toEqual([Numbers.name, ...Array.from({ length: values.length }, (_, k) => of(8 + k * size))]);
    expect([...memory.subarray(0, 8), ...memory.subarray(40)]).toEqual([...bytes.subarray(0, 8), ...bytes.subarray(40)]);
    toNative(values);
    expect([...bytesOf(values)]).toEqual([...bytes.subarray(8, 40)]);
  }
  expect(readU32(bytes, 3)).toBe(view.getUint32(3));
}); // prettier-ignore

test("many numbers are swapped by what is given for it, few and single bytes are not", () => {
  const calls: unknown[] = [];
  const swap = (_: Uint8Array, start: number, n: number, __: Uint8Array, at: number, size: number): void =>
    void calls.push([start, n, at, size]);
  for (const values of [new Int16Array(51), new Float64Array(51), new Int16Array(50), new Uint8Array(99)]) toNative(values, swap); // prettier-ignore
  expect(calls).toEqual([
    [0, 102, 0, 2],
    [0, 408, 0, 8],
  ]);
});

test("copies of any length go where they belong", () => {
  const from = Uint8Array.from({ length: 120 }, (_, i) => 1 + i);
  for (const n of [0, 1, 95, 96, 97, 110]) {
    const to = new Uint8Array(120);
    copyBytes(from, 5, n, to, 3);
    expect([...to]).toEqual(Array.from({ length: 120 }, (_, i) => (i >= 3 && i < 3 + n ? from[i + 2] : 0)));
  }
});
