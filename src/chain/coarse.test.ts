import { expect, test } from "vitest";
import { coarseLayers, coarseSeeds, cylinderInto, tcRowsOf, DEFAULT_PARAMS } from "./index.js";
import { CoarseSeeder, createCoarseSeeds } from "./coarse.js";
import { type Cell, cellAt as at, cells } from "./cells.test-data.js";

const { cs } = DEFAULT_PARAMS;

const wafersOf = (list: readonly Cell[], params = cs): number[][] => {
  const coarse = coarseSeeds(cells(list), params);
  return Array.from({ length: coarse.n }, (_, k) => [coarse.wu[k], coarse.wv[k]]);
};

test.each([
  { name: "four layers from 7 on", params: {}, want: { first: 7, end: 15 } },
  { name: "across the border of CE-E", params: { initial_layer: 27, k: 3 }, want: { first: 27, end: 31 } },
  {
    name: "all that follow where there are fewer",
    params: { initial_layer: 48, k: 4 },
    want: { first: 48, end: Infinity },
  },
])("layers: $name", ({ params, want }) => {
  expect(coarseLayers({ ...cs, ...params }, "V11")).toEqual(want);
});

test("layers: one that the trigger does not read is no first layer", () => {
  expect(() => coarseLayers({ ...cs, initial_layer: 8 }, "V11")).toThrow(
    "cs.initial_layer: the trigger does not read layer 8 of geometry V11; it reads 1, 3, 5,",
  );
});

test.each([
  { name: "a sum at the threshold is one", list: [at(1.7, { mipPt: 100 }), at(1.7, { mipPt: 70 })], want: [[0, 0]] },
  { name: "a sum below is none", list: [at(1.7, { mipPt: 169.9 })], want: [] },
  {
    name: "layers 6 and 15 do not count",
    list: [at(1.7, { mipPt: 500, layer: 6 }), at(1.7, { mipPt: 500, layer: 15 })],
    want: [],
  },
  {
    name: "the threshold grows with eta",
    list: [at(2, { mipPt: 175, wafer: [1, 0] }), at(2.5, { mipPt: 190 })],
    want: [],
  },
  { name: "the mean eta is unweighted", list: [at(1.7, { mipPt: 174 }), at(2.3, { mipPt: 1 })], want: [] },
  {
    name: "outside the eta ranges there is none",
    list: [at(1.49, { mipPt: 900 }), at(3.21, { mipPt: 900, wafer: [1, 1] })],
    want: [],
  },
  {
    name: "they come by eta range, then by wafer",
    list: [
      at(2.5, { mipPt: 900, wafer: [-3, 0] }),
      at(1.7, { mipPt: 200, wafer: [5, 1] }),
      at(1.8, { mipPt: 900, wafer: [5, -1] }),
    ],
    want: [
      [5, -1],
      [5, 1],
      [-3, 0],
    ],
  },
  { name: "scintillator takes no part", list: [at(1.7, { mipPt: 900, wafer: [-999, -999] })], want: [] },
  { name: "the other endcap takes no part", list: [at(1.7, { mipPt: 900, z: -330 })], want: [] },
])("coarse seeds: $name", ({ list, want }) => {
  expect(wafersOf(list)).toEqual(want);
});

test("an eta on a limit belongs to the range below", () => {
  const tc = cells([at(1.9, { mipPt: 175 })]);
  tc.tc_eta[0] = 1.9;
  expect(coarseSeeds(tc, cs).n).toBe(1);
  tc.tc_eta[0] = 1.5;
  expect(coarseSeeds(tc, cs).n).toBe(0);
});

test("nearby adds the neighbours that hold cells in these layers, each once", () => {
  const soft = ([wu, wv]: readonly [number, number]): Cell => at(1.7, { mipPt: 0, wafer: [wu, wv] });
  const around = [
    [1, 2],
    [2, 1],
    [2, 3],
    [3, 2],
    [3, 3],
    [3, 4],
    [1, 1],
    [1, 3],
    [3, 1],
  ] as const;
  const list = [at(1.7, { mipPt: 900, wafer: [2, 2] }), at(1.7, { mipPt: 900, wafer: [3, 3] }), ...around.map(soft)];
  const nearby = { ...cs, nearby: true };
  // (1, 3) and (3, 1) are no neighbours of (2, 2); (3, 3) is one of both.
  expect(wafersOf(list, nearby)).toEqual([
    [1, 1],
    [1, 2],
    [2, 1],
    [2, 2],
    [2, 3],
    [3, 2],
    [3, 3],
    [3, 4],
  ]);
  expect(wafersOf([at(1.7, { mipPt: 900, wafer: [2, 2] })], nearby)).toEqual([[2, 2]]);
  // (2, 2) brings seven; of those (3, 3) is above threshold itself, and brings (3, 4).
  const { n, origin } = coarseSeeds(cells(list), nearby);
  expect([...origin.subarray(0, n)]).toEqual([3, 3, 3, 3, 3, 3, 6, 6]);
});

test("the sums behind the coarse seeds: all wafers with cells in these layers, each with its eta range", () => {
  const list = [
    at(2.5, { mipPt: 190, wafer: [1, 0] }),
    at(1.7, { mipPt: 3, wafer: [0, 2] }),
    at(1.8, { mipPt: 4, wafer: [0, 2], layer: 13 }),
    at(1.7, { mipPt: 9, wafer: [0, 2], layer: 15 }),
    at(1.4, { mipPt: 900, wafer: [-3, 1] }),
  ];
  const seeder = new CoarseSeeder(cs);
  seeder.findInto(createCoarseSeeds(), tcRowsOf(cells(list)));
  const { n, wu, wv, mipPt, eta, nTc, range } = seeder.sums();
  expect(n).toBe(3);
  expect([[...wu], [...wv], [...mipPt], [...nTc], [...range]]).toEqual([
    [-3, 0, 1],
    [1, 2, 0],
    [900, 7, 190],
    [1, 2, 1],
    [-1, 0, 2],
  ]);
  expect(eta[1]).toBeCloseTo(1.75, 12);
});

test("the cylinder is the cross of the wafer u and v, in CE-E", () => {
  const list = [
    at(1.7, { mipPt: 900, wafer: [1, 5] }),
    at(1.7, { mipPt: 900, wafer: [2, 6] }),
    at(1.7, { wafer: [1, 6], layer: 28 }),
    at(1.7, { wafer: [1, 6], layer: 29 }),
    at(1.7, { wafer: [1, 4], layer: 3 }),
    at(1.7, { wafer: [3, 5], layer: 3 }),
    at(1.7, { wafer: [-999, -999], layer: 3 }),
  ];
  const tc = cells(list);
  const mask = new Uint8Array(list.length);
  cylinderInto(mask, coarseSeeds(tc, cs), tcRowsOf(tc));
  expect([...mask]).toEqual([1, 1, 1, 0, 0, 0, 0]);
});
