/** The cluster of CMSSW that is nearest to one of ours, and the differences to it. */
import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { CL3D, CLUSTERS, ENTRIES, RECORDS } from "../events/index.js";
import { batchOf } from "./cells.test-data.js";
import { compareWithCmssw, nearestCl3d } from "./cmssw.js";
import { DEFAULT_PARAMS } from "./params.js";

type Direction = readonly [rz: number, phi: number, energy: number];
const etaOf = (rz: number): number => Math.asinh(1 / rz);

/** Ours in one row behind another, theirs in the second entry of a batch; those with a negative R/z are in the other endcap. */
function nearest(ours: Direction, theirs: readonly Direction[], maxDistance: number, zside: 1 | -1 = 1) {
  const batch = batchOf([{ cells: [] }, { cells: [], eta: 2 * zside }]);
  const cl3d = createTable(CL3D, 1 + theirs.length);
  batch.entries.columns.cl3d_first.set([0, 1]);
  batch.entries.columns.cl3d_rows.set([1, theirs.length]);
  // The cluster of the first entry would be the nearest one of all.
  for (const [row, [rz, phi, energy]] of [ours, ...theirs].entries()) {
    cl3d.columns.cl3d_eta[row] = zside * etaOf(rz);
    cl3d.columns.cl3d_phi[row] = phi;
    cl3d.columns.cl3d_en[row] = energy;
  }
  const { columns } = createTable(CLUSTERS, 2);
  const [rz, phi, energy] = ours;
  columns.x[1] = 330 * rz * Math.cos(phi);
  columns.y[1] = 330 * rz * Math.sin(phi);
  columns.z[1] = zside * 330;
  columns.Rz[1] = rz;
  columns.eta[1] = zside * etaOf(rz);
  columns.phi[1] = phi;
  columns.en[1] = energy;
  return nearestCl3d({ ...batch, cl3d }, 1, { columns }, 1, maxDistance);
}

test.each([1, -1] as const)("differences are ours minus theirs, in endcap %i", (zside) => {
  const found = nearest([0.25, 0.5, 90], [[0.2, 0.6, 100]], 1, zside);
  expect(found.n).toBe(1);
  expect(found.dRz).toBeCloseTo(0.05, 6);
  expect(found.dphi).toBeCloseTo(-0.1, 6);
  expect(found.deta).toBeCloseTo(zside * (etaOf(0.25) - etaOf(0.2)), 6);
  expect(found.den).toBeCloseTo(-10, 4);
});

test("of several the nearest one in the projected plane counts, across the seam in phi, wherever it stands", () => {
  const far: Direction = [0.3, 3, 1];
  const near: Direction = [0.3, -3.13, 2];
  for (const theirs of [
    [near, far],
    [far, near],
  ]) {
    // prettier-ignore
    const found = nearest([0.3, 3.13, 2], theirs, 1);
    expect([found.n, found.den]).toEqual([2, 0]);
    expect(found.dphi).toBeCloseTo(6.26 - 2 * Math.PI, 6);
  }
});

test("one that is as far as the distance, or in the other endcap, is no partner; the latter is not counted either", () => {
  // Along x, where the distance is the difference of R/z.
  expect(nearest([0.3, 0, 1], [[0.35, 0, 1]], 0.06).dRz).toBeCloseTo(-0.05, 6);
  expect(nearest([0.3, 0, 1], [[0.35, 0, 1]], 0.04)).toEqual({ n: 1, deta: Number.NaN, dphi: Number.NaN, dRz: Number.NaN, den: Number.NaN }); // prettier-ignore
  expect(nearest([0.3, 0, 1], [[-0.3, 0, 1]], 1)).toMatchObject({ n: 0, den: Number.NaN });
});

test.each([
  { name: "4e-3 apart agree", apart: 0.004, differs: [0] },
  { name: "6e-3 apart differ", apart: 0.006, differs: [1] },
  { name: "far from each other have no partners, which differs", apart: undefined, differs: [1, 1] },
])("clusters in pairs: energies $name", ({ apart, differs }) => {
  const batch = batchOf([{ cells: [], eta: 2, energy: 100 }]);
  const events = createTable(RECORDS, 1);
  const clusters = createTable(CLUSTERS, 1);
  for (const { columns } of [events, clusters]) columns.chain[0] = "default";
  const to = clusters.columns;
  const rz = 1 / Math.sinh(2);
  [to.eta[0], to.Rz[0], to.x[0], to.z[0], to.en[0]] = [2, rz, 330 * (apart === undefined ? 0.5 : rz), 330, 100 + (apart ?? 0)]; // prettier-ignore
  const { rows, columns } = compareWithCmssw(batch, events, clusters, DEFAULT_PARAMS.validation);
  expect([rows, [...columns.differs]]).toEqual([differs.length, differs]);
  expect([[...columns.seed_idx], [...columns.cl3d]]).toEqual(apart === undefined ? [[0, -1], [-1, 0]] : [[0], [0]]); // prettier-ignore
});

test("pairs of an entry and chain: the nearest first, each at most once, then ours without a partner, then theirs", () => {
  const batch = batchOf([{ cells: [] }, { cells: [] }]);
  batch.entries.columns.cl3d_rows.set([1, 4]);
  batch.entries.columns.cl3d_first.set([0, 1]);
  const theirs = [0.2, 0.305, 0.32, 0.1, -0.301];
  const cl3d = createTable(CL3D, theirs.length);
  for (const [row, rz] of theirs.entries()) cl3d.columns.cl3d_eta[row] = Math.sign(rz) * etaOf(Math.abs(rz));
  // Entry 0, then entry 1 of two chains; two particles have records of the same clusters.
  const records = [[0, "default"], [1, "default"], [1, "default"], [1, "cs"]] as const; // prettier-ignore
  const events = createTable(RECORDS, records.length);
  for (const [r, [entry, chain]] of records.entries()) {
    [events.columns.entry[r], events.columns.chain[r], events.columns.event[r]] = [entry, chain, BigInt(100 + entry)];
  }
  const ours = [[0, "default", 0.2], [1, "default", 0.31], [1, "default", 0.301], [1, "default", 0.5], [1, "cs", 0.1]] as const; // prettier-ignore
  const clusters = createTable(CLUSTERS, ours.length);
  for (const [c, [entry, chain, rz]] of ours.entries()) {
    const to = clusters.columns;
    [to.entry[c], to.chain[c], to.seed_idx[c], to.x[c], to.z[c], to.eta[c], to.Rz[c]] = [entry, chain, 10 + c, 330 * rz, 330, etaOf(rz), rz]; // prettier-ignore
  }
  const { rows, columns } = compareWithCmssw({ ...batch, cl3d }, events, clusters, { ...DEFAULT_PARAMS.validation, splitDistance: 0.012 }); // prettier-ignore
  const found = Array.from({ length: rows }, (_, row) => [
    ...[columns.entry[row], columns.event[row], columns.chain[row], columns.seed_idx[row], columns.cl3d[row]],
    Math.round(1e6 * columns.distance[row]) / 1e6 + 0,
  ]);
  expect(found).toEqual([
    [0, 100n, "default", 10, 0, 0],
    // Nearer to 0.305 than 0.31 is, which has 0.32 left.
    [1, 101n, "default", 12, 0, 0.004],
    [1, 101n, "default", 11, 1, 0.01],
    [1, 101n, "default", 13, -1, Number.NaN],
    [1, 101n, "default", -1, 2, Number.NaN],
    [1, 101n, "cs", 14, 2, 0],
    [1, 101n, "cs", -1, 0, Number.NaN],
    [1, 101n, "cs", -1, 1, Number.NaN],
  ]);
  expect([...columns.differs]).toEqual([0, 1, 1, 1, 1, 0, 1, 1]);
  expect(() => compareWithCmssw({ ...batch, entries: createTable(ENTRIES, 0) }, events, clusters, DEFAULT_PARAMS.validation)).toThrow("entry 0 of the records is not in this batch"); // prettier-ignore
});

test("of two partners at the same distance the first cluster, and the first of theirs, is taken", () => {
  const batch = batchOf([{ cells: [] }]);
  batch.entries.columns.cl3d_rows[0] = 2;
  const cl3d = createTable(CL3D, 2);
  cl3d.columns.cl3d_eta.fill(etaOf(0.25));
  const events = createTable(RECORDS, 1);
  const clusters = createTable(CLUSTERS, 2);
  for (const { columns } of [events, clusters]) columns.chain.fill("default");
  const to = clusters.columns;
  for (const column of [to.seed_idx, to.x, to.z])
    column.set(column === to.seed_idx ? [7, 3] : column === to.x ? [82.5, 82.5] : [330, 330]);
  const { columns } = compareWithCmssw({ ...batch, cl3d }, events, clusters, DEFAULT_PARAMS.validation);
  expect([[...columns.seed_idx], [...columns.cl3d]]).toEqual([[7, 3], [0, 1]]); // prettier-ignore
});
