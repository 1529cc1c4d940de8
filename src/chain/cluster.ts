/** Step 4 of both chains: trigger cells to the seeds around them, in the projected plane (x/|z|, y/|z|). */
import { InputError } from "../core/index.js";
import { type CorrectPt, createPtCorrection, layerWeights } from "./calibrate.js";
import { type TcColumns } from "./fill.js";
import { type ClusterParams } from "./params.js";
import { type Seeds } from "./seed.js";

/** Sums per seed of one entry, the first `seeds.n` values. */
export interface ClusterSums {
  /** [MIP_T] */
  mipPt: Float64Array;
  /** [GeV] weighted by layer. */
  pt: Float64Array;
  /** [MIP_T cm] sums of mipPt x, mipPt y, mipPt |z|. */
  x: Float64Array;
  y: Float64Array;
  z: Float64Array;
  nTc: Int32Array;
}

function createSums(capacity: number): ClusterSums {
  return {
    mipPt: new Float64Array(capacity),
    pt: new Float64Array(capacity),
    x: new Float64Array(capacity),
    y: new Float64Array(capacity),
    z: new Float64Array(capacity),
    nTc: new Int32Array(capacity),
  };
}

/**
 * The plane is cut into square cells; each lists the seeds whose largest circle may reach it, so that a TC looks at
 * these alone. Below `DIRECT` seeds looking at all of them is faster than listing.
 */
const DIRECT = 4;
const CELLS_PER_UNIT = 50;
const SIDE = 64;

function cellOf(coordinate: number): number {
  const cell = coordinate * CELLS_PER_UNIT + SIDE / 2;
  // Everything outside is counted in the border cells, seeds and TCs alike: lists stay complete.
  return cell < 0 ? 0 : cell >= SIDE ? SIDE - 1 : cell | 0;
}

/** What makes clusters of the sums of an entry. */
export type ClusterMaker = Pick<Clusterer, "sums" | "weights" | "correctPt" | "ptThreshold">;

export class Clusterer {
  /** Factors of the pt of TCs, by layer - 1. */
  readonly weights: Float64Array;
  /** What comes after the weights. */
  readonly correctPt: CorrectPt;
  /** [GeV] Clusters have more. */
  readonly ptThreshold: number;
  readonly #params: ClusterParams;
  readonly #coeffA: Float64Array;
  #listStart = new Int32Array(SIDE * SIDE + 1);
  #list = new Int32Array(1024);
  #sums = createSums(64);

  constructor(params: ClusterParams) {
    this.#params = params;
    this.#coeffA = Float64Array.from(params.CoeffA);
    this.weights = layerWeights(params, params.CoeffA.length);
    this.correctPt = createPtCorrection(params);
    this.ptThreshold = params.PtC3dThreshold;
  }

  /** The sums of the last call of `assignInto`. */
  get sums(): ClusterSums {
    return this.#sums;
  }

  /**
   * Writes the seed of each TC in rows [first, end) to `assignment` (row - first), -1 for none, and fills `sums`.
   * A TC takes part when its distance to some seed is < its radius CoeffA[layer - 1] + CoeffB (MidRadius - |eta|).
   * `min_distance`: it goes to the nearest seed, `max_energy`: to the most energetic of those within the radius; the
   * first one when equal. TCs of the other endcap, and those with a 0 in `mask` (row - first), belong to none. Returns
   * the number of assigned TCs.
   * Throws an InputError for a layer without a radius; `where` names the event.
   */
  assignInto(
    assignment: Int32Array,
    seeds: Seeds,
    tc: TcColumns,
    first: number,
    end: number,
    zside: number,
    where: string,
    mask?: Uint8Array,
  ): number {
    const nSeeds = seeds.n;
    if (nSeeds > this.#sums.nTc.length) this.#sums = createSums(2 * nSeeds);
    const sums = this.#sums;
    const { mipPt: sumMip, pt: sumPt, x: sumX, y: sumY, z: sumZ, nTc } = sums;
    for (const column of [sumMip, sumPt, sumX, sumY, sumZ, nTc]) column.fill(0, 0, nSeeds);

    const { tc_layer, tc_x, tc_y, tc_z, tc_eta, tc_pt, tc_mipPt, tc_zside } = tc;
    const coeffA = this.#coeffA;
    const { weights } = this;
    const { CoeffB, MidRadius, algo } = this.#params;
    const nearest = algo === "min_distance";
    const { x: seedX, y: seedY, energy: seedEnergy } = seeds;
    const direct = nSeeds <= DIRECT;
    if (!direct) this.#listSeeds(seeds, this.#reach(tc, first, end));
    const listStart = this.#listStart;
    const list = this.#list;

    let assigned = 0;
    for (let i = first; i < end; i++) {
      assignment[i - first] = -1;
      if (tc_zside[i] !== zside || (mask !== undefined && mask[i - first] === 0)) continue;
      const layer = tc_layer[i];
      if (layer < 1 || layer > coeffA.length) {
        throw new InputError(
          `${where}: trigger cell in layer ${layer}, but cluster.CoeffA has radii for layers 1 to ${coeffA.length}`,
        );
      }
      const radius = coeffA[layer - 1] + CoeffB * (MidRadius - Math.abs(tc_eta[i]));
      const z = Math.abs(tc_z[i]);
      const x = tc_x[i] / z;
      const y = tc_y[i] / z;
      let from = 0;
      let to = nSeeds;
      if (!direct) {
        const cell = cellOf(y) * SIDE + cellOf(x);
        from = listStart[cell];
        to = listStart[cell + 1];
      }
      let best = -1;
      let bestValue = nearest ? radius : -Infinity;
      for (let k = from; k < to; k++) {
        const s = direct ? k : list[k];
        const dx = x - seedX[s];
        const dy = y - seedY[s];
        const distance = Math.sqrt(dx * dx + dy * dy);
        if (nearest) {
          if (distance < bestValue) {
            bestValue = distance;
            best = s;
          }
        } else if (distance < radius && seedEnergy[s] > bestValue) {
          bestValue = seedEnergy[s];
          best = s;
        }
      }
      if (best < 0) continue;
      assignment[i - first] = best;
      assigned++;
      const m = tc_mipPt[i];
      sumMip[best] += m;
      sumPt[best] += weights[layer - 1] * tc_pt[i];
      sumX[best] += m * tc_x[i];
      sumY[best] += m * tc_y[i];
      sumZ[best] += m * z;
      nTc[best]++;
    }
    return assigned;
  }

  /** The largest radius of a TC, and a little more, for what rounding does at the borders of cells. */
  #reach(tc: TcColumns, first: number, end: number): number {
    const { CoeffB, MidRadius } = this.#params;
    let term = 0;
    if (CoeffB !== 0) {
      for (let i = first; i < end; i++) term = Math.max(term, CoeffB * (MidRadius - Math.abs(tc.tc_eta[i])));
    }
    return Math.max(...this.#coeffA) + term + 1e-9;
  }

  /** Lists, per cell, the seeds in ascending order: counts, ends, then fills each list from its end. */
  #listSeeds({ n, x, y }: Seeds, reach: number): void {
    const start = this.#listStart;
    start.fill(0);
    const eachCell = (s: number, visit: (cell: number) => void): void => {
      const x1 = cellOf(x[s] + reach);
      const y1 = cellOf(y[s] + reach);
      for (let cy = cellOf(y[s] - reach); cy <= y1; cy++) {
        for (let cx = cellOf(x[s] - reach); cx <= x1; cx++) visit(cy * SIDE + cx);
      }
    };
    for (let s = 0; s < n; s++) eachCell(s, (cell) => start[cell]++);
    for (let c = 1; c < start.length; c++) start[c] += start[c - 1];
    const total = start[start.length - 1];
    if (total > this.#list.length) this.#list = new Int32Array(2 * total);
    const list = this.#list;
    for (let s = n - 1; s >= 0; s--) eachCell(s, (cell) => (list[--start[cell]] = s));
  }
}
