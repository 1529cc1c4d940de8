import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import {
  type ChainParams,
  coarseLayers,
  coarseSeeds,
  createCsChain,
  cylinderInto,
  DEFAULT_PARAMS,
  hexDistance,
  parseSelection,
  seedUv,
} from "./index.js";
import { batchOf, type Cell, cells } from "./cells.test-data.js";

const { cs } = DEFAULT_PARAMS;
const options = { selection: parseSelection("all"), saveSteps: true };

/** A cell at the given |eta|, on the x axis. */
const at = (eta: number, cell: Partial<Cell>): Cell => ({ x: 330 / Math.sinh(eta), y: 0, ...cell });
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
  expect(coarseLayers({ ...cs, ...params })).toEqual(want);
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
  cylinderInto(mask, coarseSeeds(tc, cs), tc, 0, list.length);
  expect([...mask]).toEqual([1, 1, 1, 0, 0, 0, 0]);
});

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
    const seeds = seedUv(tc, coarseSeeds(tc, cs), DEFAULT_PARAMS);
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

test.each([
  {
    name: "a wafer far out",
    cell: { wafer: [40, 0] as const },
    message: /event 100 \(entry 0\): trigger cell in wafer \(40, 0\), expected coordinates from -32 to 31/,
  },
  {
    name: "a cell beyond its wafer",
    cell: { cell: [8, 0] as const },
    message: /event 100 \(entry 0\): trigger cell \(8, 0\) in wafer \(0, 0\), expected coordinates from 0 to 7/,
  },
])("$name is an input error, and the next event is not touched by it", ({ cell, message }) => {
  const good = at(2, { mipPt: 300, pt: 9 });
  const events = [{ cells: [good, at(2, { mipPt: 300, ...cell })] }, { cells: [good] }];
  expect(() => createCsChain(DEFAULT_PARAMS, options)(batchOf(events))).toThrow(message);
  const result = createCsChain(DEFAULT_PARAMS, { ...options, skipBadEvents: true })(batchOf(events));
  expect(result.counts).toMatchObject({ bad: 1, selected: 1, coarseSeeds: 1, seeds: 1 });
  expect([...result.seeds.columns.event]).toEqual([101n]);
});

test("the tables of the chain: seeds with their cells, coarse seeds, counts", () => {
  const event = [
    at(2.1, { mipPt: 300, pt: 10, wafer: [3, 1], cell: [2, 4] }),
    at(2.1, { mipPt: 50, pt: 1, layer: 30, wafer: [3, 1], cell: [2, 4] }),
  ];
  const { seeds, coarse_seeds, clusters, events, counts } = createCsChain(
    DEFAULT_PARAMS,
    options,
  )(batchOf([{ cells: event }, { cells: [] }]));
  const first = Object.fromEntries(Object.entries(seeds.columns).map(([name, column]) => [name, column[0]]));
  expect(first).toMatchObject({
    chain: "cs",
    seedEn: 300,
    rz_bin: -1,
    phi_bin: -1,
    cs_id: 0,
    u: 2 - 12 + 8,
    v: 4 - 24 + 4,
  });
  const coarse = Object.fromEntries(
    Object.entries(coarse_seeds?.columns ?? {}).map(([name, column]) => [name, column[0]]),
  );
  expect(coarse).toEqual({
    entry: 0,
    event: 100n,
    cs_id: 0,
    wu: 3,
    wv: 1,
    mipPt: 300,
    eta: expect.closeTo(2.1, 12) as number,
  });
  expect([clusters.rows, clusters.columns.n_tc[0]]).toEqual([1, 2]);
  expect([...events.columns.n_cs]).toEqual([1, 0]);
  expect([...events.columns.seeds_per_cs]).toEqual([1, Number.NaN]);
  expect(counts).toMatchObject({ withCoarseSeeds: 1, coarseSeeds: 1, seeds: 1, withSeeds: 1, selected: 2 });
});

test("without coarse seeds NoCStcOut still finds seeds, in all layers, and the cylinder is empty", () => {
  const late = [at(2.1, { mipPt: 30, pt: 10, layer: 35 })];
  const withInput = (event: Cell[], InputName: "CStcOut" | "NoCStcOut", CSCylinder: boolean) => {
    const params = {
      ...DEFAULT_PARAMS,
      seed_cs: { ...DEFAULT_PARAMS.seed_cs, InputName },
      cluster: { ...DEFAULT_PARAMS.cluster, CSCylinder },
    };
    const { counts, events } = createCsChain(params, options)(batchOf([{ cells: event }]));
    return [counts.coarseSeeds, counts.seeds, counts.clusters, events.columns.n_cs[0]];
  };
  expect(withInput(late, "CStcOut", false)).toEqual([0, 0, 0, 0]);
  expect(withInput(late, "NoCStcOut", false)).toEqual([0, 1, 1, 1]);
  expect(withInput(late, "NoCStcOut", true)).toEqual([0, 1, 0, 1]);
  // With a coarse seed the cylinder holds it, whatever the seeds are made of.
  expect(withInput([at(2.1, { mipPt: 300, pt: 10 })], "NoCStcOut", true)).toEqual([0, 1, 1, 1]);
});

test("a coarse seed of one event is none of the next", () => {
  const hard = (wafer: readonly [number, number]): Cell => at(2.1, { mipPt: 300, pt: 9, wafer });
  const soft = (wafer: readonly [number, number]): Cell => at(2.1, { mipPt: 100, pt: 9, wafer });
  const events = [{ cells: [hard([3, 1])] }, { cells: [soft([3, 1]), hard([-2, 4])] }];
  const { seeds } = createCsChain(DEFAULT_PARAMS, options)(batchOf(events));
  expect([...seeds.columns.entry]).toEqual([0, 1]);
  expect([...seeds.columns.seedEn]).toEqual([300, 300]);
});

test("the negative endcap gives what its mirror image gives", () => {
  const random = new Random(4);
  const list = Array.from({ length: 300 }, () =>
    at(1.9 + 0.05 * random.normal(), {
      mipPt: 20 * random.exponential(),
      layer: 7 + 2 * Math.floor(4 * random.uniform()),
      wafer: [Math.floor(2 * random.uniform()), 0],
      cell: [Math.floor(8 * random.uniform()), Math.floor(8 * random.uniform())],
    }),
  );
  const run = createCsChain(DEFAULT_PARAMS, options);
  const here = run(batchOf([{ cells: list, eta: 2 }]));
  const there = run(batchOf([{ cells: list.map((cell) => ({ ...cell, z: -330 })), eta: -2 }]));
  expect(here.seeds.rows).toBeGreaterThan(2);
  expect(there.seeds.columns).toEqual(here.seeds.columns);
  expect(there.clusters.columns.eta).toEqual(here.clusters.columns.eta.map((eta) => -eta));
  expect(there.coarse_seeds?.columns.eta).toEqual(here.coarse_seeds?.columns.eta.map((eta) => -eta));
});

test.each([
  {
    name: "a layer that is not read out",
    changes: { cs: { ...cs, initial_layer: 8 } },
    message: /cs.initial_layer: expected a layer with trigger readout: 1, 3, /,
  },
  {
    name: "no layers",
    changes: { cs: { ...cs, k: 0 } },
    message: /cs.k: expected a whole number of at least 1, got 0/,
  },
  {
    name: "eta limits of another number",
    changes: { cs: { ...cs, eta_list: [1.5, 3] } },
    message: /cs.eta_list: expected 4 ascending limits/,
  },
  {
    name: "descending eta limits",
    changes: { cs: { ...cs, eta_list: [1.5, 2.3, 1.9, 3] } },
    message: /cs.eta_list: expected 4 ascending limits/,
  },
  {
    name: "a negative threshold",
    changes: { seed_cs: { ...DEFAULT_PARAMS.seed_cs, histoThreshold: -1 } },
    message: /seed_cs.histoThreshold: expected at least 0, got -1/,
  },
  {
    name: "a distance of 0",
    changes: { valid_cluster: { tcDeltaRthresh: [0] } },
    message: /valid_cluster.tcDeltaRthresh: expected distances above 0, got 0/,
  },
])("$name is refused", ({ changes, message }) => {
  expect(() => createCsChain({ ...DEFAULT_PARAMS, ...changes }, options)).toThrow(message);
});
