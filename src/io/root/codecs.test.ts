/** Compressed records: blocks one after the other, and what is wrong with them. */
import { expect, test } from "vitest";
import { compressionName, contentsOf, decompress, type RootCodecs } from "./codecs.js";
import { PLAIN_CODECS } from "./codecs.test-data.js";

/** Codecs that repeat the only byte of a block, each with a mark of its own added. */
const repeat = (mark: number) => (block: Uint8Array, size: number) => new Uint8Array(size).fill(block[0] + mark);
const codecs: RootCodecs = {
  ...{ zlib: repeat(1), deflate: repeat(2), lz4: repeat(3), zstd: repeat(5) },
  xz: async (block, size) => repeat(4)(block, size),
  xxhash64: (bytes) => BigInt(bytes.length) + 2n ** 63n,
};

/** A block: two letters, a version, compressed and uncompressed size in 3 bytes, the lowest first. */
function block(algorithm: string, bytes: readonly number[], size: number, compressed = bytes.length): number[] {
  const three = (n: number): number[] => [n & 255, (n >> 8) & 255, n >> 16];
  return [...new TextEncoder().encode(algorithm), 9, ...three(compressed), ...three(size), ...bytes];
}
const inflated = (record: readonly number[], size: number) =>
  decompress(Uint8Array.from(record), size, codecs, "a.root");

test("each algorithm by its two letters; LZ4 after its checksum; a promise only of a codec that gives one", async () => {
  expect(inflated(block("ZL", [10], 3), 3)).toEqual(Uint8Array.of(11, 11, 11));
  expect(inflated(block("CS", [10], 2), 2)).toEqual(Uint8Array.of(12, 12));
  expect(inflated(block("ZS", [10], 1), 1)).toEqual(Uint8Array.of(15));
  expect(inflated(block("L4", [128, 0, 0, 0, 0, 0, 0, 1, 10], 2), 2)).toEqual(Uint8Array.of(13, 13));
  const found = inflated(block("XZ", [10], 2), 2);
  expect(found).toBeInstanceOf(Promise);
  expect(await found).toEqual(Uint8Array.of(14, 14));
});

test("blocks fill the record one after the other; sizes have three bytes", async () => {
  const record = [...block("ZL", [10], 2), ...block("XZ", [20, 0], 3), ...block("ZS", [30], 1)];
  expect(await inflated(record, 6)).toEqual(Uint8Array.of(11, 11, 24, 24, 24, 35));
  const large = (await inflated(block("ZL", [1], 0x030201), 0x030201)) as Uint8Array;
  expect([large.length, large[0x030200]]).toEqual([0x030201, 2]);
  const long = Array.from({ length: 0x010203 }, () => 6);
  expect(await inflated([...block("ZL", long, 1), ...block("ZL", [1], 1)], 2)).toEqual(Uint8Array.of(7, 2));
});

test.each<[string, readonly number[], number, string]>([
  ["blocks of fewer bytes", block("ZL", [1], 3), 4, "its blocks give 3 bytes, expected 4"],
  ["an unknown algorithm", block("QQ", [1], 3), 3, 'unknown compression "QQ"'],
  ["bytes behind the last block", [...block("ZL", [1], 3), 1, 2], 3, "2 bytes are left after its last block"],
  ["a block that is cut off", block("ZL", [1], 3, 2), 3, "a block of 2 bytes does not fit in its record"],
  ["another checksum", block("L4", [128, 0, 0, 0, 0, 0, 0, 2, 10], 2), 2, "cannot decompress: LZ4 checksum mismatch"],
  ["an LZ4 block without a checksum", block("L4", [1, 2, 3, 4, 5, 6, 7], 2), 2, "cannot decompress: an LZ4 block of 7 bytes"],
])("corrupt: %s", (_, record, size, message) => {
  expect(() => inflated(record, size)).toThrow(`a.root: ${message}: the file is corrupt`);
}); // prettier-ignore

test("a codec that fails, or gives other bytes, is told with its place, at once or later", async () => {
  const of = (zlib: RootCodecs["zlib"]) => decompress(Uint8Array.from(block("ZL", [1], 3)), 3, { ...PLAIN_CODECS, zlib }, () => "b.root");
  expect(() => of(() => { throw new Error("no Huffman code"); })).toThrow("b.root: cannot decompress: no Huffman code: the file is corrupt");
  expect(() => of(() => new Uint8Array(2))).toThrow("b.root: a ZL block gives 2 bytes, expected 3");
  await expect(of(async () => { throw new Error("late"); })).rejects.toThrow("b.root: cannot decompress: late: the file");
  await expect(of(async () => new Uint8Array(4))).rejects.toThrow("b.root: a ZL block gives 4 bytes, expected 3");
}); // prettier-ignore

test("a record is compressed when its object has more bytes than are stored", async () => {
  const record = Uint8Array.from([0, 0, ...block("ZL", [4], 20), 99]);
  const key = { bytes: record.length - 1, keyBytes: 2 };
  expect(await contentsOf(record, { ...key, objectBytes: 20 }, codecs, "a.root")).toEqual(new Uint8Array(20).fill(5));
  const plain = Uint8Array.of(0, 0, 7, 8, 9, 99);
  for (const [objectBytes, want] of [[3, [7, 8, 9]], [2, [7, 8]], [0, []]] as const)
    expect(contentsOf(plain, { bytes: 5, keyBytes: 2, objectBytes }, codecs, "a.root")).toEqual(Uint8Array.from(want));
}); // prettier-ignore

test("names of compression: the algorithm's hundreds and the level", () => {
  const names = [-1, 0, 1, 9, 100, 101, 207, 301, 404, 505, 609, 500].map(compressionName);
  expect(names).toEqual(["none", "none", "zlib 1", "zlib 9", "none", "zlib 1", "lzma 7", "deflate 1", "lz4 4", "zstd 5", "algorithm 6 9", "none"]);
}); // prettier-ignore
