import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { SCINTILLATOR_WAFER } from "../detector/index.js";
import { type ChainParams, coarseSeeds, DEFAULT_PARAMS, hexDistance, seedUv } from "./index.js";
import { tcRowsOf } from "./coarse.js";
import { createSeeds } from "./seed.js";
import { UvSeeder } from "./seed-uv.js";
import { type Cell, cellAt as at, cells } from "./cells.test-data.js";

/** Seeds of cells given as [U, V, mipPt] about the middle of wafer (0, 0), as [u, v]. */
function seedsAt(
  list: readonly (readonly [number, number, number])[],
  changes: Partial<ChainParams["seed_cs"]> = {},
  window = 1,
) {
  const params = {
    ...DEFAULT_PARAMS,
    seed: { ...DEFAULT_PARAMS.seed, window },
    seed_cs: { ...DEFAULT_PARAMS.seed_cs, ...changes },
  };
  const seeds = seedUv(cells(list.map(([u, v, mipPt]) => at(2, { mipPt, cell: [u, v] }))), null, params);
  return Array.from({ length: seeds.n }, (_, k) => [seeds.u[k], seeds.v[k]]);
}

test.each([
  { name: "exactly the threshold is no seed", list: [[3, 3, 20]] as const, want: [] },
  {
    name: "layers add up",
    list: [
      [3, 3, 15],
      [3, 3, 6],
    ] as const,
    want: [[3, 3]],
  },
  {
    name: "a larger neighbour wins",
    list: [
      [3, 3, 30],
      [3, 4, 31],
    ] as const,
    want: [[3, 4]],
  },
  {
    name: "equal neighbours are both seeds, by u, then v",
    list: [
      [4, 3, 30],
      [3, 3, 30],
      [3, 2, 30],
    ] as const,
    want: [
      [3, 2],
      [3, 3],
      [4, 3],
    ],
  },
  {
    name: "a hexagon has no corner at (1, -1)",
    list: [
      [3, 3, 30],
      [4, 2, 31],
    ] as const,
    want: [
      [3, 3],
      [4, 2],
    ],
  },
  {
    name: "but one at (1, 1)",
    list: [
      [3, 3, 30],
      [4, 4, 31],
    ] as const,
    want: [[4, 4]],
  },
])("seeds in (u, v): $name", ({ list, want }) => {
  expect(seedsAt(list)).toEqual(want);
});

test("a square window has all four corners, a wider one reaches further", () => {
  expect(
    seedsAt(
      [
        [3, 3, 30],
        [4, 2, 31],
      ],
      { hexDist: false },
    ),
  ).toEqual([[4, 2]]);
  const two = [
    [3, 3, 30],
    [5, 4, 31],
  ] as const;
  expect(seedsAt(two)).toEqual([
    [3, 3],
    [5, 4],
  ]);
  expect(seedsAt(two, {}, 2)).toEqual([[5, 4]]);
});

test("the fast search finds what comparing every pair of cells finds", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
      (seed, window, hexDist) => {
        const random = new Random(seed);
        const list = Array.from({ length: 60 }, () => {
          const of = () => Math.floor(random.uniform() * 8);
          return [of(), of(), Math.floor(random.uniform() * 40)] as const;
        });
        const sums = new Map<string, number>();
        for (const [u, v, mipPt] of list) sums.set(`${u} ${v}`, (sums.get(`${u} ${v}`) ?? 0) + mipPt);
        const entries = [...sums].map(([key, sum]) => ({ at: key.split(" ").map(Number), sum }));
        const far = (du: number, dv: number): number =>
          hexDist ? hexDistance(du, dv) : Math.max(Math.abs(du), Math.abs(dv));
        const want = entries
          .filter(
            ({ at: [u, v], sum }) =>
              sum > 20 && entries.every((o) => far(o.at[0] - u, o.at[1] - v) > window || o.sum <= sum),
          )
          .map((entry) => entry.at)
          .toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
        expect(seedsAt(list, { hexDist }, window)).toEqual(want);
      },
    ),
    { seed: 3, numRuns: 60 },
  );
});

test("a cell at the border of its wafer loses to one of the next wafer, if that is a coarse seed too", () => {
  // U and V of cell (7, 3) in wafer (0, 0) are 7, 3; of cell (4, 0) in wafer (0, 1) they are 12, 4; (0, 0) there is 8, 4.
  const border = at(1.7, { mipPt: 200, cell: [7, 3] });
  const beyond = (mipPt: number): Cell => at(1.7, { mipPt, wafer: [0, 1], cell: [0, 0] });
  const uv = (list: readonly Cell[]): number[][] => {
    const tc = cells(list);
    const seeds = seedUv(tc, coarseSeeds(tc, DEFAULT_PARAMS.cs), DEFAULT_PARAMS);
    return Array.from({ length: seeds.n }, (_, k) => [seeds.csId[k], seeds.u[k], seeds.v[k]]);
  };
  expect(uv([border, beyond(210)])).toEqual([[1, 8, 4]]);
  // Not a coarse seed: its energy counts as 0, also for the neighbours.
  expect(uv([{ ...border, mipPt: 175 }, { ...beyond(160) }])).toEqual([[0, 7, 3]]);
});

test("two cells of different wafers at the same (u, v): the one of larger (cu, cv) stands for both", () => {
  // Only corners of the 8 x 8 box that hold no cell of a sensor can meet so.
  const list = [at(2, { mipPt: 50, wafer: [0, 0], cell: [7, 0] }), at(2, { mipPt: 90, wafer: [1, 1], cell: [3, 4] })];
  for (const order of [list, list.toReversed()]) {
    const seeds = seedUv(cells(order), null, DEFAULT_PARAMS);
    expect([seeds.n, seeds.energy[0], seeds.u[0], seeds.v[0]]).toEqual([1, 50, 7, 0]);
  }
});

test("the map behind the seeds: every cell of every wafer with its own coordinates, and sums over layers", () => {
  const list: Cell[] = [];
  for (const wafer of [[0, 0], [3, -2], [-5, 4]] as const) {
    for (let k = 0; k < 64; k++) list.push(at(2, { wafer, cell: [k >> 3, k & 7], mipPt: 1 + k }));
  }
  const seeder = new UvSeeder(DEFAULT_PARAMS);
  seeder.seedInto(createSeeds(), null, tcRowsOf(cells([...list, ...list.map((cell) => ({ ...cell, layer: 13 }))])));
  const found = seeder.cells();
  const want = list.map(({ wafer: [wu, wv] = [0, 0], cell: [cu, cv] = [0, 0], mipPt = 1 }) => ({
    u: cu - 4 * wu + 8 * wv, v: cv - 8 * wu + 4 * wv, wu, wv, cu, cv, csId: 0, mipPt: 2 * mipPt,
  }));
  const { n, onMap, ...columns } = found;
  expect(n).toBe(list.length);
  const names = Object.keys(columns) as (keyof typeof columns)[];
  const got = list.map((_, c) => Object.fromEntries(names.map((name) => [name, columns[name][c]])));
  expect(got).toEqual(want);
  // Far apart: only cells of their own wafer could share a place, and none does.
  expect([...onMap]).toEqual(list.map(() => 1));
}); // prettier-ignore

test("seeds of many wafers at once: each in its place, by coarse seed, then u, then v, weighted means in x/z and y/z", () => {
  const wafers = Array.from({ length: 90 }, (_, k) => [(k % 10) - 4, Math.floor(k / 10) - 4] as const);
  const list = wafers.flatMap((wafer, k): Cell[] => [
    { x: 60 + k, y: 2, z: 330, mipPt: 300, wafer, cell: [4, 4] },
    { x: 62 + k, y: -3, z: 340, mipPt: 100, wafer, cell: [4, 4], layer: 11 },
  ]);
  const tc = cells(list);
  const coarse = coarseSeeds(tc, DEFAULT_PARAMS.cs);
  const seeds = seedUv(tc, coarse, DEFAULT_PARAMS);
  expect([coarse.n, seeds.n]).toEqual([90, 90]);
  for (let s = 0; s < seeds.n; s++) {
    const [wu, wv] = [coarse.wu[s], coarse.wv[s]];
    const k = wafers.findIndex((wafer) => wafer[0] === wu && wafer[1] === wv);
    expect([seeds.csId[s], seeds.u[s], seeds.v[s], seeds.energy[s]]).toEqual([s, 4 - 4 * wu + 8 * wv, 4 - 8 * wu + 4 * wv, 400]); // prettier-ignore
    expect(seeds.x[s]).toBeCloseTo(0.75 * ((60 + k) / 330) + 0.25 * ((62 + k) / 340), 12);
    expect(seeds.y[s]).toBeCloseTo(0.75 * (2 / 330) - 0.25 * (3 / 340), 12);
  }
});

test("a trigger cell beyond its wafer's box is an error that names it; scintillator and the other endcap take no part", () => {
  for (const cell of [[8, 0], [0, 8], [-1, 0], [0, -1]] as const) {
    expect(() => seedUv(cells([at(2, { cell })]), null, DEFAULT_PARAMS, { where: "event 7" })).toThrow(
      `event 7: trigger cell (${cell.join(", ")}) in wafer (0, 0), expected coordinates from 0 to 7`,
    );
  }
  const others = [at(2, { mipPt: 99, wafer: [SCINTILLATOR_WAFER, 0], cell: [40, 40] }), at(2, { mipPt: 99, z: -330 })];
  expect(seedUv(cells(others), null, DEFAULT_PARAMS).n).toBe(0);
}); // prettier-ignore
