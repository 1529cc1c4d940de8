/** Step 4 of both chains: trigger cells to the seeds around them, in the projected plane (x/|z|, y/|z|). */
import { InputError } from "../core/index.js";
import { type CorrectPt, createPtCorrection, layerWeights } from "./calibrate.js";
import { type ClusterSums, clearSums, copySeeds, createSeedColumns, createSums } from "./cluster-sums.js";
import { type TcColumns } from "./fill.js";
import { type ClusterParams } from "./params.js";
import { createProjectedCells, type ProjectedCells, projectInto } from "./project.js";
import { rasterCell, SeedRaster, SIDE } from "./seed-raster.js";
import { type Seeds } from "./seed.js";

/** Up to so many seeds looking at all of them is faster than listing them. */
const DIRECT = 4;
/** Seeds that are tested for every TC that is near to any. */
const TESTS = 2;

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
  readonly #raster = new SeedRaster();
  /** Rows (from the first) of the TCs that a seed may be near to; of each TC its cell of the raster. */
  #candidates = new Int32Array(256);
  #cellOf = new Int32Array(256);
  /** Of the seeds tried for a TC: which they are, and what is least for the best one. */
  #tried = { seed: new Int32Array(64 + TESTS), value: new Float64Array(64 + TESTS) };
  /** The seeds, and behind the last one, where lists end, one that is nowhere near. */
  #seeds = createSeedColumns(64);
  readonly #cells = createProjectedCells();
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
    if (seeds.n >= this.#sums.nTc.length) {
      this.#sums = createSums(2 * seeds.n);
      this.#seeds = createSeedColumns(2 * seeds.n);
      this.#tried = { seed: new Int32Array(2 * seeds.n + TESTS), value: new Float64Array(2 * seeds.n + TESTS) };
    }
    clearSums(this.#sums, seeds.n);
    if (seeds.n <= DIRECT) return this.#assignFew(assignment, seeds, tc, first, end, zside, where, mask);
    if (this.#candidates.length <= end - first) {
      this.#candidates = new Int32Array(2 * (end - first));
      this.#cellOf = new Int32Array(2 * (end - first));
    }
    copySeeds(this.#seeds, seeds);
    assignment.fill(-1, 0, end - first);
    const cells = projectInto(this.#cells, tc, first, end);
    this.#raster.build(seeds, this.#reach(tc, first, end), this.#params.algo === "min_distance");
    const n = this.#collect(tc, first, end, zside, where, mask, cells);
    return this.#assign(assignment, n, seeds.n, tc, first, cells);
  }

  /** Lists the TCs that are not clear of all seeds; returns how many. */
  #collect(
    { tc_layer, tc_eta, tc_zside }: TcColumns,
    first: number,
    end: number,
    zside: number,
    where: string,
    mask: Uint8Array | undefined,
    { x, y }: ProjectedCells,
  ): number {
    const coeffA = this.#coeffA;
    const { CoeffB, MidRadius } = this.#params;
    const candidates = this.#candidates;
    const { clear } = this.#raster;
    const cellOf = this.#cellOf;
    for (let k = 0; k < end - first; k++) cellOf[k] = rasterCell(y[k]) * SIDE + rasterCell(x[k]);
    let n = 0;
    for (let i = first; i < end; i++) {
      const k = i - first;
      if (tc_zside[i] !== zside || (mask !== undefined && mask[k] === 0)) continue;
      const layer = tc_layer[i];
      if (layer < 1 || layer > coeffA.length) throw noRadius(layer, coeffA.length, where);
      candidates[n] = k;
      let radius = coeffA[layer - 1];
      if (CoeffB !== 0) radius += CoeffB * (MidRadius - Math.abs(tc_eta[i]));
      // Not an if: whether a seed is near cannot be foreseen, and a wrong guess costs more than the rest.
      n += Number(radius * radius > clear[cellOf[k]]) | 0;
    }
    return n;
  }

  /**
   * Assigns the candidates and sums them in row order, those without a seed behind the last one. Of the seeds of a cell it
   * keeps the first that beats all before it, at `tried` 0 none: without ifs, as in `#collect`.
   */
  #assign(
    assignment: Int32Array,
    n: number,
    nSeeds: number,
    { tc_layer, tc_eta, tc_x, tc_y, tc_z, tc_pt, tc_mipPt }: TcColumns,
    first: number,
    { x: cellX, y: cellY }: ProjectedCells,
  ): number {
    const coeffA = this.#coeffA;
    const { weights } = this;
    const { CoeffB, MidRadius, algo } = this.#params;
    const isNearest = algo === "min_distance";
    const candidates = this.#candidates;
    const cellOf = this.#cellOf;
    const { mipPt, pt, x: sumX, y: sumY, z: sumZ, nTc } = this.#sums;
    const { x: seedX, y: seedY, energy } = this.#seeds;
    const { first: firstLink, next, seedOf } = this.#raster;
    const { seed: tried, value } = this.#tried;
    tried[0] = nSeeds;
    value[0] = Infinity;
    let assigned = 0;
    for (let j = 0; j < n; j++) {
      const k = candidates[j];
      const i = first + k;
      const x = cellX[k];
      const y = cellY[k];
      const layer = tc_layer[i] - 1;
      let radius = coeffA[layer];
      if (CoeffB !== 0) radius += CoeffB * (MidRadius - Math.abs(tc_eta[i]));
      let best = 0;
      let link = firstLink[cellOf[k]];
      // How long a list is cannot be foreseen either: so many tests are the rule, more the exception.
      for (let at = 1; at <= TESTS || link > 0; at++) {
        const s = seedOf[link];
        link = next[link];
        const dx = x - seedX[s];
        const dy = y - seedY[s];
        const distance = Math.sqrt(dx * dx + dy * dy);
        tried[at] = s;
        value[at] = isNearest ? distance : -energy[s];
        const isBetter = Number(distance < radius) & Number(value[at] < value[best]);
        best ^= (best ^ at) & -isBetter;
      }
      const s = tried[best];
      const isSome = -(Number(best > 0) | 0);
      assignment[k] = (s & isSome) | ~isSome;
      assigned -= isSome;
      const m = tc_mipPt[i];
      mipPt[s] += m;
      pt[s] += weights[layer] * tc_pt[i];
      sumX[s] += m * tc_x[i];
      sumY[s] += m * tc_y[i];
      sumZ[s] += m * Math.abs(tc_z[i]);
      nTc[s]++;
    }
    return assigned;
  }

  /** The same for few seeds, of which most TCs are near to one: looks at all of them. */
  #assignFew(
    assignment: Int32Array,
    { n: nSeeds, x: seedX, y: seedY, energy }: Seeds,
    { tc_layer, tc_eta, tc_x, tc_y, tc_z, tc_pt, tc_mipPt, tc_zside }: TcColumns,
    first: number,
    end: number,
    zside: number,
    where: string,
    mask: Uint8Array | undefined,
  ): number {
    const coeffA = this.#coeffA;
    const { weights } = this;
    const { CoeffB, MidRadius, algo } = this.#params;
    const isNearest = algo === "min_distance";
    const { mipPt, pt, x: sumX, y: sumY, z: sumZ, nTc } = this.#sums;
    let assigned = 0;
    for (let i = first; i < end; i++) {
      assignment[i - first] = -1;
      if (tc_zside[i] !== zside || (mask !== undefined && mask[i - first] === 0)) continue;
      const layer = tc_layer[i];
      if (layer < 1 || layer > coeffA.length) throw noRadius(layer, coeffA.length, where);
      let radius = coeffA[layer - 1];
      if (CoeffB !== 0) radius += CoeffB * (MidRadius - Math.abs(tc_eta[i]));
      const z = Math.abs(tc_z[i]);
      const x = tc_x[i] / z;
      const y = tc_y[i] / z;
      let best = -1;
      let bestValue = isNearest ? radius : -Infinity;
      for (let s = 0; s < nSeeds; s++) {
        const dx = x - seedX[s];
        const dy = y - seedY[s];
        const distance = Math.sqrt(dx * dx + dy * dy);
        if (isNearest ? distance < bestValue : distance < radius && energy[s] > bestValue) {
          bestValue = isNearest ? distance : energy[s];
          best = s;
        }
      }
      if (best < 0) continue;
      assignment[i - first] = best;
      assigned++;
      const m = tc_mipPt[i];
      mipPt[best] += m;
      pt[best] += weights[layer - 1] * tc_pt[i];
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
}

function noRadius(layer: number, layers: number, where: string): InputError {
  return new InputError(
    `${where}: trigger cell in layer ${layer}, but cluster.CoeffA has radii for layers 1 to ${layers}`,
  );
}
