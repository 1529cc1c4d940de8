import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../core/index.js";
import { sweepRow } from "./phi-sweep.js";

/** The bin of each cell of a row with these numbers of cells by bin. */
const rowOf = (counts: readonly number[]): Int32Array =>
  Int32Array.from(counts.flatMap((n, bin) => Array(n).fill(bin)));

const sweep = (counts: readonly number[], parameter = 0, maxSweeps = 1000, seed = 1) =>
  sweepRow(rowOf(counts), counts.length, { parameter, random: new Random(seed), maxSweeps });

/** Bins without turns over the seam. */
const folded = (bins: Int32Array, nBins: number): number[] =>
  Array.from(bins, (bin) => ((bin % nBins) + nBins) % nBins);

test.each([
  { name: "an empty row ends after one sweep", counts: [0, 0, 0, 0], after: [0, 0, 0, 0], sweeps: 1 },
  { name: "a flat row ends after one sweep", counts: [3, 3, 3, 3], after: [3, 3, 3, 3], sweeps: 1 },
  { name: "a step of 1 between plateaus stays", counts: [2, 2, 2, 3, 3, 3], after: [2, 2, 2, 3, 3, 3], sweeps: 1 },
  { name: "a deep valley in a narrow row fills", counts: [4, 0, 4], after: [3, 2, 3], sweeps: undefined },
])("$name", ({ counts, after, sweeps }) => {
  const swept = sweep(counts, 0, 50);
  if (sweeps === undefined) {
    expect(Math.max(...swept.after) - Math.min(...swept.after)).toBeLessThanOrEqual(1);
    expect(swept.after.reduce((a, b) => a + b)).toBe(8);
  } else {
    expect({ after: [...swept.after], sweeps: swept.sweeps, ended: swept.ended }).toEqual({
      after,
      sweeps,
      ended: true,
    });
    expect([...swept.bins]).toEqual([...rowOf(counts)]);
  }
});

test("a lone bump walks until the limit of sweeps, and says so", () => {
  for (const parameter of [0, 0.25, 0.5, 0.75]) {
    const swept = sweep([...Array(100).fill(5), 6, ...Array(115).fill(5)], parameter, 40);
    expect([parameter, swept.sweeps, swept.ended]).toEqual([parameter, 40, false]);
    expect([...swept.after].toSorted((a, b) => a - b).slice(-2)).toEqual([5, 6]);
  }
  expect(sweep([...Array(100).fill(5), 6, ...Array(115).fill(5)], 1, 40).ended).toBe(true);
});

test("one cell crosses the seam to the emptier side, and its bin says over which side it went", () => {
  // Bin 0 has a gradient of 2, bin 3 of 1 and bin 1 of 1: one cell of bin 0 leaves it, to bin 1 or back over the seam into bin 3.
  const seen = new Set<string>();
  for (let seed = 1; seed < 40; seed++) seen.add([...sweep([3, 2, 2, 2], 0, 1, seed).bins].join());
  const crossed = [...seen].filter((bins) => bins.startsWith("-1"));
  expect(crossed.length).toBeGreaterThan(0);
  for (const bins of crossed)
    expect(
      bins
        .split(",")
        .slice(1)
        .map(Number)
        .toSorted((a, b) => a - b)[0],
    ).toBe(0);
});

const row = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 3, maxLength: 40 });

describe("laws on random rows", () => {
  test("cells are kept, those of a bin lie together, their order on the circle stays", () => {
    fc.assert(
      fc.property(row, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (counts, parameter, seed) => {
        const nBins = counts.length;
        const swept = sweep(counts, parameter, 60, seed);
        const n = rowOf(counts).length;
        const found = new Int32Array(nBins);
        for (const bin of folded(swept.bins, nBins)) found[bin]++;
        expect([...swept.after]).toEqual([...found]);
        expect([...swept.before]).toEqual(counts);
        // Sorted up to one wrap: bins never fall on the line that goes on over the seam.
        expect(swept.bins.every((bin, k) => k === 0 || bin >= swept.bins[k - 1])).toBe(true);
        if (n > 0) expect(swept.bins[n - 1] - swept.bins[0]).toBeLessThanOrEqual(nBins);
        expect(swept.sweeps).toBeLessThanOrEqual(60);
      }),
      { seed: 16, numRuns: 150 },
    );
  });

  test("at the parameter 1 nothing moves", () => {
    fc.assert(
      fc.property(row, fc.nat(), (counts, seed) => {
        const swept = sweep(counts, 1, 60, seed);
        expect([...swept.bins]).toEqual([...rowOf(counts)]);
        expect([swept.sweeps, swept.ended]).toEqual([1, true]);
      }),
      { seed: 17 },
    );
  });

  test("where it ended, no gradient is above what the rule allows", () => {
    fc.assert(
      fc.property(row, fc.constantFrom(0, 0.3, 0.7), (counts, parameter) => {
        const swept = sweep(counts, parameter, 400);
        if (!swept.ended) return;
        const at = (list: ArrayLike<number>, b: number): number => list[(b + counts.length) % counts.length];
        const gradient = (list: ArrayLike<number>, b: number): number =>
          Math.abs(at(list, b) - at(list, b - 1)) + Math.abs(at(list, b + 1) - at(list, b));
        const isQuiet = (b: number): boolean =>
          gradient(swept.after, b) <= Math.max(1, parameter * gradient(counts, b));
        expect(counts.every((_, b) => isQuiet(b))).toBe(true);
      }),
      { seed: 18, numRuns: 200 },
    );
  });

  test("the same seed gives the same row", () => {
    const counts = Array.from({ length: 216 }, (_, b) => 5 + ((b * 7) % 4));
    expect(sweep(counts, 0, 100, 3)).toEqual(sweep(counts, 0, 100, 3));
    expect(sweep(counts, 0, 100, 3).bins).not.toEqual(sweep(counts, 0, 100, 4).bins);
  });
});

test("rows of the size of the detector's end at every parameter: 60 of about 1,000 cells", () => {
  const random = new Random(7);
  let notEnded = 0;
  for (let k = 0; k < 60; k++) {
    const counts = Array.from({ length: 216 }, () => 3 + Math.floor(4 * random.uniform()));
    for (const parameter of [0, 0.5, 1]) {
      const swept = sweep(counts, parameter, 1000, k);
      expect(swept.after.reduce((a, b) => a + b)).toBe(counts.reduce((a, b) => a + b));
      if (!swept.ended) notEnded++;
    }
  }
  expect(notEnded).toBe(0);
});

test.each([
  {
    name: "a parameter above 1",
    counts: [1, 2, 3],
    parameter: 1.1,
    message: "parameter 1.1: expected a number from 0 to 1",
  },
  { name: "no parameter", counts: [1, 2, 3], parameter: Number.NaN, message: "parameter NaN" },
  { name: "two bins", counts: [1, 2], parameter: 0, message: "2 phi bins: a row needs at least 3" },
])("refused: $name", ({ counts, parameter, message }) => {
  expect(() => sweep(counts, parameter)).toThrow(message);
});

test("refused: cells out of order, cells in no bin", () => {
  const options = { parameter: 0, random: new Random(1), maxSweeps: 1 };
  expect(() => sweepRow(Int32Array.of(1, 0), 3, options)).toThrow("cell 1: cells must come in the order of phi");
  expect(() => sweepRow(Int32Array.of(0, 3), 3, options)).toThrow("cell 1 in phi bin 3, expected 0 to 2");
});
