/** The chains over batches of entries: select, reconstruct, validate. */
import { InputError } from "../core/index.js";
import { type SampleBatch } from "../events/index.js";
import { checkParticles, checkTcs, describeEntry } from "./check.js";
import { type ChainCounts, countEntry, createCounts } from "./counts.js";
import { type ChainName, chainOf, stepTables } from "./chains.js";
import { addAssignment, addClusters, addSeeds, type ChainTables, createOutput } from "./output.js";
import { type ChainParams, checkParams } from "./params.js";
import { type Selection, selectEntry } from "./select.js";
import { addRecords } from "./record-entry.js";
import { sumSignal } from "./truth.js";

export interface ChainOptions {
  readonly selection: Selection;
  /** Also return the tables of the steps in between. */
  readonly saveSteps?: boolean;
  /** Leave entries with unusable values out and count them, instead of throwing. */
  readonly skipBadEvents?: boolean;
}

export interface ChainResult extends ChainTables {
  readonly counts: ChainCounts;
}

/** A chain over a batch: new tables; scratch memory is kept between calls. Throws an InputError naming the event for unusable values. */
export type Chain = (batch: SampleBatch) => ChainResult;

/** Prepares the chain of that name. Throws a ConfigError for parameters that cannot work. */
export function createChain(chain: ChainName, params: ChainParams, options: ChainOptions): Chain {
  checkParams(params);
  const spec = chainOf(chain);
  const steps = spec.create(params);
  const { seeds, clusterer } = steps;
  const tables = options.saveSteps === true ? stepTables(spec) : [];
  const thresholds = params.valid_cluster.tcDeltaRthresh;
  const out = createOutput();
  let assignment = new Int32Array(1024);

  function runEntry(batch: SampleBatch, i: number, particles: readonly number[], counts: ChainCounts): void {
    const at = { batch, i };
    const { tc_first, tc_rows } = batch.entries.columns;
    if (tc_rows[i] > assignment.length) assignment = new Int32Array(2 * tc_rows[i]);
    // Everything that can throw comes before the first row is written: a bad event leaves nothing behind.
    checkTcs(batch.tc.columns, tc_first[i], tc_first[i] + tc_rows[i], () => describeEntry(batch, i));
    const nAssigned = steps.run(batch, i, assignment);
    const nCoarse = steps.coarseSeeds();

    addSeeds(out, at, chain, seeds);
    if (options.saveSteps === true) steps.addSteps(out, at);
    addAssignment(out, at, chain, assignment, nAssigned);
    const first = out.clusters.rows;
    const signal = sumSignal(at, assignment, seeds.n, { weights: clusterer.weights })?.bySeed;
    counts.withoutPosition += addClusters(out, at, chain, seeds.n, clusterer, signal);
    const clusters = { columns: out.clusters.columns, first, end: out.clusters.rows };
    const found = { nSeeds: seeds.n, nCoarseSeeds: nCoarse, clusters, assignment };
    addRecords(out, at, particles, chain, params, found, counts);
    counts.selected++;
    counts.tcs += tc_rows[i];
    counts.tcsAssigned += nAssigned;
  }

  function finish(): ChainTables {
    return {
      seeds: out.seeds.finish(),
      clusters: out.clusters.finish(),
      assignment: out.assignment.finish(),
      events: out.events.finish(),
      ...Object.fromEntries(tables.map((name) => [name, out[name].finish()])),
      ...(thresholds.length > 0 ? { tcdr: out.tcdr.finish() } : {}),
    };
  }

  return (batch) => {
    const counts = createCounts();
    for (let i = 0; i < batch.entries.rows; i++) {
      const { entries } = counts;
      try {
        checkParticles(batch, i);
        const selected = selectEntry(batch, i, options.selection, params.base);
        countEntry(counts, selected);
        if (selected.leftOut !== null) continue;
        runEntry(batch, i, selected.particles, counts);
      } catch (error) {
        if (!(error instanceof InputError) || options.skipBadEvents !== true) {
          // The next call must not find the rows of the entries before this one.
          finish();
          throw error;
        }
        counts.bad++;
        // Once, wherever it failed.
        counts.entries = entries + 1;
      }
    }
    return { counts, ...finish() };
  };
}
