/** Intervals of statistics that have no formula, by drawing the sample anew (Efron, Ann. Statist. 7, 1, 1979). */
import { Random } from "./random.js";
import { type Interval, sortedOf, sortedQuantile } from "./statistics.js";

export interface BootstrapOptions {
  /** How often the sample is drawn anew. */
  readonly replicas?: number;
  readonly seed?: number;
  readonly level?: number;
}

/**
 * Central interval of a statistic of independent values: quantiles of the statistic over samples of as many values, drawn
 * with replacement. The statistic gets them sorted, in memory that the next sample overwrites. NaN values do not count;
 * fewer than two give NaN.
 */
export function bootstrap(
  values: Iterable<number>,
  statistic: (sorted: Float64Array) => number,
  { replicas = 200, seed = 1, level = 0.68 }: BootstrapOptions = {},
): Interval {
  const list = sortedOf(values);
  const n = list.length;
  if (n < 2) return { low: Number.NaN, high: Number.NaN };
  const random = new Random(seed);
  const times = new Int32Array(n);
  const drawn = new Float64Array(n);
  const found = Array.from({ length: replicas }, () => {
    times.fill(0);
    for (let i = 0; i < n; i++) times[Math.floor(random.uniform() * n)]++;
    // Sorted by construction: a sort of each sample would take ten times as long.
    for (let i = 0, at = 0; i < n; i++) for (let k = times[i]; k > 0; k--) drawn[at++] = list[i];
    return statistic(drawn);
  });
  const all = sortedOf(found);
  return { low: sortedQuantile(all, (1 - level) / 2), high: sortedQuantile(all, (1 + level) / 2) };
}
