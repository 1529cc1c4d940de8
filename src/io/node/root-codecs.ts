/** The codecs of ROOT files in Node. */
import { ReadableStream } from "node:stream/web";
import { inflateRawSync, inflateSync } from "node:zlib";
import lz4 from "lz4-napi";
import xxhash from "xxhash-wasm";
import xz from "xz-decompress";
import { ZSTDDecoder } from "zstddec";
import { type RootCodecs } from "../root/codecs.js";
import { createSwap } from "../root/swap-simd.js";

let loading: Promise<RootCodecs> | undefined;

/** Codecs that are ready to use: the WebAssembly ones are loaded first, once per process. */
export function rootCodecs(): Promise<RootCodecs> {
  loading ??= load();
  return loading;
}

async function load(): Promise<RootCodecs> {
  const { h64Raw } = await xxhash();
  const zstd = new ZSTDDecoder();
  await zstd.init();
  let scratch = Buffer.alloc(0);
  return {
    // More than `size` bytes are an error of node:zlib. A chunk that is not quite filled spares it another one.
    zlib: (block, size) => inflateSync(block, { chunkSize: Math.max(64, size + 1), maxOutputLength: size }),
    deflate: (block, size) => inflateRawSync(block, { chunkSize: Math.max(64, size + 1), maxOutputLength: size }),
    lz4(block, size) {
      // lz4-napi wants the size in front, little-endian.
      if (scratch.length < 4 + block.length) scratch = Buffer.alloc(2 * (4 + block.length));
      scratch.writeUInt32LE(size);
      scratch.set(block, 4);
      return lz4.uncompressSync(scratch.subarray(0, 4 + block.length));
    },
    async xz(block) {
      const compressed = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(block);
          controller.close();
        },
      });
      const chunks: Uint8Array[] = [];
      // Its types are those of browsers, which only pages compile with.
      for await (const chunk of new xz.XzReadableStream(compressed as never)) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
    zstd: (block, size) => zstd.decode(block, size),
    xxhash64: (bytes) => h64Raw(bytes, 0n),
    swap: createSwap(),
  };
}
