/** Decompression of ROOT records. The codecs are injected: Node and browsers have different ones. */
import { FormatError } from "../../core/index.js";
import { type Place, placeName } from "./cursor.js";
import { type RootKey } from "./key.js";
import { type SwapBytes } from "./swap.js";

type Codec = (block: Uint8Array, size: number) => Uint8Array | Promise<Uint8Array>;

/**
 * Each takes one compressed block and returns its contents, which should have `size` bytes. A wrong checksum or corrupt
 * data is any Error; the caller adds file and place. Where the format has a checksum the codec must verify it.
 */
export interface RootCodecs {
  /** zlib with its header and adler32. */
  readonly zlib: Codec;
  /** Deflate without header (files of before 2005). */
  readonly deflate: Codec;
  /** An LZ4 block, not a frame. Its checksum is verified here. */
  readonly lz4: Codec;
  /** An xz stream with its CRC. */
  readonly xz: Codec;
  /** A zstd frame, with its checksum if it has one. */
  readonly zstd: Codec;
  readonly xxhash64: (bytes: Uint8Array) => bigint;
  /** Faster than JavaScript, which is the default. */
  readonly swap?: SwapBytes;
}

const HEADER = 9;

interface Block {
  /** Two letters. */
  readonly algorithm: string;
  readonly bytes: Uint8Array;
  /** Uncompressed bytes. */
  readonly size: number;
}

/**
 * The contents of a compressed record: one block after the other, each with a header of 9 bytes (two letters for the
 * algorithm, its version, compressed and uncompressed size in 3 bytes, little-endian).
 * Throws a FormatError naming `what` unless the blocks fill the record and give exactly `size` bytes. One block of a
 * codec that gives no promise gives none: it costs time to wait for each basket.
 */
export function decompress(
  record: Uint8Array,
  size: number,
  codecs: RootCodecs,
  what: Place,
): Uint8Array | Promise<Uint8Array> {
  const blocks = splitBlocks(record, what);
  const total = blocks.reduce((sum, block) => sum + block.size, 0);
  if (total !== size) throw corrupt(what, `its blocks give ${total} bytes, expected ${size}`);
  return blocks.length === 1 ? inflate(blocks[0], codecs, what) : inflateAll(blocks, size, codecs, what);
}

async function inflateAll(
  blocks: readonly Block[],
  size: number,
  codecs: RootCodecs,
  what: Place,
): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  let at = 0;
  for (const block of blocks) {
    out.set(await inflate(block, codecs, what), at);
    at += block.size;
  }
  return out;
}

function splitBlocks(record: Uint8Array, what: Place): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < record.length;) {
    const start = at + HEADER;
    if (start > record.length) throw corrupt(what, `${record.length - at} bytes are left after its last block`);
    const compressed = record[at + 3] | (record[at + 4] << 8) | (record[at + 5] << 16);
    const size = record[at + 6] | (record[at + 7] << 8) | (record[at + 8] << 16);
    const algorithm = String.fromCharCode(record[at], record[at + 1]);
    at = start + compressed;
    if (at > record.length) throw corrupt(what, `a block of ${compressed} bytes does not fit in its record`);
    blocks.push({ algorithm, bytes: record.subarray(start, at), size });
  }
  return blocks;
}

/** The object of a record, decompressed when it is stored compressed. */
export function contentsOf(
  record: Uint8Array,
  key: Pick<RootKey, "bytes" | "keyBytes" | "objectBytes">,
  codecs: RootCodecs,
  what: Place,
): Uint8Array | Promise<Uint8Array> {
  const stored = record.subarray(key.keyBytes, key.bytes);
  if (key.objectBytes > stored.length) return decompress(stored, key.objectBytes, codecs, what);
  return stored.subarray(0, key.objectBytes);
}

function inflate(block: Block, codecs: RootCodecs, what: Place): Uint8Array | Promise<Uint8Array> {
  const codec = codecOf(block.algorithm, codecs);
  if (codec === undefined) throw corrupt(what, `unknown compression "${block.algorithm}"`);
  const failed = (error: unknown): never => {
    const reason = error instanceof Error ? error.message : String(error);
    throw corrupt(what, `cannot decompress: ${reason}`, { cause: error });
  };
  let made: Uint8Array | Promise<Uint8Array>;
  try {
    made = codec(block.bytes, block.size);
  } catch (error) {
    return failed(error);
  }
  return made instanceof Uint8Array
    ? checkSize(made, block, what)
    : made.then((out) => checkSize(out, block, what), failed);
}

function checkSize(out: Uint8Array, { algorithm, size }: Block, what: Place): Uint8Array {
  if (out.length !== size) throw corrupt(what, `a ${algorithm} block gives ${out.length} bytes, expected ${size}`);
  return out;
}

function codecOf(algorithm: string, codecs: RootCodecs): Codec | undefined {
  switch (algorithm) {
    case "ZL":
      return codecs.zlib;
    case "CS":
      return codecs.deflate;
    case "L4":
      return (block, size) => codecs.lz4(checkedLz4(block, codecs), size);
    case "XZ":
      return codecs.xz;
    case "ZS":
      return codecs.zstd;
    default:
      return undefined;
  }
}

/** ROOT puts the XXH64 of an LZ4 block, big-endian, in front of it. */
function checkedLz4(block: Uint8Array, codecs: RootCodecs): Uint8Array {
  if (block.length < 8) throw new Error(`an LZ4 block of ${block.length} bytes`);
  const data = block.subarray(8);
  const want = new DataView(block.buffer, block.byteOffset, 8).getBigUint64(0);
  if (codecs.xxhash64(data) !== want) throw new Error("LZ4 checksum mismatch");
  return data;
}

function corrupt(what: Place, why: string, options?: ErrorOptions): FormatError {
  return new FormatError(`${placeName(what)}: ${why}: the file is corrupt`, options);
}

/** "zlib 1", "lzma 4", "none": ROOT's fCompress, 100 times the algorithm plus the level. */
export function compressionName(setting: number): string {
  const level = setting % 100;
  if (setting <= 0 || level === 0) return "none";
  const names = ["zlib", "zlib", "lzma", "deflate", "lz4", "zstd"];
  return `${names[Math.floor(setting / 100)] ?? `algorithm ${Math.floor(setting / 100)}`} ${level}`;
}
