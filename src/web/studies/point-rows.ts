/** The particles of one sample at one point of a study, and what they say when some of them are left out. */
import {
  ControlBuilder,
  type ControlSummary,
  type Performance,
  performanceOf,
  truthOf,
  type TruthSummary,
} from "../../chain/index.js";
import { sortedOf } from "../../core/index.js";
import { isIn, type Range } from "../model/selection.js";
import { type Part } from "./point-table.js";
import { type Estimated, intervalOf, type Patience, type Statistic } from "./statistics.js";

/** What all pages look at, of each particle. */
export const COUNTED = [
  "entry",
  "particle",
  "is_split",
  "gen_pt",
  "gen_eta",
  "n_matched",
  "match_control",
  "split_control",
  "n_control",
  "has_truth",
  "true_split",
  "true_match",
] as const;

/** What pages ask for before they look at it. */
export type AskedColumn = ResponseColumn | "n_clusters";

/** Rows of particles. */
export interface Events extends Part<(typeof COUNTED)[number]> {
  readonly columns: Part<(typeof COUNTED)[number]>["columns"] & Partial<Part<AskedColumn>["columns"]>;
}

export type ResponseColumn =
  | "response_en"
  | "response_pt"
  | "response_signal"
  | "response_en_weighted"
  | "response_pt_weighted";

/** What generated particles must be like: lo <= value < hi. */
export interface Cuts {
  /** Of |eta|. */
  readonly eta: Range;
  /** [GeV] */
  readonly pt: Range;
  readonly only: "all" | "split" | "whole";
}

export type Variable = "gen_pt" | "gen_en" | "gen_eta";

export interface Counts extends Performance, ControlSummary, Partial<TruthSummary> {
  readonly particles: number;
  readonly matched: number;
  readonly split: number;
  readonly withTruth: number;
}

export class PointRows {
  readonly #events: Events;
  readonly #rows: Int32Array;
  readonly #sorted = new Map<ResponseColumn, Float64Array>();
  readonly #estimates = new Map<string, { readonly estimated: Estimated; readonly isWhole: boolean }>();
  #counts: Counts | undefined;

  constructor(events: Events, cuts: Cuts) {
    this.#events = events;
    this.#rows = keptRows(events, cuts);
  }

  get length(): number {
    return this.#rows.length;
  }

  get rows(): Int32Array {
    return this.#rows;
  }

  value(variable: Variable, row: number): number {
    const { gen_pt, gen_eta } = this.#events.columns;
    if (variable === "gen_pt") return gen_pt[row];
    return variable === "gen_eta" ? Math.abs(gen_eta[row]) : gen_pt[row] * Math.cosh(gen_eta[row]);
  }

  values(variable: Variable): number[] {
    return Array.from(this.#rows, (row) => this.value(variable, row));
  }

  /** NaN: without a matched cluster. */
  responses(column: ResponseColumn): number[] {
    const from = this.#column(column);
    return Array.from(this.#rows, (row) => from[row]);
  }

  flags(name: "is_split" | "is_matched" | "true_split"): number[] {
    const { is_split, n_matched, true_split } = this.#events.columns;
    if (name === "is_matched") return Array.from(this.#rows, (row) => Number(n_matched[row] > 0));
    const from = name === "is_split" ? is_split : true_split;
    return Array.from(this.#rows, (row) => from[row]);
  }

  /** Ascending, without NaN. */
  sorted(column: ResponseColumn): Float64Array {
    const known = this.#sorted.get(column);
    if (known !== undefined) return known;
    const found = sortedOf(this.responses(column));
    this.#sorted.set(column, found);
    return found;
  }

  /** A statistic of the responses, with its interval where it is known already or patience lasts for it. */
  estimate(column: ResponseColumn, statistic: Statistic, patience?: Patience): Estimated {
    return this.estimateOf(column, () => this.sorted(column), statistic, patience);
  }

  /** The same of some of them, sorted, which `name` tells from others. */
  estimateOf(name: string, values: () => Float64Array, statistic: Statistic, patience?: Patience): Estimated {
    const key = `${name} ${statistic.id}`;
    let known = this.#estimates.get(key);
    if (known !== undefined && (known.isWhole || patience === undefined)) return known.estimated;
    const isWhole = patience?.more() === true;
    if (known === undefined || isWhole) {
      const sorted = values();
      const value = known?.estimated.value ?? statistic.of(sorted);
      const interval = isWhole ? intervalOf(sorted, statistic) : { low: Number.NaN, high: Number.NaN };
      known = { estimated: { value, ...interval }, isWhole };
      this.#estimates.set(key, known);
    }
    return known.estimated;
  }

  get counts(): Counts {
    return (this.#counts ??= this.#count());
  }

  #count(): Counts {
    const { columns } = this.#events;
    const controls = new ControlBuilder();
    const kept = new Uint8Array(this.#events.rows);
    const counts = { particles: this.#rows.length, matched: 0, split: 0, withTruth: 0, trulySplit: 0, trulyMatched: 0 };
    const { is_split, n_matched, has_truth, true_split, true_match } = columns;
    const rows = this.#rows;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      kept[row] = 1;
      counts.split += is_split[row];
      if (n_matched[row] > 0) counts.matched++;
      if (has_truth[row] === 0) continue;
      counts.withTruth++;
      counts.trulySplit += true_split[row];
      counts.trulyMatched += true_match[row];
    }
    const isAll = rows.length === this.#events.rows;
    controls.add(this.#events, isAll ? undefined : (row) => kept[row] === 1);
    return { ...counts, ...performanceOf(counts, []), ...controls.finish(), ...truthOf(counts) };
  }

  #column(name: ResponseColumn): ArrayLike<number> {
    const found = this.#events.columns[name];
    if (found === undefined) throw new Error(`the study has no column ${name}`);
    return found;
  }
}

function keptRows({ rows, columns }: Events, { eta, pt, only }: Cuts): Int32Array {
  const { particle, gen_pt, gen_eta, is_split } = columns;
  const kept = new Int32Array(rows);
  let n = 0;
  for (let row = 0; row < rows; row++) {
    if (particle[row] < 0) continue;
    if (!(isIn(gen_pt[row], pt) && isIn(Math.abs(gen_eta[row]), eta))) continue;
    if (only !== "all" && (is_split[row] === 1) !== (only === "split")) continue;
    kept[n++] = row;
  }
  return kept.subarray(0, n);
}
