/** The codecs of ROOT files in Node. */
import { ReadableStream } from "node:stream/web";
import { inflateRawSync, inflateSync } from "node:zlib";
import lz4 from "lz4-napi";
import xxhash from "xxhash-wasm";
import xz from "xz-decompress";
import { ZSTDDecoder } from "zstddec";
import { type RootCodecs } from "../root/codecs.js";

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
  return {
    // One output chunk of the right size; more than that is an error of node:zlib.
    zlib: (block, size) => inflateSync(block, { chunkSize: Math.max(64, size), maxOutputLength: size }),
    deflate: (block, size) => inflateRawSync(block, { chunkSize: Math.max(64, size), maxOutputLength: size }),
    lz4(block, size) {
      // lz4-napi wants the size in front, little-endian.
      const sized = new Uint8Array(4 + block.length);
      new DataView(sized.buffer).setUint32(0, size, true);
      sized.set(block, 4);
      return lz4.uncompressSync(sized);
    },
    async xz(block) {
      const compressed = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(block);
          controller.close();
        },
      });
      const chunks: Uint8Array[] = [];
      for await (const chunk of new xz.XzReadableStream(compressed)) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
    zstd: (block, size) => zstd.decode(block, size),
    xxhash64: (bytes) => h64Raw(bytes, 0n),
  };
}
