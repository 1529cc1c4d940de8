import { type Selected } from "./select.js";

/** What happened to the entries and trigger cells of a run; sums over batches. */
export interface ChainCounts {
  entries: number;
  /** Rows of the join of particles and cl3d before and after the selection. */
  rowsIn: number;
  rowsOut: number;
  selected: number;
  /** Entries not selected: without a particle in the acceptance; else without a cl3d; else by the selection. */
  outside: number;
  withoutCl3d: number;
  deselected: number;
  /** Entries left out because of unusable values. */
  bad: number;
  /** Entries with coarse seeds, and these; 0 in the default chain and with `NoCStcOut`. */
  withCoarseSeeds: number;
  coarseSeeds: number;
  withSeeds: number;
  withClusters: number;
  seeds: number;
  clusters: number;
  /** Seeds whose TCs have a mipPt sum of 0: they have no position and make no cluster. */
  withoutPosition: number;
  particles: number;
  /** Particles with another generated one so near that matching does not tell their clusters apart (match.ts). */
  withNeighbour: number;
  matched: number;
  split: number;
  /** Control directions (control.ts); those of particles with a matched cluster; with a cluster; that would split. */
  controls: number;
  controlsOfMatched: number;
  controlsMatched: number;
  controlsSplit: number;
  /** Particles whose deposits are known, those truly split, and truly found (truth.ts). */
  withTruth: number;
  trulySplit: number;
  trulyMatched: number;
  /** Clusters of the selected entries that no generated particle made. */
  falseClusters: number;
  tcs: number;
  tcsAssigned: number;
}

export function createCounts(): ChainCounts {
  return {
    entries: 0,
    rowsIn: 0,
    rowsOut: 0,
    selected: 0,
    outside: 0,
    withoutCl3d: 0,
    deselected: 0,
    bad: 0,
    withCoarseSeeds: 0,
    coarseSeeds: 0,
    withSeeds: 0,
    withClusters: 0,
    seeds: 0,
    clusters: 0,
    withoutPosition: 0,
    particles: 0,
    withNeighbour: 0,
    matched: 0,
    split: 0,
    controls: 0,
    controlsOfMatched: 0,
    controlsMatched: 0,
    controlsSplit: 0,
    withTruth: 0,
    trulySplit: 0,
    trulyMatched: 0,
    falseClusters: 0,
    tcs: 0,
    tcsAssigned: 0,
  };
}

/** Counts an entry that was looked at, selected or not. */
export function countEntry(counts: ChainCounts, { rowsIn, rowsOut, leftOut }: Selected): void {
  counts.entries++;
  counts.rowsIn += rowsIn;
  counts.rowsOut += rowsOut;
  if (leftOut !== null) counts[leftOut]++;
}

export function addCounts(to: ChainCounts, from: ChainCounts): void {
  for (const key of Object.keys(from) as (keyof ChainCounts)[]) to[key] += from[key];
}
