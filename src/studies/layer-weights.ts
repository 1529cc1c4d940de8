/** Weights of layers: the factors for which the sum of the weighted pt of a cluster's layers comes closest to the pt that was generated. */
import { InputError, type Interval, quantiles, type Random } from "../core/index.js";
import { boundedLeastSquares, type NormalEquations } from "./bounded-least-squares.js";

/** Parts of a sample that the bootstrap draws as a whole; an event is in one of them. */
export const BLOCKS = 200;

export interface LayerWeight {
  readonly layer: number;
  /** 1 where too few clusters have pt in the layer. */
  readonly weight: number;
  /** 68 %, by bootstrap; NaN where the layer is not fitted. */
  readonly interval: Interval;
}

export interface WeightOptions {
  /** Weights are from 0 to this. */
  readonly maxWeight: number;
  /** A layer in which fewer clusters have pt keeps the weight 1: theirs says nothing, and would be applied to that of pile-up. */
  readonly minClusters: number;
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
  /** Clusters with pt in each layer. */
  readonly #seen: Int32Array;

  constructor(layers: readonly number[]) {
    this.layers = layers;
    const n = layers.length;
    this.#seen = new Int32Array(n);
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
      this.#seen[i]++;
      aty[i] += pt[i] * target;
      for (let k = 0; k < n; k++) ata[i * n + k] += pt[i] * pt[k];
    }
  }

  /**
   * The weights from 0 to `maxWeight` with the least sum of (weighted pt - target)^2, and what they are when blocks are drawn anew, with
   * replacement. InputError where there are fewer clusters than layers with pt: they do not decide the weights.
   */
  fit({ maxWeight, minClusters, replicas, random }: WeightOptions): LayerWeight[] {
    const used = this.#rows.reduce<number[]>((list, n, block) => (n > 0 ? [...list, block] : list), []);
    const isFitted = this.layers.map((_, i) => this.#seen[i] >= Math.max(1, minClusters));
    const fitted = isFitted.filter(Boolean).length;
    if (fitted === 0) {
      throw new InputError(
        `of ${this.rows} clusters no ${minClusters} have pt in a common layer: no weight can be fitted, take more events`,
      );
    }
    if (this.rows < fitted) {
      throw new InputError(`${this.rows} clusters do not decide the weights of ${fitted} layers: take more events`);
    }
    const bounds = { low: 0, high: maxWeight };
    const best = boundedLeastSquares(this.#sum(used, isFitted), bounds);
    const drawn = Array.from({ length: replicas }, () =>
      boundedLeastSquares(
        this.#sum(
          used.map(() => used[Math.floor(random.uniform() * used.length)]),
          isFitted,
        ),
        bounds,
      ),
    );
    return this.layers.map((layer, i) => {
      const [low, high] = isFitted[i]
        ? quantiles(
            drawn.map((weights) => weights[i]),
            [0.16, 0.84],
          )
        : [Number.NaN, Number.NaN];
      return { layer, weight: isFitted[i] ? best[i] : 1, interval: { low, high } };
    });
  }

  /** The sums of some blocks; what layers that are not fitted have at the weight 1 is taken from the targets. */
  #sum(blocks: readonly number[], isFitted: readonly boolean[]): NormalEquations {
    const n = this.layers.length;
    const ata = new Float64Array(n * n);
    const aty = new Float64Array(n);
    for (const block of blocks) {
      const from = this.#ata[block];
      for (let at = 0; at < ata.length; at++) ata[at] += from[at];
      for (let i = 0; i < n; i++) aty[i] += this.#aty[block][i];
    }
    for (const [i, fits] of isFitted.entries()) {
      if (fits) continue;
      for (let k = 0; k < n; k++) aty[k] -= ata[k * n + i];
      for (let k = 0; k < n; k++) ata[i * n + k] = ata[k * n + i] = 0;
    }
    for (const [i, fits] of isFitted.entries()) if (!fits) aty[i] = 0;
    return { n, ata, aty };
  }
}
