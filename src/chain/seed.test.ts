import { expect, test } from "vitest";
import { createGrid, createHistogram, DEFAULT_PARAMS, seed, createSmoothMap } from "./index.js";

const grid = createGrid(DEFAULT_PARAMS.base);
const { nRz, nPhi } = grid;

/** A smoothed map with the given bins; those with a position hold mipPt 1 at (x, y). */
function setUp(bins: { row: number; column: number; energy: number; at?: [number, number] }[]) {
  const map = createSmoothMap(nRz, nPhi);
  map.length.fill(nPhi);
  const histogram = createHistogram(grid);
  for (const { row, column, energy, at } of bins) {
    const bin = row * nPhi + column;
    map.energy[bin] = energy;
    if (at === undefined) continue;
    histogram.mipPt[bin] = 1;
    [histogram.sumX[bin], histogram.sumY[bin]] = at;
  }
  return { map, histogram };
}

const seedsOf = (bins: Parameters<typeof setUp>[0], window = 1, histoThreshold = 20) => {
  const { map, histogram } = setUp(bins);
  return seed(map, histogram, { histoThreshold, window });
};

test.each([
  {
    name: "both phi neighbours have positions: their mean, weighted with the smoothed energies",
    bins: [
      { row: 10, column: 49, energy: 22, at: [0.2, 0.0] as [number, number] },
      { row: 10, column: 50, energy: 30 },
      { row: 10, column: 51, energy: 26, at: [0.1, 0.4] as [number, number] },
    ],
    want: [(0.2 * 22 + 0.1 * 26) / 48, (0.4 * 26) / 48],
  },
  {
    name: "the mean of these two alone, whatever else has a position",
    bins: [
      { row: 10, column: 49, energy: 22, at: [0.2, 0.0] as [number, number] },
      { row: 10, column: 50, energy: 30 },
      { row: 10, column: 51, energy: 26, at: [0.1, 0.4] as [number, number] },
      { row: 11, column: 50, energy: 20, at: [0.9, 0.9] as [number, number] },
    ],
    want: [(0.2 * 22 + 0.1 * 26) / 48, (0.4 * 26) / 48],
  },
  {
    name: "the mean of these two alone, across the seam in phi",
    bins: [
      { row: 10, column: 215, energy: 22, at: [0.2, 0.0] as [number, number] },
      { row: 10, column: 0, energy: 30 },
      { row: 10, column: 1, energy: 26, at: [0.1, 0.4] as [number, number] },
      { row: 9, column: 0, energy: 20, at: [0.9, 0.9] as [number, number] },
    ],
    want: [(0.2 * 22 + 0.1 * 26) / 48, (0.4 * 26) / 48],
  },
  {
    name: "one phi neighbour has a position, and one bin more: the mean of both",
    bins: [
      { row: 10, column: 49, energy: 10, at: [0.2, 0.0] as [number, number] },
      { row: 10, column: 50, energy: 30 },
      { row: 10, column: 51, energy: 26 },
      { row: 11, column: 49, energy: 30, at: [0.1, 0.4] as [number, number] },
    ],
    want: [(0.2 * 10 + 0.1 * 30) / 40, (0.4 * 30) / 40],
  },
  {
    name: "the same across the seam in phi",
    bins: [
      { row: 10, column: 214, energy: 22, at: [-0.2, 0.02] as [number, number] },
      { row: 10, column: 215, energy: 30 },
      { row: 10, column: 0, energy: 22, at: [-0.2, -0.02] as [number, number] },
    ],
    want: [-0.2, 0],
  },
  {
    name: "one bin of the window has a position: copied exactly",
    bins: [
      { row: 10, column: 50, energy: 30 },
      { row: 11, column: 51, energy: 7, at: [0.123456789, 0.3] as [number, number] },
    ],
    want: [0.123456789, 0.3],
  },
  {
    name: "several bins of the window: their weighted mean",
    bins: [
      { row: 10, column: 50, energy: 30 },
      { row: 9, column: 50, energy: 10, at: [0.1, 0] as [number, number] },
      { row: 11, column: 50, energy: 30, at: [0.3, 0] as [number, number] },
    ],
    want: [0.25, 0],
  },
  {
    name: "bins of the window without smoothed energy do not count",
    bins: [
      { row: 10, column: 50, energy: 30 },
      { row: 9, column: 50, energy: -1, at: [9, 9] as [number, number] },
      { row: 11, column: 50, energy: 3, at: [0.3, 0] as [number, number] },
    ],
    want: [0.3, 0],
  },
])("a seed bin without a position: $name", ({ bins, want }) => {
  const seeds = seedsOf(bins);
  expect(seeds.n).toBeGreaterThan(0);
  const k = seeds.energy.indexOf(30);
  expect(seeds.x[k]).toBeCloseTo(want[0], 14);
  expect(seeds.y[k]).toBeCloseTo(want[1], 14);
});

test("a seed bin with nothing around it sits at its centre", () => {
  const seeds = seedsOf([{ row: 10, column: 50, energy: 30 }]);
  const rz = (grid.rzEdges[10] + grid.rzEdges[11]) / 2;
  const phi = (grid.phiEdges[50] + grid.phiEdges[51]) / 2;
  expect([seeds.n, seeds.x[0], seeds.y[0]]).toEqual([1, rz * Math.cos(phi), rz * Math.sin(phi)]);
});

test.each([
  { name: "exactly the threshold is no seed", bins: [{ row: 5, column: 5, energy: 20 }], want: [] },
  {
    name: "equal neighbours are both seeds",
    bins: [
      { row: 5, column: 5, energy: 30 },
      { row: 5, column: 6, energy: 30 },
    ],
    want: [5, 6],
  },
  {
    name: "the last column neighbours the first",
    bins: [
      { row: 5, column: 0, energy: 30 },
      { row: 5, column: 215, energy: 31 },
    ],
    want: [215],
  },
  {
    name: "the first row does not see the last",
    bins: [
      { row: 0, column: 7, energy: 30 },
      { row: 41, column: 7, energy: 31 },
    ],
    want: [7, 7],
  },
])("seeds: $name", ({ bins, want }) => {
  const seeds = seedsOf(bins);
  expect([...seeds.phiBin.slice(0, seeds.n)]).toEqual(want);
});

test("the window widens in phi only", () => {
  const bins = [
    { row: 10, column: 50, energy: 30 },
    { row: 10, column: 52, energy: 31 },
    { row: 12, column: 50, energy: 32 },
  ];
  expect(seedsOf(bins, 1).n).toBe(3);
  expect(seedsOf(bins, 2).n).toBe(2);
});

test("a constant map makes every bin a seed, and the columns grow", () => {
  const { map, histogram } = setUp([]);
  map.energy.fill(21);
  expect(seed(map, histogram, { histoThreshold: 20, window: 1 }).n).toBe(nRz * nPhi);
});
