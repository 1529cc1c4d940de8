import { FormatError } from "../../core/index.js";
import { type SwapBytes } from "./codecs.js";
import { SCALARS, type Scalar, type ScalarArray } from "./scalars.js";
import { bytesOf, copyBytes, toNative } from "./swap.js";

/** No array of a column has more bytes. */
const MOST_BYTES = 0x7fffffff;
/** Sizes that a file says are believed up to here; beyond, arrays grow as their values come. */
const BELIEVED_BYTES = 0x8000000;

export interface ColumnContext {
  /** Names file, tree and branch in errors. */
  readonly what: string;
  readonly swap?: SwapBytes | undefined;
}

/** The values of a column while they are collected from big-endian bytes. */
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

  /** `bytes`: about how many will come. */
  constructor(scalar: Scalar, bytes: number, { what, swap }: ColumnContext) {
    this.#swap = swap;
    this.#scalar = scalar;
    this.#what = what;
    this.#size = SCALARS[scalar].bytes;
    this.#array = SCALARS[scalar].create(Math.ceil(Math.min(bytes, BELIEVED_BYTES) / this.#size));
    this.#bytes = bytesOf(this.#array);
  }

  /** Values so far. */
  get length(): number {
    return this.#filled / this.#size;
  }

  /** Adds n bytes: whole values. */
  add(from: Uint8Array, start: number, n: number): void {
    const end = this.#filled + n;
    if (end > this.#bytes.length) this.#grow(end);
    copyBytes(from, start, n, this.#bytes, this.#filled);
    this.#filled = end;
  }

  /** Brings what was added into this machine's byte order: best done while it is in the cache. */
  settle(): void {
    toNative(this.#array.subarray(this.#native / this.#size, this.length), this.#swap);
    this.#native = this.#filled;
  }

  finish(): ScalarArray {
    this.settle();
    return this.#array.subarray(0, this.length);
  }

  #grow(needed: number): void {
    if (needed > MOST_BYTES)
      throw new FormatError(`${this.#what}: more than 2 GB of values: read fewer entries at once`);
    const grown = SCALARS[this.#scalar].create(Math.ceil(Math.min(2 * needed, MOST_BYTES) / this.#size));
    bytesOf(grown).set(this.#bytes.subarray(0, this.#filled));
    this.#array = grown;
    this.#bytes = bytesOf(grown);
  }
}
