import assert from "node:assert/strict";
import { describe, expect, test } from "vitest";
import { batchOf, randomCells } from "../chain/cells.test-data.js";
import { Clusterer, createSeeds, addSeed, DEFAULT_PARAMS, type ChainParams, tcsOf } from "../chain/index.js";
import { createTable, Random } from "../core/index.js";
import { TC_TRUTH } from "../events/index.js";
import { linspace } from "./radii.js";
import { radiiOf, RadiusSweep, type RadiusSweepOptions } from "./radius-sweep.js";

const RADII = linspace(0.001, 0.05, 25);

interface AtRadius {
  readonly assignment: Int32Array;
  readonly nAssigned: number;
  readonly sums: Record<string, number[]>;
  readonly weighted: number[];
}

function entry(seed: number, nSeeds: number) {
  const random = new Random(seed);
  const cells = randomCells(random, 600);
  const at = { batch: batchOf([{ cells }]), i: 0 };
  const seeds = createSeeds();
  for (let k = 0; k < nSeeds; k++) {
    const { x, y, z = 330 } = cells[k * 7];
    const s = addSeed(seeds);
    seeds.x[s] = x / z + 0.004 * random.normal();
    seeds.y[s] = y / z + 0.004 * random.normal();
    seeds.energy[s] = random.between(20, 100);
  }
  return { at, seeds };
}

function paramsOf(cluster: Partial<ChainParams["cluster"]> = {}): ChainParams {
  return { ...DEFAULT_PARAMS, cluster: { ...DEFAULT_PARAMS.cluster, ...cluster } };
}

function swept(
  { at, seeds }: ReturnType<typeof entry>,
  params: ChainParams,
  radii: readonly number[],
  options: RadiusSweepOptions = {},
): AtRadius[] {
  const found: AtRadius[] = [];
  new RadiusSweep(params, radii, options).sweep(at, seeds, (_, { assignment, nAssigned, clusterer, weighted }) => {
    found.push({
      assignment: assignment.slice(0, at.batch.tc.rows),
      nAssigned,
      sums: Object.fromEntries(
        Object.entries(clusterer.sums).map(([name, column]) => [
          name,
          Array.from(column as Float64Array).slice(0, seeds.n),
        ]),
      ),
      weighted: Array.from(weighted.subarray(0, seeds.n)),
    });
  });
  return found;
}

describe.each([
  { name: "nearest seed", cluster: {} },
  { name: "most energetic seed", cluster: { algo: "max_energy" as const } },
  { name: "radii that change with eta", cluster: { CoeffB: 0.004 } },
  { name: "layer weights", cluster: { LayerWeights: Array.from({ length: 50 }, (_, i) => 1 + i / 50) } },
])("$name", ({ cluster }) => {
  test.each([1, 2, 3])(
    "at every radius the cells and sums are those of the clusterer with that radius, seed %i",
    (seed) => {
      const params = paramsOf(cluster);
      const made = entry(seed, seed === 1 ? 3 : 20);
      const all = swept(made, params, RADII);
      for (const [k, radius] of RADII.entries()) {
        const clusterer = new Clusterer({ ...params.cluster, CoeffA: radiiOf(params.cluster, radius) });
        const assignment = new Int32Array(made.at.batch.tc.rows);
        const { batch } = made.at;
        const n = clusterer.assignInto(assignment, made.seeds, batch.tc.columns, ...tcsOf(made.at), "event");
        expect(all[k].assignment).toEqual(assignment);
        expect(all[k].nAssigned).toBe(n);
        for (const name of ["mipPt", "pt", "x", "y", "z", "nTc"] as const) {
          for (let s = 0; s < made.seeds.n; s++) {
            const [here, there] = [all[k].sums[name][s], clusterer.sums[name][s]];
            assert.ok(Math.abs(here - there) <= 1e-12 * Math.abs(there), `${name} of seed ${s}: ${here}, ${there}`);
          }
        }
      }
      expect(all[24].nAssigned).toBeGreaterThan(all[4].nAssigned);
    },
  );

  test("one radius alone gives the same bits as one of many", () => {
    const params = paramsOf(cluster);
    const made = entry(5, 20);
    const all = swept(made, params, RADII);
    for (const k of [0, 7, 24]) expect(swept(made, params, [RADII[k]])).toEqual([all[k]]);
  });
});

test("with layers the others keep their radii", () => {
  const params = paramsOf();
  const made = entry(6, 12);
  const layers = { from: 5, to: 14 };
  const all = swept(made, params, RADII, { layers });
  const { batch } = made.at;
  for (const [k, radius] of RADII.entries()) {
    const CoeffA = params.cluster.CoeffA.map((own, i) => (i >= 4 && i <= 13 ? radius : own));
    const assignment = new Int32Array(batch.tc.rows);
    new Clusterer({ ...params.cluster, CoeffA }).assignInto(
      assignment,
      made.seeds,
      batch.tc.columns,
      ...tcsOf(made.at),
      "",
    );
    expect(all[k].assignment).toEqual(assignment);
  }
});

test.each([{ algo: "min_distance" as const }, { algo: "max_energy" as const }])(
  "weights of $algo: 1 in every layer give pt, 2 in one layer count it twice",
  ({ algo }) => {
    const made = entry(7, 8);
    const params = paramsOf({ algo });
    const ones = swept(made, params, RADII, { weights: new Float64Array(52).fill(1) });
    for (const { sums, weighted } of ones) {
      for (const [s, pt] of sums["pt"].entries()) expect(weighted[s]).toBeCloseTo(pt, 12);
    }
    const { tc_layer, tc_pt } = made.at.batch.tc.columns;
    const weights = new Float64Array(52).fill(1);
    weights[9] = 2;
    const twice = swept(made, params, RADII, { weights });
    const extra = new Float64Array(made.seeds.n);
    for (const [t, s] of twice[20].assignment.entries()) if (s >= 0 && tc_layer[t] === 10) extra[s] += tc_pt[t];
    for (const [s, pt] of twice[20].sums["pt"].entries()) expect(twice[20].weighted[s]).toBeCloseTo(pt + extra[s], 12);
    expect(Math.max(...extra)).toBeGreaterThan(0);
  },
);

test("an entry without seeds has no clusters at any radius, and is there", () => {
  const made = entry(8, 0);
  const all = swept(made, paramsOf(), RADII);
  expect(all.map(({ nAssigned }) => nAssigned)).toEqual(RADII.map(() => 0));
});

test.each([{ algo: "min_distance" as const }, { algo: "max_energy" as const }])(
  "what particles left, $algo: by seed with and without the weights of the parameters, and all that was deposited",
  ({ algo }) => {
    const { at, seeds } = entry(9, 8);
    const LayerWeights = Array.from({ length: 52 }, (_, k) => 1 + k / 20);
    const truth = createTable(TC_TRUTH, at.batch.tc.rows);
    for (let t = 0; t < truth.rows; t++) truth.columns.tc_signal[t] = (t % 7) / 6;
    const batch = { ...at.batch, truth };
    const { tc_pt, tc_layer } = batch.tc.columns;
    const left = Array.from(tc_pt, (pt, t) => pt * truth.columns.tc_signal[t]);
    let n = 0;
    new RadiusSweep(paramsOf({ algo, LayerWeights }), RADII, {}).sweep({ batch, i: 0 }, seeds, (k, found) => {
      expect(k).toBe(n++);
      const [bySeed, byWeight] = [new Float64Array(seeds.n), new Float64Array(seeds.n)];
      for (const [t, signal] of left.entries()) {
        if (found.assignment[t] < 0) continue;
        bySeed[found.assignment[t]] += signal;
        byWeight[found.assignment[t]] += signal * LayerWeights[tc_layer[t] - 1];
      }
      expect(found.signal?.deposited).toBeCloseTo(left.reduce((sum, signal) => sum + signal, 0), 9); // prettier-ignore
      for (let s = 0; s < seeds.n; s++) {
        expect(found.signal?.bySeed[s]).toBeCloseTo(bySeed[s], 9);
        expect(found.signalPt?.[s]).toBeCloseTo(byWeight[s], 9);
      }
    });
    expect(n).toBe(RADII.length);
    new RadiusSweep(paramsOf({ algo }), [0.02], {}).sweep(at, seeds, (_, { signal, signalPt }) => {
      expect([signal, signalPt]).toEqual([undefined, undefined]);
    });
  },
);

test("a sweep that has seen a small entry takes a large one, and the small one again", () => {
  const sweep = new RadiusSweep(paramsOf(), [0.01, 0.03], { weights: new Float64Array(52).fill(1) });
  const take = ({ at, seeds }: ReturnType<typeof entry>): number[][] => {
    const found: number[][] = [];
    sweep.sweep(at, seeds, (_, { nAssigned, weighted }) => found.push([nAssigned, ...weighted.subarray(0, seeds.n)]));
    return found;
  };
  const [small, large] = [entry(10, 3), entry(11, 80)];
  const first = take(small);
  const cells = Array.from({ length: 3 }, (_, k) => randomCells(new Random(k), 700)).flat();
  expect(take({ at: { batch: batchOf([{ cells }]), i: 0 }, seeds: large.seeds }).map((row) => row.length)).toEqual([81, 81]);
  expect(take(small)).toEqual(first);
}); // prettier-ignore

test("the radius is that of the layers asked for, both ends included, and of all without", () => {
  const cluster = { ...DEFAULT_PARAMS.cluster, CoeffA: [1, 2, 3, 4, 5] };
  expect(radiiOf(cluster, 9)).toEqual([9, 9, 9, 9, 9]);
  expect(radiiOf(cluster, 9, { from: 2, to: 4 })).toEqual([1, 9, 9, 9, 5]);
  expect(radiiOf(cluster, 9, { from: 1, to: 1 })).toEqual([9, 2, 3, 4, 5]);
});
