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
  const sampleOf = drawnOf(n, replicas, seed);
  const memory = new Float64Array(n);
  const found = Array.from({ length: replicas }, () => {
    // Sorted by construction: a sort of each sample would take ten times as long.
    const sample = sampleOf();
    for (let i = 0; i < n; i++) memory[i] = list[sample[i]];
    return statistic(memory);
  });
  const all = sortedOf(found);
  return { low: sortedQuantile(all, (1 - level) / 2), high: sortedQuantile(all, (1 + level) / 2) };
}

/** Numbers of draws that are kept; of more they are drawn again, the same ones. */
const KEPT_DRAWS = 1e6;

/** The last samples that were kept: the points of a study have mostly as many values as the one before. */
let kept: { readonly key: string; readonly samples: readonly Uint32Array[] } | undefined;

/** The places of one sample of n values after another, ascending; the memory may be that of the sample before. */
function drawnOf(n: number, replicas: number, seed: number): () => Uint32Array {
  const random = new Random(seed);
  const times = new Uint8Array(n);
  const draw = (sample: Uint32Array): Uint32Array => {
    drawInto(times, random);
    let at = 0;
    for (let i = 0; i < n; i++) for (let k = times[i]; k > 0; k--) sample[at++] = i;
    return sample;
  };
  if (n * replicas > KEPT_DRAWS) {
    const memory = new Uint32Array(n);
    return () => draw(memory);
  }
  const key = `${n} ${replicas} ${seed}`;
  if (kept?.key !== key) kept = { key, samples: Array.from({ length: replicas }, () => draw(new Uint32Array(n))) };
  const { samples } = kept;
  let next = 0;
  return () => samples[next++];
}

/** Draws as many of `times.length` values with replacement: how often each comes. */
export function drawInto(times: Uint8Array, random: Random): void {
  const n = times.length;
  times.fill(0);
  for (let i = 0; i < n; i++) times[Math.floor(random.uniform() * n)]++;
}

/**
 * The values in their order, the i-th `times[order[i]]` times: sorted ones stay so. Returns how many there are: `out` has
 * room for all.
 */
export function repeatInto(out: Float64Array, values: Float64Array, times: Uint8Array, order: Uint32Array): number {
  let at = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const n = times[order[i]];
    // Written three times whatever n, the next value over what is too much: no branch that the processor guesses wrong.
    const isFew = n <= 3 && at + 3 <= out.length;
    if (isFew) {
      out[at] = value;
      out[at + 1] = value;
      out[at + 2] = value;
    } else for (let k = 0; k < n; k++) out[at + k] = value;
    at += n;
  }
  return at;
}
