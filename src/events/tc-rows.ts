import { type Geometry, gevPerMip, negativeEndcap, type TriggerCells } from "../detector/index.js";
import { NTUPLE_GROUPS } from "./ntuple.js";

type TcColumns = { [K in keyof typeof NTUPLE_GROUPS.tc]: Float32Array | Int32Array | Uint32Array };
/**
 * By TC: x, y, eta, phi, phi in the negative endcap, 1 / cosh(eta). Next to each other in memory, because pile-up visits
 * TCs all over an endcap.
 */
const WIDTH = 6;

interface Calibration {
  readonly records: Float32Array;
  /** GeV per mipPt by 4 * layer + thickness. */
  readonly gevPerMip: Float64Array;
}

const built = new WeakMap<Geometry, Calibration>();

function calibrationOf(geometry: Geometry): Calibration {
  let found = built.get(geometry);
  if (found === undefined) {
    const tcs = geometry.triggerCells;
    const records = new Float32Array(WIDTH * tcs.rows);
    const { phi } = negativeEndcap(tcs);
    for (let tc = 0; tc < tcs.rows; tc++) {
      const eta = tcs.eta[tc];
      records.set([tcs.x[tc], tcs.y[tc], eta, tcs.phi[tc], phi[tc], 1 / Math.cosh(eta)], WIDTH * tc);
    }
    const scale = new Float64Array(4 * (geometry.layers.length + 1));
    for (const { layer } of geometry.layers) {
      for (let type = 0; type < 4; type++) scale[4 * layer + type] = gevPerMip(geometry, layer, type);
    }
    found = { records, gevPerMip: scale };
    built.set(geometry, found);
  }
  return found;
}

/** The TCs of simulated events: columns in blocks, so that growing copies nothing. */
export class TcRows {
  rows = 0;
  readonly #blocks = [allocate(4096)];
  #columns = this.#blocks[0];
  /** Row of the current block. */
  #row = 0;
  readonly #tcs: TriggerCells;
  readonly #calibration: Calibration;

  constructor(geometry: Geometry) {
    this.#tcs = geometry.triggerCells;
    this.#calibration = calibrationOf(geometry);
  }

  /**
   * Writes a TC unless it is below `minMipPt`: mipPt = MIPs / cosh(eta), pt [GeV] = mipPt * dE/dx of the trigger's
   * layer / thickness correction (CMSSW HGCalTriggerCellCalibration).
   */
  push(tc: number, zside: number, mips: number, minMipPt: number): void {
    const { records, gevPerMip: scale } = this.#calibration;
    const from = WIDTH * tc;
    const transverse = records[from + 5];
    const mipPt = mips * transverse;
    if (mipPt < minMipPt) return;
    if (this.#row === this.#columns.tc_pt.length) this.#addBlock();
    const to = this.#columns;
    const row = this.#row++;
    this.rows++;
    const tcs = this.#tcs;
    const layer = tcs.layer[tc];
    const pt = mipPt * scale[4 * layer + tcs.thickness[tc]];
    to.tc_pt[row] = pt;
    to.tc_mipPt[row] = mipPt;
    to.tc_energy[row] = pt / transverse;
    to.tc_eta[row] = zside * records[from + 2];
    to.tc_phi[row] = records[from + (zside > 0 ? 3 : 4)];
    to.tc_x[row] = zside * records[from];
    to.tc_y[row] = records[from + 1];
    to.tc_z[row] = zside * tcs.z[tc];
    to.tc_subdet[row] = tcs.subdet[tc];
    to.tc_zside[row] = zside;
    to.tc_layer[row] = layer;
    to.tc_waferu[row] = tcs.wu[tc];
    to.tc_waferv[row] = tcs.wv[tc];
    to.tc_cellu[row] = tcs.cu[tc];
    to.tc_cellv[row] = tcs.cv[tc];
  }

  #addBlock(): void {
    this.#columns = allocate(2 * this.#row);
    this.#blocks.push(this.#columns);
    this.#row = 0;
  }

  /** All rows as one set of columns. */
  finish(): TcColumns {
    const all = allocate(this.rows);
    let at = 0;
    for (const block of this.#blocks) {
      const rows = block === this.#columns ? this.#row : block.tc_pt.length;
      for (const name of Object.keys(NTUPLE_GROUPS.tc) as (keyof TcColumns)[]) {
        all[name].set(block[name].subarray(0, rows), at);
      }
      at += rows;
    }
    return all;
  }
}

function allocate(rows: number): TcColumns {
  const arrays = { float: Float32Array, int: Int32Array, "unsigned int": Uint32Array };
  const columns = Object.entries(NTUPLE_GROUPS.tc).map(([name, type]) => [name, new arrays[type](rows)] as const);
  return Object.fromEntries(columns) as TcColumns;
}
