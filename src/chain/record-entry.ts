/** The records of an entry, and what they add to the counts: the same for a whole chain and for its last step alone. */
import { EntryJudge } from "./judge.js";
import { sumParticleSignal } from "./truth.js";
import { type ChainCounts } from "./counts.js";
import { type EntryClusters, hasNeighbour } from "./match.js";
import { type EntryOf, type Output } from "./output.js";
import { type ChainParams } from "./params.js";
import { addRecord, addTcSums } from "./validate.js";

export interface FoundInEntry {
  /** Rows of `gen` that have a record. */
  readonly particles: readonly number[];
  readonly nSeeds: number;
  /** Undefined where there is none by construction. */
  readonly nCoarseSeeds: number | undefined;
  readonly clusters: EntryClusters;
  /** Seed of each TC, -1 for none. */
  readonly assignment: Int32Array;
  /** The sums over the TCs of the entry cost as much as clustering it: false leaves them NaN. */
  readonly sumsTcs?: boolean;
}

/** Appends the records of the particles of an entry to `out` and counts what was found. Returns the number of false clusters. */
export function addRecords(
  out: Output,
  at: EntryOf,
  { chain, params }: { readonly chain: string; readonly params: ChainParams },
  { particles, nSeeds, nCoarseSeeds, clusters, assignment, sumsTcs = true }: FoundInEntry,
  counts: ChainCounts,
): number {
  const judge = new EntryJudge(at, particles, params.validation);
  for (const one of judge.particles) {
    const particle = one.g;
    const record = out.events.rows;
    const signal = sumParticleSignal(at, assignment, nSeeds, particle);
    const { validation } = params;
    const ofChain = { chain, nSeeds, nCoarseSeeds: nCoarseSeeds ?? 1, clusters, validation, sumsTcs, signal };
    addRecord(out.events, at, one, ofChain);
    addTcSums(out.tcdr, at, particle, chain, params.valid_cluster.tcDeltaRthresh);
    counts.particles++;
    if (hasNeighbour(at, particle, params.validation)) counts.withNeighbour++;
    const { n_matched, is_split, match_control, split_control, n_control, true_split, true_match } = out.events.columns;
    counts.split += is_split[record];
    counts.controls += n_control[record];
    counts.controlsMatched += match_control[record];
    counts.controlsSplit += split_control[record];
    if (n_matched[record] > 0) {
      counts.matched++;
      counts.controlsOfMatched += n_control[record];
    }
    if (signal === undefined) continue;
    counts.withTruth++;
    counts.trulySplit += true_split[record];
    counts.trulyMatched += true_match[record];
  }
  const nFalse = judge.countFalse(clusters);
  counts.falseClusters += nFalse;
  counts.coarseSeeds += nCoarseSeeds ?? 0;
  counts.seeds += nSeeds;
  counts.clusters += clusters.end - clusters.first;
  if (nCoarseSeeds !== undefined && nCoarseSeeds > 0) counts.withCoarseSeeds++;
  if (nSeeds > 0) counts.withSeeds++;
  if (clusters.end > clusters.first) counts.withClusters++;
  return nFalse;
}
