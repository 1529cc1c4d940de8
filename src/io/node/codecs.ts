/** The codecs of Parquet files in Node. */
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import zstd from "@bokuweb/zstd-wasm";
import xxhash from "xxhash-wasm";
import { initZstd, type ParquetCodecs, parquetCodecs } from "../parquet/codecs.js";

let codecs: Promise<ParquetCodecs> | undefined;

/** Loaded once per thread. */
export function nodeCodecs(): Promise<ParquetCodecs> {
  codecs ??= load();
  return codecs;
}

async function load(): Promise<ParquetCodecs> {
  const [{ h64Raw }] = await Promise.all([xxhash(), initZstd(zstd)]);
  return parquetCodecs(zstd, h64Raw, {
    GZIP: (bytes, size) => gunzipSync(bytes, { maxOutputLength: Math.max(1, size) }),
    BROTLI: (bytes, size) => brotliDecompressSync(bytes, { maxOutputLength: Math.max(1, size) }),
  });
}
