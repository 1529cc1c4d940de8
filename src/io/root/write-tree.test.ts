/** Files of every kind of branch: their bytes, and what the reader finds in them. */
import { createHash } from "node:crypto";
import { zlibSync } from "fflate";
import { expect, test } from "vitest";
import { memorySource } from "../source.js";
import { PLAIN_CODECS } from "./codecs.test-data.js";
import { openRootFile, readFileTitle } from "./file.js";
import { readBranches } from "./read.js";
import { findBranch } from "./tree.js";
import { type BranchSpec, type WriteColumn } from "./write-branch.js";
import { RootTreeWriter, type TreeWriterOptions } from "./write-tree.js";

const TYPES = ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float", "double"] as const; // prettier-ignore
const BRANCHES: readonly BranchSpec[] = [
  { name: "n", type: "int32" },
  ...TYPES.flatMap((type): BranchSpec[] => [
    { name: `one_${type}`, type },
    { name: `many_${type}`, type, vector: true },
    { name: `counted_${type}`, type, counter: "n" },
  ]),
];

/** 40 entries; n = 0, 1, 2, 3, 4, 0, ... values from 0 to 100. */
function columns(): Record<string, WriteColumn> {
  const n = Int32Array.from({ length: 40 }, (_, i) => i % 5);
  const offsets = new Int32Array(41);
  for (let i = 0; i < 40; i++) offsets[i + 1] = offsets[i] + n[i];
  const values = (type: string, length: number): (number | bigint)[] =>
    Array.from({ length }, (_, k) => {
      const value = type === "bool" ? k % 2 : (k * 7) % 101;
      return type.endsWith("int64") ? BigInt(value) : value;
    });
  return Object.fromEntries(
    BRANCHES.map(({ name, type, vector, counter }) => [
      name,
      name === "n" ? { values: n } : vector || counter !== undefined ? { values: values(type, offsets[40]), offsets } : { values: values(type, 40) },
    ]),
  );
} // prettier-ignore

async function write(change: Partial<TreeWriterOptions>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  const sink = { write: async (bytes: Uint8Array) => void pieces.push(bytes.slice()) };
  const options = { fileName: "a.root", fileTitle: "made by hand", tree: "outer/inner/tree", title: "a tree", branches: BRANCHES, ...change }; // prettier-ignore
  const writer = await RootTreeWriter.create(sink, options);
  for (let call = 0; call < 2; call++) await writer.fill(40, columns());
  const head = await writer.finish(() => Uint8Array.from({ length: 16 }, (_, k) => k));
  const bytes = new Uint8Array(Buffer.concat(pieces));
  bytes.set(head);
  return bytes;
}

const zlib = { algorithm: "zlib", level: 1, compress: (bytes: Uint8Array) => zlibSync(bytes) } as const;

test.each<[string, Partial<TreeWriterOptions>, string]>([
  ["plain", {}, "af7fd7736352d22e"],
  ["in small baskets", { basketBytes: 100 }, "bd647ea47d0c4f97"],
  ["without folders, compressed", { tree: "tree", compression: zlib }, "e96702c2e502ed32"],
])("the bytes of a file, %s, are those that ROOT and uproot have read", async (_, change, sum) => {
  const bytes = await write(change);
  // After a change that is meant: have both read a file again (node/root-write.test.ts), then put the new sum here.
  expect(createHash("sha256").update(bytes).digest("hex").slice(0, 16)).toBe(sum);
  const file = await openRootFile(memorySource("a.root", bytes), PLAIN_CODECS);
  expect(file.trees).toEqual([change.tree ?? "outer/inner/tree"]);
  const tree = await file.tree(file.trees[0]);
  expect(tree).toMatchObject({ entries: 80, title: "a tree" });
  const total = (of: "compressedBytes" | "uncompressedBytes"): number =>
    tree.branches.reduce((all, branch) => all + branch[of], 0);
  expect([tree.uncompressedBytes, tree.compressedBytes]).toEqual([
    total("uncompressedBytes"),
    total("compressedBytes"),
  ]);
  const { columns: found } = await readBranches(tree, BRANCHES.map(({ name }) => name)); // prettier-ignore
  for (const [name, { values, offsets }] of Object.entries(columns())) {
    const twice = [...Array.from(values), ...Array.from(values)].map(Number);
    expect([name, Array.from(found[name].values as ArrayLike<number>, Number)]).toEqual([name, twice]);
    expect([name, found[name].offsets?.length]).toEqual([name, offsets === undefined ? undefined : 81]);
    expect(findBranch(tree, name).entries).toBe(80);
  }
});

test("columns that do not fit their branch are errors that name it", async () => {
  const fill = async (branches: readonly BranchSpec[], entries: number, given: Record<string, WriteColumn>): Promise<void> => {
    const writer = await RootTreeWriter.create({ write: async () => undefined }, { fileName: "a.root", tree: "t", title: "", branches });
    await writer.fill(entries, given);
  };
  const x: BranchSpec = { name: "x", type: "int32" };
  await fill([x], 2, { x: { values: [1, 2] } });
  await expect(fill([x], 2, { x: { values: [1] } })).rejects.toThrow('branch "x" needs a value for each of 2 entries');
  await expect(fill([x], 1, {})).rejects.toThrow('branch "x" needs a value for each of 1 entries');
  await expect(fill([x], 1, { x: { values: [1], offsets: [0, 1] } })).rejects.toThrow('branch "x" needs a value');
  const v: BranchSpec = { name: "v", type: "int32", vector: true };
  await fill([v], 2, { v: { values: [1], offsets: [0, 1, 1] } });
  await expect(fill([v], 2, { v: { values: [1, 2], offsets: [0, 1] } })).rejects.toThrow('branch "v" needs offsets and values for each of 2 entries');
  const c: BranchSpec = { name: "c", type: "float", counter: "x" };
  await fill([x, c], 2, { x: { values: [0, 2] }, c: { values: [1, 2], offsets: [0, 0, 2] } });
  await expect(fill([x, c], 2, { x: { values: [0, 1] }, c: { values: [1, 2], offsets: [0, 0, 2] } })).rejects.toThrow('branch "c" has 2 values in entry 1, "x" says 1');
  const wrong = (name: string): string => `branch "${name}": it is there twice, or the int32 branch that counts it is not in front of it`;
  await expect(fill([x, x], 0, {})).rejects.toThrow(wrong("x"));
  await expect(fill([c, x], 0, {})).rejects.toThrow(wrong("c"));
  await expect(fill([{ ...x, type: "int16" }, c], 0, {})).rejects.toThrow(wrong("c"));
}); // prettier-ignore

test("the title of a file is found without reading it; what is no ROOT file is refused", async () => {
  const bytes = await write({});
  expect(await readFileTitle(memorySource("a.root", bytes))).toBe("made by hand");
  const other = bytes.slice();
  other[0] = 0;
  await expect(readFileTitle(memorySource("a.root", other))).rejects.toThrow("a.root: not a ROOT file");
  const far = bytes.slice();
  new DataView(far.buffer).setUint32(8, 257);
  await expect(readFileTitle(memorySource("a.root", far))).rejects.toThrow("a.root: not a ROOT file");
});
