/** A basket's record -> the bytes of its entries and where each of them starts. */
import { FormatError } from "../../core/index.js";
import { contentsOf } from "./codecs.js";
import { Cursor } from "./cursor.js";
import { readKey, readKeyNumbers } from "./key.js";
import { readU32 } from "./swap.js";
import { type BasketRef, type RootBranch, type RootTree, nameOf } from "./tree.js";

export interface Basket {
  readonly first: number;
  readonly entries: number;
  /** The bytes of its entries, one after the other. */
  readonly bytes: Uint8Array;
  /** Entry i has bytes [offsets[i], offsets[i + 1]). Undefined only for layout "fixed": all have the same size. */
  readonly offsets: Int32Array | undefined;
}

/** Interprets and decompresses a basket; `record` holds the bytes of `ref.range`. A promise when the codec gives one. */
export function readBasket(
  tree: RootTree,
  branch: RootBranch,
  ref: BasketRef,
  record: Uint8Array | undefined,
): Basket | Promise<Basket> {
  const what = (): string => `${nameOf(tree, branch)}, entries ${ref.first} to ${ref.first + ref.entries}`;
  const { first, entries } = ref;
  if (ref.embedded !== undefined) {
    const { bytes } = ref.embedded;
    return { first, entries, bytes, offsets: checkOffsets(ref.embedded.offsets, branch, entries, bytes.length, what) };
  }
  if (record === undefined) throw new Error(`${what()}: its bytes were not fetched`);
  const cursor = new Cursor(record, what);
  const key = readKeyNumbers(cursor);
  const isBasket = isClassOfBaskets(record, cursor.skipString());
  cursor.skipString(); // its branch
  cursor.skipString(); // its tree
  cursor.skip(2 + 4); // version, size of the buffer
  // Negative: a byte of flags follows. Its first bit: sizes instead of offsets, or neither.
  const generated = cursor.i32() < 0 && (cursor.u8() & 1) === 1 && branch.layout.kind !== "fixed";
  const held = cursor.i32();
  const size = cursor.i32() - key.keyBytes;
  if (key.bytes !== record.length || !isBasket || held !== entries || size < 0) {
    const { className } = readKey(new Cursor(record, what));
    throw new FormatError(
      `${what()}: a record of class "${className}" with ${held} entries and ${key.bytes} bytes, ` +
        `expected a basket with ${entries} entries and ${record.length} bytes: the file is corrupt`,
    );
  }
  if (generated) {
    throw new FormatError(
      `${what()}: a basket without entry offsets (TIOFeatures kGenerateOffsetMap) cannot be decoded`,
    );
  }
  const contents = contentsOf(record, key, tree.codecs, what);
  const sizes = { size, keyBytes: key.keyBytes };
  return contents instanceof Uint8Array
    ? basketOf(contents, branch, ref, sizes, what)
    : contents.then((bytes) => basketOf(bytes, branch, ref, sizes, what));
}

function basketOf(
  contents: Uint8Array,
  branch: RootBranch,
  { first, entries }: BasketRef,
  { size, keyBytes }: { readonly size: number; readonly keyBytes: number },
  what: () => string,
): Basket {
  if (size > contents.length)
    throw new FormatError(`${what()}: ${contents.length} bytes, expected ${size}: the file is corrupt`);
  // Views of a plain array are made faster than those of Node's Buffer.
  const bytes = new Uint8Array(contents.buffer, contents.byteOffset, size);
  const offsets = size < contents.length ? readOffsets(contents, size, entries, keyBytes, what) : undefined;
  return { first, entries, bytes, offsets: checkOffsets(offsets, branch, entries, size, what) };
}

const TBASKET = new TextEncoder().encode("\u0007TBasket");

/** Whether the characters from `at` on, and the length before them, are "TBasket": faster than decoding a text. */
function isClassOfBaskets(record: Uint8Array, at: number): boolean {
  return TBASKET.every((byte, i) => record[at - 1 + i] === byte);
}

/** After the entries: their number + 1, their offsets from the start of the key, and an unused one. */
function readOffsets(
  contents: Uint8Array,
  size: number,
  entries: number,
  keyBytes: number,
  what: () => string,
): Int32Array {
  const cursor = new Cursor(contents, what, size);
  const stored = cursor.u32();
  if (stored !== entries + 1 && stored !== entries) {
    throw new FormatError(`${what()}: ${stored} entry offsets, expected ${entries + 1}: the file is corrupt`);
  }
  const at = cursor.skip(4 * entries);
  const offsets = new Int32Array(entries + 1);
  for (let i = 0; i < entries; i++) offsets[i] = (readU32(contents, at + 4 * i) | 0) - keyBytes;
  offsets[entries] = size;
  return offsets;
}

function checkOffsets(
  offsets: Int32Array | undefined,
  branch: RootBranch,
  entries: number,
  size: number,
  what: () => string,
): Int32Array | undefined {
  if (offsets === undefined) {
    if (branch.layout.kind === "fixed") return undefined;
    if (entries === 1) return Int32Array.of(0, size);
    throw new FormatError(`${what()}: a basket without entry offsets cannot be decoded`);
  }
  let ordered = offsets[0] === 0;
  for (let i = 1; i < offsets.length; i++) ordered &&= offsets[i] >= offsets[i - 1];
  if (ordered) return offsets;
  throw new FormatError(`${what()}: the offsets of its entries are not in order: the file is corrupt`);
}
