/** The figures of a point, from the rows of its particles: those of `run`, by the same functions, and widths beside them. */
import { ControlBuilder, performanceOf, truthOf } from "../chain/index.js";
import {
  bootstrap,
  type Interval,
  mean,
  sortedEffectiveRms,
  sortedOf,
  sortedQuantile,
  standardDeviation,
  type Table,
} from "../core/index.js";
import { type FIGURES, type PART_EVENTS } from "./tables.js";

/** What a bin of the rows is: particles with lo <= value < hi. */
export interface Bin {
  readonly by: "gen_pt" | "gen_eta";
  readonly lo: number;
  readonly hi: number;
}

export type Figures = { readonly [K in keyof typeof FIGURES]: number };
export type BinColumns = { readonly by: string; readonly lo: number; readonly hi: number };

type Events = Table<typeof PART_EVENTS>;

/** Collects the rows of one point and sample; the rows of an entry come one after the other. */
export class FigureBuilder {
  readonly #bin: Bin | undefined;
  readonly #controls = new ControlBuilder();
  readonly #energies: number[] = [];
  readonly #pts: number[] = [];
  readonly #signals: number[] = [];
  readonly #counts = { particles: 0, matched: 0, split: 0, withTruth: 0, trulySplit: 0, trulyMatched: 0 };
  readonly #entries = { n: 0, seeds: 0, clusters: 0, false: 0 };
  #last = -1;

  /** Without a bin all rows count. */
  constructor(bin?: Bin) {
    this.#bin = bin;
  }

  #keeps({ gen_pt, gen_eta }: Events["columns"], row: number): boolean {
    if (this.#bin === undefined) return true;
    const { by, lo, hi } = this.#bin;
    const value = by === "gen_pt" ? gen_pt[row] : Math.abs(gen_eta[row]);
    return value >= lo && value < hi;
  }

  /** Whole entries. */
  add(events: Events): void {
    const { columns, rows } = events;
    const counts = this.#counts;
    this.#controls.add(events, (row) => columns.particle[row] >= 0 && this.#keeps(columns, row));
    for (let row = 0; row < rows; row++) {
      if (!this.#keeps(columns, row)) continue;
      // Once an entry, however many particles it has.
      if (columns.entry[row] !== this.#last) {
        this.#last = columns.entry[row];
        this.#entries.n++;
        this.#entries.seeds += columns.n_seeds[row];
        this.#entries.clusters += columns.n_clusters[row];
        this.#entries.false += columns.n_false[row];
      }
      if (columns.particle[row] < 0) continue;
      counts.particles++;
      counts.split += columns.is_split[row];
      if (columns.n_matched[row] > 0) counts.matched++;
      if (!Number.isNaN(columns.response_en[row])) this.#energies.push(columns.response_en[row]);
      if (!Number.isNaN(columns.response_pt[row])) this.#pts.push(columns.response_pt[row]);
      if (!Number.isNaN(columns.response_signal[row])) this.#signals.push(columns.response_signal[row]);
      if (columns.has_truth[row] === 0) continue;
      counts.withTruth++;
      counts.trulySplit += columns.true_split[row];
      counts.trulyMatched += columns.true_match[row];
    }
  }

  finish(): Figures & BinColumns {
    const { particles, matched, split } = this.#counts;
    const { n, seeds, clusters, false: falseClusters } = this.#entries;
    const energies = sortedOf(this.#energies);
    const pts = sortedOf(this.#pts);
    const signals = sortedOf(this.#signals);
    const performance = performanceOf(this.#counts, energies);
    const control = this.#controls.finish();
    const truth = truthOf(this.#counts);
    const interval = resolutionInterval(energies);
    const responsePt = sortedQuantile(pts, 0.5);
    const responseSignal = sortedQuantile(signals, 0.5);
    // Of no particle there is no fraction: an interval from 0 to 1 would look like one.
    const ends = ({ low, high }: Interval): Interval =>
      particles === 0 ? { low: Number.NaN, high: Number.NaN } : { low, high };
    const efficiency = ends(performance.efficiencyInterval);
    const fraction = ends(performance.splitInterval);
    const net = ends(control.splitNetInterval);
    const { by = "", lo = Number.NaN, hi = Number.NaN } = this.#bin ?? {};
    return {
      by,
      lo,
      hi,
      particles,
      matched,
      split,
      efficiency: performance.efficiency,
      efficiency_lo: efficiency.low,
      efficiency_hi: efficiency.high,
      split_fraction: performance.splitFraction,
      split_fraction_lo: fraction.low,
      split_fraction_hi: fraction.high,
      response_en: performance.response,
      response_pt: responsePt,
      resolution_en: performance.resolution,
      resolution_en_lo: interval.low,
      resolution_en_hi: interval.high,
      resolution_pt: sortedEffectiveRms(pts) / responsePt,
      rms_en: standardDeviation(this.#energies) / mean(this.#energies),
      rms_pt: standardDeviation(this.#pts) / mean(this.#pts),
      response_signal: responseSignal,
      resolution_signal: sortedEffectiveRms(signals) / responseSignal,
      seeds: seeds / n,
      clusters: clusters / n,
      false_clusters: falseClusters / n,
      match_control: control.matchControl,
      split_control: control.splitControl,
      split_net: control.splitNet,
      split_net_lo: net.low,
      split_net_hi: net.high,
      true_split_fraction: truth?.trueSplitFraction ?? Number.NaN,
      true_split_fraction_lo: truth?.trueSplitFractionInterval.low ?? Number.NaN,
      true_split_fraction_hi: truth?.trueSplitFractionInterval.high ?? Number.NaN,
      true_efficiency: truth?.trueEfficiency ?? Number.NaN,
    };
  }
}

/** Replicas of a bootstrap: 68 % intervals good to a tenth of their width. */
const REPLICAS = 64;
const SEED = 1;

/** Width over median of the responses, with its interval. */
function resolutionInterval(responses: Float64Array): Interval {
  return bootstrap(responses, (sorted) => sortedEffectiveRms(sorted) / sortedQuantile(sorted, 0.5), {
    replicas: REPLICAS,
    seed: SEED,
  });
}
