import { FormatError } from "../../core/index.js";
import { type RootColumn } from "./column.js";
import { type Item } from "./layout.js";
import { SCALARS, type Scalar, type ScalarArray } from "./scalars.js";
import { bytesOf, copyBytes, readU32, toNative } from "./swap.js";

const text = new TextDecoder();

/** Decodes strings and containers of containers, entry by entry: at each level a number of items, then the items. */
export class NestedDecoder {
  readonly #item: Item;
  readonly #what: string;
  /** For each level of containers, outermost first, where its items end in the next level. */
  readonly #ends: number[][] = [];
  readonly #scalar: Scalar | undefined;
  readonly #strings: string[] = [];
  #values: ScalarArray;
  #count = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;

  constructor(item: Item, what: string) {
    this.#item = item;
    this.#what = what;
    let leaf = item;
    for (; leaf.kind === "list"; leaf = leaf.item) this.#ends.push([0]);
    this.#scalar = leaf.kind === "scalar" ? leaf.scalar : undefined;
    this.#values = SCALARS[this.#scalar ?? "bool"].create(1024);
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
    if (this.#scalar === undefined) return { values: this.#strings, length: 1, ...levels };
    const values = this.#values.slice(0, this.#count);
    toNative(values);
    return { values, length: 1, ...levels };
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
    return this.#scalar === undefined ? this.#strings.length : this.#count;
  }

  #copy(items: number, scalar: Scalar): void {
    const size = items * SCALARS[scalar].bytes;
    const at = this.#skip(size);
    if (this.#count + items > this.#values.length) {
      const grown = SCALARS[scalar].create(2 * (this.#count + items));
      bytesOf(grown).set(bytesOf(this.#values));
      this.#values = grown;
    }
    copyBytes(this.#bytes, at, size, bytesOf(this.#values), this.#count * SCALARS[scalar].bytes);
    this.#count += items;
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
