import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { createSmoother, createSmoothMap, DEFAULT_PARAMS, type SmoothKernel } from "./index.js";

const { base, smooth: params } = DEFAULT_PARAMS;
const { NbinsRz: nRz, NbinsPhi: nPhi } = base;

/** The formula, bin by bin. */
function slow(energy: Float64Array, kernel: SmoothKernel, byArea: boolean): Float64Array {
  const width = (base.MaxROverZ - base.MinROverZ) / nRz;
  const ringOf = (row: number): number => {
    const inner = base.MinROverZ + (byArea ? row : 0) * width;
    return (Math.PI * ((inner + width) ** 2 - inner ** 2)) / nPhi;
  };
  const phi = (row: number, column: number): number => {
    if (row < 0 || row >= nRz) return 0;
    const n = (params.BinSums[row] - 1) / 2;
    const at = (c: number): number => energy[row * nPhi + ((c + nPhi) % nPhi)];
    let sum = at(column);
    for (let k = 1; k <= n; k++) sum += (at(column - k) + at(column + k)) * 2 ** (kernel === "default" ? -k : 1 - k);
    const area = kernel === "default" ? 1 + 2 * (1 - 2 ** -n) : 5 - 2 ** (2 - n);
    return (sum / (area * ringOf(row))) * params.AreaPerTriggerCell;
  };
  return Float64Array.from({ length: nRz * nPhi }, (_, bin) => {
    const row = Math.floor(bin / nPhi);
    const column = bin % nPhi;
    const sides = (phi(row - 1, column) + phi(row + 1, column)) / 2;
    return (phi(row, column) + sides) / (row === 0 || row === nRz - 1 ? 1.5 : 2);
  });
}

const random = new Random(12);
/** Bins with the energies 1, 2, 3, ... */
const filled = (bins: readonly number[]) => {
  const mipPt = new Float64Array(nRz * nPhi);
  for (const [k, bin] of bins.entries()) mipPt[bin] = k + 1;
  return { mipPt, bins: Int32Array.from(bins), nBins: bins.length };
};
const some = (n: number): number[] => [
  ...new Set(Array.from({ length: n }, () => Math.floor(random.uniform() * nRz * nPhi))),
];

test.each([
  ["default", false],
  ["default", true],
  ["flat_top", false],
] as const)("%s, by area: %s: only what is filled is looked at, and nothing is missed", (kernel, byArea) => {
  const cases = {
    "one bin": [20 * nPhi + 100],
    "at the seam": [20 * nPhi + 215, 21 * nPhi, 21 * nPhi + 3],
    "first and last row": [7, 41 * nPhi + 210],
    "on opposite sides": [5 * nPhi + 10, 5 * nPhi + 118, 6 * nPhi + 100],
    "a whole row": Array.from({ length: nPhi }, (_, column) => 12 * nPhi + column),
    "few anywhere": some(5),
    "many anywhere": some(3000),
    nothing: [],
    "one bin after all that": [11 * nPhi],
  };
  const smoother = createSmoother(base, { ...params, kernel, SeedsNormByArea: byArea });
  const map = createSmoothMap(nRz, nPhi);
  for (const [name, bins] of Object.entries(cases)) {
    const histogram = filled(bins);
    smoother.smoothInto(map, histogram);
    const want = slow(histogram.mipPt, kernel, byArea);
    for (let bin = 0; bin < want.length; bin++) {
      if (Math.abs(map.energy[bin] - want[bin]) > 1e-12 * want[bin]) {
        throw new Error(`${name}: bin ${bin} is ${map.energy[bin]}, expected ${want[bin]}`);
      }
      const column = (bin % nPhi) + nPhi - map.from[Math.floor(bin / nPhi)];
      // Not an expectation: they are many.
      if (want[bin] > 0 && column % nPhi >= map.length[Math.floor(bin / nPhi)]) {
        throw new Error(`${name}: bin ${bin} is not in the span of its row`);
      }
    }
  }
  // What makes it fast: a shower at the seam has short spans.
  smoother.smoothInto(map, filled(cases["at the seam"]));
  expect(Math.max(...map.length)).toBeLessThan(12);
  // And no more than the kernel is wide, in the row and its neighbours.
  smoother.smoothInto(map, filled([20 * nPhi + 100]));
  const width = params.BinSums[20];
  expect([...map.length]).toEqual(params.BinSums.map((_, row) => (Math.abs(row - 20) <= 1 ? width : 0)));
});

test("the phi half alone: every row by itself, whole rows at once", () => {
  const { mipPt } = filled([0, 3, nPhi - 1, 20 * nPhi + 100, 41 * nPhi + 7]);
  const phi = createSmoother(base, params).smoothPhi(mipPt);
  const width = (base.MaxROverZ - base.MinROverZ) / nRz;
  const ring = (Math.PI * ((base.MinROverZ + width) ** 2 - base.MinROverZ ** 2)) / nPhi;
  for (const [k, bin] of [0, 3, nPhi - 1, 20 * nPhi + 100, 41 * nPhi + 7].entries()) {
    const row = Math.floor(bin / nPhi);
    const n = (params.BinSums[row] - 1) / 2;
    // Far from the others, so that its own energy is all there is.
    if (row === 0) continue;
    const want = ((k + 1) / ((1 + 2 * (1 - 2 ** -n)) * ring)) * params.AreaPerTriggerCell;
    expect(phi[bin]).toBeCloseTo(want, 12);
    expect([phi[bin - nPhi], phi[bin + n + 1], phi[bin - n - 1]]).toEqual([0, 0, 0]);
    expect(phi[bin + n] / want).toBeCloseTo(2 ** -n, 12);
  }
  const n = (params.BinSums[0] - 1) / 2;
  const first = 1 + 2 * 2 ** -3 + 3 * 2 ** -1;
  expect(n).toBeGreaterThan(3);
  expect(phi[0]).toBeCloseTo((first / ((1 + 2 * (1 - 2 ** -n)) * ring)) * params.AreaPerTriggerCell, 12);
});
