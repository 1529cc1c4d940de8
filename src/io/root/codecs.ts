/** Decompression of ROOT records. The codecs are injected: Node and browsers have different ones. */
import { FormatError } from "../../core/index.js";
import { type RootKey } from "./key.js";

/**
 * Each takes one compressed block and returns its contents, which should have `size` bytes. A wrong checksum or corrupt
 * data is any Error; the caller adds file and place. Where the format has a checksum the codec must verify it.
 */
export interface RootCodecs {
  /** zlib with its header and adler32. */
  zlib(block: Uint8Array, size: number): Uint8Array | Promise<Uint8Array>;
  /** Deflate without header (files of before 2005). */
  deflate(block: Uint8Array, size: number): Uint8Array | Promise<Uint8Array>;
  /** An LZ4 block, not a frame. Its checksum is verified here. */
  lz4(block: Uint8Array, size: number): Uint8Array | Promise<Uint8Array>;
  /** An xz stream with its CRC. */
  xz(block: Uint8Array, size: number): Uint8Array | Promise<Uint8Array>;
  /** A zstd frame, with its checksum if it has one. */
  zstd(block: Uint8Array, size: number): Uint8Array | Promise<Uint8Array>;
  xxhash64(bytes: Uint8Array): bigint;
}

const HEADER = 9;

/**
 * The contents of a compressed record: one block after the other, each with a header of 9 bytes (two letters for the
 * algorithm, its version, compressed and uncompressed size in 3 bytes, little-endian).
 * Throws a FormatError naming `what` unless the blocks fill the record and give exactly `size` bytes.
 */
export async function decompress(
  record: Uint8Array,
  size: number,
  codecs: RootCodecs,
  what: string,
): Promise<Uint8Array> {
  let out: Uint8Array | undefined;
  let done = 0;
  let at = 0;
  while (at < record.length) {
    if (at + HEADER > record.length) throw corrupt(what, `${record.length - at} bytes are left after the last block`);
    const algorithm = String.fromCharCode(record[at], record[at + 1]);
    const compressed = record[at + 3] | (record[at + 4] << 8) | (record[at + 5] << 16);
    const plain = record[at + 6] | (record[at + 7] << 8) | (record[at + 8] << 16);
    const start = at + HEADER;
    at = start + compressed;
    if (at > record.length || done + plain > size) {
      throw corrupt(what, `a block of ${compressed} bytes (uncompressed ${plain}) does not fit in its record`);
    }
    const block = await inflate(algorithm, record.subarray(start, at), plain, codecs, what);
    if (block.length !== plain) {
      throw corrupt(what, `a ${algorithm} block gives ${block.length} bytes, expected ${plain}`);
    }
    if (block.length === size) return block;
    out ??= new Uint8Array(size);
    out.set(block, done);
    done += plain;
  }
  if (out === undefined || done !== size) throw corrupt(what, `its blocks give ${done} bytes, expected ${size}`);
  return out;
}

/** The object of a record, decompressed when it is stored compressed. */
export async function contentsOf(
  record: Uint8Array,
  key: RootKey,
  codecs: RootCodecs,
  what: string,
): Promise<Uint8Array> {
  const stored = record.subarray(key.keyBytes, key.bytes);
  if (key.objectBytes > stored.length) return decompress(stored, key.objectBytes, codecs, what);
  return stored.subarray(0, key.objectBytes);
}

async function inflate(
  algorithm: string,
  block: Uint8Array,
  size: number,
  codecs: RootCodecs,
  what: string,
): Promise<Uint8Array> {
  try {
    switch (algorithm) {
      case "ZL":
        return await codecs.zlib(block, size);
      case "CS":
        return await codecs.deflate(block, size);
      case "L4":
        return await codecs.lz4(checkedLz4(block, codecs), size);
      case "XZ":
        return await codecs.xz(block, size);
      case "ZS":
        return await codecs.zstd(block, size);
    }
  } catch (error) {
    throw new FormatError(
      `${what}: cannot decompress: ${error instanceof Error ? error.message : String(error)}: the file is corrupt`,
      { cause: error },
    );
  }
  throw corrupt(what, `unknown compression "${algorithm}"`);
}

/** ROOT puts the XXH64 of an LZ4 block, big-endian, in front of it. */
function checkedLz4(block: Uint8Array, codecs: RootCodecs): Uint8Array {
  if (block.length < 8) throw new Error(`an LZ4 block of ${block.length} bytes`);
  const data = block.subarray(8);
  const want = new DataView(block.buffer, block.byteOffset, 8).getBigUint64(0);
  if (codecs.xxhash64(data) !== want) throw new Error("LZ4 checksum mismatch");
  return data;
}

function corrupt(what: string, why: string): FormatError {
  return new FormatError(`${what}: ${why}: the file is corrupt`);
}

/** "zlib 1", "lzma 4", "none": ROOT's fCompress, 100 times the algorithm plus the level. */
export function compressionName(setting: number): string {
  const level = setting % 100;
  if (setting <= 0 || level === 0) return "none";
  const names = ["zlib", "zlib", "lzma", "deflate", "lz4", "zstd"];
  return `${names[Math.floor(setting / 100)] ?? `algorithm ${Math.floor(setting / 100)}`} ${level}`;
}
