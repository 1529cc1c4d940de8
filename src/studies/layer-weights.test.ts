import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { WeightSums } from "./layer-weights.js";
import { coverage, fitToy } from "./layer-weights.test-data.js";

const options = { maxWeight: 5, minClusters: 1, replicas: 20, random: new Random(1) };

test("the weights of a toy are found within 1 %", () => {
  const { truth, fitted } = fitToy({ layers: 14, clusters: 4000, noise: 0.02 }, 3, 2);
  for (const [i, { layer, weight }] of fitted.entries()) {
    expect(layer).toBe(2 * i + 1);
    expect(Math.abs(weight / truth[i] - 1)).toBeLessThan(0.01);
  }
});

test("without noise they are exact, and so are their intervals", () => {
  const { truth, fitted } = fitToy({ layers: 6, clusters: 300, noise: 0 }, 4, 10);
  for (const [i, { weight, interval }] of fitted.entries()) {
    expect(weight).toBeCloseTo(truth[i], 9);
    expect(interval.high - interval.low).toBeLessThan(1e-8);
  }
});

test("68 % intervals hold the truth in 60 to 76 % of 280 pairs of layer and toy; more pairs in the long tests", () => {
  const { share, pairs } = coverage({ layers: 14, clusters: 400, noise: 0.3 }, 20, 60);
  expect(pairs).toBe(280);
  expect(share).toBeGreaterThan(0.6);
  expect(share).toBeLessThan(0.76);
});

test("weights end at the bounds: a layer that makes things worse has 0, one that lacks energy the largest", () => {
  const sums = new WeightSums([1, 3]);
  const random = new Random(2);
  for (let k = 0; k < 400; k++) {
    const shower = random.between(5, 50);
    sums.add(k % 100, [20 * random.uniform(), shower / 9], shower);
  }
  const fitted = sums.fit(options);
  expect(fitted.map(({ weight }) => weight)[1]).toBe(5);
  const worse = new WeightSums([1, 3]);
  for (let k = 0; k < 400; k++) {
    const shower = random.between(5, 50);
    const noise = 10 * random.uniform();
    worse.add(k % 100, [noise, shower + 0.5 * noise], shower);
  }
  expect(worse.fit(options)[0]).toMatchObject({ layer: 1, weight: 0, interval: { low: 0, high: 0 } });
});

test("a layer without pt in any cluster keeps the weight 1, without an interval", () => {
  const sums = new WeightSums([1, 3]);
  for (let k = 0; k < 10; k++) sums.add(k, [2 + k, 0], 4 + 2 * k);
  const [one, three] = sums.fit(options);
  expect(one.weight).toBeCloseTo(2, 12);
  expect(three).toEqual({ layer: 3, weight: 1, interval: { low: Number.NaN, high: Number.NaN } });
});

test("a layer in which few clusters have pt keeps the weight 1, and its pt counts", () => {
  const sums = new WeightSums([1, 3, 5]);
  for (let k = 0; k < 100; k++) {
    const rare = k < 5 ? 10 : 0;
    sums.add(k, [2 + (k % 7), 3 + (k % 5), rare], 1.5 * (2 + (k % 7)) + 0.5 * (3 + (k % 5)) + rare);
  }
  const weights = sums.fit({ ...options, minClusters: 6 }).map(({ weight }) => weight);
  expect([weights[0], weights[1]].map((weight) => weight.toFixed(9))).toEqual(["1.500000000", "0.500000000"]);
  expect(weights[2]).toBe(1);
  expect(sums.fit({ ...options, minClusters: 5 })[2].weight).toBeCloseTo(1, 9);
});

test("the fit does not depend on the order of the clusters of a block beyond rounding, and the seed decides the intervals", () => {
  const fit = (order: readonly number[], seed: number) => {
    const sums = new WeightSums([1, 3, 5]);
    for (const k of order) sums.add(k % 40, [1 + (k % 7), 3 + (k % 5), k % 11], 20 + (k % 13));
    return sums.fit({ ...options, random: new Random(seed) });
  };
  const order = Array.from({ length: 200 }, (_, k) => k);
  const a = fit(order, 1);
  const b = fit(order.toReversed(), 1);
  for (const [i, { weight }] of a.entries()) expect(b[i].weight).toBeCloseTo(weight, 10);
  expect(fit(order, 1)).toEqual(a);
  expect(fit(order, 2)).not.toEqual(a);
});

test.each([
  { name: "no cluster", clusters: 0, message: "of 0 clusters no 1 have pt in a common layer: no weight can be fitted" },
  { name: "two clusters for three layers", clusters: 2, message: "2 clusters do not decide the weights of 3 layers" },
])("refused: $name", ({ clusters, message }) => {
  const sums = new WeightSums([1, 3, 5]);
  for (let k = 0; k < clusters; k++) sums.add(k, [1, 2, 3 + k], 10);
  expect(() => sums.fit(options)).toThrow(message);
});

test("which of the layers has no pt changes nothing for the others", () => {
  const random = new Random(5);
  const rows = Array.from({ length: 200 }, () => [random.between(1, 9), random.between(1, 9), random.between(1, 9)]);
  const wanted = [0.75, 1.5, 2];
  for (const empty of [0, 1, 2, 3]) {
    const sums = new WeightSums([1, 3, 5, 7]);
    for (const [k, row] of rows.entries()) {
      sums.add(k % 100, row.toSpliced(empty, 0, 0), row.reduce((sum, pt, i) => sum + wanted[i] * pt, 0));
    }
    expect(sums.fit(options).map(({ weight }) => weight)).toEqual(
      wanted.toSpliced(empty, 0, 1).map((weight) => expect.closeTo(weight, 9) as number),
    );
  }
}); // prettier-ignore
