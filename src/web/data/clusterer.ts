/** What makes clusters of a batch: a chain with its parameters, or a stored run. */
import {
  type ChainName,
  type ChainParams,
  type ChainTables,
  createEntryChain,
  SharedStages,
} from "../../chain/index.js";
import { type EntriesTable, type SampleBatch } from "../../events/index.js";
import { sliceTable } from "../../core/index.js";

export interface Clusterer {
  readonly chain: ChainName;
  readonly params: ChainParams;
  /** What a live chain did with the entry that it ran last is not done again for its picture. */
  readonly stages: SharedStages;
  /** InputError for entries with unusable values. */
  run(batch: SampleBatch): ChainTables;
  /** Whether there is something to say about an entry. */
  covers(entry: number): boolean;
}

/**
 * A display shows every event: the chain's own range of eta is for studies. With the `stages` of the one before, what the
 * parameters that changed do not reach is not done again for the same entry.
 */
export function createLiveClusterer(
  chain: ChainName,
  params: ChainParams,
  stages: SharedStages = new SharedStages(),
): Clusterer {
  const all = { ...params, base: { ...params.base, EtaMin: 0, EtaMax: 100 } };
  const entries = createEntryChain(chain, all, { selection: { kind: "all" } }, stages);
  return {
    chain,
    params,
    stages,
    run(batch) {
      for (let i = 0; i < batch.entries.rows; i++) entries.take({ batch, i });
      return entries.finish();
    },
    covers: () => true,
  };
}

/** Entries [start, end) as a batch of its own, on the same memory. */
export function sliceEntries(batch: SampleBatch, start: number, end: number): SampleBatch {
  return { ...batch, entries: sliceTable(batch.entries, start, end) as EntriesTable };
}
