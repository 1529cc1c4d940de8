import { FormatError } from "../../core/index.js";
import { type SwapBytes } from "./swap.js";
import { SCALARS, type Scalar, type ScalarArray } from "./scalars.js";
import { bytesOf, copyBytes, littleEndian, toNative } from "./swap.js";

/** No array of a column has more bytes. */
const MOST_BYTES = 0x7fffffff;
/** Sizes that a file says are believed up to here; beyond, arrays grow as their values come. */
const BELIEVED_BYTES = 0x8000000;
/** Values are swapped when there are this many bytes of them: one call for many, while they are in the cache. */
const SWAPPED_BYTES = 0x40000;
/** Additions of this many bytes are swapped on the way. */
const SWAPPED_ALONE = 1024;

export interface ColumnContext {
  /** Names file, tree and branch in errors. */
  readonly what: string;
  readonly swap?: SwapBytes | undefined;
}

/** The values of a column while they are collected from big-endian bytes; its memory is used again after `start`. */
export class Values {
  readonly #scalar: Scalar;
  readonly #what: string;
  readonly #size: number;
  #array: ScalarArray;
  #bytes: Uint8Array;
  /** Bytes so far, and how many of them are in this machine's order. */
  #filled = 0;
  #native = 0;

  readonly #swap: SwapBytes | undefined;

  constructor(scalar: Scalar, { what, swap }: ColumnContext) {
    this.#swap = littleEndian ? swap : undefined;
    this.#scalar = scalar;
    this.#what = what;
    this.#size = SCALARS[scalar].bytes;
    this.#array = SCALARS[scalar].create(0);
    this.#bytes = bytesOf(this.#array);
  }

  /** Forgets the values. `bytes`: about how many will come. */
  start(bytes: number): void {
    this.#filled = 0;
    this.#native = 0;
    const believed = Math.min(bytes, BELIEVED_BYTES);
    if (believed > this.#bytes.length) this.#allocate(believed);
  }

  /** Values so far. */
  get length(): number {
    return this.#filled / this.#size;
  }

  /** Adds n bytes: whole values. */
  add(from: Uint8Array, start: number, n: number): void {
    const end = this.#filled + n;
    if (end > this.#bytes.length) this.#grow(end);
    const size = this.#size;
    if (this.#swap !== undefined && n >= SWAPPED_ALONE && size > 1) {
      this.#settle();
      this.#swap(from, start, n, this.#bytes, this.#filled, size as 2 | 4 | 8);
      this.#filled = end;
      this.#native = end;
      return;
    }
    copyBytes(from, start, n, this.#bytes, this.#filled);
    this.#filled = end;
    if (end - this.#native >= SWAPPED_BYTES) this.#settle();
  }

  finish(): ScalarArray {
    this.#settle();
    return this.#array.subarray(0, this.length);
  }

  /** Brings what was added into this machine's byte order. */
  #settle(): void {
    if (this.#native === this.#filled) return;
    toNative(this.#array.subarray(this.#native / this.#size, this.length), this.#swap);
    this.#native = this.#filled;
  }

  #grow(needed: number): void {
    if (needed > MOST_BYTES)
      throw new FormatError(`${this.#what}: more than 2 GB of values: read fewer entries at once`);
    const before = this.#bytes.subarray(0, this.#filled);
    this.#allocate(Math.min(2 * needed, MOST_BYTES));
    this.#bytes.set(before);
  }

  #allocate(bytes: number): void {
    this.#array = SCALARS[this.#scalar].create(Math.ceil(bytes / this.#size));
    this.#bytes = bytesOf(this.#array);
  }
}
