/** Baskets -> typed arrays. Every byte of every entry is accounted for, or the branch is an error. */
import { FormatError } from "../../core/index.js";
import { type Basket } from "./basket.js";
import { type RootColumn } from "./column.js";
import { type Item, type Layout } from "./layout.js";
import { NestedDecoder } from "./nested.js";
import { SCALARS, type Scalar } from "./scalars.js";
import { readU32 } from "./swap.js";
import { type ColumnContext, Values } from "./values.js";

/** Entries [from, to) of a basket, counted from its first. */
export interface Piece {
  readonly basket: Basket;
  readonly from: number;
  readonly to: number;
}

/** Decodes column after column. */
export interface ColumnDecoder {
  /** Begins a column of `entries` entries in about `bytes` bytes, in the memory of the one before. */
  start(entries: number, bytes: number): void;
  /** Takes pieces that follow each other. */
  add(piece: Piece): void;
  finish(): RootColumn;
}

export function createDecoder(layout: Layout, context: ColumnContext): ColumnDecoder {
  switch (layout.kind) {
    case "fixed":
      return new FixedDecoder(layout.scalar, layout.length, context);
    case "counted":
      return new JaggedDecoder(layout, context);
    case "list":
      if (layout.item.kind === "scalar") {
        const { scalar } = layout.item;
        return new JaggedDecoder({ kind: "list", scalar, length: 1, skip: LIST_HEADER }, context);
      }
      return nestedDecoder(layout, context);
    case "string":
      return nestedDecoder(layout, context);
    default:
      throw undecodable(layout, context.what);
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

class FixedDecoder implements ColumnDecoder {
  readonly #values: Values;
  readonly #length: number;
  readonly #size: number;
  readonly #what: string;

  constructor(scalar: Scalar, length: number, context: ColumnContext) {
    this.#size = SCALARS[scalar].bytes * length;
    this.#values = new Values(scalar, context);
    this.#length = length;
    this.#what = context.what;
  }

  start(entries: number): void {
    this.#values.start(entries * this.#size);
  }

  add({ basket: { bytes, entries, offsets }, from, to }: Piece): void {
    const size = this.#size;
    let fits = bytes.length === entries * size;
    if (offsets !== undefined) for (let i = from; i < to; i++) fits &&= offsets[i] === i * size;
    if (!fits) throw misfit(this.#what, `${entries} entries in ${bytes.length} bytes, expected ${size} each`);
    this.#values.add(bytes, from * size, (to - from) * size);
  }

  finish(): RootColumn {
    return { values: this.#values.finish(), length: this.#length };
  }
}

// Byte count (4), version (2), number of items (4).
const LIST_HEADER = 10;
const BYTE_COUNT = 0x40000000;
const MEMBERWISE = 0x4000;

/** `x[n]` and containers of numbers: after `skip` bytes, items of `length` values. */
interface Jagged {
  readonly kind: "counted" | "list";
  readonly scalar: Scalar;
  readonly length: number;
  readonly skip: number;
}

class JaggedDecoder implements ColumnDecoder {
  readonly #layout: Jagged;
  readonly #values: Values;
  readonly #itemBytes: number;
  readonly #what: string;
  #starts = new Int32Array(1);
  #at = 0;

  constructor(layout: Jagged, context: ColumnContext) {
    this.#layout = layout;
    this.#values = new Values(layout.scalar, context);
    this.#itemBytes = SCALARS[layout.scalar].bytes * layout.length;
    this.#what = context.what;
  }

  start(entries: number, bytes: number): void {
    this.#values.start(bytes);
    if (entries >= this.#starts.length) this.#starts = new Int32Array(entries + 1);
    this.#at = 0;
  }

  add({ basket, from, to }: Piece): void {
    const { bytes } = basket;
    const { kind, skip } = this.#layout;
    const offsets = offsetsOf(basket);
    for (let i = from; i < to; i++) {
      const start = offsets[i];
      const size = offsets[i + 1] - start;
      // An empty array has its flag byte, too.
      const items =
        kind === "list" ? listItems(bytes, start, start + size, this.#what) : (size - skip) / this.#itemBytes;
      if (!Number.isInteger(items) || items < 0 || skip + items * this.#itemBytes !== size) {
        throw misfit(
          this.#what,
          kind === "list"
            ? `an entry of ${size} bytes with ${items} items of ${this.#itemBytes} bytes`
            : `an entry of ${size} bytes, expected a multiple of ${this.#itemBytes}`,
        );
      }
      this.#values.add(bytes, start + skip, size - skip);
      this.#starts[this.#at + 1] = this.#starts[this.#at] + items;
      this.#at++;
    }
  }

  finish(): RootColumn {
    const offsets = this.#starts.subarray(0, this.#at + 1);
    return { values: this.#values.finish(), length: this.#layout.length, offsets };
  }
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

function nestedDecoder(layout: Extract<Layout, { kind: "list" | "string" }>, context: ColumnContext): ColumnDecoder {
  const item: Item = layout.kind === "list" ? layout : { kind: "string" };
  let decoder = new NestedDecoder(item, context);
  return {
    start() {
      decoder = new NestedDecoder(item, context);
    },
    add({ basket, from, to }) {
      const { bytes } = basket;
      const offsets = offsetsOf(basket);
      for (let i = from; i < to; i++) {
        const start = offsets[i];
        const end = offsets[i + 1];
        if (layout.kind === "list") listItems(bytes, start, end, context.what);
        // The number of items, like that of the containers inside, is the decoder's.
        decoder.add(bytes, start + (layout.kind === "list" ? LIST_HEADER - 4 : layout.skip), end);
      }
    },
    finish: () => decoder.finish(),
  };
}

function misfit(what: string, why: string): FormatError {
  return new FormatError(`${what}: ${why}: the file is corrupt, or of a kind that is not supported`);
}
