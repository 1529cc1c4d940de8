import { recordOf } from "../core/index.js";
import { type Geometry, gevPerMip, negativeEndcap } from "../detector/index.js";
import { NTUPLE_GROUPS, type NtupleTruth } from "./ntuple.js";

type TcColumns = { [K in keyof typeof NTUPLE_GROUPS.tc]: Float32Array | Int32Array | Uint32Array };

interface Tables {
  /** 1 / cosh(eta) by trigger cell (TC). */
  readonly transverse: Float32Array;
  /** phi by TC in the negative endcap. */
  readonly negativePhi: Float64Array;
  /** GeV per mipPt by 4 * layer + thickness. */
  readonly gevPerMip: Float64Array;
}

const built = new WeakMap<Geometry, Tables>();

function tablesOf(geometry: Geometry): Tables {
  let found = built.get(geometry);
  if (found === undefined) {
    const scale = new Float64Array(4 * (geometry.layers.length + 1));
    for (const { layer } of geometry.layers) {
      for (let type = 0; type < 4; type++) scale[4 * layer + type] = gevPerMip(geometry, layer, type);
    }
    found = {
      transverse: Float32Array.from(geometry.triggerCells.eta, (eta) => 1 / Math.cosh(eta)),
      negativePhi: negativeEndcap(geometry.triggerCells).phi,
      gevPerMip: scale,
    };
    built.set(geometry, found);
  }
  return found;
}

/** The TCs of simulated events. Only which TC and its mipPt are kept until the columns are made. */
export class TcRows {
  rows = 0;
  /** TC in the positive endcap, -1 - TC in the negative one. */
  #tc = new Int32Array(4096);
  #mipPt = new Float32Array(4096);
  #share = new Float32Array(4096);
  #particle = new Int32Array(4096);
  readonly #geometry: Geometry;
  readonly #tables: Tables;

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
    this.#tables = tablesOf(geometry);
  }

  /**
   * Adds a TC unless it is below `minMipPt`: mipPt = MIPs / cosh(eta). `share` of its energy is of generated particles,
   * most of that of `particle` (-1: none).
   */
  push(tc: number, zside: number, mips: number, minMipPt: number, share: number, particle: number): void {
    const mipPt = mips * this.#tables.transverse[tc];
    if (mipPt < minMipPt) return;
    if (this.rows === this.#tc.length) {
      const rows = 2 * this.rows;
      this.#tc = grown(this.#tc, new Int32Array(rows));
      this.#mipPt = grown(this.#mipPt, new Float32Array(rows));
      this.#share = grown(this.#share, new Float32Array(rows));
      this.#particle = grown(this.#particle, new Int32Array(rows));
    }
    this.#share[this.rows] = share;
    this.#particle[this.rows] = particle;
    this.#tc[this.rows] = zside > 0 ? tc : -1 - tc;
    this.#mipPt[this.rows++] = mipPt;
  }

  /**
   * All rows as columns of the ntuple; pt [GeV] = mipPt * dE/dx of the trigger's layer / thickness correction (CMSSW
   * HGCalTriggerCellCalibration).
   */
  finish(): TcColumns {
    const { triggerCells: tcs } = this.#geometry;
    const { transverse, negativePhi, gevPerMip: scale } = this.#tables;
    const columns = allocate(this.rows);
    for (let row = 0; row < this.rows; row++) {
      const zside = this.#tc[row] < 0 ? -1 : 1;
      const tc = zside > 0 ? this.#tc[row] : -1 - this.#tc[row];
      const layer = tcs.layer[tc];
      const pt = this.#mipPt[row] * scale[4 * layer + tcs.thickness[tc]];
      columns.tc_pt[row] = pt;
      columns.tc_mipPt[row] = this.#mipPt[row];
      columns.tc_energy[row] = pt / transverse[tc];
      columns.tc_phi[row] = zside > 0 ? tcs.phi[tc] : negativePhi[tc];
      columns.tc_eta[row] = zside * tcs.eta[tc];
      columns.tc_x[row] = zside * tcs.x[tc];
      columns.tc_y[row] = tcs.y[tc];
      columns.tc_z[row] = zside * tcs.z[tc];
      columns.tc_zside[row] = zside;
      columns.tc_layer[row] = layer;
      columns.tc_subdet[row] = tcs.subdet[tc];
      columns.tc_waferu[row] = tcs.wu[tc];
      columns.tc_waferv[row] = tcs.wv[tc];
      columns.tc_cellu[row] = tcs.cu[tc];
      columns.tc_cellv[row] = tcs.cv[tc];
    }
    return columns;
  }

  /** What generated particles have of all rows. */
  truth(): NtupleTruth {
    return { tc_signal: this.#share.slice(0, this.rows), tc_particle: this.#particle.slice(0, this.rows) };
  }
}

function grown<T extends Int32Array | Float32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function allocate(rows: number): TcColumns {
  const arrays = { float: Float32Array, int: Int32Array, "unsigned int": Uint32Array };
  const types = NTUPLE_GROUPS.tc;
  const names = Object.keys(types) as (keyof typeof types)[];
  return recordOf(names, (name) => new arrays[types[name]](rows)) as TcColumns;
}
