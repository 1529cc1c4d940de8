/** Statistics of sorted responses, with their intervals: those of `core`, under the names that pages give them. */
import {
  bootstrap,
  gaussianCore,
  type Interval,
  mean,
  sortedEffectiveRms,
  sortedQuantile,
  standardDeviation,
} from "../../core/index.js";

/** A number with its interval. NaN for what does not exist. */
export interface Estimated extends Interval {
  readonly value: number;
}

export interface Statistic {
  readonly id: string;
  readonly name: string;
  of(sorted: Float64Array): number;
}

const list = (sorted: Float64Array): readonly number[] => sorted as unknown as readonly number[];

export const CENTRES: Readonly<Record<"median" | "mean" | "core", Statistic>> = {
  median: { id: "median", name: "median", of: (sorted) => sortedQuantile(sorted, 0.5) },
  mean: { id: "mean", name: "mean", of: (sorted) => mean(list(sorted)) },
  core: { id: "core", name: "middle of the Gaussian core", of: (sorted) => gaussianCore(sorted).mean },
};

/** What tables of studies call resolution. */
export const RESOLUTION: Statistic = {
  id: "resolution",
  name: "resolution",
  of: (sorted) => sortedEffectiveRms(sorted) / sortedQuantile(sorted, 0.5),
};

export const RMS: Statistic = {
  id: "rms",
  name: "RMS / mean",
  of: (sorted) => standardDeviation(list(sorted)) / mean(list(sorted)),
};

export const GAUSSIANITY: Statistic = {
  id: "gaussianity",
  name: "Gaussianity",
  of(sorted) {
    const middle = mean(list(sorted));
    const rms = standardDeviation(list(sorted)) / middle;
    return Math.abs(rms - sortedEffectiveRms(sorted) / middle) / rms;
  },
};

/** As in the tables of studies: so that both say the same. */
const BOOTSTRAP = { replicas: 64, seed: 1 };

/** How long may be spent on intervals: those that it does not last for come with the next call, which finds the others done. */
export class Patience {
  readonly #milliseconds: number;
  #end: number | undefined;
  #isSpent = false;

  /** 0: none are computed; Infinity: all. */
  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  /** Whether something was left out: an interval, or what was not read yet. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /** Whether it is there in this turn of the event loop; without any patience what is not is left out, else it is waited for. */
  async isThere(wanted: Promise<unknown>): Promise<boolean> {
    const later = new Promise<boolean>((resolve) => setTimeout(resolve, 0, false));
    const there = wanted.then(() => true);
    if (await (this.#milliseconds > 0 ? there : Promise.race([there, later]))) return true;
    this.#isSpent = true;
    return false;
  }

  /** Whether one more may be computed. The first always may, so that every call gets on. */
  more(): boolean {
    const now = performance.now();
    const isFirst = this.#end === undefined;
    this.#end ??= now + this.#milliseconds;
    const lasts = this.#milliseconds > 0 && (isFirst || now < this.#end);
    if (!lasts) this.#isSpent = true;
    return lasts;
  }
}

/** Its 68 % interval, by bootstrap over particles. */
export const intervalOf = (sorted: Float64Array, { of }: Statistic): Interval => bootstrap(sorted, of, BOOTSTRAP);
