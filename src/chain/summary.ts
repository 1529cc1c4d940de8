/** What a run found, in the numbers that people compare. */
import { clopperPearson, effectiveRms, type Interval, median, type Table } from "../core/index.js";
import { type RECORDS } from "../events/index.js";
import { type ChainResult } from "./chain.js";
import { addCounts, type ChainCounts, createCounts } from "./counts.js";

export interface ChainSummary {
  readonly chain: string;
  readonly counts: ChainCounts;
  /** Rows of the join of particles and cl3d that the selection kept. */
  readonly selectionEfficiency: number;
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

/** Collects the results of one chain, batch by batch. */
export class SummaryBuilder {
  readonly chain: string;
  readonly counts = createCounts();
  readonly #responses: number[] = [];

  constructor(chain: string) {
    this.chain = chain;
  }

  add(result: ChainResult): void {
    addCounts(this.counts, result.counts);
    this.addRecords(result.events);
  }

  addRecords(records: Table<typeof RECORDS>): void {
    for (const response of records.columns.response_en) {
      if (!Number.isNaN(response)) this.#responses.push(response);
    }
  }

  finish(): ChainSummary {
    const { counts } = this;
    const response = median(this.#responses);
    return {
      chain: this.chain,
      counts,
      selectionEfficiency: counts.rowsOut / counts.rowsIn,
      splitFraction: counts.split / counts.particles,
      splitInterval: clopperPearson(counts.split, counts.particles),
      efficiency: counts.matched / counts.particles,
      efficiencyInterval: clopperPearson(counts.matched, counts.particles),
      response,
      resolution: effectiveRms(this.#responses) / response,
    };
  }
}
