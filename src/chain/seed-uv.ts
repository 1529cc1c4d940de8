/** Seeds of the coarse-seeding chain: local maxima of the energy in trigger cells, summed over layers, in (u, v). */
import { InputError } from "../core/index.js";
import { SCINTILLATOR_WAFER, LATTICE_REACH, SITES, siteU, siteV } from "../detector/index.js";
import { coarseLayers, type CoarseSeeds, type UvColumns, waferSite, type TcRows, tcRowsOf } from "./coarse.js";
import { type ChainParams } from "./params.js";
import { addSeed, createSeeds, type Seeds } from "./seed.js";

/** Trigger cells a side of a wafer, and in its box of (cu, cv). */
const CELL_SIDE = 8;
const CELL_BOX = CELL_SIDE * CELL_SIDE;

/**
 * Coordinates of a trigger cell that run on from wafer to wafer: U = cu - 4 wu + 8 wv, V = cv - 8 wu + 4 wv. No two cells
 * of a sensor's 48 share them.
 */
export function universalU(wu: number, wv: number, cu: number): number {
  return cu - 4 * wu + 8 * wv;
}
export function universalV(wu: number, wv: number, cv: number): number {
  return cv - 8 * wu + 4 * wv;
}

/** Steps from cell to cell in a hexagonal lattice with axes at 60 degrees. */
export function hexDistance(du: number, dv: number): number {
  return (Math.abs(du) + Math.abs(dv) + Math.abs(du - dv)) / 2;
}

/** The map of (U, V) that seeds are maxima of, one row a cell, in order of its first TC. */
export interface UvCells {
  readonly n: number;
  readonly u: Int32Array;
  readonly v: Int32Array;
  readonly wu: Int32Array;
  readonly wv: Int32Array;
  readonly cu: Int32Array;
  readonly cv: Int32Array;
  /** Position of its wafer among the coarse seeds, 0 without them. */
  readonly csId: Int32Array;
  /** [MIP_T] sum over the layers. */
  readonly mipPt: Float64Array;
  /** 0 where a cell of another wafer stands for both. */
  readonly onMap: Uint8Array;
}

/** Sums over layers of the cells of one entry, the first `n` values of each column, in order of their first TC. */
interface CellSums {
  n: number;
  /** Place in the table of cells by wafer, and on the map of (U, V). */
  box: Int32Array;
  at: Int32Array;
  csId: Int32Array;
  /** [MIP_T] */
  mipPt: Float64Array;
  /** [MIP_T] sums of mipPt x/|z|, mipPt y/|z|. */
  sumX: Float64Array;
  sumY: Float64Array;
}

function createCells(capacity: number): CellSums {
  return {
    n: 0,
    box: new Int32Array(capacity),
    at: new Int32Array(capacity),
    csId: new Int32Array(capacity),
    mipPt: new Float64Array(capacity),
    sumX: new Float64Array(capacity),
    sumY: new Float64Array(capacity),
  };
}

export class UvSeeder {
  readonly #params: ChainParams["cs"];
  readonly #histoThreshold: number;
  /** The map holds U and V from -margin to margin - 1, a window more than any wafer reaches. */
  readonly #margin: number;
  readonly #side: number;
  /** Steps on the map to the other cells of the window. */
  readonly #window: Int32Array;
  /** 1 + the cell that is found there, 0 for none. */
  readonly #ofBox = new Int32Array(SITES * CELL_BOX);
  readonly #map: Int32Array;
  /** 1 + cs_id by wafer, 0 for none, and the wafers that have one. */
  readonly #csOfSite = new Int32Array(SITES);
  #sites: number[] = [];
  #cells = createCells(1024);
  #found = new Float64Array(64);

  constructor(params: ChainParams) {
    this.#params = params.cs;
    this.#histoThreshold = params.seed_cs.histoThreshold;
    const reach = params.seed.window;
    this.#margin = 12 * LATTICE_REACH + CELL_SIDE + reach;
    this.#side = 2 * this.#margin;
    this.#map = new Int32Array(this.#side * this.#side);
    const window: number[] = [];
    for (let du = -reach; du <= reach; du++) {
      for (let dv = -reach; dv <= reach; dv++) {
        if (!params.seed_cs.hexDist || hexDistance(du, dv) <= reach) window.push(du * this.#side + dv);
      }
    }
    this.#window = Int32Array.from(window);
  }

  /**
   * Replaces `seeds` by those of these trigger cells. Cells take the TCs of the wafers in `coarse`, in the layers
   * of the coarse seeds; with null all silicon TCs of all layers, as one region with cs_id 0. A cell is a seed when its
   * sum of mipPt is > histoThreshold and >= that of every cell in the window, 0 where there is none; equal neighbours
   * are both seeds. Should two cells of different wafers share (U, V), the one of larger (cu, cv) stands for both.
   * TCs of the other endcap and scintillator take no part. Throws an InputError for cells that no wafer has.
   */
  seedInto(seeds: Seeds, coarse: CoarseSeeds | null, rows: TcRows): void {
    this.#select(coarse, rows.where);
    this.#sum(coarse !== null, rows);
    const { n, at, csId, mipPt, sumX, sumY } = this.#cells;
    const map = this.#map;
    const size = map.length;
    let nFound = 0;
    for (let c = 0; c < n; c++) {
      if (!(mipPt[c] > this.#histoThreshold) || map[at[c]] !== c + 1 || !this.#isMaximum(c)) continue;
      if (nFound === this.#found.length) {
        const grown = new Float64Array(2 * nFound);
        grown.set(this.#found);
        this.#found = grown;
      }
      this.#found[nFound++] = csId[c] * size + at[c];
    }
    // By coarse seed, then U, then V: the order of these numbers.
    const found = this.#found.subarray(0, nFound).toSorted();
    seeds.n = 0;
    for (const key of found) {
      const c = map[key % size] - 1;
      const k = addSeed(seeds);
      seeds.energy[k] = mipPt[c];
      seeds.x[k] = sumX[c] / mipPt[c];
      seeds.y[k] = sumY[c] / mipPt[c];
      seeds.csId[k] = csId[c];
      seeds.u[k] = Math.floor(at[c] / this.#side) - this.#margin;
      seeds.v[k] = (at[c] % this.#side) - this.#margin;
    }
  }

  /** The map behind the seeds that `seedInto` found last. */
  cells(): UvCells {
    const { n, box, at, csId, mipPt } = this.#cells;
    const boxes = box.subarray(0, n);
    const places = at.subarray(0, n);
    return {
      n,
      u: places.map((place) => Math.floor(place / this.#side) - this.#margin),
      v: places.map((place) => (place % this.#side) - this.#margin),
      wu: boxes.map((b) => siteU(Math.floor(b / CELL_BOX))),
      wv: boxes.map((b) => siteV(Math.floor(b / CELL_BOX))),
      cu: boxes.map((b) => Math.floor((b % CELL_BOX) / CELL_SIDE)),
      cv: boxes.map((b) => b % CELL_SIDE),
      csId: csId.slice(0, n),
      mipPt: mipPt.slice(0, n),
      onMap: Uint8Array.from(places, (place, c) => (this.#map[place] === c + 1 ? 1 : 0)),
    };
  }

  #isMaximum(c: number): boolean {
    const { at, mipPt } = this.#cells;
    const map = this.#map;
    for (const step of this.#window) {
      const other = map[at[c] + step];
      if (other > 0 && mipPt[other - 1] > mipPt[c]) return false;
    }
    return true;
  }

  #select(coarse: CoarseSeeds | null, where: string): void {
    for (const site of this.#sites) this.#csOfSite[site] = 0;
    this.#sites = [];
    if (coarse === null) return;
    for (let k = 0; k < coarse.n; k++) {
      const site = waferSite(coarse.wu[k], coarse.wv[k], where);
      this.#csOfSite[site] = k + 1;
      this.#sites.push(site);
    }
  }

  #sum(selected: boolean, { tc, first, end, zside, geometry, where }: TcRows): void {
    const layers = selected ? coarseLayers(this.#params, geometry) : { first: -Infinity, end: Infinity };
    const { tc_layer, tc_wu, tc_wv, tc_cu, tc_cv, tc_x, tc_y, tc_z, tc_mipPt, tc_zside } = tc;
    const { first: firstLayer, end: endLayer } = layers;
    const csOfSite = this.#csOfSite;
    const ofBox = this.#ofBox;
    const map = this.#map;
    for (let c = 0; c < this.#cells.n; c++) {
      ofBox[this.#cells.box[c]] = 0;
      map[this.#cells.at[c]] = 0;
    }
    this.#cells.n = 0;
    for (let t = first; t < end; t++) {
      const layer = tc_layer[t];
      if (layer < firstLayer || layer >= endLayer || tc_zside[t] !== zside) continue;
      const wu = tc_wu[t];
      const wv = tc_wv[t];
      if (wu === SCINTILLATOR_WAFER) continue;
      const site = waferSite(wu, wv, where);
      if (selected && csOfSite[site] === 0) continue;
      const cu = tc_cu[t];
      const cv = tc_cv[t];
      if (!(cu >= 0 && cu < CELL_SIDE && cv >= 0 && cv < CELL_SIDE)) {
        throw new InputError(
          `${where}: trigger cell (${cu}, ${cv}) in wafer (${wu}, ${wv}), expected coordinates from 0 to ${CELL_SIDE - 1}`,
        );
      }
      const box = site * CELL_BOX + cu * CELL_SIDE + cv;
      let c = ofBox[box] - 1;
      if (c < 0) {
        const at = (universalU(wu, wv, cu) + this.#margin) * this.#side + universalV(wu, wv, cv) + this.#margin;
        c = this.#addCell(box, at, selected ? csOfSite[site] - 1 : 0);
      }
      const { mipPt, sumX, sumY } = this.#cells;
      const m = tc_mipPt[t];
      const z = Math.abs(tc_z[t]);
      mipPt[c] += m;
      sumX[c] += (m * tc_x[t]) / z;
      sumY[c] += (m * tc_y[t]) / z;
    }
  }

  #addCell(box: number, at: number, csId: number): number {
    let cells = this.#cells;
    const c = cells.n;
    if (c === cells.box.length) {
      this.#cells = createCells(2 * c);
      for (const name of ["box", "at", "csId", "mipPt", "sumX", "sumY"] as const) this.#cells[name].set(cells[name]);
      cells = this.#cells;
    }
    cells.n = c + 1;
    cells.box[c] = box;
    cells.at[c] = at;
    cells.csId[c] = csId;
    cells.mipPt[c] = 0;
    cells.sumX[c] = 0;
    cells.sumY[c] = 0;
    this.#ofBox[box] = c + 1;
    const other = this.#map[at] - 1;
    if (other < 0 || cells.box[other] % CELL_BOX < box % CELL_BOX) this.#map[at] = c + 1;
    return c;
  }
}

/** The seeds of rows [first, end) of `tc` (default: all) in (u, v). See `UvSeeder.seedInto`. */
export function seedUv(
  tc: UvColumns,
  coarse: CoarseSeeds | null,
  params: ChainParams,
  rows: Partial<Omit<TcRows, "tc">> = {},
): Seeds {
  const seeds = createSeeds();
  new UvSeeder(params).seedInto(seeds, coarse, tcRowsOf(tc, rows));
  return seeds;
}
