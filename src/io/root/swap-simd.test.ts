import { expect, test } from "vitest";
import { createSwap } from "./swap-simd.js";

test.each([2, 4, 8] as const)("the bytes of each number of %i bytes are reversed, whatever the length", (size) => {
  const swap = createSwap();
  for (const numbers of [0, 1, 2, 7, 15, 16, 17, 100, 2047, 2048, 2049, 20_001]) {
    // Starts at an odd address, and the bytes around it stay.
    const from = Uint8Array.from({ length: numbers * size + 2 }, (_, i) => (i * 7 + (i >> 8)) & 255);
    const to = new Uint8Array(from.length);
    swap(from, 1, numbers * size, to, 1, size);
    const want = Uint8Array.from(from, (_, i) => (i - 1) % size).map((place, i) => from[i - place + size - 1 - place]);
    want[0] = want[want.length - 1] = 0;
    expect(Buffer.compare(to, want)).toBe(0);
    const inPlace = from.slice(1, -1);
    swap(inPlace, 0, inPlace.length, inPlace, 0, size);
    expect(Buffer.compare(inPlace, want.subarray(1, -1))).toBe(0);
  }
});
