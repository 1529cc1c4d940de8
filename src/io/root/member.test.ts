/** Members of objects that the streamer reads: taken when they are what they should be. */
import { expect, test } from "vitest";
import { Member } from "./member.js";
import { SCALARS, scalarOfLeaf, scalarOfStreamerType, scalarOfType } from "./scalars.js";

const member = (object: object): Member => new Member(object, "a.root: tree");
const wrong = (value: string, what: string): string =>
  `a.root: tree: x is ${value}, expected ${what}: the file is corrupt`;

test("texts, numbers, counts and flags", () => {
  const of = member({ t: "a", n: -1.5, c: 0, d: 3, f: 1, g: 0, z: null });
  expect([of.text("t"), of.number("n"), of.count("c"), of.count("d"), of.flag("f"), of.flag("g"), of.flag("h")]).toEqual(["a", -1.5, 0, 3, true, false, false]);
  expect([of.has("c"), of.has("z"), of.has("y")]).toEqual([true, false, false]);
  expect(of.named("b").what).toBe("b");
  expect(of.named("b").text("t")).toBe("a");
}); // prettier-ignore

test.each<[string, (of: Member) => unknown, unknown, string]>([
  ["text", (of) => of.text("x"), 1, wrong("1", "a text")],
  ["number", (of) => of.number("x"), "1", wrong("1", "a number")],
  ["a count below 0", (of) => of.count("x"), -1, wrong("-1", "a count")],
  ["half a count", (of) => of.count("x"), 1.5, wrong("1.5", "a count")],
  ["a count of 2^53", (of) => of.count("x"), 2 ** 53, wrong("9007199254740992", "a count")],
  ["a count as a text", (of) => of.count("x"), "7", wrong("7", "a count")],
  ["numbers", (of) => of.numbers("x"), {}, wrong("[object Object]", "numbers")],
  ["a list that is missing", (of) => of.list("x"), undefined, wrong("undefined", "a list")],
  ["a list that is null", (of) => of.list("x"), null, wrong("null", "a list")],
  ["a list without items", (of) => of.list("x"), { arr: 1 }, wrong("[object Object]", "a list")],
])("refused: %s", (_, take, x, message) => {
  expect(() => take(member({ x }))).toThrow(message);
});

test("numbers of arrays and typed arrays, none where they are missing", () => {
  const of = member({ a: [1, 2], b: Int32Array.of(3), z: null });
  expect(["a", "b", "z", "y"].map((name) => Array.from(of.numbers(name)))).toEqual([[1, 2], [3], [], []]);
});

test("lists: null items are left out, or are holes", () => {
  const of = member({ l: { arr: [{ n: "a" }, null, 7, { n: "b" }] } });
  expect(of.list("l").map((each) => each.text("n"))).toEqual(["a", "b"]);
  expect(of.list("l", true).map((each) => each?.text("n"))).toEqual(["a", undefined, undefined, "b"]);
  expect(of.list("l")[0].what).toBe("a.root: tree");
});

test("bytes of a buffer: a view of them, none where it is missing", () => {
  const of = member({ b: { arr: new DataView(Uint8Array.of(1, 2, 3, 4).buffer, 1, 2) }, c: { arr: [1] }, z: null });
  expect(["b", "c", "z", "y"].map((name) => [...of.bytes(name)])).toEqual([[2, 3], [], [], []]);
});

test("number types have the size of their arrays; each is known by its names, in leaves and in streamer infos", () => {
  for (const { bytes, create } of Object.values(SCALARS)) expect([create(3).length, create(0).BYTES_PER_ELEMENT]).toEqual([3, bytes]);
  expect(["Float_t", "const unsigned char", " long ", "ULong64_t", "Bool_t", "vector<int>"].map(scalarOfType)).toEqual(["float", "uint8", "int64", "uint64", "bool", undefined]);
  // TStreamerInfo::EReadWrite: kChar 1 to kBool 18; 7, 9 and 19 (strings, reals of other sizes) are none of these.
  const want = [undefined, "int8", "int16", "int32", "int64", "float", "int32", undefined, "double", undefined, "int8", "uint8", "uint16", "uint32", "uint64", "uint32", "int64", "uint64", "bool", undefined];
  expect(want.map((_, type) => scalarOfStreamerType(type))).toEqual(want);
  const leaves = ["O", "B", "S", "I", "L", "G", "F", "D", "C"];
  expect(leaves.map((letter) => scalarOfLeaf(`TLeaf${letter}`, false))).toEqual(["bool", "int8", "int16", "int32", "int64", "int64", "float", "double", undefined]);
  expect(leaves.map((letter) => scalarOfLeaf(`TLeaf${letter}`, true))).toEqual(["bool", "uint8", "uint16", "uint32", "uint64", "uint64", "float", "double", undefined]);
}); // prettier-ignore
