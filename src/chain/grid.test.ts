/** The bins of the grid, beside a search of their edges. */
import { expect, test } from "vitest";
import { createGrid, findBin, findPhiBin } from "./grid.js";
import { DEFAULT_PARAMS } from "./params.js";

const { base } = DEFAULT_PARAMS;
const grid = createGrid(base);

test("edges: the first and the last are the limits, the others lie at equal steps", () => {
  const { rzEdges, phiEdges, nRz, nPhi } = createGrid({ ...base, MinROverZ: 1, MaxROverZ: 3, NbinsRz: 4, NbinsPhi: 8 });
  expect([...rzEdges]).toEqual([1, 1.5, 2, 2.5, 3]);
  expect([nRz, nPhi, phiEdges.length, phiEdges[0], phiEdges[8]]).toEqual([4, 8, 9, base.MinPhi, base.MaxPhi]);
  expect(grid.rzPerUnit * (base.MaxROverZ - base.MinROverZ)).toBeCloseTo(base.NbinsRz, 9);
  expect(grid.phiPerUnit * (base.MaxPhi - base.MinPhi)).toBeCloseTo(base.NbinsPhi, 9);
});

test("a value on an edge belongs to the bin below it; the lowest edge, NaN and what is beyond have none", () => {
  const edges = Float64Array.of(1, 1.5, 2, 2.5, 3);
  for (let k = 0; k < 4; k++) {
    expect(findBin(edges, edges[k] + 0.25)).toBe(k);
    expect(findBin(edges, edges[k + 1])).toBe(k);
    expect(findBin(edges, edges[k + 1] - 2 ** -50)).toBe(k);
    expect(findBin(edges, edges[k] + 2 ** -50)).toBe(k);
  }
  for (const value of [1, 0.9, 3 + 2 ** -50, Number.NaN, Infinity, -Infinity]) expect(findBin(edges, value)).toBe(-1);
});

test("edges that are no binary fractions: a value on one is below it, the next number above it", () => {
  const bits = new BigInt64Array(1);
  const real = new Float64Array(bits.buffer);
  for (const [edges, perUnit] of [[grid.rzEdges, grid.rzPerUnit], [grid.phiEdges, grid.phiPerUnit]] as const) {
    const found = Array.from(edges, (edge) => {
      real[0] = edge;
      bits[0] += edge < 0 ? -1n : 1n;
      return [findBin(edges, edge, perUnit), findBin(edges, real[0], perUnit)];
    });
    const n = edges.length - 1;
    expect(found).toEqual(found.map((_, k) => [k - 1, k < n ? k : -1]));
  }
}); // prettier-ignore

test("phi: whole turns change nothing on a circular axis, and what is between the last edge and pi is in the last bin", () => {
  for (let k = 0; k < grid.nPhi; k++) {
    const phi = (grid.phiEdges[k] + grid.phiEdges[k + 1]) / 2;
    for (const turns of [-2, -1, 0, 1, 3]) expect(findPhiBin(grid, phi + 2 * Math.PI * turns)).toBe(k);
  }
  for (const phi of [Math.PI, Math.fround(Math.PI), -Math.PI, grid.phiEdges[0]]) expect(findPhiBin(grid, phi)).toBe(grid.nPhi - 1); // prettier-ignore
  for (const phi of [Number.NaN, Infinity]) expect(findPhiBin(grid, phi)).toBe(-1);
  const open = createGrid({ ...base, PhiAxis: "regular" });
  expect([grid.circular, open.circular]).toEqual([true, false]);
  expect([findPhiBin(open, Math.PI), findPhiBin(open, 7), findPhiBin(open, 0.001)]).toEqual([-1, -1, grid.nPhi / 2]);
});
