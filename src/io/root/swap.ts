/** Big-endian bytes to numbers of this machine, many at once. */
import { type ScalarArray } from "./scalars.js";

/** Copies n bytes of `from` to place `at` of `to`: numbers of `size` bytes with their bytes reversed. In place, too. */
export type SwapBytes = (
  from: Uint8Array,
  start: number,
  n: number,
  to: Uint8Array,
  at: number,
  size: 2 | 4 | 8,
) => void;

export const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The memory of an array, byte by byte. */
export function bytesOf(values: ScalarArray): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** Copies n bytes. Below some 100 bytes a loop is faster than a view and `set`. */
export function copyBytes(from: Uint8Array, start: number, n: number, to: Uint8Array, at: number): void {
  if (n > 96) to.set(from.subarray(start, start + n), at);
  else for (let i = 0; i < n; i++) to[at + i] = from[start + i];
}

export function readU32(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
}

/** Turns big-endian values into native ones (and back), in place. */
export function toNative(values: ScalarArray, swap?: SwapBytes): void {
  if (!littleEndian) return;
  const { buffer, byteOffset, length } = values;
  const size = values.BYTES_PER_ELEMENT as 1 | 2 | 4 | 8;
  // Below some 50 numbers the call costs more than it saves.
  if (swap !== undefined && size > 1 && length > 50) {
    const bytes = bytesOf(values);
    swap(bytes, 0, bytes.length, bytes, 0, size as 2 | 4 | 8);
    return;
  }
  if (values.BYTES_PER_ELEMENT === 8) {
    const words = new Uint32Array(buffer, byteOffset, 2 * length);
    for (let i = 0; i < words.length; i += 2) {
      const high = words[i];
      words[i] = swap32(words[i + 1]);
      words[i + 1] = swap32(high);
    }
  } else if (values.BYTES_PER_ELEMENT === 4) {
    const words = new Uint32Array(buffer, byteOffset, length);
    for (let i = 0; i < length; i++) words[i] = swap32(words[i]);
  } else if (values.BYTES_PER_ELEMENT === 2) {
    const words = new Uint16Array(buffer, byteOffset, length);
    for (let i = 0; i < length; i++) words[i] = (words[i] << 8) | (words[i] >>> 8);
  }
}

function swap32(word: number): number {
  return (word << 24) | ((word << 8) & 0xff0000) | ((word >>> 8) & 0xff00) | (word >>> 24);
}
