/** What makes clusters of a batch: a chain with its parameters, or a stored run. */
import { type ChainName, type ChainParams, type ChainTables, createChain } from "../../chain/index.js";
import { type EntriesTable, type SampleBatch } from "../../events/index.js";
import { sliceTable } from "../../core/index.js";

export interface Clusterer {
  readonly chain: ChainName;
  readonly params: ChainParams;
  /** InputError for entries with unusable values. */
  run(batch: SampleBatch): ChainTables;
  /** Whether there is something to say about an entry. */
  covers(entry: number): boolean;
}

/** A display shows every event: the chain's own range of eta is for studies. */
export function createLiveClusterer(chain: ChainName, params: ChainParams): Clusterer {
  const all = { ...params, base: { ...params.base, EtaMin: 0, EtaMax: 100 } };
  return { chain, params, run: createChain(chain, all, { selection: { kind: "all" } }), covers: () => true };
}

/** Entries [start, end) as a batch of its own, on the same memory. */
export function sliceEntries(batch: SampleBatch, start: number, end: number): SampleBatch {
  return { ...batch, entries: sliceTable(batch.entries, start, end) as EntriesTable };
}
