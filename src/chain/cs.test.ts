import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { createChain, DEFAULT_PARAMS, parseSelection } from "./index.js";
import { batchOf, type Cell, cellAt as at } from "./cells.test-data.js";

const { cs } = DEFAULT_PARAMS;
const options = { selection: parseSelection("all"), saveSteps: true };

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
  expect(() => createChain("cs", DEFAULT_PARAMS, options)(batchOf(events))).toThrow(message);
  const result = createChain("cs", DEFAULT_PARAMS, { ...options, skipBadEvents: true })(batchOf(events));
  expect(result.counts).toMatchObject({ bad: 1, selected: 1, coarseSeeds: 1, seeds: 1 });
  expect([...result.seeds.columns.event]).toEqual([101n]);
});

test("the layers are those of the sample's geometry: of one that there is not, the chain says so", () => {
  const batch = batchOf([{ cells: [at(2, { mipPt: 300 })] }]);
  const run = createChain("cs", DEFAULT_PARAMS, options);
  expect(run({ ...batch, geometry: "V11 imported" }).counts.seeds).toBe(1);
  expect(() => run({ ...batch, geometry: "V99" })).toThrow('geometry version not found: "V99"; one of V11');
});

test("the tables of the chain: seeds with their cells, coarse seeds, counts", () => {
  const event = [
    at(2.1, { mipPt: 300, pt: 10, wafer: [3, 1], cell: [2, 4] }),
    at(2.1, { mipPt: 50, pt: 1, layer: 30, wafer: [3, 1], cell: [2, 4] }),
  ];
  const { seeds, coarse_seeds, clusters, events, counts } = createChain(
    "cs",
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
    const { counts, events } = createChain("cs", params, options)(batchOf([{ cells: event }]));
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
  const { seeds } = createChain("cs", DEFAULT_PARAMS, options)(batchOf(events));
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
  const run = createChain("cs", DEFAULT_PARAMS, options);
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
    message: /cs.initial_layer: expected one of 1, 3, /,
  },
  {
    name: "no layers",
    changes: { cs: { ...cs, k: 0 } },
    message: /cs.k: expected a whole number from 1 to 36, got 0/,
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
    message: /seed_cs.histoThreshold: expected a number from 0 to 1000000, got -1/,
  },
  {
    name: "a distance of 0",
    changes: { valid_cluster: { tcDeltaRthresh: [0] } },
    message: /valid_cluster.tcDeltaRthresh: expected a list of numbers above 0, at most 10, got 0 as value 1/,
  },
])("$name is refused", ({ changes, message }) => {
  expect(() => createChain("cs", { ...DEFAULT_PARAMS, ...changes }, options)).toThrow(message);
});
