import { deflateRawSync, deflateSync } from "node:zlib";
import lz4 from "lz4-napi";
import { beforeAll, expect, test } from "vitest";
import { type RootCodecs, compressionName, decompress } from "../root/codecs.js";
import { rootCodecs } from "./root-codecs.js";

const TEXT = Buffer.from("trigger cells ".repeat(20));
// Made with Python's zstandard 0.25 (with a content checksum) and lzma (CRC32).
const ZSTD = "KLUv/WQYAK0AAHB0cmlnZ2VyIGNlbGxzIAEAB6FOJUpjWTs=";
const XZ =
  "/Td6WFoAAAFpIt42AgAhARYAAAB0L+Wj4AEXABRdADociVYDJfodzb2msMyFEjE/eMAAAIvl9wMAASyYAgAAAMq1RPg+MA2LAgAAAAABWVo=";

let codecs: RootCodecs;
let blocks: Record<string, Uint8Array>;

function block(algorithm: string, data: Uint8Array, size = TEXT.length): Uint8Array {
  const sizes = [data.length, size].flatMap((n) => [n & 0xff, (n >> 8) & 0xff, n >> 16]);
  return Buffer.concat([Buffer.from(algorithm), Uint8Array.of(1, ...sizes), data]);
}

beforeAll(async () => {
  codecs = await rootCodecs();
  const packed = lz4.compressSync(TEXT).subarray(4);
  const checksum = Buffer.alloc(8);
  checksum.writeBigUInt64BE(codecs.xxhash64(packed));
  blocks = {
    ZL: block("ZL", deflateSync(TEXT)),
    CS: block("CS", deflateRawSync(TEXT)),
    L4: block("L4", Buffer.concat([checksum, packed])),
    XZ: block("XZ", Buffer.from(XZ, "base64")),
    ZS: block("ZS", Buffer.from(ZSTD, "base64")),
  };
});

async function unpack(record: Uint8Array, size: number): Promise<Uint8Array> {
  return decompress(record, size, codecs, "a.root: record");
}

test.each(["ZL", "CS", "L4", "XZ", "ZS"])("a block of %s, and two of them", async (algorithm) => {
  const one = blocks[algorithm];
  expect(Buffer.from(await unpack(one, TEXT.length)).equals(TEXT)).toBe(true);
  const two = await unpack(Buffer.concat([one, one]), 2 * TEXT.length);
  expect(Buffer.from(two).equals(Buffer.concat([TEXT, TEXT]))).toBe(true);
});

// Deflate of files from before 2005 ("CS") has no checksum.
test.each(["ZL", "L4", "XZ", "ZS"])("every flipped bit of %s is found", async (algorithm) => {
  const good = blocks[algorithm];
  for (let bit = 8 * 3; bit < 8 * good.length; bit++) {
    const bad = Uint8Array.from(good);
    bad[bit >> 3] ^= 1 << (bit & 7);
    const result = await unpack(bad, TEXT.length).catch((error: Error) => error.message);
    // Some bits mean nothing: the rest of the last byte, zlib's level.
    if (typeof result === "string") expect(result).toMatch(/^a\.root: record: .*: the file is corrupt$/);
    else expect([bit, Buffer.from(result).equals(TEXT)]).toEqual([bit, true]);
  }
});

test.each([
  ["cut short", () => blocks["ZL"].subarray(0, 20), TEXT.length, "a block of 26 bytes does not fit in its record"],
  [
    "longer than its blocks",
    () => Buffer.concat([blocks["ZL"], Buffer.alloc(5)]),
    TEXT.length,
    "5 bytes are left after its last block",
  ],
  ["of another size", () => blocks["ZL"], 281, "its blocks give 280 bytes, expected 281"],
  ["of an unknown kind", () => block("QQ", TEXT), TEXT.length, 'unknown compression "QQ"'],
  [
    "with a wrong LZ4 checksum",
    () => block("L4", Buffer.alloc(30)),
    TEXT.length,
    "cannot decompress: LZ4 checksum mismatch",
  ],
])("a record %s is an error", async (_, record, size, message) => {
  await expect(unpack(record(), size)).rejects.toThrow(`a.root: record: ${message}`);
});

test.each([
  [0, "none"],
  [1, "zlib 1"],
  [101, "zlib 1"],
  [207, "lzma 7"],
  [404, "lz4 4"],
  [505, "zstd 5"],
  [500, "none"],
  [901, "algorithm 9 1"],
])("fCompress %i is %s", (setting, name) => {
  expect(compressionName(setting)).toBe(name);
});
