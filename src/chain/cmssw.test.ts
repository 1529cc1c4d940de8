/** The cluster of CMSSW that is nearest to one of ours, and the differences to it. */
import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { CL3D, CLUSTERS, RECORDS } from "../events/index.js";
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
