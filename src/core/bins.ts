/** Values in bins of another quantity. */

/** The bin of each value, the last edge included; -1 outside and for NaN. Edges ascend. */
export function binOf(edges: readonly number[], value: number): number {
  const last = edges.length - 1;
  if (!(value >= edges[0] && value <= edges[last])) return -1;
  let bin = 0;
  while (bin < last - 1 && value >= edges[bin + 1]) bin++;
  return bin;
}

/** The ys whose x falls into each bin, NaN left out. */
export function groupInBins(edges: readonly number[], x: readonly number[], y: readonly number[]): number[][] {
  const groups = Array.from({ length: edges.length - 1 }, (): number[] => []);
  for (let i = 0; i < x.length; i++) {
    const bin = binOf(edges, x[i]);
    if (bin >= 0 && !Number.isNaN(y[i])) groups[bin].push(y[i]);
  }
  return groups;
}

/** A statistic of the ys in each bin of x: a profile. */
export function binnedProfile<T>(
  edges: readonly number[],
  x: readonly number[],
  y: readonly number[],
  statistic: (values: readonly number[]) => T,
): T[] {
  return groupInBins(edges, x, y).map(statistic);
}
