/** Smooth densities for violins. */
import { quantiles, standardDeviation } from "../core/index.js";

const STEPS = 32;

/**
 * Gaussian kernel density of the values at up to 33 points from `low` to `high`, with Silverman's bandwidth
 * 0.9 min(sigma, IQR / 1.34) n^(-1/5), without tails below 0.5 % of its maximum. Undefined for fewer than five values or values without spread.
 */
export function densityOf(
  values: readonly number[],
  low: number,
  high: number,
): { y: number[]; density: number[] } | undefined {
  if (values.length < 5) return undefined;
  const [lower, upper] = quantiles(values, [0.25, 0.75]);
  const iqr = upper - lower;
  const sigma = standardDeviation(values);
  const bandwidth = 0.9 * Math.min(sigma, iqr > 0 ? iqr / 1.34 : sigma) * values.length ** -0.2;
  if (!(bandwidth > 0)) return undefined;
  const y = Array.from({ length: STEPS + 1 }, (_, i) => low + ((high - low) * i) / STEPS);
  // Counting in narrow bins first makes many values as cheap as few.
  const width = bandwidth / 4;
  const first = low - 6 * bandwidth;
  const counts = new Float64Array(Math.ceil((high - low) / width) + 48);
  for (const value of values) {
    const bin = Math.floor((value - first) / width);
    if (bin >= 0 && bin < counts.length) counts[bin]++;
  }
  const norm = 1 / (values.length * bandwidth * Math.sqrt(2 * Math.PI));
  const density = y.map((at) => {
    let sum = 0;
    for (let bin = 0; bin < counts.length; bin++) {
      if (counts[bin] === 0) continue;
      sum += counts[bin] * Math.exp(-0.5 * ((at - first - (bin + 0.5) * width) / bandwidth) ** 2);
    }
    return norm * sum;
  });
  // Tails that are too thin to see would be drawn as lines.
  const least = 0.005 * density.reduce((a, b) => Math.max(a, b), 0);
  const from = density.findIndex((value) => value > least);
  const to = density.findLastIndex((value) => value > least);
  return { y: y.slice(from, to + 1), density: density.slice(from, to + 1) };
}
