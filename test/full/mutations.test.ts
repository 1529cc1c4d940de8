/**
 * Mutations of every kind of file that has checksums: the same values, or one clear line. 25 of each, or as many as
 * BYE_SPLITS_MUTATIONS says. In ROOT files what does not compress has no checksum: other values are right only where such a basket is
 * hit. HDF5, CSV and the JSON of exports have none at all.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Column, ExpectedError, Random } from "../../src/core/index.js";
import { RUN_TABLES } from "../../src/events/index.js";
import { memorySource, NTUPLE_TREE, openRootFile, openRun, openSample, readBranches } from "../../src/io/index.js";
import { MemoryFolder, testCodecs } from "../../src/io/memory.test-data.js";
import { rootCodecs } from "../../src/io/node/index.js";
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

async function readRoot(bytes: Uint8Array): Promise<string> {
  const file = await openRootFile(memorySource("memory/ntuple.root", bytes), await rootCodecs());
  const tree = await file.tree(NTUPLE_TREE);
  const parts: (string | Columns)[] = [];
  for (const { path } of tree.branches) {
    const { values, offsets } = (await readBranches(tree, [path])).columns[path];
    parts.push(path, { values: values as Column, ...(offsets && { offsets }) });
  }
  return hashOf(parts);
}

/** Which bytes belong to baskets that are stored as they are: as long as what they hold. */
async function storedBytes(bytes: Uint8Array): Promise<Uint8Array> {
  const file = await openRootFile(memorySource("memory/ntuple.root", bytes), await rootCodecs());
  const stored = new Uint8Array(bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (const { baskets } of (await file.tree(NTUPLE_TREE)).branches) {
    for (const { range } of baskets) {
      // Its key: bytes (4), version (2), bytes of the object (4), time (4), bytes of the key (2).
      if (range === undefined) continue;
      const object = view.getInt32(range.start) - view.getInt16(range.start + 14);
      if (object === view.getInt32(range.start + 6)) stored.fill(1, range.start, range.end);
    }
  }
  return stored;
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
const rootFiles: Record<string, Uint8Array> = {};
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
  await cli("simulate", "--particles", "photons", "--events", "6", "--out", "sample", "--root", "ntuple.root");
  await cli("export", "sample", "--format", "root", "--out", "export.root");
  await cli("run", "both", "--in", "sample", "--out", "run", "--save-steps");
  for (const { folder } of KINDS) {
    folders[folder] = new MemoryFolder();
    for (const file of readdirSync(join(path, folder))) {
      folders[folder].files.set(file, new Uint8Array(readFileSync(join(path, folder, file))));
    }
  }
  for (const file of ["export.root", "ntuple.root"]) rootFiles[file] = new Uint8Array(readFileSync(join(path, file)));
  rmSync(path, { recursive: true });
}, 120_000);

/** Reads COUNT damaged versions; `mayDiffer`: whether these may give other values. Returns how many are errors, and how many differ. */
async function tryAll(
  bytes: Uint8Array,
  read: (damaged: Uint8Array) => Promise<string>,
  mayDiffer: (damaged: Uint8Array) => boolean,
): Promise<{ errors: number; other: number }> {
  expect(bytes.length).toBeGreaterThan(100);
  const good = await read(bytes);
  const random = new Random(20_26);
  const wrong: string[] = [];
  let errors = 0;
  let other = 0;
  for (let i = 0; i < COUNT; i++) {
    const [what, damaged] = mutated(bytes, random);
    try {
      if ((await read(damaged)) === good) continue;
      if (mayDiffer(damaged)) other++;
      else wrong.push(`${what}: other values`);
    } catch (error) {
      errors++;
      const { message } = error as Error;
      const clear = error instanceof ExpectedError && !message.includes("\n") && message.includes(".");
      if (!clear) wrong.push(`${what}: ${String(error)}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(errors).toBeGreaterThan(COUNT / 2);
  return { errors, other };
}

describe.each(KINDS)("$folder", ({ folder, read }) => {
  test.each(FILES[folder])("%s", { timeout: 600_000 }, async (file) => {
    const whole = folders[folder];
    const readWith = (damaged: Uint8Array): Promise<string> => {
      const copy = new MemoryFolder();
      for (const [name, content] of whole.files) copy.files.set(name, content);
      copy.files.set(file, Uint8Array.from(damaged));
      return read(copy);
    };
    const { errors } = await tryAll(whole.files.get(file) ?? new Uint8Array(), readWith, () => false);
    console.log(`${folder}/${file}: ${errors} of ${COUNT} are errors, the others change nothing`);
  });
});

test.each(["export.root", "ntuple.root"])("%s", { timeout: 600_000 }, async (file) => {
  const bytes = rootFiles[file];
  const stored = await storedBytes(bytes);
  const { errors, other } = await tryAll(bytes, readRoot, (damaged) =>
    damaged.some((byte, i) => byte !== bytes[i] && stored[i] === 1),
  );
  const share = stored.reduce((sum, is) => sum + is, 0) / bytes.length;
  console.log(
    `${file}: ${errors} of ${COUNT} are errors, ${other} other values of baskets without a checksum ` +
      `(${(100 * share).toFixed(1)}% of the bytes), the others change nothing`,
  );
});
