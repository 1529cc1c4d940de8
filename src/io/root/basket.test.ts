/** Records of baskets by hand: where entries begin, and what is no basket of the branch. */
import { expect, test } from "vitest";
import { memorySource } from "../source.js";
import { readBasket } from "./basket.js";
import { type RootCodecs } from "./codecs.js";
import { PLAIN_CODECS } from "./codecs.test-data.js";
import { type Layout } from "./layout.js";
import { type BasketRef, type RootBranch, type RootTree } from "./tree.js";

const FIXED: Layout = { kind: "fixed", scalar: "int8", length: 1 };
const COUNTED: Layout = { kind: "counted", scalar: "int8", length: 1, skip: 0 };
const tree = (codecs: RootCodecs): RootTree => ({ source: memorySource("a.root", new Uint8Array(0)), codecs, path: "t", title: "", entries: 9, uncompressedBytes: 0, compressedBytes: 0, branches: [] }); // prettier-ignore
const branchOf = (layout: Layout): RootBranch => ({ name: "x", path: "x", typeName: "", layout, entries: 9, uncompressedBytes: 0, compressedBytes: 0, compression: "none", baskets: [] }); // prettier-ignore

interface Made {
  readonly contents: readonly number[];
  readonly entries?: number;
  /** Bytes of the entries; the offsets follow. */
  readonly size?: number;
  readonly className?: string;
  readonly objectBytes?: number;
  readonly bytes?: number;
  readonly flags?: number;
}

/** Bytes of the key: numbers (26 bytes), three texts, and the basket's own head. */
const u32 = (n: number): number[] => [(n >> 24) & 255, (n >> 16) & 255, (n >> 8) & 255, n & 255];
const text = (word: string): number[] => [word.length, ...new TextEncoder().encode(word)];

function recordOf({ contents, entries = 2, size = contents.length, className = "TBasket", flags, ...other }: Made): Uint8Array {
  const texts = [...text(className), ...text("x"), ...text("t")];
  // Version and buffer size, entry size or its negative with a byte of flags, entries, last byte, an unused flag.
  const keyBytes = 26 + texts.length + 6 + 4 + (flags === undefined ? 0 : 1) + 8 + 1;
  const { objectBytes = contents.length, bytes = keyBytes + contents.length } = other;
  const head = [...u32(bytes), 0, 4, ...u32(objectBytes), 0, 0, 0, 0, 0, keyBytes, 0, 1, ...u32(500), ...u32(100), ...texts];
  const entrySize = flags === undefined ? u32(1000) : [...u32(-1000), flags];
  return Uint8Array.from([...head, 0, 3, ...u32(32000), ...entrySize, ...u32(entries), ...u32(keyBytes + size), 0, ...contents]);
} // prettier-ignore

const KEY = 26 + 8 + 2 + 2 + 19;
const REF = { first: 5, entries: 2, range: { start: 0, end: 0 } };
const read = (made: Made, layout: Layout = FIXED, { codecs = PLAIN_CODECS, ref = REF as BasketRef } = {}) =>
  readBasket(tree(codecs), branchOf(layout), ref, recordOf(made));

test("entries of one size have no offsets; the bytes are those behind the key", () => {
  expect(read({ contents: [7, 8] })).toEqual({ first: 5, entries: 2, bytes: Uint8Array.of(7, 8), offsets: undefined });
  // A byte of flags that says nothing, or of entries of one size, changes nothing.
  expect(read({ contents: [7, 8], flags: 0 })).toMatchObject({ bytes: Uint8Array.of(7, 8) });
  expect(read({ contents: [7, 8], flags: 1 })).toMatchObject({ bytes: Uint8Array.of(7, 8) });
});

test("offsets follow the entries, counted from the key on; their number may be that of the entries, or one more", () => {
  for (const stored of [2, 3]) {
    const contents = [7, 8, 9, ...u32(stored), ...u32(KEY), ...u32(KEY + 1), ...u32(0)];
    expect(read({ contents, size: 3 }, COUNTED)).toEqual({ first: 5, entries: 2, bytes: Uint8Array.of(7, 8, 9), offsets: Int32Array.of(0, 1, 3) });
  }
  // A single entry needs none.
  const one = read({ contents: [7, 8, 9], entries: 1 }, COUNTED, { ref: { ...REF, entries: 1 } });
  expect(one).toMatchObject({ offsets: Int32Array.of(0, 3) });
}); // prettier-ignore

test("compressed baskets, at once or by a promise", async () => {
  const block = [90, 76, 8, 1, 0, 0, 14, 0, 0, 9];
  const zlib = (bytes: Uint8Array, size: number): Uint8Array => new Uint8Array(size).fill(bytes[0]);
  expect(read({ contents: block, objectBytes: 14, size: 14 }, FIXED, { codecs: { ...PLAIN_CODECS, zlib } })).toMatchObject({ bytes: new Uint8Array(14).fill(9) });
  // More than the entries need.
  const codecs = { ...PLAIN_CODECS, zlib: async (bytes: Uint8Array, size: number) => zlib(bytes, size) };
  const late = read({ contents: [90, 76, 8, 1, 0, 0, 24, 0, 0, 9], objectBytes: 24, size: 24 }, FIXED, { codecs });
  expect(late).toBeInstanceOf(Promise);
  expect((await late).bytes).toHaveLength(24);
}); // prettier-ignore

const offsets = (stored: number, ...each: readonly number[]): Made => ({
  contents: [7, 8, 9, ...u32(stored), ...each.flatMap(u32), ...u32(0)],
  size: 3,
});
test.each<[string, Made, Layout, string]>([
  ["another class", { contents: [7, 8], className: "TBaskes" }, FIXED, 'a record of class "TBaskes" with 2 entries'],
  ["a longer name of the class", { contents: [7, 8], className: "TBasketX" }, FIXED, 'a record of class "TBasketX" with 2 entries'],
  ["other entries", { contents: [7, 8], entries: 3 }, FIXED, 'a record of class "TBasket" with 3 entries'],
  ["other bytes", { contents: [7, 8], bytes: 58 }, FIXED, "and 58 bytes, expected a basket with 2 entries and 59 bytes"],
  ["an end before the key's", { contents: [7, 8], size: -1 }, FIXED, 'a record of class "TBasket"'],
  ["offsets that must be made up", { contents: [7, 8], flags: 1 }, COUNTED, "a basket without entry offsets (TIOFeatures kGenerateOffsetMap)"],
  ["fewer bytes than it says", { contents: [7, 8], size: 3 }, FIXED, "2 bytes, expected 3: the file is corrupt"],
  ["no offsets", { contents: [7, 8] }, COUNTED, "a basket without entry offsets cannot be decoded"],
  ["too few offsets", offsets(1, KEY, KEY + 1), COUNTED, "1 entry offsets, expected 3"],
  ["too many offsets", offsets(4, KEY, KEY + 1), COUNTED, "4 entry offsets, expected 3"],
  ["offsets that begin late", offsets(3, KEY + 1, KEY + 1), COUNTED, "the offsets of its entries are not in order"],
  ["offsets that go back", offsets(3, KEY, KEY - 1), COUNTED, "the offsets of its entries are not in order"],
  ["offsets beyond the end", offsets(3, KEY, KEY + 4), COUNTED, "the offsets of its entries are not in order"],
])("corrupt: %s", (_, made, layout, message) => {
  expect(() => read(made, layout)).toThrow(message);
  expect(() => read(made, layout)).toThrow('a.root: branch "x" in tree "t", entries 5 to 7: ');
}); // prettier-ignore

test("a basket of the tree's record is as it is there, if its offsets are in order", () => {
  const of = (own: Int32Array | undefined, layout: Layout = COUNTED) =>
    readBasket(tree(PLAIN_CODECS), branchOf(layout), { first: 5, entries: 2, embedded: { bytes: Uint8Array.of(1, 2), offsets: own } }, undefined);
  expect(of(Int32Array.of(0, 1, 2))).toEqual({ first: 5, entries: 2, bytes: Uint8Array.of(1, 2), offsets: Int32Array.of(0, 1, 2) });
  expect(of(Int32Array.of(0, 0, 2))).toMatchObject({ offsets: Int32Array.of(0, 0, 2) });
  expect(of(undefined, FIXED)).toMatchObject({ offsets: undefined });
  expect(() => of(undefined)).toThrow("a basket without entry offsets cannot be decoded");
  expect(() => readBasket(tree(PLAIN_CODECS), branchOf(FIXED), REF, undefined)).toThrow("its bytes were not fetched");
}); // prettier-ignore
