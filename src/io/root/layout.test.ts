/** Layouts of branches, from the numbers that ROOT's TStreamerElement and TBranchElement have for them. */
import { expect, test } from "vitest";
import { type BranchRecord, type LeafRecord, layoutOf, parseType } from "./layout.js";

const leaf = (length: number, className = "TLeafElement", counted = false, unsigned = false): LeafRecord => ({
  ...{ className, unsigned, length, counted },
});
const branch = (leaves: readonly LeafRecord[], rest: Partial<BranchRecord> = {}): BranchRecord => ({
  ...{ className: "TBranch", leaves, hasBaskets: true, objectClass: "", type: 0, streamerType: -1 },
  ...{ memberType: undefined, ...rest },
});
/** A member with a type of TStreamerElement: 3 is an int, 5 a float. */
const member = (streamerType: number, length = 1, rest: Partial<BranchRecord> = {}): BranchRecord =>
  branch([leaf(length)], { className: "TBranchElement", objectClass: "Event", streamerType, ...rest });

test.each([
  { name: "a number", of: member(5), want: "float", layout: { kind: "fixed", scalar: "float", length: 1 } },
  { name: "the last of basic types", of: member(18), want: "bool", layout: { kind: "fixed", scalar: "bool", length: 1 } },
  { name: "an array of fixed length, + 20", of: member(23, 4), want: "int[4]", layout: { kind: "fixed", scalar: "int32", length: 4 } },
  { name: "an array of counted length, + 40", of: member(45), want: "float[n]", layout: { kind: "counted", scalar: "float", length: 1, skip: 1 } },
  { name: "a member of each object of a collection", of: member(5, 1, { type: 41 }), want: "float[n]", layout: { kind: "counted", scalar: "float", length: 1, skip: 0 } },
  { name: "an array in each object of a collection", of: member(25, 3, { type: 31 }), want: "float[n][3]", layout: { kind: "counted", scalar: "float", length: 3, skip: 0 } },
  { name: "how many objects a collection has", of: member(-1, 1, { type: 4, objectClass: "vector<Hit>" }), want: "vector<Hit>", layout: { kind: "fixed", scalar: "int32", length: 1 } },
  { name: "a string of ROOT", of: member(65), want: "TString", layout: { kind: "string", skip: 0 } },
  { name: "a container", of: member(300, 1, { memberType: "vector<int>" }), want: "vector<int>", layout: { kind: "list", item: { kind: "scalar", scalar: "int32" } } },
  { name: "a string of C++ among members, with byte count and version", of: member(500, 1, { memberType: "string" }), want: "string", layout: { kind: "string", skip: 6 } },
  { name: "a string of C++ as a branch", of: member(-1, 1, { objectClass: "string" }), want: "string", layout: { kind: "string", skip: 0 } },
  { name: "a class whose members are branches", of: member(-1, 1, { hasBaskets: false, type: 1 }), want: "Event", layout: { kind: "parent" } },
])("$name", ({ of, want, layout }) => {
  expect(layoutOf(of)).toEqual({ layout, typeName: want });
}); // prettier-ignore

test.each([
  { of: leaf(1, "TLeafF"), want: { layout: { kind: "fixed", scalar: "float", length: 1 }, typeName: "float" } },
  { of: leaf(3, "TLeafI", false, true), want: { layout: { kind: "fixed", scalar: "uint32", length: 3 }, typeName: "unsigned int[3]" } },
  { of: leaf(1, "TLeafD", true), want: { layout: { kind: "counted", scalar: "double", length: 1, skip: 0 }, typeName: "double[n]" } },
  { of: leaf(2, "TLeafL", true), want: { layout: { kind: "counted", scalar: "int64", length: 2, skip: 0 }, typeName: "Long64_t[n][2]" } },
  { of: leaf(1, "TLeafC"), want: { layout: { kind: "string", skip: 0 }, typeName: "char*" } },
])("a leaf of class $of.className with $of.length values: $want.typeName", ({ of, want }) => {
  expect(layoutOf(branch([of]))).toEqual(want);
}); // prettier-ignore

test.each([
  { name: "a class in baskets", of: member(-1) },
  { name: "a class in each object of a collection", of: member(300, 1, { type: 41, memberType: "vector<int>" }) },
  { name: "a counted array in each object of a collection", of: member(45, 1, { type: 41 }) },
  { name: "truncated floats", of: branch([leaf(1, "TLeafF16")]) },
  { name: "a list of leaves", of: branch([leaf(1, "TLeafF"), leaf(1, "TLeafI")]) },
  { name: "another class of branch", of: branch([leaf(1, "TLeafF")], { className: "TBranchObject" }) },
])("$name cannot be decoded, and says why", ({ of }) => {
  expect(layoutOf(of).layout).toMatchObject({ kind: "unsupported", reason: expect.stringMatching(/\w/) });
});

test("a branch without leaves and baskets has branches below it alone", () => {
  expect(layoutOf(branch([], { hasBaskets: false })).layout).toEqual({ kind: "parent" });
});

test("containers in containers; of their arguments the first one counts", () => {
  const float = { kind: "scalar", scalar: "float" };
  expect(parseType("std::vector<float,allocator<float> >")).toEqual({ kind: "list", item: float });
  expect(parseType("vector<vector<float, A<float, int> >, B>")).toEqual({ kind: "list", item: { kind: "list", item: float } }); // prettier-ignore
  expect(parseType("vector<string>")).toEqual({ kind: "list", item: { kind: "string" } });
  for (const name of ["map<int,float>", "Hit", "vector<Hit>"]) expect(parseType(name)).toBeUndefined();
});
