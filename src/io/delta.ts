/**
 * DELTA_BINARY_PACKED for int64 columns whose values fit 52 bits, in plain numbers: 20 times as fast as with bigints,
 * and the same bytes as hyparquet-writer's. Layout: https://parquet.apache.org/docs/file-format/data-pages/encodings/
 */
import { ByteWriter } from "hyparquet-writer/src/bytewriter.js";

const BLOCK = 128;
const MINIBLOCKS = 4;
const MINIBLOCK = BLOCK / MINIBLOCKS;
const LIMIT = 2 ** 51;
const WORD = 2 ** 32;

/** The values as numbers when all of them lie within 2^51 of zero, so that differences of differences are exact. */
export function asNumbers(values: BigInt64Array): Float64Array | undefined {
  const halves = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) {
    const value = halves[2 * i + 1] * WORD + (halves[2 * i] >>> 0);
    if (value >= LIMIT || value <= -LIMIT) return undefined;
    out[i] = value;
  }
  return out;
}

/** Packs at least one whole number, each within 2^51 of zero. */
export function packInt64(values: Float64Array): Uint8Array {
  const writer = new ByteWriter(values.length * 2 + 64);
  writer.appendVarInt(BLOCK);
  writer.appendVarInt(MINIBLOCKS);
  writer.appendVarInt(values.length);
  appendZigZag(writer, values[0]);
  const deltas = new Float64Array(BLOCK);
  const widths = new Uint8Array(MINIBLOCKS);
  for (let start = 1; start < values.length; start += BLOCK) {
    const count = Math.min(BLOCK, values.length - start);
    let min = Infinity;
    for (let i = 0; i < count; i++) {
      deltas[i] = values[start + i] - values[start + i - 1];
      if (deltas[i] < min) min = deltas[i];
    }
    // The last block is padded: with the smallest difference, which takes no bits.
    deltas.fill(min, count);
    appendZigZag(writer, min);
    for (let block = 0; block < MINIBLOCKS; block++) {
      let max = 0;
      for (let i = 0; i < MINIBLOCK; i++) max = Math.max(max, deltas[block * MINIBLOCK + i] - min);
      widths[block] = max < WORD ? 32 - Math.clz32(max) : 64 - Math.clz32(max / WORD);
    }
    writer.appendBytes(widths);
    for (let block = 0; block < MINIBLOCKS; block++) {
      const first = block * MINIBLOCK;
      writer.appendBytes(packBits(deltas.subarray(first, first + MINIBLOCK), min, widths[block]));
    }
  }
  return writer.getBytes();
}

/** `value - min` in `width` bits each, least significant bit first. */
function packBits(values: Float64Array, min: number, width: number): Uint8Array {
  const bytes = new Uint8Array((values.length * width) / 8);
  let at = 0;
  for (const delta of values) {
    const value = delta - min;
    for (let bit = 0; bit < width;) {
      // The next bits of the value, as many as the byte has room for.
      const used = at & 7;
      const bits = bit < 32 ? (value >>> 0) >>> bit : (value / WORD) >>> (bit - 32);
      const taken = Math.min(8 - used, (bit < 32 ? Math.min(width, 32) : width) - bit);
      bytes[at >> 3] |= (bits & ((1 << taken) - 1)) << used;
      at += taken;
      bit += taken;
    }
  }
  return bytes;
}

function appendZigZag(writer: ByteWriter, value: number): void {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) writer.appendUint8((rest % 128) + 128);
  writer.appendUint8(rest);
}
