/** ROOT files with flipped bits. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { FormatError, InputError, Random } from "../../core/index.js";
import { type RootCodecs, type RootTree, openRootFile, readBranches } from "../root/index.js";
import { Cursor } from "../root/cursor.js";
import { readKey } from "../root/key.js";
import { type ByteSource, memorySource } from "../source.js";
import { rootCodecs } from "./root-codecs.js";
import { entries } from "./root.test-data.js";

const folder = join(import.meta.dirname, "../../../test/fixtures/root");
let codecs: RootCodecs;

beforeAll(async () => {
  codecs = await rootCodecs();
});

async function openTree(source: ByteSource): Promise<RootTree> {
  return (await openRootFile(source, codecs)).tree("outer/inner/tree");
}

/** Reads everything there is to read of a file. */
async function readAll(source: ByteSource): Promise<unknown[]> {
  const tree = await openTree(source);
  const names = tree.branches.filter((b) => !["parent", "unsupported"].includes(b.layout.kind)).map((b) => b.path);
  const { columns } = await readBranches(tree, names);
  return names.map((name) => entries(columns[name]));
}

/** Positions of the compressed bytes of a file: records that compression does not shrink are stored as they are. */
function compressedBytes(bytes: Uint8Array): number[] {
  const positions: number[] = [];
  for (let at = 100; at < bytes.length;) {
    const key = readKey(new Cursor(bytes.subarray(at), "record"));
    const start = at + key.keyBytes;
    at += Math.abs(key.bytes);
    if (key.objectBytes > at - start) for (let i = start; i < at; i++) positions.push(i);
  }
  return positions;
}

test.each(["kinds.root", "lz4.root", "lzma.root"])(
  "flipped bits in compressed records of %s are found",
  async (name) => {
    const bytes = readFileSync(join(folder, name));
    const want = JSON.stringify(await readAll(memorySource(name, bytes)), printBigInt);
    const positions = compressedBytes(bytes);
    const random = new Random(1);
    const unnoticed: string[] = [];
    let failed = 0;
    for (let i = 0; i < 150; i++) {
      const at = positions[random.uint32() % positions.length];
      const flipped = Uint8Array.from(bytes);
      flipped[at] ^= 1 << (random.uint32() % 8);
      try {
        const got = JSON.stringify(await readAll(memorySource(name, flipped)), printBigInt);
        if (got !== want) unnoticed.push(`byte ${at}`);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        failed++;
      }
    }
    expect(unnoticed).toEqual([]);
    // The others are in bytes that nobody reads, such as the version of the compression.
    expect(failed).toBeGreaterThan(140);
  },
);

function printBigInt(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}

test("flipped bits anywhere are harmless or a FormatError", async () => {
  const bytes = readFileSync(join(folder, "lz4.root"));
  const random = new Random(2);
  for (let i = 0; i < 300; i++) {
    const flipped = Uint8Array.from(bytes);
    flipped[random.uint32() % bytes.length] ^= 1 << (random.uint32() % 8);
    const failure = await readAll(memorySource("a.root", flipped)).then(
      () => undefined,
      (error: unknown) => error,
    );
    // The tree may have another name now.
    if (failure !== undefined) expect([FormatError, InputError]).toContain((failure as Error).constructor);
  }
});
