/** A branch that is written: bytes of its entries, what does not fit, and its record. */
import { expect, test } from "vitest";
import { type Scalar } from "./scalars.js";
import { BranchWriter, type BranchSpec } from "./write-branch.js";

const writer = (spec: Partial<BranchSpec>, counter?: BranchWriter): BranchWriter =>
  new BranchWriter({ name: "x", type: "int16", ...spec }, counter);

test.each<[Scalar, number | bigint, readonly number[]]>([
  ["bool", 1, [1]], ["bool", 0, [0]], ["int8", -2, [254]], ["uint8", 200, [200]], ["int16", -2, [255, 254]], ["uint16", 65_534, [255, 254]],
  ["int32", -(2 ** 31), [128, 0, 0, 0]], ["uint32", 2 ** 32 - 2, [255, 255, 255, 254]], ["float", 1.5, [63, 192, 0, 0]],
  ["int64", -2n, [255, 255, 255, 255, 255, 255, 255, 254]], ["int64", 258, [0, 0, 0, 0, 0, 0, 1, 2]],
  ["uint64", 2n ** 63n, [128, 0, 0, 0, 0, 0, 0, 0]], ["double", 2, [64, 0, 0, 0, 0, 0, 0, 0]],
])("%s %s, the highest byte first", (type, value, bytes) => {
  const branch = writer({ type });
  branch.add({ values: [0, value] as number[] }, 1);
  expect([branch.pending, [...branch.take().data]]).toEqual([bytes.length, bytes]);
}); // prettier-ignore

test.each<[Scalar, number | bigint]>([
  ["bool", 2], ["bool", -1], ["int8", 128], ["int8", -129], ["uint8", 256], ["uint8", -1], ["int16", 32_768], ["int16", 0.5],
  ["uint16", -1], ["uint16", 65_536], ["int32", 2 ** 31], ["uint32", 2 ** 32], ["uint32", -1], ["int64", 2n ** 63n], ["int64", 1.5],
  ["uint64", -1n], ["uint64", 2n ** 64n], ["uint64", Number.NaN],
])("%s cannot hold %s", (type, value) => {
  expect(() => writer({ type, name: "pt" }).add({ values: [value] as number[] }, 0)).toThrow(/^branch "pt" of type [\w ]+: \S+ does not fit$/);
}); // prettier-ignore

test("vectors have a byte count, a version and their length before them; entries begin where the one before ends", () => {
  const branch = writer({ vector: true });
  const column = { values: [7, 8, 9], offsets: [0, 1, 1, 3] };
  for (const i of [1, 2]) branch.add(column, i);
  const empty = [64, 0, 0, 6, 0, 9, 0, 0, 0, 0];
  expect([branch.jagged, branch.pending]).toEqual([true, 24]);
  const { entries, data, offsets } = branch.take();
  expect([entries, [...data], offsets]).toEqual([2, [...empty, 64, 0, 0, 10, 0, 9, 0, 0, 0, 2, 0, 8, 0, 9], [0, 10]]);
  expect([branch.pending, branch.take().entries]).toEqual([0, 0]);
});

test("counted arrays are their values alone, plain branches have no offsets", () => {
  const counted = writer({ counter: "n" }, writer({ name: "n", type: "int32" }));
  for (const i of [0, 1, 2]) counted.add({ values: [7, 8, 9], offsets: [0, 1, 1, 3] }, i);
  expect(counted.take()).toMatchObject({ entries: 3, data: Uint8Array.of(0, 7, 0, 8, 0, 9), offsets: [0, 2, 2] });
  const plain = writer({});
  for (const i of [0, 1]) plain.add({ values: [3, 4] }, i);
  expect([plain.jagged, plain.take()]).toMatchObject([false, { entries: 2, data: Uint8Array.of(0, 3, 0, 4), offsets: undefined }]);
}); // prettier-ignore

test("the record of a plain branch: where its baskets are, and where a next one would begin", () => {
  const branch = writer({ type: "uint16" });
  branch.placed(5, 100, 40, 60);
  branch.placed(3, 200, 30, 35);
  expect([branch.compressed, branch.uncompressed]).toEqual([70, 95]);
  const { className, members } = branch.record(101);
  expect([className, members]).toEqual([
    "TBranch",
    {
      ...{ fName: "x", fTitle: "x/s", fFillStyle: 1001, fCompress: 101, fBasketSize: 32_000, fEntryOffsetLen: 0, fSplitLevel: 0 },
      ...{ fWriteBasket: 2, fEntryNumber: 8, fMaxBaskets: 10, fEntries: 8, fTotBytes: 95, fZipBytes: 70, fLeaves: [branch.leaf] },
      ...{ fBasketBytes: [40, 30], fBasketEntry: [0, 5, 8], fBasketSeek: [100, 200] },
    },
  ]);
  expect(branch.leaf).toEqual({ className: "TLeafS", members: { fName: "x", fTitle: "x", fLen: 1, fLenType: 2, fIsUnsigned: true, fLeafCount: undefined } });
  for (let k = 0; k < 9; k++) branch.placed(1, 0, 0, 0);
  expect(branch.record(101).members).toMatchObject({ fWriteBasket: 11, fMaxBaskets: 12 });
}); // prettier-ignore

test("the record of a vector, of a counted array and of its counter", () => {
  const vector = writer({ type: "float", vector: true });
  const { className, members } = vector.record(404);
  expect([className, vector.leaf]).toEqual(["TBranchElement", { className: "TLeafElement", members: { fName: "x", fTitle: "x", fLen: 1, fID: -1, fType: -1 } }]);
  expect(members).toMatchObject({
    ...{ fTitle: "x", fClassName: "vector<float>", fCheckSum: 89790107, fClassVersion: 6, fID: -1, fStreamerType: -1 },
    ...{ fSplitLevel: 99, fEntryOffsetLen: 1000, fBasketEntry: [0], fEntries: 0 },
  });
  const n = writer({ name: "n", type: "int32" });
  n.countsUpTo(17);
  expect(n.leaf.members).toMatchObject({ fIsRange: true, fMaximum: 17, fIsUnsigned: false, fLenType: 4 });
  const counted = writer({ type: "double", counter: "n" }, n);
  expect(counted.record(404)).toMatchObject({ className: "TBranch", members: { fTitle: "x[n]/D", fEntryOffsetLen: 1000, fSplitLevel: 0 } });
  expect(counted.leaf).toMatchObject({ className: "TLeafD", members: { fTitle: "x[n]", fLenType: 8, fLeafCount: n.leaf } });
}); // prettier-ignore
