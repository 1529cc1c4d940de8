import { expect, test } from "vitest";
import { Random } from "./random.js";
import {
  clopperPearson,
  effectiveRms,
  fitLine,
  gaussianCore,
  sortedOf,
  mean,
  incompleteBeta,
  logGamma,
  median,
  quantile,
  poissonInterval,
} from "./statistics.js";

// scipy.stats.beta.ppf values (the interval's definition); 0 and n of n have closed forms.
test.each([
  { k: 0, n: 10, level: 0.95, low: 0, high: 1 - 0.025 ** (1 / 10) },
  { k: 10, n: 10, level: 0.95, low: 0.025 ** (1 / 10), high: 1 },
  { k: 1, n: 10, level: 0.95, low: 0.00252858, high: 0.44501612 },
  { k: 5, n: 10, level: 0.95, low: 0.18708603, high: 0.81291397 },
  { k: 4, n: 20, level: 0.95, low: 0.057334, high: 0.436614 },
  { k: 0, n: 0, level: 0.95, low: 0, high: 1 },
])("Clopper-Pearson of $k in $n", ({ k, n, level, low, high }) => {
  const interval = clopperPearson(k, n, level);
  expect(interval.low).toBeCloseTo(low, 6);
  expect(interval.high).toBeCloseTo(high, 6);
});

test("the incomplete beta function counts binomial tails", () => {
  // I_p(k, n - k + 1) = P(X >= k) for X of n trials with chance p.
  const n = 12;
  const p = 0.3;
  const choose = (k: number) => Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1));
  for (let k = 1; k <= n; k++) {
    let tail = 0;
    for (let j = k; j <= n; j++) tail += choose(j) * p ** j * (1 - p) ** (n - j);
    expect(incompleteBeta(p, k, n - k + 1)).toBeCloseTo(tail, 12);
  }
});

test.each([
  { name: "linear between order statistics", values: [1, 2, 3, 4], q: 0.25, want: 1.75 },
  { name: "NaN does not count", values: [Number.NaN, 3, 1], q: 1, want: 3 },
  { name: "empty is NaN", values: [], q: 0.5, want: Number.NaN },
])("quantile: $name", ({ values, q, want }) => {
  expect(quantile(values, q)).toEqual(want);
});

test("the effective width of a Gaussian is its sigma, whatever its tails", () => {
  const random = new Random(1);
  const core = Array.from({ length: 20_000 }, () => 3 + 0.5 * random.normal());
  expect(effectiveRms(core, 0.6827)).toBeCloseTo(0.5, 1.5);
  expect(median(core)).toBeCloseTo(3, 1.5);
  expect(effectiveRms([1, 2, 4, 8, 100], 0.6)).toBe(1.5);
  expect(effectiveRms([1])).toBeNaN();
});

test("the window of 68 % holds ceil(68 n / 100) of n values, for every n from 3 to 1500", () => {
  for (let n = 3; n <= 1500; n++) {
    const m = (68 * n + ((100 - ((68 * n) % 100)) % 100)) / 100;
    // Values that lie 2 apart.
    const width = effectiveRms(Float64Array.from({ length: n }, (_, i) => 2 * i));
    if (width !== m - 1) expect([n, width]).toEqual([n, m - 1]);
  }
});

test("a line through points without scatter is that line", () => {
  const fit = fitLine([0, 1, 2, 5], [3, 1, -1, -7], [1, 2, 1, 0.5]);
  expect([fit.slope, fit.intercept]).toEqual([expect.closeTo(-2, 12), expect.closeTo(3, 12)]);
  expect([fit.chi2, fit.degreesOfFreedom]).toEqual([expect.closeTo(0, 12), 2]);
});

test("the line of a textbook: y = 1, 3, 2 at x = 0, 1, 2", () => {
  // With sigma 1: slope (2 - 1) / 2, mean (1, 2), sum of (x - 1)^2 = 2, residuals -0.5, 1, -0.5.
  const fit = fitLine([0, 1, 2], [1, 3, 2], [1, 1, 1]);
  expect(fit.slope).toBeCloseTo(0.5, 12);
  expect(fit.intercept).toBeCloseTo(1.5, 12);
  expect(fit.slopeSigma).toBeCloseTo(Math.sqrt(1 / 2), 12);
  expect(fit.interceptSigma).toBeCloseTo(Math.sqrt(1 / 3 + 1 / 2), 12);
  expect(fit.chi2).toBeCloseTo(1.5, 12);
  // Four points of sigma 2 weigh as much as one of sigma 1.
  const four = fitLine([0, 1, 2, 2, 2, 2], [1, 3, 2, 2, 2, 2], [1, 1, 2, 2, 2, 2]);
  expect([four.slope, four.slopeSigma]).toEqual([expect.closeTo(0.5, 12), expect.closeTo(Math.sqrt(0.5), 12)]);
});

test("the sigma of a slope is the spread of slopes, and points that cannot count do not", () => {
  const random = new Random(3);
  const x = Array.from({ length: 12 }, (_, i) => i);
  const sigma = x.map((i) => 0.5 + 0.2 * i);
  const fits = Array.from({ length: 4000 }, () =>
    fitLine(
      x,
      x.map((at, i) => 2 * at - 1 + sigma[i] * random.normal()),
      sigma,
    ),
  );
  const mean = fits.reduce((sum, { slope }) => sum + slope, 0) / fits.length;
  const spread = Math.sqrt(fits.reduce((sum, { slope }) => sum + (slope - mean) ** 2, 0) / fits.length);
  expect(mean).toBeCloseTo(2, 2);
  expect(spread / fits[0].slopeSigma).toBeCloseTo(1, 1);
  expect(fitLine([0, 1, 2, 3], [0, 1, Number.NaN, 9], [1, 1, 1, 0]).slope).toBeCloseTo(1, 12);
  expect(fitLine([1, 1], [0, 5], [1, 1]).slope).toBeNaN();
});

test.each([
  { k: 0, low: 0, high: -Math.log(0.16) },
  // Sums of Poisson's probabilities, solved by bisection in another program.
  { k: 1, low: 0.17435339, high: 3.28852411 },
  { k: 10, low: 6.90497151, high: 14.2450857 },
  { k: 201, low: 186.9091931, high: 216.1185706 },
])("the 68 % interval of a Poisson mean: $k events", ({ k, low, high }) => {
  const found = poissonInterval(k);
  expect(Math.abs(found.low - low)).toBeLessThanOrEqual(2e-4 * low);
  expect(Math.abs(found.high / high - 1)).toBeLessThan(2e-4);
});

test.each([
  { name: "a Gaussian is found", shape: (x: number) => 0.9 + 0.05 * x, tail: 0 },
  { name: "a tail to lower values does not pull it", shape: (x: number) => 0.9 + 0.05 * x, tail: 0.15 },
])("gaussianCore: $name (seed 3)", ({ shape, tail }) => {
  const random = new Random(3);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  const values = Array.from({ length: 20_000 }, () =>
    random.uniform() < tail ? 0.75 * random.uniform() : shape(normal()),
  );
  const { mean: middle, sigma } = gaussianCore(sortedOf(values));
  expect(Math.abs(middle - 0.9)).toBeLessThan(0.003);
  expect(Math.abs(sigma - 0.05)).toBeLessThan(0.004);
  if (tail > 0) expect(mean(values)).toBeLessThan(0.84);
});

test("gaussianCore of values that only fall from the cut on has no top: NaN, not a place far from all of them", () => {
  // Exponential: most at the cut, a long tail above.
  const values = Float64Array.from({ length: 27 }, (_, i) => 1 - 0.3 * Math.log(1 - (i + 0.5) / 27) ** 3);
  expect(gaussianCore(values)).toEqual({ mean: Number.NaN, sigma: Number.NaN });
});

test.each([[], [1], [1, 1, 1, 1, 1, 1], [1, 2, 3]])("gaussianCore of %j has no width: NaN", (...values) => {
  expect(gaussianCore(Float64Array.from(values)).mean).toBeNaN();
});
