/** Weights of layers: the factors for which the sum of the weighted pt of a cluster's layers comes closest to the pt that was generated. */
import { InputError, type Interval, quantiles, type Random } from "../core/index.js";
import { boundedLeastSquares, type NormalEquations } from "./bounded-least-squares.js";

/** Parts of a sample that the bootstrap draws as a whole; an event is in one of them. */
export const BLOCKS = 200;

export interface LayerWeight {
  readonly layer: number;
  /** 1 where no cluster has pt in the layer. */
  readonly weight: number;
  /** 68 %, by bootstrap; NaN where no cluster has pt in the layer. */
  readonly interval: Interval;
}

export interface WeightOptions {
  /** Weights are from 0 to this. */
  readonly maxWeight: number;
  /** Of the bootstrap. */
  readonly replicas: number;
  readonly random: Random;
}

/** The sums of a fit of layer weights, block by block: they are all that is kept of a sample. */
export class WeightSums {
  readonly layers: readonly number[];
  readonly #ata: readonly Float64Array[];
  readonly #aty: readonly Float64Array[];
  readonly #rows = new Int32Array(BLOCKS);

  constructor(layers: readonly number[]) {
    this.layers = layers;
    const n = layers.length;
    this.#ata = Array.from({ length: BLOCKS }, () => new Float64Array(n * n));
    this.#aty = Array.from({ length: BLOCKS }, () => new Float64Array(n));
  }

  /** Clusters so far. */
  get rows(): number {
    return this.#rows.reduce((sum, n) => sum + n, 0);
  }

  /** A cluster with `pt` [GeV] by layer, of which the weighted sum should be `target` [GeV]. `block`: of its event, 0 to BLOCKS - 1. */
  add(block: number, pt: ArrayLike<number>, target: number): void {
    const n = this.layers.length;
    const ata = this.#ata[block];
    const aty = this.#aty[block];
    this.#rows[block]++;
    for (let i = 0; i < n; i++) {
      if (pt[i] === 0) continue;
      aty[i] += pt[i] * target;
      for (let k = 0; k < n; k++) ata[i * n + k] += pt[i] * pt[k];
    }
  }

  /**
   * The weights from 0 to `maxWeight` with the least sum of (weighted pt - target)^2, and what they are when blocks are drawn anew, with
   * replacement. InputError where there are fewer clusters than layers with pt: they do not decide the weights.
   */
  fit({ maxWeight, replicas, random }: WeightOptions): LayerWeight[] {
    const used = this.#rows.reduce<number[]>((list, n, block) => (n > 0 ? [...list, block] : list), []);
    const n = this.layers.length;
    const all = this.#sum(used);
    const isSeen = this.layers.map((_, i) => all.ata[i * n + i] > 0);
    const seen = isSeen.filter(Boolean).length;
    if (this.rows < Math.max(1, seen)) {
      throw new InputError(`${this.rows} clusters do not decide the weights of ${seen} layers: take more events`);
    }
    const bounds = { low: 0, high: maxWeight };
    const best = boundedLeastSquares(all, bounds);
    const drawn = Array.from({ length: replicas }, () =>
      boundedLeastSquares(this.#sum(used.map(() => used[Math.floor(random.uniform() * used.length)])), bounds),
    );
    return this.layers.map((layer, i) => {
      const [low, high] = isSeen[i]
        ? quantiles(
            drawn.map((weights) => weights[i]),
            [0.16, 0.84],
          )
        : [Number.NaN, Number.NaN];
      return { layer, weight: isSeen[i] ? best[i] : 1, interval: { low, high } };
    });
  }

  #sum(blocks: readonly number[]): NormalEquations {
    const n = this.layers.length;
    const ata = new Float64Array(n * n);
    const aty = new Float64Array(n);
    for (const block of blocks) {
      const from = this.#ata[block];
      for (let at = 0; at < ata.length; at++) ata[at] += from[at];
      for (let i = 0; i < n; i++) aty[i] += this.#aty[block][i];
    }
    return { n, ata, aty };
  }
}
