import { FormatError } from "../../core/index.js";
import { readU32 } from "./swap.js";

const text = new TextDecoder();

/** Where something is in a file, for errors; a function where it is seldom needed, and costs time to put together. */
export type Place = string | (() => string);

export function placeName(what: Place): string {
  return typeof what === "string" ? what : what();
}

/** Reads the big-endian fields of a ROOT record in order. Reading past its end is a FormatError that names `what`. */
export class Cursor {
  readonly bytes: Uint8Array;
  readonly what: Place;
  at: number;

  constructor(bytes: Uint8Array, what: Place, at = 0) {
    this.bytes = bytes;
    this.what = what;
    this.at = at;
  }

  /** Moves on by n bytes and returns where they start. */
  skip(n: number): number {
    const at = this.at;
    if (n < 0 || at + n > this.bytes.length) {
      throw new FormatError(
        `${placeName(this.what)}: bytes ${at} to ${at + n} of a record of ${this.bytes.length} are needed: the file is corrupt`,
      );
    }
    this.at = at + n;
    return at;
  }

  u8(): number {
    return this.bytes[this.skip(1)];
  }

  i16(): number {
    return (this.u16() << 16) >> 16;
  }

  u16(): number {
    const at = this.skip(2);
    return (this.bytes[at] << 8) | this.bytes[at + 1];
  }

  i32(): number {
    return this.u32() | 0;
  }

  u32(): number {
    return readU32(this.bytes, this.skip(4));
  }

  /** A 64-bit position or count. One above 2^53 exists in no file: it is a FormatError. */
  u64(): number {
    const at = this.skip(8);
    const value = readU32(this.bytes, at) * 2 ** 32 + readU32(this.bytes, at + 4);
    if (!Number.isSafeInteger(value))
      throw new FormatError(`${placeName(this.what)}: position or count ${value}: the file is corrupt`);
    return value;
  }

  /** A TString or std::string: a length of one byte, or of four after a byte 255, and its characters. */
  string(): string {
    const at = this.skipString();
    return text.decode(this.bytes.subarray(at, this.at));
  }

  /** Moves on behind a string and returns where its characters start. */
  skipString(): number {
    const short = this.u8();
    return this.skip(short === 255 ? this.u32() : short);
  }
}
