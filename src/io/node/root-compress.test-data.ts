/** Compression that we read but do not write, for tests and benchmarks: LZ4 and lzma (by the program xz). */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lz4 from "lz4-napi";
import { type Compression } from "../root/index.js";
import { rootCodecs } from "./root-codecs.js";

export async function lz4Compression(): Promise<Compression> {
  const { xxhash64 } = await rootCodecs();
  return {
    algorithm: "lz4",
    level: 1,
    compress(bytes) {
      // lz4-napi puts the size in front.
      const block = lz4.compressSync(Buffer.from(bytes)).subarray(4);
      const out = new Uint8Array(8 + block.length);
      new DataView(out.buffer).setBigUint64(0, xxhash64(block));
      out.set(block, 8);
      return out;
    },
  };
}

export const hasXz = spawnSync("xz", ["--version"]).status === 0;

/** One xz stream each, with CRC32 as ROOT has it. */
export function xzAll(contents: readonly Uint8Array[]): Uint8Array[] {
  const folder = mkdtempSync(join(tmpdir(), "bye-splits-xz-"));
  try {
    const names = contents.map((_, i) => `${i}`);
    for (const [i, bytes] of contents.entries()) writeFileSync(join(folder, names[i]), bytes);
    for (let i = 0; i < names.length; i += 1000) {
      execFileSync("xz", ["-1", "--check=crc32", ...names.slice(i, i + 1000)], { cwd: folder });
    }
    return names.map((name) => readFileSync(join(folder, `${name}.xz`)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes twice: first to see what is to be compressed, so that xz starts once and not once a basket. */
export async function withLzma(write: (compression: Compression) => Promise<void>): Promise<void> {
  const contents: Uint8Array[] = [];
  const lzma = (compress: Compression["compress"]): Compression => ({ algorithm: "lzma", level: 1, compress });
  await write(
    lzma((bytes) => {
      contents.push(bytes.slice());
      return bytes;
    }),
  );
  const compressed = xzAll(contents);
  let next = 0;
  await write(
    lzma((bytes) => {
      const i = next++;
      // The tree's record knows where the compressed baskets are: it is another one now.
      return Buffer.compare(contents[i], bytes) === 0 ? compressed[i] : xzAll([bytes])[0];
    }),
  );
}
