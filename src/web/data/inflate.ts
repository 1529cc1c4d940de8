/** Decompresses gzip without waiting, which DecompressionStream cannot. Formats: RFC 1952 (gzip), RFC 1951 (deflate). */

/** Bits of a block, least significant first. */
class BitReader {
  readonly #bytes: Uint8Array;
  /** The next byte. */
  at: number;
  #bits = 0;
  #count = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  #fill(n: number): void {
    while (this.#count < n) {
      // Past the end there are zeros; `atEnd` tells.
      this.#bits |= (this.#bytes[this.at++] ?? 0) << this.#count;
      this.#count += 8;
    }
    if (this.at > this.#bytes.length + 4) throw new Error("gzip: the data end too early");
  }

  /** At most 16. */
  read(n: number): number {
    this.#fill(n);
    const value = this.#bits & ((1 << n) - 1);
    this.#bits >>>= n;
    this.#count -= n;
    return value;
  }

  /** A symbol of a code: its table is indexed by the next bits and holds symbol * 16 + length. */
  symbol({ table, most }: Code): number {
    this.#fill(most);
    const entry = table[this.#bits & ((1 << most) - 1)];
    const length = entry & 15;
    if (length === 0) throw new Error("gzip: bits that are no symbol");
    this.#bits >>>= length;
    this.#count -= length;
    return entry >> 4;
  }

  /** Goes on at the next whole byte. */
  align(): void {
    this.at -= this.#count >> 3;
    this.#bits = 0;
    this.#count = 0;
  }
}

interface Code {
  readonly table: Uint16Array;
  /** Length of the longest symbol [bits]. */
  readonly most: number;
}

/** The prefix code of symbols with these lengths; 0: the symbol does not occur. */
function createCode(lengths: Uint8Array): Code {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  const most = Math.max(
    1,
    counts.findLastIndex((n) => n > 0),
  );
  const next = new Uint16Array(17);
  for (let length = 1; length < 16; length++) next[length + 1] = (next[length] + counts[length]) << 1;
  const table = new Uint16Array(1 << most);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    // Codes are stored from their most significant bit on, unlike everything else.
    let reversed = 0;
    for (let bit = 0, code = next[length]++; bit < length; bit++, code >>= 1) reversed = (reversed << 1) | (code & 1);
    for (let k = reversed; k < table.length; k += 1 << length) table[k] = (symbol << 4) | length;
  }
  return { table, most };
}

const FIXED_LITERALS = createCode(
  Uint8Array.from({ length: 288 }, (_, k) => (k < 144 ? 8 : k < 256 ? 9 : k < 280 ? 7 : 8)),
);
const FIXED_DISTANCES = createCode(new Uint8Array(30).fill(5));
/** In which order the lengths of the code of lengths are stored. */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function readCodes(bits: BitReader): readonly [literals: Code, distances: Code] {
  const literals = bits.read(5) + 257;
  const distances = bits.read(5) + 1;
  const ofLengths = new Uint8Array(19);
  const n = bits.read(4) + 4;
  for (let k = 0; k < n; k++) ofLengths[LENGTH_ORDER[k]] = bits.read(3);
  const code = createCode(ofLengths);
  const lengths = new Uint8Array(literals + distances);
  for (let at = 0; at < lengths.length;) {
    const symbol = bits.symbol(code);
    if (symbol < 16) {
      lengths[at++] = symbol;
      continue;
    }
    const value = symbol === 16 ? lengths[at - 1] : 0;
    const times = symbol === 16 ? 3 + bits.read(2) : symbol === 17 ? 3 + bits.read(3) : 11 + bits.read(7);
    if (value === undefined || at + times > lengths.length) throw new Error("gzip: lengths of a code do not fit");
    lengths.fill(value, at, (at += times));
  }
  return [createCode(lengths.subarray(0, literals)), createCode(lengths.subarray(literals))];
}

/** Length of the match of symbol 257 + k, and distance of symbol k: each range is twice as wide as the one before. */
function readLength(bits: BitReader, k: number): number {
  if (k > 28) throw new Error("gzip: bits that are no symbol");
  if (k === 28) return 258;
  const extra = k < 8 ? 0 : (k >> 2) - 1;
  return 3 + (k < 8 ? k : (4 + (k & 3)) << extra) + bits.read(extra);
}
function readDistance(bits: BitReader, k: number): number {
  const extra = k < 4 ? 0 : (k >> 1) - 1;
  return 1 + (k < 4 ? k : (2 + (k & 1)) << extra) + bits.read(extra);
}

/** Inflates into `out` from `to` on; returns where the next byte would go. */
function inflate(bits: BitReader, bytes: Uint8Array, out: Uint8Array, to: number): number {
  for (let last = 0; last === 0;) {
    last = bits.read(1);
    const kind = bits.read(2);
    if (kind === 3) throw new Error("gzip: a block of an unknown kind");
    if (kind === 0) {
      bits.align();
      const length = bytes[bits.at] | (bytes[bits.at + 1] << 8);
      const start = bits.at + 4;
      if (!(start + length <= bytes.length)) throw new Error("gzip: the data end too early");
      if (to + length > out.length) throw new Error(`gzip: more than the ${out.length} bytes that were announced`);
      out.set(bytes.subarray(start, start + length), to);
      to += length;
      bits.at = start + length;
      continue;
    }
    const [literals, distances] = kind === 1 ? [FIXED_LITERALS, FIXED_DISTANCES] : readCodes(bits);
    for (;;) {
      const symbol = bits.symbol(literals);
      if (symbol === 256) break;
      const length = symbol < 256 ? 1 : readLength(bits, symbol - 257);
      if (to + length > out.length) throw new Error(`gzip: more than the ${out.length} bytes that were announced`);
      if (symbol < 256) {
        out[to++] = symbol;
        continue;
      }
      const distance = readDistance(bits, bits.symbol(distances));
      if (distance > to) throw new Error("gzip: a match before the beginning");
      // Byte by byte: a match may overlap what it writes.
      for (let k = 0; k < length; k++, to++) out[to] = out[to - distance];
    }
  }
  bits.align();
  return to;
}

/** Where the compressed data of a gzip member begin. */
function headEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0x1f || bytes[at + 1] !== 0x8b || bytes[at + 2] !== 8) throw new Error("gzip: not a gzip member");
  const flags = bytes[at + 3];
  let end = at + 10;
  if ((flags & 4) !== 0) end += 2 + (bytes[end] | (bytes[end + 1] << 8));
  for (const flag of [8, 16]) {
    if ((flags & flag) !== 0) end = bytes.indexOf(0, end) + 1;
  }
  return (flags & 2) !== 0 ? end + 2 : end;
}

/** The content of one gzip member or several, `size` bytes in all. Checksums are not looked at: pages of Parquet have their own. */
export function gunzip(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let to = 0;
  for (let at = 0; at < bytes.length;) {
    const bits = new BitReader(bytes, headEnd(bytes, at));
    to = inflate(bits, bytes, out, to);
    at = bits.at + 8;
    if (at > bytes.length) throw new Error("gzip: the data end too early");
  }
  if (to !== size) throw new Error(`gzip: ${to} bytes, expected ${size}`);
  return out;
}
