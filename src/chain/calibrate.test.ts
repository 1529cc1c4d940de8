import { describe, expect, test } from "vitest";
import { Random, type Table } from "../core/index.js";
import { createPtCorrection, isInvertible, layerWeights, responseAt } from "./calibrate.js";
import { batchOf, type Cell, randomCells } from "./cells.test-data.js";
import { createChain } from "./chain.js";
import { checkParams, type ChainParams, DEFAULT_PARAMS, storedParams } from "./params.js";
import { parseSelection } from "./select.js";

const cluster = (change: Partial<ChainParams["cluster"]>): ChainParams => ({
  ...DEFAULT_PARAMS,
  cluster: { ...DEFAULT_PARAMS.cluster, ...change },
});

test("layers without a weight count as they are", () => {
  expect([...layerWeights({ LayerWeights: [0.5, 2] }, 4)]).toEqual([0.5, 2, 1, 1]);
  expect([...layerWeights({ LayerWeights: [0.5, 2, 3] }, 2)]).toEqual([0.5, 2]);
});

test.each([
  { name: "nothing to correct", PileUpPt: [], EnergyResponse: [], pt: 12.3, eta: 2, want: 12.3 },
  { name: "pile-up is subtracted", PileUpPt: [1, 2], EnergyResponse: [], pt: 12, eta: 2, want: 7 },
  { name: "in the other endcap by |eta|", PileUpPt: [1, 2], EnergyResponse: [], pt: 12, eta: -2, want: 7 },
  {
    name: "what is left of pile-up alone is negative",
    PileUpPt: [4, 0],
    EnergyResponse: [0.5, 0, 1, 2],
    pt: 1,
    eta: 2,
    want: -3,
  },
  { name: "a constant response divides", PileUpPt: [], EnergyResponse: [0.5, 0, 1, 100], pt: 3, eta: 2, want: 6 },
  {
    name: "below the range the response is that of its edge",
    PileUpPt: [],
    EnergyResponse: [0.5, 0.1, 10, 100],
    pt: 0.1,
    eta: 0,
    want: 0.1 / (0.5 + 0.1 * Math.log(10)),
  },
  {
    name: "above the range too",
    PileUpPt: [],
    EnergyResponse: [0.5, 0.1, 10, 100],
    pt: 1000,
    eta: 0,
    want: 1000 / (0.5 + 0.1 * Math.log(100)),
  },
])("$name", ({ PileUpPt, EnergyResponse, pt, eta, want }) => {
  expect(createPtCorrection({ PileUpPt, EnergyResponse })(pt, eta)).toBeCloseTo(want, 12);
});

test("a cluster of a particle with the response gets back the particle's pt", () => {
  const correct = createPtCorrection({ PileUpPt: [2, -0.5], EnergyResponse: [0.5, 0.06, 5, 2000] });
  const response = { at1: 0.5, slope: 0.06, from: 5, to: 2000 };
  const random = new Random(1);
  for (let k = 0; k < 200; k++) {
    const eta = random.between(1.6, 2.9);
    const energy = Math.exp(random.between(Math.log(2), Math.log(4000)));
    const pt = energy / Math.cosh(eta);
    expect(correct(pt * responseAt(response, energy) + 2 - 0.5 * eta, -eta) / pt).toBeCloseTo(1, 10);
  }
});

test.each([
  { name: "constant", response: [0.5, 0, 10, 100], is: true },
  { name: "nothing", response: [0, 0, 10, 100], is: false },
  { name: "negative at the lower end", response: [-0.1, 0.1, 2, 100], is: false },
  { name: "rising", response: [-0.1, 0.1, 10, 100], is: true },
  // E (r - s ln E) rises up to where the response has fallen to s.
  { name: "falling, a little above s at the upper end", response: [1, -0.1, 10, 0.999 * Math.exp(9)], is: true },
  { name: "falling, a little below s at the upper end", response: [1, -0.1, 10, 1.001 * Math.exp(9)], is: false },
  { name: "from 0", response: [0.5, 0, 0, 100], is: false },
  { name: "of one energy", response: [0.5, 0, 10, 10], is: false },
])("a response that is $name: whether it can be turned round", ({ response: [at1, slope, from, to], is }) => {
  const response = { at1, slope, from, to };
  expect(isInvertible(response)).toBe(is);
  if (!is || slope === 0) return;
  const energies = Array.from({ length: 200 }, (_, k) => from * (to / from) ** (k / 199));
  const visible = energies.map((energy) => energy * responseAt(response, energy));
  expect(visible.every((energy, k) => k === 0 || energy > visible[k - 1])).toBe(true);
});

describe("in a chain", () => {
  const list = randomCells(new Random(3), 400);
  const run = (params: ChainParams, cells: readonly Cell[] = list) => {
    const chain = createChain("default", params, { selection: parseSelection("all") });
    return chain(batchOf([{ cells }]));
  };
  const column = (table: Table, name: string): unknown[] => Array.from(table.columns[name] as ArrayLike<unknown>);

  test("weights of 1 change no bit", () => {
    expect(run(cluster({ LayerWeights: Array(50).fill(1) }))).toEqual(run(DEFAULT_PARAMS));
  });

  test("weights change the pt alone: equal to cells whose pt is that much larger, with seeds and positions as before", () => {
    const LayerWeights = Array.from({ length: 28 }, (_, i) => 0.5 + 0.1 * i);
    const weighted = run(cluster({ LayerWeights, PtC3dThreshold: 0 }));
    const plain = run(cluster({ PtC3dThreshold: 0 }));
    const scaled = list.map((cell) => ({
      ...cell,
      pt: ((cell.mipPt ?? 1) / 50) * LayerWeights[(cell.layer ?? 9) - 1],
    }));
    const other = run(cluster({ PtC3dThreshold: 0 }), scaled);
    for (const name of ["x", "y", "z", "mipPt", "seed_idx", "n_tc"]) {
      expect(column(weighted.clusters, name)).toEqual(column(plain.clusters, name));
    }
    for (const [row, pt] of weighted.clusters.columns.pt.entries()) {
      expect(pt / other.clusters.columns.pt[row]).toBeCloseTo(1, 12);
      expect(weighted.clusters.columns.en[row] / other.clusters.columns.en[row]).toBeCloseTo(1, 12);
    }
    expect(weighted.assignment).toEqual(plain.assignment);
    expect(weighted.seeds).toEqual(plain.seeds);
  });

  test("the threshold of clusters is on the corrected pt", () => {
    const plain = run(DEFAULT_PARAMS);
    expect(plain.clusters.rows).toBeGreaterThan(0);
    expect(run(cluster({ PileUpPt: [1e3, 0] })).clusters.rows).toBe(0);
    const largest = Math.max(...plain.clusters.columns.pt);
    const rest = run(cluster({ PileUpPt: [largest - 0.6, 0] }));
    expect(column(rest.clusters, "pt").map((pt) => Number(pt).toFixed(9))).toEqual(["0.600000000"]);
  });
});

test.each([
  { change: { PileUpPt: [1] }, message: "cluster.PileUpPt: expected two numbers or none, got [1]" },
  { change: { EnergyResponse: [1, 0, 5] }, message: "cluster.EnergyResponse: expected [r, s, from, to]" },
  { change: { EnergyResponse: [1, 0, 5, 5] }, message: "cluster.EnergyResponse: expected [r, s, from, to]" },
  { change: { EnergyResponse: [1, -0.5, 1, 100] }, message: "cluster.EnergyResponse: expected [r, s, from, to]" },
  {
    change: { LayerWeights: [1, -1] },
    message: "cluster.LayerWeights: expected a list of numbers from 0 to 1000, got -1 as value 2",
  },
])("refused: $message", ({ change, message }) => {
  expect(() => checkParams(cluster(change))).toThrow(message);
});

test("parameters that an earlier version did not know have their defaults", () => {
  const { LayerWeights: _, ...old } = DEFAULT_PARAMS.cluster;
  expect(storedParams({ ...DEFAULT_PARAMS, cluster: { ...old, algo: "max_energy" } })).toEqual(
    cluster({ algo: "max_energy" }),
  );
  expect(storedParams(undefined)).toEqual(DEFAULT_PARAMS);
});
