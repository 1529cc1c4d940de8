import { expect, test } from "vitest";
import { binnedProfile, groupInBins } from "./bins.js";
import { bootstrap, drawInto, repeatInto } from "./bootstrap.js";
import { Random } from "./random.js";
import { median, sortedEffectiveRms, sortedQuantile, weightedQuantiles } from "./statistics.js";

test.each([
  { name: "equal weights: middles of the steps", values: [1, 2, 3, 4], weights: [1, 1, 1, 1], q: 0.5, want: 2.5 },
  { name: "a value of weight 2 is where two values were", values: [1, 2], weights: [1, 2], q: 2 / 3, want: 2 },
  { name: "linear between the middles", values: [0, 10], weights: [1, 3], q: 0.375, want: 5 },
  { name: "below the first middle the smallest", values: [5, 7], weights: [1, 1], q: 0.1, want: 5 },
  { name: "above the last middle the largest", values: [7, 5], weights: [1, 1], q: 0.9, want: 7 },
  { name: "NaN and weight 0 do not count", values: [Number.NaN, 100, 3], weights: [5, 0, 2], q: 0.5, want: 3 },
  { name: "nothing is NaN", values: [], weights: [], q: 0.5, want: Number.NaN },
])("weighted quantile: $name", ({ values, weights, q, want }) => {
  const [found] = weightedQuantiles(values, weights, [q]);
  if (Number.isNaN(want)) expect(found).toBeNaN();
  else expect(found).toBeCloseTo(want, 12);
});

test("weights scale: a common factor changes nothing", () => {
  const random = new Random(4);
  const values = Array.from({ length: 50 }, () => random.normal());
  const weights = values.map(() => random.between(0.1, 2));
  const qs = [0.05, 0.16, 0.5, 0.84];
  const scaled = weightedQuantiles(
    values,
    weights.map((weight) => 1024 * weight),
    qs,
  );
  expect(weightedQuantiles(values, weights, qs)).toEqual(scaled);
});

test("values stand in the bin of their x, those without a y and outside nowhere", () => {
  const edges = [0, 1, 3];
  expect(groupInBins(edges, [0, 1, 3, 4, 0.5], [1, 2, 3, 4, Number.NaN])).toEqual([[1], [2, 3]]);
  expect(binnedProfile(edges, [0, 1, 3, 4], [1, 2, 4, 8], (values) => median(values))).toEqual([1, 3]);
});

test("the bootstrap gets sorted samples of the values, as many as there are", () => {
  const values = [5, 1, 3, Number.NaN];
  bootstrap(values, (sorted) => {
    expect(sorted).toHaveLength(3);
    expect(sorted).toEqual(sorted.toSorted());
    expect([...sorted].every((value) => values.includes(value))).toBe(true);
    return 0;
  });
  expect(bootstrap([1], () => 1)).toEqual({ low: Number.NaN, high: Number.NaN });
  expect(bootstrap([2, 2, 2], (sorted) => sorted[0])).toEqual({ low: 2, high: 2 });
});

test("samples that are kept for as many values give what samples drawn anew give", () => {
  const meanOf = (sorted: Float64Array): number => sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const intervalOf = (n: number, options?: { readonly replicas?: number; readonly seed?: number }) =>
    bootstrap(Float64Array.from({ length: n }, (_, i) => i), meanOf, options); // prettier-ignore
  const first = [intervalOf(50), intervalOf(51), intervalOf(50, { seed: 2 }), intervalOf(50, { replicas: 30 })];
  expect(new Set(first.map(({ low }) => low)).size).toBe(4);
  expect([intervalOf(50), intervalOf(50)]).toEqual([first[0], first[0]]);
  // Too many to be kept.
  expect([intervalOf(6000), intervalOf(6000)]).toEqual([intervalOf(6000), intervalOf(6000)]);
  const { low, high } = intervalOf(6000);
  // The error of the mean of 0 to n - 1 is n / sqrt(12 n).
  expect(Math.abs((high - low) / 2 / Math.sqrt(6000 / 12) - 1)).toBeLessThan(0.2);
});

test("68 % intervals of medians and of effective widths hold the truth of Gaussians as often as they say", () => {
  const seed = 8;
  const random = new Random(seed);
  const samples = Array.from({ length: 150 }, () => Array.from({ length: 120 }, () => random.normal()));
  const share = (statistic: (sorted: Float64Array) => number, truth: number): number =>
    samples.filter((sample) => {
      const { low, high } = bootstrap(sample, statistic, { replicas: 100 });
      return low <= truth && truth <= high;
    }).length / samples.length;
  const ofMedian = share((sorted) => sortedQuantile(sorted, 0.5), 0);
  // 102 of 150, with a sigma of 6.
  expect(Math.abs(ofMedian - 0.68), `median: ${ofMedian}, seed ${seed}`).toBeLessThan(0.12);
  // The shortest window of 120 values is narrower than sigma, on average by some percent: fewer intervals reach it.
  const ofWidth = share((sorted) => sortedEffectiveRms(sorted), 0.9945);
  expect(ofWidth, `width: ${ofWidth}, seed ${seed}`).toBeGreaterThan(0.45);
});

test("drawn values come in their order, each as often as it was drawn, also through an order", () => {
  const random = new Random(7);
  for (const n of [1, 2, 3, 50, 400]) {
    const times = new Uint8Array(n);
    const values = Float64Array.from({ length: n }, () => random.normal()).toSorted();
    const orders = [Uint32Array.from(values.keys()), Uint32Array.from(values.keys()).toReversed()];
    const out = new Float64Array(2 * n + 6);
    for (let round = 0; round < 20; round++) {
      drawInto(times, random);
      expect(times.reduce((sum, each) => sum + each, 0)).toBe(n);
      // More than three of one, as draws rarely give.
      times[round % n] += round % 7;
      for (const order of orders) {
        const want = [...values].flatMap((value, i) => Array<number>(times[order[i]]).fill(value));
        expect([...out.subarray(0, repeatInto(out, values, times, order))]).toEqual(want);
        const exact = new Float64Array(want.length);
        expect([repeatInto(exact, values, times, order), [...exact]]).toEqual([want.length, want]);
      }
    }
  }
});

test("intervals of widths lie too low for few values: a third of samples of 16 are wider than theirs, hardly any of 100", () => {
  const random = new Random(3);
  const shareAbove = (n: number): number => {
    const samples = Array.from({ length: 200 }, () =>
      Array.from({ length: n }, () => random.normal()).toSorted((a, b) => a - b),
    );
    const wider = samples.filter((sample) => {
      const sorted = Float64Array.from(sample);
      return sortedEffectiveRms(sorted) > bootstrap(sorted, sortedEffectiveRms, { replicas: 64 }).high;
    });
    return wider.length / samples.length;
  };
  const [few, many] = [shareAbove(16), shareAbove(100)];
  expect(few).toBeGreaterThan(0.25);
  expect(few).toBeLessThan(0.45);
  expect(many).toBeLessThan(0.04);
});
