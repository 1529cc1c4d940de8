import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type RootCodecs,
  type RootTree,
  checkShape,
  findBranch,
  iterateBranches,
  openRootFile,
  planRead,
  readBranches,
} from "../root/index.js";
import { type ByteSource, memorySource } from "../source.js";
import { rootCodecs } from "./root-codecs.js";
import { entries } from "./root.test-data.js";

const folder = join(import.meta.dirname, "../../../test/fixtures/root");
const TREE = "outer/inner/tree";
let codecs: RootCodecs;

beforeAll(async () => {
  codecs = await rootCodecs();
});

function fixture(name: string): ByteSource {
  return memorySource(name, readFileSync(join(folder, name)));
}

async function openTree(source: ByteSource): Promise<RootTree> {
  return (await openRootFile(source, codecs)).tree(TREE);
}

/** The values of scripts/make-root-fixtures.py. */
const text = (e: number): string => String.fromCharCode(97 + e).repeat(e === 6 ? 300 : e % 3);
const many = <T>(e: number, value: (k: number) => T, n = (5 * e) % 4): T[] =>
  Array.from({ length: n }, (_, k) => value(k));
const counted = <T>(e: number, value: (k: number) => T): T[] => many(e, value, (7 * e) % 5);
const KINDS: Readonly<Record<string, [type: string, value: (e: number) => unknown]>> = {
  o: ["bool", (e) => Number(e % 3 === 0)],
  b: ["char", (e) => e - 5],
  ub: ["unsigned char", (e) => 200 + e],
  s: ["short", (e) => -1000 * e],
  us: ["unsigned short", (e) => 60000 + e],
  i: ["int", (e) => -100_000 * e],
  renamed: ["int", (e) => -100_000 * e],
  ui: ["unsigned int", (e) => 4_000_000_000 + e],
  l: ["Long64_t", (e) => -5_000_000_000n * BigInt(e)],
  ul: ["ULong64_t", (e) => 18_000_000_000_000_000_000n + BigInt(e)],
  f: ["float", (e) => 1.5 * e + 0.25],
  d: ["double", (e) => 3.25 * e + 0.1],
  a3: ["float[3]", (e) => [e, e + 0.25, e + 0.5]],
  m23: ["double[6]", (e) => [0, 1, 2, 3, 4, 5].map((k) => 10 * e + k)],
  n: ["int", (e) => (7 * e) % 5],
  xn: ["float[n]", (e) => counted(e, (k) => e + 0.5 * k)],
  yn: ["int[n][2]", (e) => counted(e, (k) => [e, -k])],
  on: ["bool[n]", (e) => counted(e, (k) => (e + k) % 2)],
  text: ["char*", text],
  string: ["string", text],
  tstring: ["TString", text],
  vo: ["vector<bool>", (e) => many(e, (k) => Number((k + e) % 2 === 0))],
  vb: ["vector<char>", (e) => many(e, (k) => k - e)],
  vub: ["vector<unsigned char>", (e) => many(e, (k) => 250 - k)],
  vs: ["vector<short>", (e) => many(e, (k) => -1000 * k)],
  vus: ["vector<unsigned short>", (e) => many(e, (k) => 65_000 + k)],
  vi: ["vector<int>", (e) => many(e, (k) => -100_000 * k)],
  vui: ["vector<unsigned int>", (e) => many(e, (k) => 4_000_000_000 + k)],
  vl: ["vector<long>", (e) => many(e, (k) => -5_000_000_000n * BigInt(k))],
  vul: ["vector<unsigned long>", (e) => many(e, (k) => 18_000_000_000_000_000_000n + BigInt(k))],
  vll: ["vector<Long64_t>", (e) => many(e, (k) => -7_000_000_000n * BigInt(k))],
  vf: ["vector<float>", (e) => many(e, (k) => e + 0.25 * k)],
  vd: ["vector<double>", (e) => many(e, (k) => 0.1 * k - e)],
  vvf: ["vector<vector<float> >", (e) => many(e, (k) => many(e, () => e + 0.5 * k, k))],
  vstring: ["vector<string>", (e) => many(e, () => `${text(e)}é`)],
  seti: ["set<int>", (e) => many(e, (k) => k + e)],
  listf: ["list<float>", (e) => many(e, (k) => k + e)],
  points: ["TClonesArray", (e) => (5 * e) % 4],
  "points/points.fX": ["double[n]", (e) => many(e, (k) => k)],
  "points/points.fZ": ["double[n]", (e) => many(e, (k) => -k)],
};

/** The integers of C++ have no -0. */
function withoutMinusZero(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMinusZero);
  return value === 0 ? 0 : value;
}

function expected(name: string): unknown[] {
  return Array.from({ length: 12 }, (_, e) => withoutMinusZero(KINDS[name][1](e)));
}

describe.each(["kinds.root", "embedded.root"])("every kind of branch in %s", (file) => {
  test.each(Object.entries(KINDS))("%s", async (name, [type]) => {
    const tree = await openTree(fixture(file));
    expect(findBranch(tree, name).typeName).toBe(type);
    expect(entries((await readBranches(tree, [name])).columns[name])).toEqual(expected(name));
  });
});

test.each(["lz4.root", "lzma.root", "zstd.root"])("%s", async (file) => {
  const { columns } = await readBranches(await openTree(fixture(file)), ["n", "xn", "vf", "string"]);
  for (const [name, column] of Object.entries(columns)) expect(entries(column)).toEqual(expected(name));
});

test("a file says what wrote it and what is in it", async () => {
  const file = await openRootFile(fixture("kinds.root"), codecs);
  expect(file).toMatchObject({ version: 64000, compression: "zlib 1", trees: [TREE], rntuples: [] });
  expect(file.uuid).toMatch(/^[0-9a-f]{32}$/);
  const tree = await file.tree(TREE);
  expect(tree).toMatchObject({ title: "kinds of branches", entries: 12 });
  expect(tree.branches).toHaveLength(46);
  const { baskets, ...xn } = findBranch(tree, "xn");
  expect(xn).toMatchObject({ entries: 12, compression: "zlib 1", typeName: "float[n]" });
  expect(baskets.map(({ first, entries: n }) => [first, n])).toEqual([
    [0, 5],
    [5, 5],
    [10, 2],
  ]);
  // The last basket of a tree written as a plain object stays in its record.
  const embedded = findBranch(await openTree(fixture("embedded.root")), "xn").baskets;
  expect(embedded.map((basket) => basket.embedded !== undefined)).toEqual([false, false, true]);
});

test("a TNtuple, of several cycles the first in the list", async () => {
  const file = await openRootFile(fixture("tntuple.root"), codecs);
  expect(file.trees).toEqual(["ntuple"]);
  const tree = await file.tree("ntuple");
  expect((await readBranches(tree, ["y"])).columns["y"].values).toEqual(Float32Array.of(0, 0.5, 1, 1.5, 2));
});

describe("which object a path means", () => {
  const named = (text: string): Uint8Array => Uint8Array.of(text.length, ...Buffer.from(text));

  test.each([
    { path: "kept", entries: 3, why: "the first key of the list, not the one with the largest cycle" },
    { path: "kept;1", entries: 2, why: "a kept key by the cycle that ROOT shows" },
    { path: "kept;-1", entries: 2, why: "a kept key by the cycle that uproot shows" },
    { path: "kept;2", entries: 3, why: "a cycle by its number" },
    { path: "both;1", entries: 1, why: "a tree behind an RNTuple of its name" },
  ])("$path: $why", async ({ path, entries: n }) => {
    const file = await openRootFile(fixture("cycles.root"), codecs);
    expect(await file.tree(path)).toMatchObject({ path, entries: n });
  });

  test("the list's order, whatever its cycles say", async () => {
    const file = Buffer.from(readFileSync(join(folder, "cycles.root")));
    // The list of keys begins with its own key; cycles are 16 bytes behind the length of each key in it.
    const cycleAt = (name: string): number => file.lastIndexOf(Buffer.concat([named("TNtuple"), named(name)])) - 10;
    const first = await openRootFile(memorySource("c.root", file), codecs);
    expect(file.readInt16BE(cycleAt("kept"))).toBe(-1);
    for (const cycle of [-32_768, -7, 7, 32_767]) {
      file.writeInt16BE(cycle, cycleAt("kept"));
      const again = await openRootFile(memorySource("c.root", file), codecs);
      expect((await again.tree("kept")).entries).toBe((await first.tree("kept")).entries);
      expect((await again.tree(`kept;${cycle}`)).entries).toBe(2);
    }
  });

  test("cycles that are not there are told, and the RNTuple that a name means now", async () => {
    const file = await openRootFile(fixture("cycles.root"), codecs);
    expect(file).toMatchObject({ trees: ["kept"], rntuples: ["both"] });
    await expect(file.tree("kept;9")).rejects.toThrow(
      'tree not found: "kept;9" in cycles.root, which has cycles 2, -1 of it',
    );
    await expect(file.tree("both")).rejects.toThrow('cycles.root: "both" is an RNTuple, which is not supported');
    await expect(file.tree("none;1")).rejects.toThrow('"none;1" in cycles.root, which has the tree "kept"');
  });

  test.each(["TDirectoryFile", "TDirectory"])("a directory called %s in its parent's list", async (className) => {
    const bytes = readFileSync(join(folder, "kinds.root"));
    // The record of the top directory: version, dates, then the size of its list of keys and, later, where that is.
    const at = 100 + bytes.readUInt32BE(28);
    const list = bytes.subarray(bytes.readUInt32BE(at + 26)).subarray(0, bytes.readUInt32BE(at + 10));
    const found = list.indexOf(named("TDirectory"));
    const other = Buffer.concat([list.subarray(0, found), named(className), list.subarray(found + 11)]);
    const patched = Buffer.concat([bytes, other]);
    patched.writeUInt32BE(other.length, at + 10);
    patched.writeUInt32BE(bytes.length, at + 26);
    expect((await openRootFile(memorySource("a.root", patched), codecs)).trees).toEqual([TREE]);
  });
});

test("baskets without entries at the beginning, in the middle and at the end", async () => {
  const tree = await (await openRootFile(fixture("empty-baskets.root"), codecs)).tree("tree");
  const want = [0, 1, 2, 3, 4].map((n) => Array.from({ length: n }, (_, k) => k));
  for (const chunkBytes of [1, 1e9]) {
    const found: unknown[] = [];
    for await (const { columns } of iterateBranches(tree, ["v", "x"], { chunkBytes })) {
      found.push(...entries(columns["v"]));
      expect(columns["x"].values.length).toBe(entries(columns["v"]).length);
    }
    expect(found).toEqual(want);
  }
  expect(findBranch(tree, "v").baskets.map(({ first, entries: n }) => [first, n])).toEqual([
    [0, 3],
    [3, 2],
  ]);
});

describe("ranges of entries", () => {
  const names = ["vvf", "xn", "d", "string"];

  test.each([
    [0, 12],
    [4, 6],
    [5, 10],
    [11, 12],
    [3, 3],
  ])("entries %i to %i", async (start, end) => {
    const chunk = await readBranches(await openTree(fixture("kinds.root")), names, { start, end });
    expect(chunk).toMatchObject({ start, end });
    for (const name of names) expect(entries(chunk.columns[name])).toEqual(expected(name).slice(start, end));
  });

  test.each([1, 300, 1e9])(
    "chunks of %i bytes give every entry once and decompress each basket once",
    async (chunkBytes) => {
      let blocks = 0;
      const counting = { ...codecs, zlib: (block: Uint8Array, size: number) => (blocks++, codecs.zlib(block, size)) };
      const tree = await (await openRootFile(fixture("kinds.root"), counting)).tree(TREE);
      blocks = 0;
      const rows: unknown[][] = names.map(() => []);
      let next = 0;
      for await (const chunk of iterateBranches(tree, names, { chunkBytes })) {
        expect(chunk.start).toBe(next);
        next = chunk.end;
        for (const [i, name] of names.entries()) rows[i].push(...entries(chunk.columns[name]));
      }
      expect(rows).toEqual(names.map(expected));
      const compressed = names.flatMap((name) => findBranch(tree, name).baskets).length;
      expect(blocks).toBeLessThanOrEqual(compressed);
    },
  );

  test("a plan names the bytes, and only they are read", async () => {
    const reads: [number, number][] = [];
    const source = fixture("kinds.root");
    const watched = {
      ...source,
      read: (start: number, end: number) => (reads.push([start, end]), source.read(start, end)),
    };
    const tree = await openTree(watched);
    const branches = [findBranch(tree, "xn"), findBranch(tree, "d")];
    const plan = planRead(branches, 6, 8);
    expect(plan.baskets.map((baskets) => baskets.map((basket) => basket.first))).toEqual([[5], [5]]);
    // Both are within 32 kB: one read.
    const bounds = plan.baskets.flatMap(([{ range }]) => [range?.start ?? 0, range?.end ?? 0]);
    expect(plan.ranges).toEqual([{ start: Math.min(...bounds), end: Math.max(...bounds) }]);
    reads.length = 0;
    await readBranches(tree, ["xn", "d"], { start: 6, end: 8 });
    expect(reads).toEqual([[plan.ranges[0].start, plan.ranges[0].end]]);
  });
});

describe("flat numbers", () => {
  test.each([
    ["vvf", "holds vector<vector<float> >, expected a flat list of numbers, as vector<float> or float[n]"],
    ["yn", "holds int[n][2], expected a flat list"],
    ["a3", "holds float[3], expected a flat list"],
    ["i", "holds int, expected a flat list"],
    ["vstring", "holds vector<string>, expected a flat list"],
    ["text", "holds char*, expected a flat list"],
    ["leaves", "a list of 2 leaves cannot be decoded"],
    ["points", "holds TClonesArray, expected a flat list"],
  ])("%s is refused where a list of numbers is expected", async (name, says) => {
    const tree = await openTree(fixture("kinds.root"));
    expect(() => checkShape(tree, name, ["vector"])).toThrow(`kinds.root: branch "${name}" in tree "${TREE}"`);
    expect(() => checkShape(tree, name, ["vector"])).toThrow(says);
  });

  test("lists and numbers of every type are taken", async () => {
    const tree = await openTree(fixture("kinds.root"));
    for (const name of [
      "vo",
      "vb",
      "vub",
      "vs",
      "vus",
      "vi",
      "vui",
      "vl",
      "vul",
      "vll",
      "vf",
      "vd",
      "xn",
      "on",
      "seti",
    ])
      checkShape(tree, name, ["vector"]);
    for (const name of ["o", "b", "ub", "s", "us", "i", "ui", "l", "ul", "f", "d"]) checkShape(tree, name, ["number"]);
  });
});

describe("what cannot be read is an error that names file and branch", () => {
  test.each([
    [
      "kinds.root",
      "leaves",
      'kinds.root: branch "leaves" in tree "outer/inner/tree": a list of 2 leaves cannot be decoded',
    ],
    [
      "kinds.root",
      "f16",
      'kinds.root: branch "f16" in tree "outer/inner/tree": a leaf of class TLeafF16 cannot be decoded',
    ],
    ["kinds.root", "vector4", "a branch of class TBranchObject cannot be decoded"],
    ["kinds.root", "stri", 'branch not found: "stri" in tree "outer/inner/tree" (kinds.root); nearest: "string"'],
    [
      "sizes.root",
      "xn",
      "entries 0 to 5: a basket without entry offsets (TIOFeatures kGenerateOffsetMap) cannot be decoded",
    ],
  ])("%s, %s", async (file, branch, message) => {
    const tree = await openTree(fixture(file));
    await expect(readBranches(tree, [branch])).rejects.toThrow(message);
  });

  test("entries that the tree does not have", async () => {
    const tree = await openTree(fixture("kinds.root"));
    await expect(readBranches(tree, ["d"], { end: 13 })).rejects.toThrow(
      'kinds.root: tree "outer/inner/tree" has 12 entries, asked for 0 to 13',
    );
  });

  test("a tree that is not there", async () => {
    const file = await openRootFile(fixture("kinds.root"), codecs);
    await expect(file.tree("tree")).rejects.toThrow(
      'tree not found: "tree" in kinds.root, which has the tree "outer/inner/tree"',
    );
  });

  test("an RNTuple", async () => {
    const file = await openRootFile(fixture("rntuple.root"), codecs);
    expect(file).toMatchObject({ trees: [], rntuples: ["events"] });
    await expect(file.tree("events")).rejects.toThrow(
      "rntuple.root: \"events\" is an RNTuple, which is not supported: convert it to a TTree, for example with RDataFrame's Snapshot or uproot's mktree",
    );
    await expect(file.tree("other")).rejects.toThrow('tree not found: "other" in rntuple.root, which has no tree');
  });

  test("files that are no ROOT files, truncated or not closed", async () => {
    const bytes = readFileSync(join(folder, "kinds.root"));
    const open = (content: Uint8Array): Promise<unknown> => openRootFile(memorySource("a.root", content), codecs);
    await expect(open(new Uint8Array(0))).rejects.toThrow("a.root is empty: it has 0 bytes");
    await expect(open(Buffer.from("PAR1 and more"))).rejects.toThrow("a.root is not a ROOT file");
    await expect(open(bytes.subarray(0, 20_000))).rejects.toThrow(
      `a.root is truncated: its header says ${bytes.length} bytes, the file has 20000`,
    );
    await expect(open(bytes.subarray(0, 50))).rejects.toThrow("a.root: bytes 47 to 63 of a record of 50 are needed");
    const unclosed = Uint8Array.from(bytes);
    unclosed.fill(0, 37, 41); // position of the streamer infos
    await expect(open(unclosed)).rejects.toThrow("a.root was not closed by the program that wrote it");
  });
});
