/**
 * The clusters of an entry at many radii. With `min_distance` the nearest seed of a TC does not depend on the radius: the
 * TCs, in the order of their distances, give the sums at every radius as running sums. So the sums at a radius are the
 * same numbers whether it is one of many or alone.
 */
import {
  type ChainParams,
  type Clustered,
  Clusterer,
  type ClusterSums,
  describeEntry,
  type EntryOf,
  type Seeds,
  type Signal,
  sumSignal,
  tcsOf,
} from "../chain/index.js";

/** Layers, both ends included. */
export interface LayerRange {
  readonly from: number;
  readonly to: number;
}

export interface RadiusSweepOptions {
  /** Only the radii of these layers change; the others keep those of the configuration. */
  readonly layers?: LayerRange;
  /** Of each layer, layer 1 first: for sums of weighted pt. */
  readonly weights?: ArrayLike<number>;
}

export interface SweepResult extends Clustered {
  /** [GeV] by seed: sums of pt times the weight of the layer. */
  readonly weighted: Float64Array;
  /** What generated particles left in the seeds' TCs, where the batch says it; the same with the weights of the parameters. */
  readonly signal: Signal | undefined;
  readonly signalPt: Float64Array | undefined;
}

/** Called for each radius, the smallest first; what it gets is overwritten by the next. */
export type OnRadius = (k: number, found: SweepResult) => void;

/** The radii by layer when those of `layers` are `radius`. */
export function radiiOf({ CoeffA }: ChainParams["cluster"], radius: number, layers?: LayerRange): number[] {
  return CoeffA.map((own, i) => (layers === undefined || (i + 1 >= layers.from && i + 1 <= layers.to) ? radius : own));
}

export class RadiusSweep {
  readonly #radii: readonly number[];
  readonly #options: RadiusSweepOptions;
  /** Of the largest radius where one order of TCs serves all, else of each radius. */
  readonly #clusterers: readonly Clusterer[];
  readonly #isNearest: boolean;
  #assignment = new Int32Array(1024);
  #reached = new Int32Array(1024);
  #distance = new Float64Array(1024);
  #sums = createSums(64);
  #weighted = new Float64Array(64);
  #signal = new Float64Array(64);
  #signalPt = new Float64Array(64);

  /** `radii`: ascending. */
  constructor({ cluster }: ChainParams, radii: readonly number[], options: RadiusSweepOptions = {}) {
    this.#radii = radii;
    this.#options = options;
    // With CoeffB every TC has a radius of its own: the order of the distances is not the one in which TCs come in.
    this.#isNearest = cluster.algo === "min_distance" && cluster.CoeffB === 0;
    const ofRadius = (radius: number): Clusterer =>
      new Clusterer({ ...cluster, CoeffA: radiiOf(cluster, radius, options.layers) });
    this.#clusterers = this.#isNearest ? [ofRadius(radii[radii.length - 1])] : radii.map(ofRadius);
  }

  /** Throws an InputError for a layer without a radius. */
  sweep(at: EntryOf, seeds: Seeds, onRadius: OnRadius): void {
    const [first, end, zside] = tcsOf(at);
    const n = end - first;
    if (n > this.#assignment.length) {
      this.#assignment = new Int32Array(2 * n);
      this.#reached = new Int32Array(2 * n);
      this.#distance = new Float64Array(2 * n);
    }
    if (seeds.n > this.#weighted.length) {
      this.#sums = createSums(2 * seeds.n);
      this.#weighted = new Float64Array(2 * seeds.n);
      this.#signal = new Float64Array(2 * seeds.n);
      this.#signalPt = new Float64Array(2 * seeds.n);
    }
    const where = describeEntry(at.batch, at.i);
    const tc = at.batch.tc.columns;
    const [clusterer] = this.#clusterers;
    if (this.#isNearest) {
      clusterer.assignInto(this.#reached, seeds, tc, first, end, zside, where);
      this.#grow(at, seeds, onRadius);
      return;
    }
    for (const [k, each] of this.#clusterers.entries()) {
      const nAssigned = each.assignInto(this.#assignment, seeds, tc, first, end, zside, where);
      const weighted = this.#weigh(at, n);
      const assignment = this.#assignment;
      const signal = sumSignal(at, assignment, seeds.n);
      const signalPt = sumSignal(at, assignment, seeds.n, { weights: each.weights })?.bySeed;
      onRadius(k, { seeds, assignment, nAssigned, clusterer: each, weighted, signal, signalPt });
    }
  }

  /** From the smallest radius on: the TCs that come in are added to what is there. */
  #grow({ batch, i }: EntryOf, seeds: Seeds, onRadius: OnRadius): void {
    const { layers, weights } = this.#options;
    const [first, end] = tcsOf({ batch, i });
    const { tc_layer, tc_x, tc_y, tc_z, tc_pt, tc_mipPt } = batch.tc.columns;
    const reached = this.#reached;
    const distance = this.#distance;
    const order: number[] = [];
    for (let t = 0; t < end - first; t++) {
      const s = reached[t];
      if (s < 0) continue;
      const layer = tc_layer[first + t];
      const z = Math.abs(tc_z[first + t]);
      const dx = tc_x[first + t] / z - seeds.x[s];
      const dy = tc_y[first + t] / z - seeds.y[s];
      // A TC of a layer that keeps its radius is in at every scanned one.
      const isFixed = layers !== undefined && (layer < layers.from || layer > layers.to);
      distance[t] = isFixed ? -1 : Math.sqrt(dx * dx + dy * dy);
      order.push(t);
    }
    const sorted = Int32Array.from(order).toSorted((a, b) => distance[a] - distance[b] || a - b);
    const assignment = this.#assignment;
    assignment.fill(-1, 0, end - first);
    const sums = this.#sums;
    const weighted = this.#weighted;
    const bySeed = this.#signal;
    const signalPt = this.#signalPt;
    const columns = Object.values<Float64Array | Int32Array>({ ...sums, weighted, bySeed, signalPt });
    for (const column of columns) column.fill(0, 0, seeds.n);
    const share = batch.truth?.columns.tc_signal;
    // What was deposited does not depend on the radius.
    const deposited = sumSignal({ batch, i }, assignment, 0)?.deposited;
    const signal = deposited === undefined ? undefined : { bySeed, deposited };
    const { weights: own, correctPt, ptThreshold } = this.#clusterers[0];
    const clusterer = { sums, weights: own, correctPt, ptThreshold };
    let next = 0;
    for (const [k, radius] of this.#radii.entries()) {
      for (; next < sorted.length && distance[sorted[next]] < radius; next++) {
        const t = sorted[next];
        const row = first + t;
        const s = reached[t];
        const mip = tc_mipPt[row];
        assignment[t] = s;
        sums.mipPt[s] += mip;
        sums.pt[s] += own[tc_layer[row] - 1] * tc_pt[row];
        sums.x[s] += mip * tc_x[row];
        sums.y[s] += mip * tc_y[row];
        sums.z[s] += mip * Math.abs(tc_z[row]);
        sums.nTc[s]++;
        if (share !== undefined) {
          const part = tc_pt[row] * share[row];
          bySeed[s] += part;
          signalPt[s] += own[tc_layer[row] - 1] * part;
        }
        if (weights !== undefined) weighted[s] += tc_pt[row] * weights[tc_layer[row] - 1];
      }
      onRadius(k, {
        seeds,
        assignment,
        nAssigned: next,
        clusterer,
        weighted,
        signal,
        signalPt: signal === undefined ? undefined : signalPt,
      });
    }
  }

  #weigh({ batch, i }: EntryOf, n: number): Float64Array {
    const { weights } = this.#options;
    const weighted = this.#weighted;
    if (weights === undefined) return weighted;
    const { tc_layer, tc_pt } = batch.tc.columns;
    const [first] = tcsOf({ batch, i });
    weighted.fill(0);
    for (let t = 0; t < n; t++) {
      const s = this.#assignment[t];
      if (s >= 0) weighted[s] += tc_pt[first + t] * weights[tc_layer[first + t] - 1];
    }
    return weighted;
  }
}

function createSums(n: number): ClusterSums {
  const real = (): Float64Array => new Float64Array(n);
  return { mipPt: real(), pt: real(), x: real(), y: real(), z: real(), nTc: new Int32Array(n) };
}
