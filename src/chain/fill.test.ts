import assert from "node:assert/strict";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import {
  createGrid,
  DEFAULT_PARAMS,
  fill,
  findBin,
  findPhiBin,
  seed,
  type Seeds,
  smooth,
  type TcColumns,
} from "./index.js";
import { cells, randomTcs, single } from "./cells.test-data.js";
import { createHistogram, fillInto } from "./fill.js";

const circular = createGrid(DEFAULT_PARAMS.base);
const regular = createGrid({ ...DEFAULT_PARAMS.base, PhiAxis: "regular" });

test.each([
  { name: "a value on an edge belongs to the lower bin", value: 0.088, want: 0 },
  { name: "a value just above an edge to the upper one", value: 0.0880001, want: 1 },
  { name: "the first edge is outside", value: 0.076, want: -1 },
  { name: "the last edge is inside", value: 0.58, want: 41 },
  { name: "above the last edge is outside", value: 0.5800001, want: -1 },
  { name: "NaN is outside", value: Number.NaN, want: -1 },
])("R/z bins: $name", ({ value, want }) => {
  expect(findBin(circular.rzEdges, value)).toBe(want);
});

test.each([
  { name: "float32(pi) is in the last bin", phi: Math.fround(Math.PI), want: 215 },
  { name: "-pi is in the last bin", phi: -Math.PI, want: 215 },
  { name: "-float32(pi) is in the last bin", phi: -Math.fround(Math.PI), want: 215 },
  { name: "the first edge is in the last bin", phi: -3.14159, want: 215 },
  { name: "just above the first edge is in the first bin", phi: -3.1415899, want: 0 },
  { name: "a full turn more changes nothing", phi: 1 + 2 * Math.PI, want: findPhiBin(circular, 1) },
  { name: "a full turn less changes nothing", phi: 1 - 2 * Math.PI, want: findPhiBin(circular, 1) },
])("circular phi: $name", ({ phi, want }) => {
  expect(findPhiBin(circular, phi)).toBe(want);
});

test("regular phi leaves the gap open", () => {
  expect([Math.PI, -Math.PI, -3.14159, 4].map((phi) => findPhiBin(regular, phi))).toEqual([-1, -1, -1, -1]);
  expect(findPhiBin(regular, 3.14159)).toBe(215);
});

test("every finite phi has a bin on the circular axis, and its neighbourhood agrees with a scan of the edges", () => {
  fc.assert(
    fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (phi) => {
      const bin = findPhiBin(circular, phi);
      expect(bin).toBeGreaterThanOrEqual(0);
      expect(bin).toBeLessThan(216);
    }),
    { seed: 11, numRuns: 500 },
  );
});

test("a cell's bin has its energy and its direction", () => {
  const histogram = fill(single({ x: 30, y: 40, z: 320, mipPt: 7 }), circular);
  expect(histogram.nBins).toBe(1);
  const [bin] = histogram.bins;
  expect(histogram.mipPt[bin]).toBe(7);
  expect(histogram.sumX[bin] / 7).toBeCloseTo(30 / 320, 15);
  expect(histogram.sumY[bin] / 7).toBeCloseTo(40 / 320, 15);
});

/** The next number above. */
function above(value: number): number {
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0] += value < 0 ? -1n : 1n;
  return new Float64Array(bits.buffer)[0];
}

test("a cell on an edge is in the bin below it, one above it by the least there is in the next: at every edge of both axes", () => {
  const places = (edges: Float64Array): number[] => Array.from(edges).flatMap((edge) => [edge, above(edge)]);
  const rz = places(circular.rzEdges);
  const rows = fill(cells(rz.map((x) => ({ x, y: 0, z: 1 }))), circular).binOf;
  expect(rz.map((_, k) => (rows[k] < 0 ? -1 : Math.floor(rows[k] / 216)))).toEqual(
    Array.from({ length: 43 }, (_, k) => [k - 1, k < 42 ? k : -1]).flat(),
  );
  const phi = places(regular.phiEdges);
  const columns = { ...cells(phi.map(() => ({ x: 0.2, y: 0, z: 1 }))), tc_phi: Float64Array.from(phi) };
  const found = fill(columns, regular).binOf;
  expect(phi.map((_, k) => (found[k] < 0 ? -1 : found[k] % 216))).toEqual(
    Array.from({ length: 217 }, (_, k) => [k - 1, k < 216 ? k : -1]).flat(),
  );
}); // prettier-ignore

test("a bin counts its cells, and forgets them at the next entry", () => {
  const histogram = fill(
    cells([
      { x: 30, y: 40 },
      { x: 30, y: 40 },
      { x: 80, y: 0 },
      { x: 30, y: 40 },
    ]),
    circular,
  );
  expect([...histogram.bins.subarray(0, histogram.nBins)].map((bin) => histogram.nTc[bin])).toEqual([3, 1]);
  fillInto(histogram, single({ x: 80, y: 0 }), 0, 1, 1);
  expect([histogram.nBins, histogram.nTc.reduce((sum, n) => sum + n, 0)]).toEqual([1, 1]);
});

test("cells of the other endcap and outside the grid add nothing", () => {
  expect(fill(single({ x: 30, y: 40, z: -320, mipPt: 7 }), circular).nBins).toBe(0);
  expect(fill(single({ x: 30, y: 40, z: -320, mipPt: 7 }), circular, -1).nBins).toBe(1);
  expect(fill(single({ x: 3, y: 4, z: 320, mipPt: 7 }), circular).nBins).toBe(0);
});

test("of some rows only these are filled, neither the one before nor the one behind", () => {
  const columns = cells([1, 2, 4, 8].map((mipPt, k) => ({ x: 30 + 20 * k, y: 40, z: 320, mipPt })));
  const sum = (first: number, end: number): number =>
    fill(columns, circular, 1, first, end).mipPt.reduce((all, value) => all + value, 0);
  expect([sum(0, 4), sum(1, 3), sum(3, 4), sum(2, 2)]).toEqual([15, 6, 8, 0]);
});

test("turning all cells by one phi bin turns the histogram, the smoothed map and the seeds by one bin", () => {
  const tcs = randomTcs(new Random(5), 400);
  const step = (circular.phiEdges[216] - circular.phiEdges[0]) / 216;
  const turned: TcColumns = { ...tcs, tc_phi: tcs.tc_phi.map((phi) => phi + step) };
  const run = (columns: TcColumns) => {
    const histogram = fill(columns, circular);
    const map = smooth(histogram.mipPt, DEFAULT_PARAMS.base, DEFAULT_PARAMS.smooth);
    return { filled: histogram.mipPt, smoothed: map.energy, seeds: seed(map, histogram, DEFAULT_PARAMS.seed) };
  };
  const before = run(tcs);
  const after = run(turned);
  for (let bin = 0; bin < 42 * 216; bin++) {
    const next = bin - (bin % 216) + ((bin + 1) % 216);
    assert.ok(Math.abs(after.filled[next] - before.filled[bin]) < 5e-13, `filled, bin ${bin}`);
    assert.ok(Math.abs(after.smoothed[next] - before.smoothed[bin]) < 5e-13, `smoothed, bin ${bin}`);
  }
  const places = ({ n, rzBin, phiBin }: Seeds, by: number) =>
    Array.from({ length: n }, (_, s) => `${rzBin[s]} ${(phiBin[s] + by) % 216}`).toSorted();
  expect(before.seeds.n).toBeGreaterThan(1);
  expect(places(after.seeds, 0)).toEqual(places(before.seeds, 1));
});

test("entries one after the other in one histogram: what was before is gone, also of many cells, and of those in the first bin", () => {
  const histogram = createHistogram(circular);
  expect(histogram.nBins).toBe(0);
  const random = new Random(8);
  const first = { x: 0.08 * -320, y: 0.08 * -320 * 1e-3, z: 320, mipPt: 3 };
  for (const n of [0, 30, 1000, 1, 400, 3000, 5]) {
    const spread = Array.from({ length: n }, () => ({ x: random.between(-180, 180), y: random.between(-180, 180), z: 320, mipPt: random.uniform() }));
    const tc = cells([{ x: 50, y: 0 }, first, ...spread, { x: 60, y: 0 }]);
    fillInto(histogram, tc, 1, n + 2, 1);
    const want = new Map<number, number[]>();
    for (let i = 1; i < n + 2; i++) {
      const row = findBin(circular.rzEdges, Math.hypot(tc.tc_x[i], tc.tc_y[i]) / 320);
      const bin = row < 0 ? -1 : row * 216 + findPhiBin(circular, tc.tc_phi[i]);
      expect(histogram.binOf[i - 1]).toBe(bin);
      if (bin < 0) continue;
      const sums = want.get(bin) ?? [0, 0, 0, 0];
      const m = tc.tc_mipPt[i];
      want.set(bin, [sums[0] + m, sums[1] + (m * tc.tc_x[i]) / 320, sums[2] + (m * tc.tc_y[i]) / 320, sums[3] + 1]);
    }
    expect([...histogram.bins.subarray(0, histogram.nBins)]).toEqual([...want.keys()]);
    expect(want.has(0)).toBe(true);
    const { mipPt, sumX, sumY, nTc } = histogram;
    const filled = Array.from(nTc.keys()).filter((bin) => mipPt[bin] !== 0 || sumX[bin] !== 0 || sumY[bin] !== 0 || nTc[bin] !== 0);
    expect(filled).toEqual([...want.keys()].toSorted((a, b) => a - b));
    for (const [bin, sums] of want) expect([mipPt[bin], sumX[bin], sumY[bin], nTc[bin]]).toEqual(sums);
  }
}); // prettier-ignore
