/** What a run found, in the numbers that people compare. */
import { clopperPearson, effectiveRms, type Interval, median, recordOf, type Table } from "../core/index.js";
import { type RECORDS } from "../events/index.js";
import { type ControlSummary, ControlBuilder } from "./net.js";
import { addCounts, type ChainCounts, createCounts } from "./counts.js";

export interface Performance {
  /** Split particles / particles, with its 68 % Clopper-Pearson interval. */
  readonly splitFraction: number;
  readonly splitInterval: Interval;
  /** Particles with a matched cluster / particles. */
  readonly efficiency: number;
  readonly efficiencyInterval: Interval;
  /** Median energy of the most energetic matched cluster / generated energy. */
  readonly response: number;
  /** Half the shortest window that holds 68 % of the responses, divided by their median. */
  readonly resolution: number;
}

/** What simulated samples say for certain. */
export interface TruthSummary {
  /** Particles that two clusters really share / particles, with its 68 % Clopper-Pearson interval. */
  readonly trueSplitFraction: number;
  readonly trueSplitFractionInterval: Interval;
  /** Particles of whose deposits one cluster holds half / particles. */
  readonly trueEfficiency: number;
}

export interface ChainSummary extends Performance, ControlSummary, Partial<TruthSummary> {
  readonly chain: string;
  readonly counts: ChainCounts;
  /** Clusters an entry that no generated particle made. */
  readonly falseClusters: number;
  /** Rows of the join of particles and cl3d that the selection kept. */
  readonly selectionEfficiency: number;
}

/** `responses`: energy of the most energetic matched cluster over the particle's, of particles that have one. */
export function performanceOf(
  { particles, matched, split }: Pick<ChainCounts, "particles" | "matched" | "split">,
  responses: Iterable<number>,
): Performance {
  const response = median(responses);
  return {
    splitFraction: split / particles,
    splitInterval: clopperPearson(split, particles),
    efficiency: matched / particles,
    efficiencyInterval: clopperPearson(matched, particles),
    response,
    resolution: effectiveRms(responses) / response,
  };
}

/** The columns of validation records that a summary is made of. */
const SUMMARIZED = [
  "entry",
  "is_split",
  "n_matched",
  "match_control",
  "split_control",
  "n_control",
  "response_en",
] as const;

/** Of one chain. */
export interface SummaryRecords {
  readonly rows: number;
  readonly columns: Pick<Table<typeof RECORDS>["columns"], (typeof SUMMARIZED)[number]>;
}

/** What a summary needs of the records, on the same memory. */
export function summaryRecords({ rows, columns }: SummaryRecords): SummaryRecords {
  return {
    rows,
    columns: recordOf(SUMMARIZED, (name) => columns[name]) as SummaryRecords["columns"],
  };
}

/** Collects the results of one chain, batch by batch. */
export class SummaryBuilder {
  readonly chain: string;
  readonly counts = createCounts();
  readonly #responses: number[] = [];
  readonly #controls = new ControlBuilder();

  constructor(chain: string) {
    this.chain = chain;
  }

  /** The counts and records of its chain. */
  add({ counts, events }: { readonly counts: ChainCounts; readonly events: SummaryRecords }): void {
    addCounts(this.counts, counts);
    this.#add(events, () => true);
  }

  /** Records of its chain; those of others do not count. */
  addRecords(records: Table<typeof RECORDS>): void {
    const { chain } = records.columns;
    this.#add(records, (row) => chain[row] === this.chain);
  }

  #add(records: SummaryRecords, keeps: (row: number) => boolean): void {
    this.#controls.add(records, keeps);
    for (const [row, response] of records.columns.response_en.entries()) {
      if (keeps(row) && !Number.isNaN(response)) this.#responses.push(response);
    }
  }

  finish(): ChainSummary {
    const { counts } = this;
    const selectionEfficiency = counts.rowsOut / counts.rowsIn;
    return {
      chain: this.chain,
      counts,
      selectionEfficiency,
      ...performanceOf(counts, this.#responses),
      ...this.#controls.finish(),
      ...truthOf(counts),
      falseClusters: counts.falseClusters / counts.selected,
    };
  }
}

/** Undefined where no particle's deposits are known. */
export function truthOf({
  withTruth,
  trulySplit,
  trulyMatched,
}: Pick<ChainCounts, "withTruth" | "trulySplit" | "trulyMatched">): TruthSummary | undefined {
  if (withTruth === 0) return undefined;
  return {
    trueSplitFraction: trulySplit / withTruth,
    trueSplitFractionInterval: clopperPearson(trulySplit, withTruth),
    trueEfficiency: trulyMatched / withTruth,
  };
}
