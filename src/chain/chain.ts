/** The chains over batches of entries: select, reconstruct, validate. */
import { InputError } from "../core/index.js";
import { type RECORDS, type SampleBatch } from "../events/index.js";
import { checkEntry, type EntryRows } from "./chain-spec.js";
import { checkParticles } from "./check.js";
import { type ChainCounts, countEntry, createCounts } from "./counts.js";
import { type ChainName, chainOf, stepTables } from "./chains.js";
import { type EntryClusters } from "./match.js";
import { addAssignment, addClusters, addSeeds, type ChainTables, createOutput, type EntryOf } from "./output.js";
import { type ChainParams, checkParams } from "./params.js";
import { type Selection, selectEntry } from "./select.js";
import { addRecords } from "./record-entry.js";
import { SharedStages } from "./stages.js";
import { sumSignal } from "./truth.js";

export interface ChainOptions {
  readonly selection: Selection;
  /** Also return the tables of the steps in between. */
  readonly saveSteps?: boolean;
  /** For those that want neither the table of TCs and their seeds, nor sums over all TCs: what these cost is saved. */
  readonly brief?: boolean;
  /** Leave entries with unusable values out and count them, instead of throwing. */
  readonly skipBadEvents?: boolean;
}

export interface ChainResult extends ChainTables {
  readonly counts: ChainCounts;
}

/** A chain over a batch: new tables; scratch memory is kept between calls. Throws an InputError naming the event for unusable values. */
export type Chain = (batch: SampleBatch) => ChainResult;

/** What a chain found in an entry. */
export interface EntryResult {
  readonly nSeeds: number;
  readonly clusters: EntryClusters;
  /** One a particle. */
  readonly records: EntryRows<typeof RECORDS>;
  /** Seed of each TC, -1 for none. */
  readonly assignment: Int32Array;
  /** Clusters that no generated particle made. */
  readonly nFalse: number;
}

/** A chain entry by entry, for those that do more than one thing with an entry. */
export interface EntryChain {
  /**
   * Selects an entry and reconstructs it; what it found, in memory that the next entry overwrites, undefined for an entry that is left out.
   * Throws as a Chain does, and then forgets the entries before it.
   */
  take(at: EntryOf): EntryResult | undefined;
  /** What the entries since the last call counted so far. */
  readonly counts: ChainCounts;
  /** Their tables and counts. */
  finish(): ChainResult;
}

/** Prepares the chain of that name. Throws a ConfigError for parameters that cannot work. */
export function createChain(chain: ChainName, params: ChainParams, options: ChainOptions): Chain {
  const entries = createEntryChain(chain, params, options);
  return (batch) => {
    for (let i = 0; i < batch.entries.rows; i++) entries.take({ batch, i });
    return entries.finish();
  };
}

/** The same entry by entry; chains with the same `shared` stages do what they have in common once an entry. */
export function createEntryChain(
  chain: ChainName,
  params: ChainParams,
  options: ChainOptions,
  shared: SharedStages = new SharedStages(),
): EntryChain {
  checkParams(params);
  const spec = chainOf(chain);
  const steps = spec.create(params, shared);
  const tables = options.saveSteps === true ? stepTables(spec) : [];
  const thresholds = params.valid_cluster.tcDeltaRthresh;
  const out = createOutput();
  let counts = createCounts();

  function runEntry(at: EntryOf, particles: readonly number[]): EntryResult {
    const { batch, i } = at;
    const { tc_rows } = batch.entries.columns;
    // Everything that can throw comes before the first row is written: a bad event leaves nothing behind.
    checkEntry(at);
    const { seeds, assignment, nAssigned, clusterer } = steps.run(at);
    const nCoarse = steps.coarseSeeds(at);

    addSeeds(out, at, chain, seeds);
    if (options.saveSteps === true) steps.addSteps(out, at);
    if (options.brief !== true) addAssignment(out, at, chain, assignment, nAssigned);
    const first = out.clusters.rows;
    const signalPt = sumSignal(at, assignment, seeds.n, { weights: clusterer.weights })?.bySeed;
    counts.withoutPosition += addClusters(out, at, { chain, nSeeds: seeds.n, signalPt }, clusterer);
    const clusters = { columns: out.clusters.columns, first, end: out.clusters.rows };
    const sumsTcs = options.brief !== true;
    const found = { particles, nSeeds: seeds.n, nCoarseSeeds: nCoarse, clusters, assignment, sumsTcs };
    const firstRecord = out.events.rows;
    const nFalse = addRecords(out, at, { chain, params }, found, counts);
    counts.selected++;
    counts.tcs += tc_rows[i];
    counts.tcsAssigned += nAssigned;
    const records = { columns: out.events.columns, first: firstRecord, end: out.events.rows };
    return { nSeeds: seeds.n, clusters, records, assignment, nFalse };
  }

  function finish(): ChainResult {
    const result = {
      counts,
      seeds: out.seeds.finish(),
      clusters: out.clusters.finish(),
      assignment: out.assignment.finish(),
      events: out.events.finish(),
      ...Object.fromEntries(tables.map((name) => [name, out[name].finish()])),
      ...(thresholds.length > 0 ? { tcdr: out.tcdr.finish() } : {}),
    };
    counts = createCounts();
    return result;
  }

  return {
    get counts() {
      return counts;
    },
    take(at) {
      const { entries } = counts;
      try {
        checkParticles(at.batch, at.i);
        const selected = selectEntry(at.batch, at.i, options.selection, params.base);
        countEntry(counts, selected);
        if (selected.leftOut !== null) return undefined;
        return runEntry(at, selected.particles);
      } catch (error) {
        if (!(error instanceof InputError) || options.skipBadEvents !== true) {
          // The next entries must not find the rows of those before this one.
          finish();
          throw error;
        }
        counts.bad++;
        // Once, wherever it failed.
        counts.entries = entries + 1;
        return undefined;
      }
    },
    finish,
  };
}
