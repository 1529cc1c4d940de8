/** Two clusterings of the same trigger cells beside each other. */

export interface ClusteringDifference {
  /** For each cluster of A (by its seed's number) its partner in B, -1 for none. */
  readonly partner: Int32Array;
  /** 1 for each TC that is in a cluster of one and not in its partner in the other. */
  readonly differs: Uint8Array;
  /** TCs that differ. */
  readonly n: number;
  /** Their share of the weight of all TCs that are in a cluster of A or B; 0 where there are none. */
  readonly share: number;
}

/**
 * Compares two assignments, which hold a seed number or -1 for each TC. Clusters are partners when each shares more
 * `weight` with the other than with any other cluster; of equals the one with the lowest number. Numbers of
 * seeds may be anything in A and B: shuffling them does not change which TCs differ, but for ties.
 */
export function compareClusterings(a: Int32Array, b: Int32Array, weight: ArrayLike<number>): ClusteringDifference {
  let [nA, nB] = [0, 0];
  for (let t = 0; t < a.length; t++) {
    if (a[t] >= nA) nA = a[t] + 1;
    if (b[t] >= nB) nB = b[t] + 1;
  }
  // Shared weights by pair: most pairs share nothing.
  const shared = new Map<number, number>();
  for (let t = 0; t < a.length; t++) {
    if (a[t] < 0 || b[t] < 0) continue;
    const pair = a[t] * nB + b[t];
    shared.set(pair, (shared.get(pair) ?? 0) + weight[t]);
  }
  const bestA = new Int32Array(nA).fill(-1);
  const bestB = new Int32Array(nB).fill(-1);
  for (const [pair, sum] of [...shared].toSorted(([p], [q]) => p - q)) {
    const [s, r] = [Math.floor(pair / nB), pair % nB];
    if (bestA[s] < 0 || sum > (shared.get(s * nB + bestA[s]) ?? 0)) bestA[s] = r;
    if (bestB[r] < 0 || sum > (shared.get(bestB[r] * nB + r) ?? 0)) bestB[r] = s;
  }
  const partner = bestA.map((r, s) => (r >= 0 && bestB[r] === s ? r : -1));

  const differs = new Uint8Array(a.length);
  let n = 0;
  let [apart, all] = [0, 0];
  for (let t = 0; t < a.length; t++) {
    if (a[t] < 0 && b[t] < 0) continue;
    all += weight[t];
    if (a[t] >= 0 && b[t] >= 0 && partner[a[t]] === b[t]) continue;
    differs[t] = 1;
    n++;
    apart += weight[t];
  }
  return { partner, differs, n, share: all > 0 ? apart / all : 0 };
}
