/** Baskets -> typed arrays. Every byte of every entry is accounted for, or the branch is an error. */
import { FormatError } from "../../core/index.js";
import { type Basket } from "./basket.js";
import { type RootColumn } from "./column.js";
import { type Item, type Layout } from "./layout.js";
import { NestedDecoder } from "./nested.js";
import { SCALARS, type Scalar } from "./scalars.js";
import { bytesOf, copyBytes, readU32, toNative } from "./swap.js";

/** Entries [from, to) of a basket, counted from its first. */
export interface Piece {
  readonly basket: Basket;
  readonly from: number;
  readonly to: number;
}

/** Decodes pieces that follow each other. `what` names file, tree and branch in errors. */
export function decodePieces(layout: Layout, pieces: readonly Piece[], what: string): RootColumn {
  switch (layout.kind) {
    case "fixed":
      return decodeFixed(layout.scalar, layout.length, pieces, what);
    case "counted":
      return decodeCounted(layout, pieces, what);
    case "list":
      return layout.item.kind === "scalar"
        ? decodeLists(layout.item.scalar, pieces, what)
        : decodeNested(layout, pieces, what);
    case "string":
      return decodeNested(layout, pieces, what);
    default:
      throw undecodable(layout, what);
  }
}

type Undecodable = Extract<Layout, { kind: "parent" | "unsupported" }>;

/** Throws a FormatError for a branch without data of its own or of a kind that is not supported. */
export function checkDecodable(layout: Layout, what: string): void {
  if (layout.kind === "parent" || layout.kind === "unsupported") throw undecodable(layout, what);
}

function undecodable(layout: Undecodable, what: string): FormatError {
  if (layout.kind === "parent") return new FormatError(`${what} holds no data itself: read the branches below it`);
  return new FormatError(`${what}: ${layout.reason} cannot be decoded`);
}

function offsetsOf({ offsets, entries }: Basket): Int32Array {
  if (offsets === undefined) throw new Error(`a basket of ${entries} entries of several sizes has no offsets`);
  return offsets;
}

function decodeFixed(scalar: Scalar, length: number, pieces: readonly Piece[], what: string): RootColumn {
  const size = SCALARS[scalar].bytes * length;
  let entries = 0;
  for (const { basket, from, to } of pieces) {
    let fits = basket.bytes.length === basket.entries * size;
    const { offsets } = basket;
    if (offsets !== undefined) for (let i = from; i < to; i++) fits &&= offsets[i] === i * size;
    if (!fits) throw misfit(what, `${basket.entries} entries in ${basket.bytes.length} bytes, expected ${size} each`);
    entries += to - from;
  }
  const values = SCALARS[scalar].create(entries * length);
  const target = bytesOf(values);
  let at = 0;
  for (const { basket, from, to } of pieces) {
    copyBytes(basket.bytes, from * size, (to - from) * size, target, at * size);
    at += to - from;
  }
  toNative(values);
  return { values, length };
}

function decodeCounted(
  { scalar, length, skip }: Extract<Layout, { kind: "counted" }>,
  pieces: readonly Piece[],
  what: string,
): RootColumn {
  const size = SCALARS[scalar].bytes * length;
  const starts = itemOffsets(pieces, what, (_bytes, start, end) => {
    const items = (end - start - skip) / size;
    // An empty array has its flag byte, too.
    if (!Number.isInteger(items) || items < 0)
      throw misfit(what, `an entry of ${end - start} bytes, expected a multiple of ${size}`);
    return items;
  });
  return gather(scalar, length, starts, pieces, skip);
}

// Byte count (4), version (2), number of items (4).
const LIST_HEADER = 10;
const BYTE_COUNT = 0x40000000;
const MEMBERWISE = 0x4000;

function decodeLists(scalar: Scalar, pieces: readonly Piece[], what: string): RootColumn {
  const size = SCALARS[scalar].bytes;
  const starts = itemOffsets(pieces, what, (bytes, start, end) => {
    const items = listItems(bytes, start, end, what);
    if (LIST_HEADER + items * size !== end - start)
      throw misfit(what, `an entry of ${end - start} bytes with ${items} items of ${size} bytes`);
    return items;
  });
  return gather(scalar, 1, starts, pieces, LIST_HEADER);
}

/** Checks the head of a streamed container and returns its number of items. */
function listItems(bytes: Uint8Array, start: number, end: number, what: string): number {
  const fits = end - start >= LIST_HEADER;
  if (!fits || readU32(bytes, start) !== ((end - start - 4) | BYTE_COUNT)) {
    throw misfit(what, `an entry of ${end - start} bytes is not a container of the size it says`);
  }
  if ((((bytes[start + 4] << 8) | bytes[start + 5]) & MEMBERWISE) !== 0) {
    throw new FormatError(`${what}: a container streamed member by member cannot be decoded`);
  }
  return readU32(bytes, start + 6);
}

type CountItems = (bytes: Uint8Array, start: number, end: number) => number;

/** The offsets of a jagged column, from the number of items in the bytes of each entry. */
function itemOffsets(pieces: readonly Piece[], what: string, count: CountItems): Int32Array {
  const entries = pieces.reduce((sum, { from, to }) => sum + to - from, 0);
  const starts = new Int32Array(entries + 1);
  let at = 0;
  let total = 0;
  for (const { basket, from, to } of pieces) {
    const offsets = offsetsOf(basket);
    for (let i = from; i < to; i++) {
      total += count(basket.bytes, offsets[i], offsets[i + 1]);
      starts[++at] = total;
    }
  }
  if (total > 0x7fffffff) throw new FormatError(`${what}: ${total} values in ${entries} entries: read fewer at once`);
  return starts;
}

/** Copies the items of every entry, which follow `skip` bytes. */
function gather(
  scalar: Scalar,
  length: number,
  starts: Int32Array,
  pieces: readonly Piece[],
  skip: number,
): RootColumn {
  const bytesPerItem = SCALARS[scalar].bytes * length;
  const values = SCALARS[scalar].create(starts[starts.length - 1] * length);
  const target = bytesOf(values);
  let at = 0;
  for (const { basket, from, to } of pieces) {
    const offsets = offsetsOf(basket);
    for (let i = from; i < to; i++, at++) {
      const bytes = (starts[at + 1] - starts[at]) * bytesPerItem;
      copyBytes(basket.bytes, offsets[i] + skip, bytes, target, starts[at] * bytesPerItem);
    }
  }
  toNative(values);
  return { values, length, offsets: starts };
}

function decodeNested(
  layout: Extract<Layout, { kind: "list" | "string" }>,
  pieces: readonly Piece[],
  what: string,
): RootColumn {
  const item: Item = layout.kind === "list" ? layout : { kind: "string" };
  const decoder = new NestedDecoder(item, what);
  for (const { basket, from, to } of pieces) {
    const { bytes } = basket;
    const offsets = offsetsOf(basket);
    for (let i = from; i < to; i++) {
      const start = offsets[i];
      const end = offsets[i + 1];
      if (layout.kind === "list") listItems(bytes, start, end, what);
      // The number of items, like that of the containers inside, is the decoder's.
      decoder.add(bytes, start + (layout.kind === "list" ? LIST_HEADER - 4 : layout.skip), end);
    }
  }
  return decoder.finish();
}

function misfit(what: string, why: string): FormatError {
  return new FormatError(`${what}: ${why}: the file is corrupt, or of a kind that is not supported`);
}
