/** What Parquet files are compressed with. The libraries are handed in: they load differently in Node and in browsers. */
import type { Compressors } from "hyparquet";
import { lz4Block } from "./lz4.js";
import { checkedFrame, frameContentSize } from "./zstd-frame.js";

export interface ParquetCodecs {
  /** One zstd frame with a checksum of its content. */
  readonly compress: (content: Uint8Array) => Uint8Array;
  /** By Parquet's name of the codec; each returns exactly `size` bytes or throws. */
  readonly decompress: Compressors;
  readonly xxh64: (bytes: Uint8Array) => bigint;
  /** How many rows are read at once at most, where memory is short: more are an error. */
  readonly mostRows?: number;
}

/** The functions of @bokuweb/zstd-wasm that we use, after its `init()`. */
export interface Zstd {
  compress(content: Uint8Array, level: number): Uint8Array;
  decompress(frame: Uint8Array, options: { defaultHeapSize: number }): Uint8Array;
}

type Ready = WeakMap<object, Promise<void>>;
const READY = Symbol.for("bye-splits: zstd");
const shared = globalThis as { [READY]?: Ready };

/**
 * `init()` of @bokuweb/zstd-wasm, once in a process or page whoever asks: a second one puts new memory under the functions of the first,
 * which compress and decompress other bytes from then on. A failed one is tried again. The library is known by its function:
 * what is imported by default and as a whole are two objects.
 */
export function initZstd(library: { init(): Promise<void> }): Promise<void> {
  const ready = (shared[READY] ??= new WeakMap());
  let promise = ready.get(library.init);
  if (promise === undefined) {
    promise = library.init().catch((error: unknown) => {
      ready.delete(library.init);
      throw error;
    });
    ready.set(library.init, promise);
  }
  return promise;
}

/** Above this a page's size is taken for corruption: writers make pages of about 1 MB. */
const MAX_PAGE = 1 << 30;

/** Codecs from zstd, xxHash64 and, for files written by others, more decompressors (snappy and LZ4_RAW are always there). */
export function parquetCodecs(
  zstd: Zstd,
  xxh64: (bytes: Uint8Array) => bigint,
  others: Compressors = {},
): ParquetCodecs {
  return {
    compress: (content) => checkedFrame(content, zstd.compress(content, 1), xxh64(content)),
    decompress: {
      ...others,
      LZ4_RAW(block, size) {
        if (size > MAX_PAGE) throw new Error(`page of ${size} bytes`);
        const content = lz4Block(block, size);
        if (content.length !== size) throw new Error(`page of ${size} bytes, decompressed to ${content.length}`);
        return content;
      },
      ZSTD(frame, size) {
        // The library allocates what the frame announces, and a failed allocation would damage its memory.
        const announced = frameContentSize(frame) ?? size;
        if (announced !== size || size > MAX_PAGE) throw new Error(`page of ${size} bytes, compressed as ${announced}`);
        return zstd.decompress(frame, { defaultHeapSize: size });
      },
    },
    xxh64,
  };
}
