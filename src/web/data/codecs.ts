/** The codecs of Parquet and ROOT files in browsers. Each library is loaded when the first file needs it. */
import { gunzipSync } from "fflate";
import { initZstd, lz4Block, type ParquetCodecs, parquetCodecs, type RootCodecs } from "../../io/index.js";

let parquet: Promise<ParquetCodecs> | undefined;
let root: Promise<RootCodecs> | undefined;

/** The codecs of samples: zstd and xxHash64, and what others compress with, but for Brotli. A failed load (the server is gone) is tried again by the next call. */
export function browserParquetCodecs(): Promise<ParquetCodecs> {
  parquet ??= loadParquet().catch((error: unknown) => {
    parquet = undefined;
    throw error;
  });
  return parquet;
}

export function browserRootCodecs(): Promise<RootCodecs> {
  root ??= loadRoot().catch((error: unknown) => {
    root = undefined;
    throw error;
  });
  return root;
}

async function loadZstd(): Promise<typeof import("@bokuweb/zstd-wasm")> {
  const library = await import("@bokuweb/zstd-wasm");
  await initZstd(library);
  return library;
}

async function loadHash(): Promise<(bytes: Uint8Array) => bigint> {
  const { default: xxhash } = await import("xxhash-wasm");
  return (await xxhash()).h64Raw;
}

/** About 500 MB of trigger cells; ours are written 80,000 at a time, those of pandas a million. */
const MOST_ROWS = 4_000_000;

async function loadParquet(): Promise<ParquetCodecs> {
  const [zstd, hash] = await Promise.all([loadZstd(), loadHash()]);
  const codecs = parquetCodecs(zstd, hash, {
    GZIP(bytes, size) {
      // Into memory of the size that is expected: what the bytes announce themselves may be corrupt.
      const out = gunzipSync(bytes, { out: new Uint8Array(size) });
      if (out.length !== size) throw new Error(`a page of ${out.length} bytes, expected ${size}`);
      return out;
    },
    BROTLI() {
      throw new Error("it is compressed with Brotli, which the page does not read: write it with zstd, gzip or snappy");
    },
  });
  return { ...codecs, mostRows: MOST_ROWS };
}

async function loadRoot(): Promise<RootCodecs> {
  const [zstd, hash, { default: xz }] = await Promise.all([loadZstd(), loadHash(), import("xz-decompress")]);
  return {
    zlib: (block, size) => throughStream(block, new DecompressionStream("deflate"), size),
    deflate: (block, size) => throughStream(block, new DecompressionStream("deflate-raw"), size),
    lz4: lz4Block,
    async xz(block, size) {
      return collect(new xz.XzReadableStream(streamOf(block)), size);
    },
    zstd: (block, size) => zstd.decompress(block, { defaultHeapSize: size }),
    xxhash64: hash,
  };
}

function streamOf(block: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Blob([Uint8Array.from(block)]).stream();
}

function throughStream(block: Uint8Array, stream: DecompressionStream, size: number): Promise<Uint8Array> {
  return collect(streamOf(block).pipeThrough(stream), size);
}

/** All bytes of a stream; more than `size` is an error before they are kept. */
async function collect(stream: ReadableStream<Uint8Array>, size: number): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  let at = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return out.subarray(0, at);
    if (at + value.length > size) throw new Error(`more than the ${size} bytes that were announced`);
    out.set(value, at);
    at += value.length;
  }
}
