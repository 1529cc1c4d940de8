/** Smooth densities for violins. */
import { quantile } from "../core/index.js";
import { standardDeviation } from "./bins.js";

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
  const iqr = quantile(values, 0.75) - quantile(values, 0.25);
  const sigma = standardDeviation(values);
  const bandwidth = 0.9 * Math.min(sigma, iqr > 0 ? iqr / 1.34 : sigma) * values.length ** -0.2;
  if (!(bandwidth > 0)) return undefined;
  const y = Array.from({ length: STEPS + 1 }, (_, i) => low + ((high - low) * i) / STEPS);
  const norm = 1 / (values.length * bandwidth * Math.sqrt(2 * Math.PI));
  const density = y.map(
    (at) => norm * values.reduce((sum, value) => sum + Math.exp(-0.5 * ((at - value) / bandwidth) ** 2), 0),
  );
  // Tails that are too thin to see would be drawn as lines.
  const least = 0.005 * density.reduce((a, b) => Math.max(a, b), 0);
  const first = density.findIndex((value) => value > least);
  const last = density.findLastIndex((value) => value > least);
  return { y: y.slice(first, last + 1), density: density.slice(first, last + 1) };
}
