/** Statistics of samples and counts. Empty input gives NaN, which plots and tables show as a gap. */

/** Sorted copy without NaN. */
export function sortedOf(values: Iterable<number>): Float64Array {
  // Of lists the constructor copies the memory; `from` asks for one value after another.
  const isList = Array.isArray(values) || values instanceof Float64Array;
  const list = isList ? new Float64Array(values as ArrayLike<number>) : Float64Array.from(values);
  let n = 0;
  for (let i = 0; i < list.length; i++) if (!Number.isNaN(list[i])) list[n++] = list[i];
  return list.subarray(0, n).toSorted();
}

/** Quantiles of the values, linear between order statistics (numpy's default). NaN values do not count. */
export function quantiles(values: Iterable<number>, qs: readonly number[]): number[] {
  const list = sortedOf(values);
  return qs.map((q) => sortedQuantile(list, q));
}

export const quantile = (values: Iterable<number>, q: number): number => quantiles(values, [q])[0];

export const median = (values: Iterable<number>): number => quantile(values, 0.5);

/** A quantile of sorted values without NaN. */
export function sortedQuantile(list: Float64Array, q: number): number {
  if (list.length === 0) return Number.NaN;
  const at = q * (list.length - 1);
  const low = Math.floor(at);
  const high = Math.min(list.length - 1, low + 1);
  return list[low] + (at - low) * (list[high] - list[low]);
}

/**
 * Quantiles of values with weights >= 0: linear between the middles of the steps of the weighted distribution, so that
 * a value of weight 2 is nearly two values; the smallest and largest value beyond the outer middles. NaN values and weights do not count.
 */
export function weightedQuantiles(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
  qs: readonly number[],
): number[] {
  const points = Array.from(values, (value, i) => ({ value, weight: weights[i] }))
    .filter(({ value, weight }) => !Number.isNaN(value) && weight > 0)
    .toSorted((a, b) => a.value - b.value);
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  let before = 0;
  const middles = points.map(({ weight }) => {
    const middle = (before + weight / 2) / total;
    before += weight;
    return middle;
  });
  return qs.map((q) => {
    if (points.length === 0) return Number.NaN;
    const high = middles.findIndex((middle) => middle >= q);
    if (high <= 0) return points[high === 0 ? 0 : points.length - 1].value;
    const share = (q - middles[high - 1]) / (middles[high] - middles[high - 1]);
    return points[high - 1].value + share * (points[high].value - points[high - 1].value);
  });
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation (n - 1); NaN for fewer than two values. */
export function standardDeviation(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}

/** The digits after the point that a share of values may have. */
const SHARE_UNIT = 1e6;

/** The least number of n values that is the share of them: in whole numbers, for 0.68 * 75 is more than 51 in floating point. */
function shareCount(share: number, n: number): number {
  return Math.ceil((Math.round(share * SHARE_UNIT) * n) / SHARE_UNIT);
}

/** Half the width of the shortest window that holds ceil(share n) of the values: sigma of a Gaussian for share 0.683. */
export function effectiveRms(values: Iterable<number>, share = 0.68): number {
  return sortedEffectiveRms(sortedOf(values), share);
}

/** The same of sorted values without NaN. */
export function sortedEffectiveRms(list: Float64Array, share = 0.68): number {
  const n = list.length;
  const m = shareCount(share, n);
  if (n < 2 || m < 2) return Number.NaN;
  let best = Infinity;
  for (let i = 0; i + m - 1 < n; i++) best = Math.min(best, list[i + m - 1] - list[i]);
  return best / 2;
}

/** ln of the upper tail of the normal distribution beyond z, and its hazard: density / tail. By continued fraction, or by the series of the lower part. */
function normalHazard(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z > 3) {
    // Laplace's continued fraction of the tail.
    let fraction = z;
    for (let k = 60; k > 0; k--) fraction = z + k / fraction;
    return fraction;
  }
  // Between 0 and z lies density times this series; it converges for all z.
  let term = z;
  let sum = z;
  for (let k = 1; k < 500 && Math.abs(term) > 1e-17 * Math.abs(sum); k++) sum += term *= (z * z) / (2 * k + 1);
  return density / (0.5 - density * sum);
}

/** Steps of the fit of a Gaussian core; it has come to rest long before. */
const CORE_STEPS = 200;

/**
 * The Gaussian behind the values above mean - effectiveRms, of sorted values without NaN: the most likely one of those that are cut off there
 * (the cut of the reference's pages, which keeps the tail of bremsstrahlung out). NaN for fewer than five values, without a width, or where they have no top above the cut.
 */
export function gaussianCore(list: Float64Array): { readonly mean: number; readonly sigma: number } {
  let sum = 0;
  for (const value of list) sum += value;
  const cut = sum / list.length - sortedEffectiveRms(list);
  let n = 0;
  let first = 0;
  let second = 0;
  for (const value of list) {
    if (!(value > cut)) continue;
    n++;
    first += value - cut;
    second += (value - cut) ** 2;
  }
  const above = first / n;
  const variance = second / n - above * above;
  if (n < 5 || !(variance > 0)) return { mean: Number.NaN, sigma: Number.NaN };
  // The mean and variance of what is above the cut are those of a Gaussian that is cut off: solved by repetition.
  let middle = above;
  let sigma = Math.sqrt(variance);
  for (let step = 0; step < CORE_STEPS; step++) {
    const z = -middle / sigma;
    const hazard = normalHazard(z);
    const next = Math.sqrt(variance / Math.max(0.05, 1 + z * hazard - hazard * hazard));
    const moved = above - next * hazard;
    const isDone = Math.abs(next - sigma) + Math.abs(moved - middle) < 1e-12 * next;
    sigma = next;
    middle = moved;
    if (isDone) break;
  }
  // A top below the cut is none of the values': they only fall, and say nothing of where.
  return middle > 0 ? { mean: cut + middle, sigma } : { mean: Number.NaN, sigma: Number.NaN };
}

export interface LineFit {
  readonly slope: number;
  readonly intercept: number;
  /** One standard deviation, from the sigmas alone: not scaled by the quality of the fit. */
  readonly slopeSigma: number;
  readonly interceptSigma: number;
  readonly chi2: number;
  readonly degreesOfFreedom: number;
}

/**
 * The straight line with the least sum of ((y - slope x - intercept) / sigma)^2. Points where one of the three is not
 * finite, or sigma is not above 0, do not count; with fewer than two different x everything is NaN.
 */
export function fitLine(x: ArrayLike<number>, y: ArrayLike<number>, sigma: ArrayLike<number>): LineFit {
  const points = Array.from(x, (at, i) => ({ x: at, y: y[i], weight: sigma[i] ** -2 })).filter(
    (p) => Number.isFinite(p.x) && Number.isFinite(p.y) && Number.isFinite(p.weight) && p.weight > 0,
  );
  const sum = (of: (p: (typeof points)[number]) => number): number => points.reduce((total, p) => total + of(p), 0);
  const weights = sum((p) => p.weight);
  const meanX = sum((p) => p.weight * p.x) / weights;
  const meanY = sum((p) => p.weight * p.y) / weights;
  const spread = sum((p) => p.weight * (p.x - meanX) ** 2);
  // NaN spreads to every number of a fit without two different x.
  const isLine = spread > 0 ? 1 : Number.NaN;
  const slope = (isLine * sum((p) => p.weight * (p.x - meanX) * (p.y - meanY))) / spread;
  const intercept = meanY - slope * meanX;
  return {
    slope,
    intercept,
    slopeSigma: isLine * Math.sqrt(1 / spread),
    interceptSigma: isLine * Math.sqrt(1 / weights + meanX ** 2 / spread),
    chi2: sum((p) => p.weight * (p.y - slope * p.x - intercept) ** 2),
    degreesOfFreedom: points.length - 2,
  };
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Clopper-Pearson interval of a fraction, k successes of n trials (Biometrika 26, 404, 1934): beta quantiles. It covers at
 * least `level` for every true fraction. n = 0 gives (0, 1).
 */
export function clopperPearson(k: number, n: number, level = 0.68): Interval {
  const alpha = (1 - level) / 2;
  return {
    low: k === 0 ? 0 : betaQuantile(alpha, k, n - k + 1),
    high: k === n ? 1 : betaQuantile(1 - alpha, k + 1, n - k),
  };
}

/**
 * Central interval of a Poisson mean from a count k (Garwood, Biometrika 28, 437, 1936): its sums by bisection up to 200, above
 * by Wilson and Hilferty's cube, right to 1e-4.
 */
export function poissonInterval(k: number, level = 0.68): Interval {
  const alpha = (1 - level) / 2;
  if (k > 200) {
    // The normal quantile at 1 - alpha, from the interval of a fair coin tossed very often.
    const n = 1e6;
    const s = (clopperPearson(n / 2, n, level).high - 0.5) * 2 * Math.sqrt(n);
    return {
      low: k * (1 - 1 / (9 * k) - s / (3 * Math.sqrt(k))) ** 3,
      high: (k + 1) * (1 - 1 / (9 * (k + 1)) + s / (3 * Math.sqrt(k + 1))) ** 3,
    };
  }
  return {
    low: k === 0 ? 0 : poissonMean(k - 1, 1 - alpha),
    high: poissonMean(k, alpha),
  };
}

/** The mean for which k or fewer have the probability p. */
function poissonMean(k: number, p: number): number {
  let low = 0;
  let high = 2 * k + 20;
  for (let i = 0; i < 60; i++) {
    const mean = (low + high) / 2;
    let term = Math.exp(-mean);
    let sum = term;
    for (let n = 1; n <= k; n++) sum += term *= mean / n;
    if (sum > p) low = mean;
    else high = mean;
  }
  return (low + high) / 2;
}

/** x with I_x(a, b) = p, by bisection: 60 steps reach the last bit. */
function betaQuantile(p: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 60; i++) {
    const x = (low + high) / 2;
    if (incompleteBeta(x, a, b) < p) low = x;
    else high = x;
  }
  return (low + high) / 2;
}

/** Regularised incomplete beta function I_x(a, b), by its continued fraction (Abramowitz and Stegun 26.5.8), Lentz's method. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast below the mean only.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a;
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / Math.max(tiny, Math.abs(1 - ((a + b) * x) / (a + 1)));
  let value = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return front * value;
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Gamma(x) for x > 0 (Lanczos, g = 7), to about 1e-14. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const t = x + 6.5;
  let sum = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i] / (x - 1 + i);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}
