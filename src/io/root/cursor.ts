import { FormatError } from "../../core/index.js";

const text = new TextDecoder();

/** Reads the big-endian fields of a ROOT record in order. Reading past its end is a FormatError that names `what`. */
export class Cursor {
  readonly bytes: Uint8Array;
  readonly what: string;
  at: number;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, what: string, at = 0) {
    this.bytes = bytes;
    this.what = what;
    this.at = at;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Moves on by n bytes and returns where they start. */
  skip(n: number): number {
    const at = this.at;
    if (n < 0 || at + n > this.bytes.length) {
      throw new FormatError(
        `${this.what}: bytes ${at} to ${at + n} of a record of ${this.bytes.length} are needed: the file is corrupt`,
      );
    }
    this.at = at + n;
    return at;
  }

  u8(): number {
    return this.#view.getUint8(this.skip(1));
  }

  i16(): number {
    return this.#view.getInt16(this.skip(2));
  }

  u16(): number {
    return this.#view.getUint16(this.skip(2));
  }

  i32(): number {
    return this.#view.getInt32(this.skip(4));
  }

  u32(): number {
    return this.#view.getUint32(this.skip(4));
  }

  /** A 64-bit position or count. One above 2^53 exists in no file: it is a FormatError. */
  u64(): number {
    const value = Number(this.#view.getBigUint64(this.skip(8)));
    if (!Number.isSafeInteger(value))
      throw new FormatError(`${this.what}: position or count ${value}: the file is corrupt`);
    return value;
  }

  /** A TString or std::string: a length of one byte, or of four after a byte 255, and its characters. */
  string(): string {
    const short = this.u8();
    const length = short === 255 ? this.u32() : short;
    const at = this.skip(length);
    return text.decode(this.bytes.subarray(at, at + length));
  }
}
