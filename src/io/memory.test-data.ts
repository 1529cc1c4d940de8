/** Codecs and folders in memory for the tests of this room. */
import { readFileSync, readdirSync } from "node:fs";
import zstd from "@bokuweb/zstd-wasm";
import xxhash from "xxhash-wasm";
import { initZstd, type ParquetCodecs, parquetCodecs } from "./parquet/codecs.js";
import { type ByteSource, type OpenSink, type SourceFolder, memorySource } from "./source.js";

export async function testCodecs(): Promise<ParquetCodecs> {
  await initZstd(zstd);
  return parquetCodecs(zstd, (await xxhash()).h64Raw);
}

/** A folder that can be written and read: its files by name. */
export class MemoryFolder implements SourceFolder {
  readonly name = "memory";
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();

  readonly create: OpenSink = async (file) => {
    const pieces: Uint8Array[] = [];
    return {
      write: async (bytes) => {
        pieces.push(bytes.slice());
      },
      close: async () => {
        this.files.set(file, new Uint8Array(Buffer.concat(pieces)));
      },
    };
  };

  async open(file: string): Promise<ByteSource | undefined> {
    const bytes = this.files.get(file);
    return bytes && memorySource(`${this.name}/${file}`, bytes);
  }

  source(file: string): ByteSource {
    const bytes = this.files.get(file);
    if (bytes === undefined) throw new Error(`no ${file} in ${[...this.files.keys()].join()}`);
    return memorySource(file, bytes);
  }
}

/** The files that scripts/make-parquet-fixtures.py wrote. */
export function fixtures(folder = ""): MemoryFolder {
  const path = new URL(`../../test/fixtures/parquet/${folder}`, import.meta.url);
  const memory = new MemoryFolder();
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isFile()) memory.files.set(entry.name, new Uint8Array(readFileSync(`${path.pathname}/${entry.name}`)));
  }
  return memory;
}
