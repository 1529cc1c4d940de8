/** First step of the coarse-seeding chain: the wafers with much energy in a few layers. */
import { InputError } from "../core/index.js";
import {
  ceeLayersOf,
  DEFAULT_GEOMETRY,
  LATTICE_REACH,
  SCINTILLATOR_WAFER,
  site,
  SITES,
  siteU,
  siteV,
  triggerLayersOf,
} from "../detector/index.js";
import { type TcTable } from "../events/index.js";
import { type CsParams } from "./params.js";

/** The columns of trigger cells that the steps in (u, v) read. */
export type UvColumns = Pick<
  TcTable["columns"],
  "tc_layer" | "tc_wu" | "tc_wv" | "tc_cu" | "tc_cv" | "tc_x" | "tc_y" | "tc_z" | "tc_eta" | "tc_mipPt" | "tc_zside"
>;

/** Rows [first, end) of trigger cells: those of one endcap of one entry. */
export interface TcRows {
  readonly tc: UvColumns;
  readonly first: number;
  readonly end: number;
  readonly zside: number;
  /** Version of the geometry. */
  readonly geometry: string;
  /** How errors name the entry. */
  readonly where: string;
}

/** All rows of the positive endcap, or what `rows` says instead. */
export function tcRowsOf(tc: UvColumns, rows: Partial<Omit<TcRows, "tc">> = {}): TcRows {
  const all = { first: 0, end: tc.tc_layer.length, zside: 1, geometry: DEFAULT_GEOMETRY, where: "trigger cells" };
  return { tc, ...all, ...rows };
}

/** Wafers of one entry, the first `n` values of each column; `cs_id` is the position. */
export interface CoarseSeeds {
  n: number;
  readonly wu: Int32Array;
  readonly wv: Int32Array;
  /** [MIP_T] sum over the chosen layers. */
  readonly mipPt: Float64Array;
  /** Unweighted mean eta of these TCs. */
  readonly eta: Float64Array;
  /** Its own cs_id at or above threshold; else that of the first such neighbour. */
  readonly origin: Int32Array;
}

/** Wafers with TCs in the summed layers, by (wu, wv). */
export interface WaferSums {
  readonly n: number;
  readonly wu: Int32Array;
  readonly wv: Int32Array;
  /** [MIP_T] sum over the chosen layers. */
  readonly mipPt: Float64Array;
  /** Unweighted mean |eta| of these TCs. */
  readonly eta: Float64Array;
  readonly nTc: Int32Array;
  /** The eta range that its threshold is of, -1 outside of all. */
  readonly range: Int32Array;
}

export function createCoarseSeeds(): CoarseSeeds {
  return {
    n: 0,
    wu: new Int32Array(SITES),
    wv: new Int32Array(SITES),
    mipPt: new Float64Array(SITES),
    eta: new Float64Array(SITES),
    origin: new Int32Array(SITES),
  };
}

/** The site of a silicon wafer. Throws an InputError for one that no HGCAL geometry has; `where` names the event. */
export function waferSite(wu: number, wv: number, where: string): number {
  const found = site(wu, wv);
  if (found < 0) {
    throw new InputError(
      `${where}: trigger cell in wafer (${wu}, ${wv}), expected coordinates from ${-LATTICE_REACH} to ${LATTICE_REACH - 1}, or ${SCINTILLATOR_WAFER} for scintillator`,
    );
  }
  return found;
}

/** Neighbours as (du, dv) of (wu + du, wv + dv), and the wafer itself, by (wu, wv). */
const AROUND: readonly (readonly [number, number])[] = [
  [-1, -1],
  [-1, 0],
  [0, -1],
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

/**
 * The layers [first, end) that are summed: the k with trigger readout from `initial_layer` on, all that follow if fewer.
 * Throws an InputError when the trigger does not read `initial_layer` of this geometry.
 */
export function coarseLayers({ initial_layer, k }: CsParams, geometry: string): { first: number; end: number } {
  const layers = triggerLayersOf(geometry);
  const at = layers.indexOf(initial_layer);
  if (at < 0) {
    throw new InputError(
      `cs.initial_layer: the trigger does not read layer ${initial_layer} of geometry ${geometry}; it reads ${layers.join(", ")}`,
    );
  }
  return { first: initial_layer, end: layers[at + k] ?? Infinity };
}

export class CoarseSeeder {
  readonly #params: CsParams;
  readonly #mipPt = new Float64Array(SITES);
  readonly #eta = new Float64Array(SITES);
  readonly #nTc = new Int32Array(SITES);
  readonly #touched = new Int32Array(SITES);
  /** 1 + cs_id by wafer, 0 for those that are not listed. */
  readonly #listed = new Int32Array(SITES);
  #nTouched = 0;

  constructor(params: CsParams) {
    this.#params = params;
  }

  /**
   * Replaces `seeds` by the coarse seeds of these trigger cells: wafers whose sum of mipPt in the chosen layers is
   * >= threshold[i], for a mean eta of their TCs in (eta_list[i], eta_list[i + 1]]; by eta range, then by (wu, wv). With
   * `nearby` each is replaced by itself and those of its neighbours that hold TCs in these layers, by (wu, wv); a wafer
   * is listed once. TCs of the other endcap and scintillator take no part.
   */
  findInto(seeds: CoarseSeeds, rows: TcRows): void {
    this.#sum(rows);
    const { threshold, nearby } = this.#params;
    const sites = this.#sites();
    seeds.n = 0;
    for (const [i, least] of threshold.entries()) {
      for (const site of sites) {
        if (!(this.#mipPt[site] >= least && this.#isInRange(site, i))) continue;
        const first = seeds.n;
        if (nearby) this.#addAround(seeds, site);
        else this.#add(seeds, site);
        const own = this.#listed[site] - 1;
        seeds.origin.fill(own, first, seeds.n);
        seeds.origin[own] = own;
      }
    }
  }

  /** The sums behind the coarse seeds that `findInto` found last. */
  sums(): WaferSums {
    const sites = this.#sites();
    const { threshold } = this.#params;
    return {
      n: sites.length,
      wu: sites.map(siteU),
      wv: sites.map(siteV),
      mipPt: Float64Array.from(sites, (site) => this.#mipPt[site]),
      eta: Float64Array.from(sites, (site) => this.#eta[site] / this.#nTc[site]),
      nTc: sites.map((site) => this.#nTc[site]),
      range: sites.map((site) => threshold.findIndex((_, i) => this.#isInRange(site, i))),
    };
  }

  #sites(): Int32Array {
    return this.#touched.subarray(0, this.#nTouched).toSorted();
  }

  #isInRange(site: number, i: number): boolean {
    const { eta_list } = this.#params;
    const eta = this.#eta[site] / this.#nTc[site];
    return eta > eta_list[i] && eta <= eta_list[i + 1];
  }

  #sum({ tc, first, end, zside, geometry, where }: TcRows): void {
    const { tc_layer, tc_wu, tc_wv, tc_eta, tc_mipPt, tc_zside } = tc;
    const mipPt = this.#mipPt;
    const eta = this.#eta;
    const nTc = this.#nTc;
    const touched = this.#touched;
    for (let k = 0; k < this.#nTouched; k++) {
      const site = touched[k];
      mipPt[site] = 0;
      eta[site] = 0;
      nTc[site] = 0;
      this.#listed[site] = 0;
    }
    this.#nTouched = 0;
    const { first: firstLayer, end: endLayer } = coarseLayers(this.#params, geometry);
    for (let t = first; t < end; t++) {
      const layer = tc_layer[t];
      if (layer < firstLayer || layer >= endLayer || tc_zside[t] !== zside || tc_wu[t] === SCINTILLATOR_WAFER) continue;
      const site = waferSite(tc_wu[t], tc_wv[t], where);
      if (nTc[site]++ === 0) touched[this.#nTouched++] = site;
      mipPt[site] += tc_mipPt[t];
      eta[site] += Math.abs(tc_eta[t]);
    }
  }

  #addAround(seeds: CoarseSeeds, wafer: number): void {
    for (const [du, dv] of AROUND) {
      const other = site(siteU(wafer) + du, siteV(wafer) + dv);
      if (other >= 0 && this.#nTc[other] > 0) this.#add(seeds, other);
    }
  }

  #add(seeds: CoarseSeeds, site: number): void {
    if (this.#listed[site] > 0) return;
    const k = seeds.n++;
    this.#listed[site] = seeds.n;
    seeds.wu[k] = siteU(site);
    seeds.wv[k] = siteV(site);
    seeds.mipPt[k] = this.#mipPt[site];
    seeds.eta[k] = this.#eta[site] / this.#nTc[site];
  }
}

/** The coarse seeds of `tc`: by default of all its rows, in the positive endcap. See `CoarseSeeder.findInto`. */
export function coarseSeeds(tc: UvColumns, params: CsParams, rows: Partial<Omit<TcRows, "tc">> = {}): CoarseSeeds {
  const seeds = createCoarseSeeds();
  new CoarseSeeder(params).findInto(seeds, tcRowsOf(tc, rows));
  return seeds;
}

/**
 * Marks the cylinder behind the coarse seeds with 1, everything else with 0: TCs in CE-E whose wafer u occurs among the
 * coarse seeds, and whose wafer v does, not necessarily of the same one. `mask` counts rows from `first`.
 */
export function cylinderInto(mask: Uint8Array, seeds: CoarseSeeds, { tc, first, end, geometry }: TcRows): void {
  const { tc_layer, tc_wu, tc_wv } = tc;
  const ceeLayers = ceeLayersOf(geometry);
  const hasU = new Set(seeds.wu.subarray(0, seeds.n));
  const hasV = new Set(seeds.wv.subarray(0, seeds.n));
  for (let t = first; t < end; t++) {
    mask[t - first] = tc_layer[t] <= ceeLayers && hasU.has(tc_wu[t]) && hasV.has(tc_wv[t]) ? 1 : 0;
  }
}
