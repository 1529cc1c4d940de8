/** Rows of the tables of a run, from sums and maps by hand. */
import { expect, test } from "vitest";
import { batchOf } from "./cells.test-data.js";
import { createSums } from "./cluster-sums.js";
import { createHistogram } from "./fill.js";
import { createGrid } from "./grid.js";
import { addAssignment, addClusters, addCoarseSeeds, addFill, addSeeds, addSmooth, createOutput } from "./output.js";
import { DEFAULT_PARAMS } from "./params.js";
import { addSeed, createSeeds } from "./seed.js";
import { createSmoothMap } from "./smooth.js";

const cell = { x: 80, y: 0 };
const at = (zside: 1 | -1 = 1) => ({ batch: batchOf([{ cells: [] }, { cells: [cell, cell, cell, cell], eta: 2 * zside }]), i: 1 }); // prettier-ignore

/** Sums of cells of weight 1, 2 and 1 around (x, y) at |z| = 330; seeds 0 and 2 have none of mipPt. */
function sumsOf(pt: readonly number[]) {
  const sums = createSums(8);
  sums.pt.set(pt);
  [sums.mipPt[1], sums.x[1], sums.y[1], sums.z[1], sums.nTc[1]] = [4, 4 * 30, 4 * -40, 4 * 330, 3];
  return sums;
}
const SEEDS = { chain: "default", nSeeds: 3 };
const maker = (pt: readonly number[], ptThreshold = 0.5, factor = 1) => ({
  ...{ sums: sumsOf(pt), weights: new Float64Array(0), ptThreshold },
  correctPt: (value: number) => factor * value,
});

test.each([1, -1] as const)("a cluster stands at the mean of its cells, in endcap %i", (zside) => {
  const out = createOutput();
  expect(addClusters(out, at(zside), { ...SEEDS, signalPt: Float64Array.of(0, 6, 0) }, maker([0, 7, 0]))).toBe(0);
  const { rows, columns: of } = out.clusters.finish();
  expect([rows, of.entry[0], of.event[0], of.chain[0], of.seed_idx[0], of.n_tc[0]]).toEqual([1, 1, 101n, "default", 1, 3]); // prettier-ignore
  expect([of.x[0], of.y[0], of.z[0], of.mipPt[0], of.pt[0], of.signal_pt[0]]).toEqual([30, -40, zside * 330, 4, 7, 6]);
  const eta = Math.asinh(330 / 50);
  expect(of.eta[0]).toBeCloseTo(zside * eta, 12);
  expect(of.Rz[0]).toBeCloseTo(50 / 330, 12);
  expect(of.phi[0]).toBeCloseTo(Math.atan2(-40, 30), 12);
  expect(of.en[0]).toBeCloseTo(7 * Math.cosh(eta), 9);
});

test("a cluster needs a corrected pt above the threshold; one without a position is counted where it had enough", () => {
  const found = (pt: readonly number[], factor = 1) => {
    const out = createOutput();
    return [addClusters(out, at(), SEEDS, maker(pt, 2, factor)), out.clusters.rows];
  };
  expect(found([0, 2, 0])).toEqual([0, 0]);
  expect(found([0, 2.001, 0])).toEqual([0, 1]);
  expect(found([0, 1.001, 0], 2)).toEqual([0, 1]);
  expect(found([2.001, 3, 2])).toEqual([1, 1]);
  const out = createOutput();
  addClusters(out, at(), SEEDS, maker([0, 7, 0]));
  expect(out.clusters.columns.signal_pt[0]).toBeNaN();
});

test("cells of a cluster are listed by their row, those of none left out", () => {
  const out = createOutput();
  // What is behind the cells of the entry is of another one.
  addAssignment(out, at(), "cs", Int32Array.of(2, -1, 0, 2, 5, 5), 3);
  const { rows, columns: of } = out.assignment.finish();
  expect([rows, [...of.tc_row], [...of.seed_idx]]).toEqual([3, [0, 2, 3], [2, 0, 2]]);
  expect([[...of.entry], [...of.event], of.chain]).toEqual([[1, 1, 1], [101n, 101n, 101n], ["cs", "cs", "cs"]]); // prettier-ignore
});

test("bins of the histogram come in their order, with the mean position of their energy; without energy there is none", () => {
  const histogram = createHistogram(createGrid(DEFAULT_PARAMS.base));
  const bins = [3 * 216 + 215, 3 * 216, 0];
  histogram.bins.set(bins);
  histogram.nBins = 3;
  for (const [k, bin] of bins.entries()) {
    // Sums of 0, 1 and 4.
    histogram.mipPt[bin] = k * k;
    histogram.sumX[bin] = (k * k) / 2;
    histogram.sumY[bin] = -1.5 * k * k;
  }
  const out = createOutput();
  addFill(out, at(), histogram);
  const { rows, columns: of } = out.fill.finish();
  expect(rows).toBe(3);
  expect([[...of.rz_bin], [...of.phi_bin], [...of.mipPt]]).toEqual([[0, 3, 3], [0, 0, 215], [4, 1, 0]]); // prettier-ignore
  expect([[...of.wght_x], [...of.wght_y]]).toEqual([[0.5, 0.5, Number.NaN], [-1.5, -1.5, Number.NaN]]); // prettier-ignore
});

test.each([1, -1] as const)("coarse seeds are rows in their order, with eta of their endcap: %i", (zside) => {
  const out = createOutput();
  const coarse = { n: 3, wu: Int32Array.of(1, 2, 3), wv: Int32Array.of(-4, 5, 6), mipPt: Float64Array.of(10, 20, 30), eta: Float64Array.of(1.5, 2, 2.5), origin: Int32Array.of(0, 0, 2) }; // prettier-ignore
  addCoarseSeeds(out, at(zside), coarse);
  addCoarseSeeds(out, at(zside), { ...coarse, n: 1 });
  const { rows, columns: of } = out.coarse_seeds.finish();
  expect([rows, [...of.cs_id], [...of.wu], [...of.wv], [...of.mipPt]]).toEqual([4, [0, 1, 2, 0], [1, 2, 3, 1], [-4, 5, 6, -4], [10, 20, 30, 10]]); // prettier-ignore
  expect([[...of.eta], [...of.entry], [...of.event]]).toEqual([[1.5, 2, 2.5, 1.5].map((eta) => zside * eta), [1, 1, 1, 1], [101n, 101n, 101n, 101n]]); // prettier-ignore
});

test("of the smoothed map only bins with energy are rows", () => {
  const map = createSmoothMap(42, 216);
  map.energy[0] = 0.5;
  map.energy[5 * 216 + 7] = 1.5;
  map.energy[42 * 216 - 1] = 2.5;
  const out = createOutput();
  addSmooth(out, at(), map);
  const { columns: of } = out.smooth.finish();
  expect([[...of.rz_bin], [...of.phi_bin], [...of.energy], [...of.entry]]).toEqual([[0, 5, 41], [0, 7, 215], [0.5, 1.5, 2.5], [1, 1, 1]]); // prettier-ignore
});

test("assignments name entry, event and chain of each cell that has a seed", () => {
  const out = createOutput();
  const batch = batchOf([{ cells: [] }, { cells: [0, 1, 2, 3].map(() => ({ x: 60, y: 0 })) }]);
  for (const chain of ["default", "cs"]) addAssignment(out, { batch, i: 1 }, chain, Int32Array.of(2, -1, 0, -1), 2);
  const { rows, columns } = out.assignment.finish();
  expect([rows, columns.chain, [...columns.entry], [...columns.event]]).toEqual([4, ["default", "default", "cs", "cs"], [1, 1, 1, 1], [101n, 101n, 101n, 101n]]); // prettier-ignore
  expect([[...columns.tc_row], [...columns.seed_idx]]).toEqual([[0, 2, 0, 2], [2, 0, 2, 0]]); // prettier-ignore
});

test("seeds are listed in their order behind those that are there, each with all that is known of it", () => {
  const out = createOutput();
  const seeds = createSeeds();
  const columns = { seedEn: seeds.energy, seedXdivZ: seeds.x, seedYdivZ: seeds.y, rz_bin: seeds.rzBin, phi_bin: seeds.phiBin, cs_id: seeds.csId, u: seeds.u, v: seeds.v };
  for (let s = 0; s < 3; s++) {
    addSeed(seeds);
    for (const [k, column] of Object.values(columns).entries()) column[s] = 10 * k + s + 1;
  }
  addSeeds(out, at(), "cs", seeds);
  addSeeds(out, { ...at(), i: 0 }, "default", { ...seeds, n: 2 });
  const { rows, columns: of } = out.seeds.finish();
  expect([rows, [...of.entry], of.chain, [...of.seed_idx]]).toEqual([5, [1, 1, 1, 0, 0], ["cs", "cs", "cs", "default", "default"], [0, 1, 2, 0, 1]]);
  expect([...of.event]).toEqual([101n, 101n, 101n, 100n, 100n]);
  for (const [k, name] of (Object.keys(columns) as (keyof typeof columns)[]).entries())
    expect([name, ...of[name]]).toEqual([name, ...[1, 2, 3, 1, 2].map((s) => 10 * k + s)]);
}); // prettier-ignore
