const text = new TextEncoder();

/** A growing record of big-endian fields. */
export class ByteBuilder {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #length = 0;

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  /** The bytes so far; valid until the next write. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** The memory, for writing at a position returned by `skip`; valid until the next write. */
  get view(): DataView {
    return this.#view;
  }

  /** Makes room for n bytes, zero or left from before `clear`, and returns where they start. */
  skip(n: number): number {
    const at = this.#length;
    this.#length += n;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length));
      grown.set(this.#bytes.subarray(0, at));
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return at;
  }

  clear(): void {
    this.#length = 0;
  }

  u8(value: number): void {
    const at = this.skip(1);
    this.#view.setUint8(at, value);
  }

  u16(value: number): void {
    const at = this.skip(2);
    this.#view.setUint16(at, value);
  }

  u32(value: number): void {
    const at = this.skip(4);
    this.#view.setUint32(at, value);
  }

  u64(value: number): void {
    const at = this.skip(8);
    this.#view.setBigInt64(at, BigInt(value));
  }

  f32(value: number): void {
    const at = this.skip(4);
    this.#view.setFloat32(at, value);
  }

  f64(value: number): void {
    const at = this.skip(8);
    this.#view.setFloat64(at, value);
  }

  append(bytes: Uint8Array): void {
    const at = this.skip(bytes.length);
    this.#bytes.set(bytes, at);
  }

  /** A TString. */
  string(value: string): void {
    const bytes = text.encode(value);
    if (bytes.length < 255) this.u8(bytes.length);
    else {
      this.u8(255);
      this.u32(bytes.length);
    }
    this.append(bytes);
  }

  /** Characters up to a zero byte. */
  characters(value: string): void {
    this.append(text.encode(value));
    this.u8(0);
  }
}
