/** Statistics in bins, as points with bars. Bins without entries are left out. */
import { binOf, clopperPearson, effectiveRms, mean, quantiles, standardDeviation } from "../core/index.js";
import { type PointsMark, type StepsMark } from "./plot.js";

/** Quantiles of a Gaussian at -1 and +1 sigma: between them lie 68.27 %. */
const LOW_QUANTILE = 0.15865;
const HIGH_QUANTILE = 0.84135;

/** Number of values in each bin, over `norm`; and how many there are outside. */
export function histogram(
  edges: readonly number[],
  values: readonly number[],
  norm = 1,
): { mark: StepsMark; outside: number } {
  const counts = new Float64Array(edges.length - 1);
  let outside = 0;
  for (const value of values) {
    const bin = binOf(edges, value);
    if (bin >= 0) counts[bin]++;
    else if (!Number.isNaN(value)) outside++;
  }
  return { mark: { kind: "steps", edges, values: counts.map((count) => count / norm) }, outside };
}

export interface Estimate {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** The mean with its standard error, sigma / sqrt(n). */
export function estimateMean(values: readonly number[]): Estimate {
  const error = standardDeviation(values) / Math.sqrt(values.length);
  const value = mean(values);
  return { value, low: value - error, high: value + error };
}

/** The median; the bar holds 68 % of the values: it is their spread, not the median's error. */
export function estimateMedian(values: readonly number[]): Estimate {
  const [low, value, high] = quantiles(values, [LOW_QUANTILE, 0.5, HIGH_QUANTILE]);
  return { value, low, high };
}

/** The standard deviation with its error for Gaussian values, sigma / sqrt(2 (n - 1)). */
export function estimateDeviation(values: readonly number[]): Estimate {
  const value = standardDeviation(values);
  const error = value / Math.sqrt(2 * (values.length - 1));
  return { value, low: value - error, high: value + error };
}

/** Half the shortest window with 68 % of the values; no bar. */
export function estimateEffective(values: readonly number[]): Estimate {
  return { value: effectiveRms(values) };
}

/** The share of 1 among zeros and ones, with its 68 % Clopper-Pearson interval. */
export function estimateFraction(values: readonly number[]): Estimate {
  const k = values.reduce((sum, value) => sum + value, 0);
  return { value: k / values.length, ...clopperPearson(k, values.length, 0.68) };
}

/** Where the point of a bin stands: [x] by bin. */
export type Places = (bin: number) => number;

/** Number `curve` of `of` curves stands a little beside the middle of its bins, within their middle half, so that bars do not hide each other. */
export function dodged(edges: readonly number[], curve = 0, of = 1): Places {
  const step = Math.min(0.12, 0.5 / of);
  return (bin) => edges[bin] + (edges[bin + 1] - edges[bin]) * (0.5 + step * (curve - (of - 1) / 2));
}

/** One point a bin that has entries. */
export function pointsOf(
  edges: readonly number[],
  groups: readonly (readonly number[])[],
  estimate: (values: readonly number[], bin: number) => Estimate,
  place: Places = dodged(edges),
): PointsMark {
  const bins = groups.map((values, bin) => ({ values, bin })).filter(({ values }) => values.length > 0);
  const estimates = bins.map(({ values, bin }) => estimate(values, bin));
  return {
    kind: "points",
    x: bins.map(({ bin }) => place(bin)),
    y: estimates.map(({ value }) => value),
    low: estimates.map(({ low = Number.NaN }) => low),
    high: estimates.map(({ high = Number.NaN }) => high),
    xLow: bins.map(({ bin }) => edges[bin]),
    xHigh: bins.map(({ bin }) => edges[bin + 1]),
    entries: bins.map(({ values }) => values.length),
  };
}
