import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Random } from "../../core/index.js";
import {
  type BranchSpec,
  type Compression,
  type RootColumn,
  type RootTree,
  RootTreeWriter,
  type WriteColumn,
  findBranch,
  openRootFile,
  readBranches,
} from "../root/index.js";
import { memorySource } from "../source.js";
import { rootCodecs } from "./root-codecs.js";
import { hasXz, lz4Compression, withLzma } from "./root-compress.test-data.js";
import { writeRootTree, zstdCompression } from "./root-output.js";
import { digest, entries, openJsroot, pythonHas, runPython, sameValues, uprootDigests } from "./root.test-data.js";

const TREE = "outer/inner/tree";
const INTEGERS = ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"] as const;
const TYPES = [...INTEGERS, "float", "double"] as const;
const BRANCHES: readonly BranchSpec[] = [
  { name: "number", type: "int32" },
  { name: "n", type: "int32" },
  ...TYPES.flatMap((type): BranchSpec[] => [
    { name: `one_${type}`, type },
    { name: `many_${type}`, type, vector: true },
    { name: `counted_${type}`, type, counter: "n" },
  ]),
];
const VALUES: Readonly<Record<string, (random: Random) => number | bigint>> = {
  bool: (random) => random.uint32() & 1,
  int8: (random) => random.uint32() & 0x7f,
  uint8: (random) => random.uint32() & 0xff,
  int16: (random) => (random.uint32() << 16) >> 16,
  uint16: (random) => random.uint32() & 0xffff,
  int32: (random) => random.uint32() | 0,
  uint32: (random) => random.uint32(),
  // jsroot 7.11 reads negative ones below -2^32 wrongly.
  int64: (random) => BigInt(random.uint32()) * 1_000_000n,
  uint64: (random) => BigInt(random.uint32()) * 1_000_000n,
  float: (random) => Math.fround(random.normal()),
  double: (random) => random.normal(),
};

/** As the file tells it. LZ4 and lzma are written by tests only. */
const COMPRESSIONS = ["zlib 1", "zstd 3", "lz4 1", ...(hasXz ? ["lzma 1"] : [])];

let folder = "";
let path = "";
/** What was written, chunk after chunk. */
const written: { entries: number; columns: Record<string, WriteColumn> }[] = [];

function chunk(random: Random, count: number): Record<string, WriteColumn> {
  const n = Int32Array.from({ length: count }, () => random.uint32() % 6);
  const offsets = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) offsets[i + 1] = offsets[i] + n[i];
  const columns: Record<string, WriteColumn> = { n: { values: n } };
  for (const { name, type, vector, counter } of BRANCHES.filter((branch) => branch.name !== "n")) {
    const jagged = vector === true || counter !== undefined;
    const length = jagged ? offsets[count] : count;
    const values = Array.from({ length }, () => VALUES[type](random));
    columns[name] = jagged ? { values, offsets } : { values };
  }
  return columns;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bye-splits-root-"));
  const random = new Random(3);
  for (const count of [500, 0, 1, 1500]) written.push({ entries: count, columns: chunk(random, count) });
  const writeAll = async (name: string, compression?: Compression): Promise<void> => {
    const tree = { tree: TREE, title: "a title", branches: BRANCHES, ...(compression && { compression }) };
    await writeRootTree(pathOf(name), { force: true }, tree, async (writer) => {
      for (const { entries: count, columns } of written) await writer.fill(count, columns);
    });
  };
  await writeAll("zlib 1");
  await writeAll("zstd 3", await zstdCompression());
  await writeAll("lz4 1", await lz4Compression());
  if (hasXz) await withLzma((compression) => writeAll("lzma 1", compression));
  path = pathOf("zlib 1");
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function pathOf(compression: string): string {
  return join(folder, compression, "written.root");
}

/** Entry by entry what was written to a branch. */
function expected(name: string): unknown[] {
  return written.flatMap(({ entries: count, columns }) => {
    const { values, offsets } = columns[name];
    const all = Array.from(values);
    return Array.from({ length: count }, (_, i) =>
      offsets === undefined ? all[i] : all.slice(offsets[i], offsets[i + 1]),
    );
  });
}

async function readTree(bytes: Uint8Array): Promise<RootTree> {
  const file = await openRootFile(memorySource("written.root", bytes), await rootCodecs());
  expect(file.trees).toEqual([TREE]);
  return file.tree(TREE);
}

async function readColumn(tree: RootTree, name: string): Promise<RootColumn> {
  return (await readBranches(tree, [name])).columns[name];
}

const READ_WITH_ROOT = `
import json, sys, ROOT
ROOT.gErrorIgnoreLevel = ROOT.kInfo
file = ROOT.TFile.Open(sys.argv[1])
tree = file.Get(sys.argv[2])
number = lambda value: float(ord(value)) if isinstance(value, str) else float(value)
plain = lambda value: number(value) if isinstance(value, str) or not hasattr(value, "__len__") else [number(v) for v in value]
names = sys.argv[3].split(",")
rows = {name: [] for name in names}
for entry in tree:
    for name in names:
        rows[name].append(plain(getattr(entry, name)))
print(json.dumps(rows))
`;

describe.each(COMPRESSIONS)("%s", (name) => {
  let file = "";
  beforeAll(() => {
    file = pathOf(name);
  });

  test("our reader reads what was written, in many baskets", async () => {
    const tree = await readTree(await readFile(file));
    expect(tree).toMatchObject({ entries: 2001, title: "a title" });
    for (const branch of BRANCHES) expect(entries(await readColumn(tree, branch.name))).toEqual(expected(branch.name));
    const { baskets, compression, typeName } = findBranch(tree, "many_double");
    expect(baskets.length).toBeGreaterThan(1);
    expect([compression, typeName]).toEqual([name, "vector<double>"]);
    expect(findBranch(tree, "counted_float").typeName).toBe("float[n]");
  });

  test("jsroot reads it", async () => {
    const tree = await readTree(await readFile(file));
    const jsroot = await openJsroot(file);
    for (const [i, { name }] of BRANCHES.entries()) {
      expect([name, sameValues(await readColumn(tree, name), await jsroot(TREE, i))]).toEqual([name, true]);
    }
  });

  test.skipIf(!pythonHas("uproot", "awkward"))("uproot reads it [needs python uproot]", async () => {
    const tree = await readTree(await readFile(file));
    const rows = uprootDigests(file);
    expect(rows.map(({ branch }) => branch)).toEqual(BRANCHES.map(({ name }) => name));
    for (const { branch, sha256 } of rows)
      expect([branch, digest(await readColumn(tree, branch))]).toEqual([branch, sha256]);
  });

  test.skipIf(!pythonHas("ROOT"))("ROOT reads it [needs python ROOT]", () => {
    // PyROOT makes texts of arrays of single bytes.
    const names = BRANCHES.map(({ name }) => name).filter((name) => !/(counted|many)_(u?int8|bool)$/.test(name));
    const rows = JSON.parse(runPython("-c", READ_WITH_ROOT, file, TREE, names.join(","))) as Record<string, unknown[]>;
    const plain = (value: unknown): unknown => (Array.isArray(value) ? value.map(Number) : Number(value));
    for (const name of names) expect([name, rows[name]]).toEqual([name, expected(name).map(plain)]);
  });
});

test("equal entries give equal bytes", async () => {
  const again = join(folder, "again");
  await writeRootTree(
    join(again, "written.root"),
    {},
    { tree: TREE, title: "a title", branches: BRANCHES },
    async (writer) => {
      for (const { entries: count, columns } of written) await writer.fill(count, columns);
    },
  );
  expect((await readFile(join(again, "written.root"))).equals(await readFile(path))).toBe(true);
});

/** Writes a file in memory. */
async function write(
  branches: readonly BranchSpec[],
  count: number,
  columns: Record<string, WriteColumn>,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const sink = {
    async write(bytes: Uint8Array): Promise<void> {
      parts.push(Uint8Array.from(bytes));
    },
  };
  const writer = await RootTreeWriter.create(sink, { fileName: "memory.root", tree: TREE, title: "", branches });
  await writer.fill(count, columns);
  const head = await writer.finish(() => new Uint8Array(16));
  const file = Buffer.concat(parts);
  file.set(head);
  return file;
}

test("an uncompressed file, and one without entries", async () => {
  const values = Float64Array.of(1.5, -2, Number.NaN);
  const bytes = await write([{ name: "x", type: "double" }], 3, { x: { values } });
  expect((await readColumn(await readTree(bytes), "x")).values).toEqual(values);
  const tree = await readTree(await write(BRANCHES, 0, chunk(new Random(1), 0)));
  expect(entries(await readColumn(tree, "many_float"))).toEqual([]);
});

describe("an uncompressed record that does not fit together is an error", () => {
  const count = 777;
  const branches: BranchSpec[] = [{ name: "x", type: "int32" }];
  const column = { x: { values: new Int32Array(count) } };
  const find = (bytes: Uint8Array, text: string): number => Buffer.from(bytes).indexOf(text, 0, "latin1");

  test.each<[string, (bytes: Uint8Array, treeAt: number) => number, string]>([
    ["the key of the tree", (_, treeAt) => treeAt + 9, "is not the one its directory lists"],
    ["the byte count of a branch", (bytes) => find(bytes, "TBranch\0") + 8 + 3, "an object of class TBranch has"],
    [
      "the entries of the tree",
      (bytes) => find(bytes, "\0\0\0\0\0\0\x03\x09") + 7,
      "holds 777 entries, the tree has 776",
    ],
    ["the entries of a basket", (bytes) => find(bytes, "\0\0\0\x04\0\0\x03\x09") + 7, "with 776 entries and"],
  ])("%s", async (_, position, message) => {
    const bytes = await write(branches, count, column);
    const treeAt = (await openRootFile(memorySource("x.root", bytes), await rootCodecs())).treeRange(TREE).start;
    bytes[position(bytes, treeAt)] ^= 1;
    await expect(readTree(bytes).then((tree) => readColumn(tree, "x"))).rejects.toThrow(message);
  });
});

describe("what does not fit is an error", () => {
  const many: BranchSpec = { name: "x", type: "int32", vector: true };
  test.each<[string, readonly BranchSpec[], Record<string, WriteColumn>, string]>([
    ["no column", [many], {}, 'branch "x" needs offsets and values for each of 2 entries'],
    ["no offsets", [many], { x: { values: [1, 2] } }, 'branch "x" needs offsets and values for each of 2 entries'],
    [
      "too few",
      [{ name: "x", type: "float" }],
      { x: { values: [1] } },
      'branch "x" needs a value for each of 2 entries',
    ],
    [
      "3e9",
      [{ name: "x", type: "int32" }],
      { x: { values: [1, 3e9] } },
      'branch "x" of type int: 3000000000 does not fit',
    ],
    [
      "-1",
      [{ name: "x", type: "uint32" }],
      { x: { values: [-1, 0] } },
      'branch "x" of type unsigned int: -1 does not fit',
    ],
    ["2^63", [{ name: "x", type: "int64" }], { x: { values: [2n ** 63n, 0n] } }, "9223372036854775808 does not fit"],
    [
      "other counts",
      [
        { name: "n", type: "int32" },
        { name: "x", type: "float", counter: "n" },
      ],
      { n: { values: [1, 1] }, x: { values: [1, 2, 3], offsets: [0, 1, 3] } },
      'branch "x" has 2 values in entry 1, "n" says 1',
    ],
    [
      "no counter",
      [{ name: "x", type: "float", counter: "n" }],
      {},
      'branch "x": it is there twice, or the int32 branch',
    ],
  ])("%s", async (_, branches, columns, message) => {
    await expect(write(branches, 2, columns)).rejects.toThrow(message);
  });

  test("a file that exists", async () => {
    await expect(
      writeRootTree(path, {}, { tree: TREE, title: "", branches: [] }, async () => undefined),
    ).rejects.toThrow(`${path} exists already: use --force to replace it`);
  });
});
