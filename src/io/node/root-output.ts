/** ROOT files on disk. */
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { deflateSync } from "node:zlib";
import zstd from "@bokuweb/zstd-wasm";
import { OutputError } from "../../core/index.js";
import { initZstd } from "../parquet/codecs.js";
import { type Compression, RootTreeWriter, type TreeWriterOptions } from "../root/index.js";
import { MARK, ROOT_FILE } from "./output-kinds.js";
import { type OutputOptions, createOutputFile } from "./output.js";
import { reasonOf } from "./reason.js";

const ZLIB: Compression = { algorithm: "zlib", level: 1, compress: (bytes) => deflateSync(bytes, { level: 1 }) };

/** zstd at level 3, about as fast to write as zlib at 1, smaller and faster to read; ROOT reads it since 6.20. */
export async function zstdCompression(): Promise<Compression> {
  await initZstd(zstd);
  return { algorithm: "zstd", level: 3, compress: (bytes) => zstd.compress(bytes, 3) };
}

/**
 * Writes a file with one tree: `fill` adds the entries. Equal entries give equal bytes. The file appears when all is
 * written (with zlib unless the options say otherwise); when anything fails nothing remains.
 */
export async function writeRootTree(
  path: string,
  options: OutputOptions,
  tree: Pick<TreeWriterOptions, "tree" | "title" | "branches" | "compression" | "basketBytes">,
  fill: (writer: RootTreeWriter) => Promise<void>,
): Promise<void> {
  const file = await createOutputFile(path, ROOT_FILE, options);
  try {
    const sink = await file.open();
    const hash = createHash("sha256");
    const writer = await RootTreeWriter.create(
      {
        write(bytes) {
          hash.update(bytes);
          return sink.write(bytes);
        },
      },
      { compression: ZLIB, ...tree, fileName: basename(path), fileTitle: MARK },
    );
    await fill(writer);
    const head = await writer.finish(() => hash.digest().subarray(0, 16));
    await sink.close();
    await overwriteStart(file.path, head).catch((cause: unknown) => {
      throw new OutputError(`cannot write ${path}: ${reasonOf(cause)}`, { cause });
    });
    await file.commit();
  } catch (error) {
    await file.abort();
    throw error;
  }
}

async function overwriteStart(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.write(bytes, 0, bytes.length, 0);
  } finally {
    await handle.close();
  }
}
