/**
 * Mutations of every kind of file that has checksums: the same values, or one clear line. 25 of each, or as many as
 * BYE_SPLITS_MUTATIONS says. Those of ROOT files are in root-corruption.test.ts: what does not compress has no checksum there.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Column, ExpectedError, Random } from "../../src/core/index.js";
import { RUN_TABLES } from "../../src/events/index.js";
import { openRun, openSample } from "../../src/io/index.js";
import { MemoryFolder, testCodecs } from "../../src/io/memory.test-data.js";
import { runCli } from "../cli.js";

const COUNT = Number(process.env["BYE_SPLITS_MUTATIONS"] ?? 25);
const codecs = await testCodecs();

type Columns = Readonly<Record<string, Column>>;

function hashOf(parts: readonly (string | Columns)[]): string {
  const sha = createHash("sha256");
  for (const part of parts) {
    if (typeof part === "string") sha.update(part);
    else
      for (const [name, column] of Object.entries(part)) {
        sha.update(name).update(Array.isArray(column) ? column.join() : column);
      }
  }
  return sha.digest("hex");
}

async function readSample(folder: MemoryFolder): Promise<string> {
  const sample = await openSample(folder, codecs);
  const parts: (string | Columns)[] = [JSON.stringify(sample.info), sample.hash, sample.entries.columns];
  for (let b = 0; b < sample.batches; b++) {
    const { gen, cl3d, tc } = await sample.readBatch(b);
    parts.push(gen.columns, cl3d.columns, tc.columns);
  }
  return hashOf(parts);
}

async function readRun(folder: MemoryFolder): Promise<string> {
  const run = await openRun(folder, codecs);
  const parts: (string | Columns)[] = [JSON.stringify(run.info)];
  for (const name of Object.keys(run.info.tables)) {
    parts.push((await run.readTable(name, RUN_TABLES[name as keyof typeof RUN_TABLES])).columns);
  }
  return hashOf(parts);
}

/** A flipped bit, a file that is cut off, or two ranges that changed places. */
function mutated(bytes: Uint8Array, random: Random): [what: string, Uint8Array] {
  const at = (n: number): number => random.uint32() % n;
  const out = Uint8Array.from(bytes);
  const kind = at(3);
  if (kind === 0) {
    const [byte, bit] = [at(out.length), at(8)];
    out[byte] ^= 1 << bit;
    return [`bit ${bit} of byte ${byte}`, out];
  }
  if (kind === 1) {
    const length = at(out.length);
    return [`cut at ${length}`, out.slice(0, length)];
  }
  const size = 1 + at(Math.min(200, out.length >> 2));
  const one = at(out.length - 2 * size);
  const other = one + size + at(out.length - one - 2 * size);
  out.copyWithin(one, other, other + size);
  out.set(bytes.subarray(one, one + size), other);
  return [`${size} bytes at ${one} and ${other} swapped`, out];
}

const folders: Record<string, MemoryFolder> = {};
const KINDS = [
  { folder: "sample", read: readSample },
  { folder: "run", read: readRun },
] as const;
const FILES = {
  sample: ["sample.json", "entries.parquet", "gen.parquet", "cl3d.parquet", "tc.parquet"],
  run: ["run.json", "seeds", "clusters", "assignment", "events", "fill", "smooth", "coarse_seeds"].map((name) =>
    name.includes(".") ? name : `${name}.parquet`,
  ),
};

beforeAll(async () => {
  const path = mkdtempSync(join(tmpdir(), "bye-splits-mutations-"));
  const cli = async (...args: string[]): Promise<void> => {
    expect(await runCli([...args, "--quiet"], path)).toMatchObject({ status: 0, stderr: "" });
  };
  await cli("simulate", "--particles", "photons", "--events", "6", "--out", "sample");
  await cli("run", "both", "--in", "sample", "--out", "run", "--save-steps");
  for (const { folder } of KINDS) {
    folders[folder] = new MemoryFolder();
    for (const file of readdirSync(join(path, folder))) {
      folders[folder].files.set(file, new Uint8Array(readFileSync(join(path, folder, file))));
    }
  }
  rmSync(path, { recursive: true });
}, 120_000);

describe.each(KINDS)("$folder", ({ folder, read }) => {
  test.each(FILES[folder])("%s", { timeout: 600_000 }, async (file) => {
    const whole = folders[folder];
    const bytes = whole.files.get(file) ?? new Uint8Array();
    expect(bytes.length).toBeGreaterThan(100);
    const good = await read(whole);
    const random = new Random(20_26);
    const wrong: string[] = [];
    let errors = 0;
    for (let i = 0; i < COUNT; i++) {
      const [what, damaged] = mutated(bytes, random);
      const copy = new MemoryFolder();
      for (const [name, content] of whole.files) copy.files.set(name, content);
      copy.files.set(file, Uint8Array.from(damaged));
      try {
        if ((await read(copy)) !== good) wrong.push(`${what}: other values`);
      } catch (error) {
        errors++;
        const { message } = error as Error;
        const clear = error instanceof ExpectedError && !message.includes("\n") && message.includes(".");
        if (!clear) wrong.push(`${what}: ${String(error)}`);
      }
    }
    console.log(`${folder}/${file}: ${errors} of ${COUNT} are errors, the others change nothing`);
    expect(wrong).toEqual([]);
    expect(errors).toBeGreaterThan(COUNT / 2);
  });
});
