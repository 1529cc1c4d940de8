import { FormatError } from "../../core/index.js";
import { type RootColumn } from "./column.js";
import { type Item } from "./layout.js";
import { SCALARS, type Scalar } from "./scalars.js";
import { readU32 } from "./swap.js";
import { type ColumnContext, Values } from "./values.js";

const text = new TextDecoder();

/** Decodes strings and containers of containers, entry by entry: at each level a number of items, then the items. */
export class NestedDecoder {
  readonly #item: Item;
  readonly #what: string;
  /** For each level of containers, outermost first, where its items end in the next level. */
  readonly #ends: number[][] = [];
  readonly #strings: string[] = [];
  /** Undefined for strings. */
  readonly #values: Values | undefined;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;

  constructor(item: Item, context: ColumnContext) {
    this.#item = item;
    this.#what = context.what;
    let leaf = item;
    for (; leaf.kind === "list"; leaf = leaf.item) this.#ends.push([0]);
    this.#values = leaf.kind === "scalar" ? new Values(leaf.scalar, context) : undefined;
  }

  /** An entry in bytes [start, end). */
  add(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    // A leaf of characters (TLeafC) writes nothing for an empty string.
    if (this.#item.kind === "string" && start === end) this.#strings.push("");
    else this.#read(this.#item, 0);
    if (this.#at !== end) throw this.#misfit(`${end - this.#at} bytes are left after an entry of ${end - start}`);
  }

  finish(): RootColumn {
    const [offsets, ...inner] = this.#ends.map((ends) => Int32Array.from(ends));
    const levels = { ...(offsets !== undefined && { offsets }), ...(inner.length > 0 && { inner }) };
    return { values: this.#values?.finish() ?? this.#strings, length: 1, ...levels };
  }

  #read(item: Item, level: number): void {
    if (item.kind === "string") {
      this.#strings.push(this.#string());
    } else if (item.kind === "list") {
      const items = readU32(this.#bytes, this.#skip(4));
      if (item.item.kind === "scalar") this.#copy(items, item.item.scalar);
      else for (let i = 0; i < items; i++) this.#read(item.item, level + 1);
      this.#ends[level].push(this.#filled(level + 1));
    }
  }

  /** Items of a level so far. */
  #filled(level: number): number {
    if (level < this.#ends.length) return this.#ends[level].length - 1;
    return this.#values?.length ?? this.#strings.length;
  }

  #copy(items: number, scalar: Scalar): void {
    const size = items * SCALARS[scalar].bytes;
    this.#values?.add(this.#bytes, this.#skip(size), size);
  }

  #string(): string {
    const short = this.#bytes[this.#skip(1)];
    const length = short === 255 ? readU32(this.#bytes, this.#skip(4)) : short;
    const at = this.#skip(length);
    return text.decode(this.#bytes.subarray(at, at + length));
  }

  #skip(n: number): number {
    const at = this.#at;
    if (at + n > this.#end) throw this.#misfit(`${n} bytes are needed, an entry has ${this.#end - at} left`);
    this.#at = at + n;
    return at;
  }

  #misfit(why: string): FormatError {
    return new FormatError(`${this.#what}: ${why}: the file is corrupt, or of a kind that is not supported`);
  }
}
