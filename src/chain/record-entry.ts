/** The records of an entry, and what they add to the counts: the same for a whole chain and for its last step alone. */
import { FALSE_PURITY, sumParticleSignal } from "./truth.js";
import { type ChainCounts } from "./counts.js";
import { distanceTo, type EntryClusters, projected } from "./match.js";
import { type EntryOf, type Output } from "./output.js";
import { type ChainParams, type ValidationParams } from "./params.js";
import { addRecord, addTcSums } from "./validate.js";

export interface FoundInEntry {
  readonly nSeeds: number;
  /** Undefined where there is none by construction. */
  readonly nCoarseSeeds: number | undefined;
  readonly clusters: EntryClusters;
  /** Seed of each TC, -1 for none. */
  readonly assignment: Int32Array;
  /** The sums over the TCs of the entry cost as much as clustering it: false leaves them NaN. */
  readonly sumsTcs?: boolean;
}

/** Appends the records of `particles` (rows of `gen`) to `out` and counts what was found. Returns the number of false clusters. */
export function addRecords(
  out: Output,
  at: EntryOf,
  particles: readonly number[],
  chain: string,
  params: ChainParams,
  { nSeeds, nCoarseSeeds, clusters, assignment, sumsTcs = true }: FoundInEntry,
  counts: ChainCounts,
): number {
  for (const particle of particles) {
    const record = out.events.rows;
    const signal = sumParticleSignal(at, assignment, nSeeds, particle);
    addRecord(out.events, at, particle, chain, nSeeds, nCoarseSeeds ?? 1, clusters, params.validation, {
      sumsTcs,
      ...(signal === undefined ? {} : { signal }),
    });
    addTcSums(out.tcdr, at, particle, chain, params.valid_cluster.tcDeltaRthresh);
    counts.particles++;
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
  const nFalse = countFalse(at, clusters, params.validation);
  counts.falseClusters += nFalse;
  counts.coarseSeeds += nCoarseSeeds ?? 0;
  counts.seeds += nSeeds;
  counts.clusters += clusters.end - clusters.first;
  if (nCoarseSeeds !== undefined && nCoarseSeeds > 0) counts.withCoarseSeeds++;
  if (nSeeds > 0) counts.withSeeds++;
  if (clusters.end > clusters.first) counts.withClusters++;
  return nFalse;
}

/**
 * Clusters of pile-up: with less than a tenth of their pt from generated particles where that is known, else those that
 * are not within splitDistance of any.
 */
function countFalse({ batch, i }: EntryOf, clusters: EntryClusters, { splitDistance }: ValidationParams): number {
  const { signal_pt, pt } = clusters.columns;
  const { gen_first, gen_rows } = batch.entries.columns;
  const { gen_eta, gen_phi } = batch.gen.columns;
  const points = Array.from({ length: gen_rows[i] }, (_, k) => gen_first[i] + k).map((g) =>
    projected(gen_eta[g], gen_phi[g]),
  );
  let n = 0;
  for (let c = clusters.first; c < clusters.end; c++) {
    const isFalse = Number.isNaN(signal_pt[c])
      ? points.every((point) => distanceTo(clusters, c, point) >= splitDistance)
      : signal_pt[c] < FALSE_PURITY * pt[c];
    if (isFalse) n++;
  }
  return n;
}
