/** Records of trees as the streamer hands them over: branches, their baskets, and what is corrupt. */
import { expect, test } from "vitest";
import { memorySource } from "../source.js";
import { PLAIN_CODECS } from "./codecs.test-data.js";
import { type Streamers } from "./streamers.js";
import { findBranch, nameOf, parseTree, type RootTree } from "./tree.js";

const list = (...items: readonly unknown[]): object => ({ arr: items });

/** A branch of ints without baskets. */
function branch(name: string, members: object = {}, below: readonly object[] = []): object {
  return {
    ...{ _typename: "TBranch", fName: name, fEntries: 0, fFileName: "", fWriteBasket: 0, fCompress: 404 },
    ...{ fTotBytes: 0, fZipBytes: 0, fBasketBytes: [], fBasketEntry: [], fBasketSeek: [], fBaskets: list() },
    ...{ fLeaves: list({ _typename: "TLeafI", fLen: 1 }), fBranches: list(...below) },
    ...members,
  };
}

const asked: unknown[][] = [];
const streamers = { memberType: (...what: unknown[]) => (asked.push(what), "vector<float>") } as unknown as Streamers;

function parse(...branches: readonly object[]): RootTree {
  const head = {
    source: memorySource("a.root", new Uint8Array(0)),
    codecs: PLAIN_CODECS,
    path: "dir/tree",
    title: "t",
  };
  return parseTree({ fEntries: 9, fTotBytes: 70, fZipBytes: 30, fBranches: list(...branches) }, head, streamers);
}

test("branches come depth first, with the names above them in their path", () => {
  const tree = parse(
    branch("a", { fTotBytes: 8, fZipBytes: 5 }, [branch("b", {}, [branch("c")]), branch("d", { fCompress: 101 })]),
    branch("e"),
  );
  expect(tree.branches.map(({ name, path }) => `${name} ${path}`)).toEqual(["a a", "b a/b", "c a/b/c", "d a/d", "e e"]);
  expect(tree).toMatchObject({ path: "dir/tree", title: "t", entries: 9, uncompressedBytes: 70, compressedBytes: 30 });
  expect(tree.branches[0]).toMatchObject({ typeName: "int", entries: 0, uncompressedBytes: 8, compressedBytes: 5 });
  expect([tree.branches[0].compression, tree.branches[3].compression]).toEqual(["lz4 4", "zlib 1"]);
});

test("of a class' members the type is asked for by name: without what is above it and without an index", () => {
  asked.length = 0;
  const element = { _typename: "TBranchElement", fClassName: "Track", fClassVersion: 3, fCheckSum: 77, fType: 0, fStreamerType: 500 };
  const [found] = parse(branch("track.fX[3]", element)).branches;
  expect([asked, found.typeName, found.layout.kind]).toEqual([[["Track", 3, 77, "fX"]], "vector<float>", "list"]);
  expect(parse(branch("plain", { fLeaves: list({ _typename: "TLeafF", fLen: 4, fLeafCount: {} }) })).branches[0]).toMatchObject({
    layout: { kind: "counted", scalar: "float", length: 4, skip: 0 },
  });
  expect(parse(branch("u", { fLeaves: list({ _typename: "TLeafI", fLen: 2, fIsUnsigned: true }) })).branches[0].typeName).toBe("unsigned int[2]");
  expect(asked).toHaveLength(1);
}); // prettier-ignore

test("a branch in another file is named, and its baskets are not looked for", () => {
  const [found] = parse(branch("x", { fFileName: "b.root", fEntries: 3, fWriteBasket: 1 })).branches;
  expect([found.layout, found.baskets]).toEqual([{ kind: "unsupported", reason: "a branch in another file (b.root)" }, []]);
}); // prettier-ignore

const two = { fEntries: 5, fWriteBasket: 2, fBasketEntry: [0, 3, 5], fBasketSeek: [100, 250], fBasketBytes: [40, 60] };
const buffer = (bytes: number): object => ({
  arr: new DataView(Uint8Array.from({ length: bytes + 4 }, (_, i) => i).buffer, 2, bytes),
});
/** Kept in the record: `entries` of 4 bytes, after a key of 10. */
const kept = (entries: number, members: object = {}): object => ({
  ...{ fKeylen: 10, fLast: 10 + 4 * entries, fNevBuf: entries, fBufferRef: buffer(4 * entries) },
  ...members,
});

test("baskets in the file: entries from the first of one to that of the next, bytes from where they begin", () => {
  const want = [
    { first: 0, entries: 3, range: { start: 100, end: 140 } },
    { first: 3, entries: 2, range: { start: 250, end: 310 } },
  ];
  expect(parse(branch("x", two)).branches[0].baskets).toEqual(want);
  // Without a next one, it ends with the branch; so does one whose first entry nobody knows.
  expect(parse(branch("x", { ...two, fBasketEntry: [0, 3] })).branches[0].baskets).toEqual(want);
  // A basket without entries between them.
  const gap = { ...two, fWriteBasket: 3, fBasketEntry: [0, 3, 3, 5], fBasketSeek: [100, 0, 250], fBasketBytes: [40, 0, 60] };
  expect(parse(branch("x", gap)).branches[0].baskets).toEqual(want);
  // Entries of a tree whose first ones are gone.
  const late = { ...two, fFirstEntry: 20, fBasketEntry: [20, 23, 25] };
  expect(parse(branch("x", late)).branches[0].baskets.map(({ first, entries }) => [first, entries])).toEqual([[20, 3], [23, 2]]);
}); // prettier-ignore

test("baskets in the tree's record: those of the file come first, views of the bytes behind the key", () => {
  const mixed = { ...two, fWriteBasket: 1, fBasketSeek: [100, 0], fBasketBytes: [40, 0], fBaskets: list(null, kept(2)) };
  const [{ baskets }] = parse(branch("x", mixed)).branches;
  expect(baskets[0]).toEqual({ first: 0, entries: 3, range: { start: 100, end: 140 } });
  expect(baskets[1]).toEqual({ first: 3, entries: 2, embedded: { bytes: Uint8Array.of(2, 3, 4, 5, 6, 7, 8, 9), offsets: undefined } });
  // No more of the buffer than entries fill.
  const [{ baskets: more }] = parse(branch("x", { fEntries: 1, fBasketEntry: [0], fBaskets: list(kept(1, { fBufferRef: buffer(9) })) })).branches;
  expect(more[0].embedded?.bytes).toEqual(Uint8Array.of(2, 3, 4, 5));
  const only = { fEntries: 2, fBasketEntry: [0], fBaskets: list(kept(2, { fEntryOffset: [10, 13, 99] })) };
  const [{ baskets: own }] = parse(branch("x", only)).branches;
  expect(own).toHaveLength(1);
  expect(own[0].embedded?.offsets).toEqual(Int32Array.of(0, 3, 8));
}); // prettier-ignore

test("no entries, or a parent with entries and no data: no baskets", () => {
  for (const members of [{ ...two, fEntries: 0 }, { fEntries: 7 }, { fEntries: 7, fBasketSeek: [0] }])
    expect(parse(branch("x", members)).branches[0].baskets).toEqual([]);
});

test.each<[string, object, string]>([
  ["another first entry", { ...two, fBasketEntry: [1, 3, 5] }, "basket 0 holds entries 1 to 3, expected 0 to at most 5"],
  ["an end before its start", { ...two, fBasketEntry: [0, -1, 5] }, "basket 0 holds entries 0 to -1, expected 0 to at most 5"],
  ["an end behind the branch", { ...two, fBasketEntry: [0, 6, 5] }, "basket 0 holds entries 0 to 6, expected 0 to at most 5"],
  ["more baskets than first entries", { ...two, fWriteBasket: 3, fBasketEntry: [0, 3, 4] , fEntries: 5, fBasketSeek: [100, 250], fBasketBytes: [40, 60, 70] }, "basket 2 (entries 4 to 5) is not in the file"],
  ["no first entries", { ...two, fBasketEntry: [] }, "basket 0 holds entries NaN to 5, expected 0 to at most 5"],
  ["a basket that is nowhere", { ...two, fBasketSeek: [100, 0] }, "basket 1 (entries 3 to 5) is not in the file"],
  ["a basket of no bytes", { ...two, fBasketBytes: [40, 0] }, "basket 1 (entries 3 to 5) is not in the file"],
  ["fewer entries than the branch", { ...two, fEntries: 6, fBasketEntry: [0, 3, 5] , fWriteBasket: 1, fBasketSeek: [100], fBaskets: list(null, kept(5)) }, "a basket in the tree's record holds 5 entries in 20 bytes, expected 3 in 20"],
  ["more bytes than the buffer has", { fEntries: 2, fBasketEntry: [0], fBaskets: list(kept(2, { fLast: 19 })) }, "holds 2 entries in 8 bytes, expected 2 in 9"],
  ["fewer bytes than none", { fEntries: 2, fBasketEntry: [0], fBaskets: list(kept(2, { fLast: 9 })) }, "holds 2 entries in 8 bytes, expected 2 in -1"],
  ["too few offsets", { fEntries: 2, fBasketEntry: [0], fBaskets: list(kept(2, { fEntryOffset: [10] })) }, "1 entry offsets, expected 2"],
])("corrupt: %s", (_, members, message) => {
  expect(() => parse(branch("x", members))).toThrow(message);
  expect(() => parse(branch("x", members))).toThrow('a.root: branch "x" in tree "dir/tree"');
}); // prettier-ignore

test("a branch is found by its path, or by a name that it alone has; what is near is told", () => {
  const tree = parse(branch("a", {}, [branch("pt"), branch("eta")]), branch("b", {}, [branch("pt")]), branch("eta"));
  expect(["a", "a/pt", "b/pt", "eta", "a/eta"].map((name) => findBranch(tree, name).path)).toEqual(["a", "a/pt", "b/pt", "eta", "a/eta"]);
  expect(findBranch(parse(branch("a", {}, [branch("pt")])), "pt").path).toBe("a/pt");
  expect(() => findBranch(tree, "pt")).toThrow('a.root: tree "dir/tree" has 2 branches "pt": give one of "a/pt", "b/pt"');
  expect(() => findBranch(tree, "etas")).toThrow('branch not found: "etas" in tree "dir/tree" (a.root); nearest: "eta"');
  expect(() => findBranch(tree, "b/pr")).toThrow('nearest: "b/pt"');
  expect(() => findBranch(parse(), "x")).toThrow(/\(a\.root\)$/);
  expect([nameOf(tree), nameOf(tree, { path: "b/pt" })]).toEqual(['a.root: tree "dir/tree"', 'a.root: branch "b/pt" in tree "dir/tree"']);
}); // prettier-ignore
