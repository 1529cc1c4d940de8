import { type Geometry, negativeEndcap, type TriggerCells } from "../detector/index.js";
import { thicknessCorrections } from "./cell-sums.js";

const REALS = ["tc_pt", "tc_mipPt", "tc_energy", "tc_eta", "tc_phi", "tc_x", "tc_y", "tc_z"] as const;
const INTEGERS = ["tc_subdet", "tc_zside", "tc_layer", "tc_waferu", "tc_waferv", "tc_cellu", "tc_cellv"] as const;

/** Trigger cells (TCs) by CMSSW's branch names. Reals are exact float32 values. */
export type TcColumns = Record<(typeof REALS)[number], Float64Array> & Record<(typeof INTEGERS)[number], Int32Array>;

/** The TCs of simulated events: columns that grow. */
export class TcRows {
  rows = 0;
  #columns: TcColumns = allocate(4096);
  readonly #positive: TriggerCells;
  readonly #negative: TriggerCells;
  /** 1 / cosh(eta) by TC. */
  readonly #transverse: Float64Array;
  /** GeV per MIP by layer and thickness. */
  readonly #gevPerMip: Float64Array;

  constructor(geometry: Geometry) {
    this.#positive = geometry.triggerCells;
    this.#negative = negativeEndcap(geometry.triggerCells);
    this.#transverse = this.#positive.eta.map((eta) => 1 / Math.cosh(eta));
    this.#gevPerMip = thicknessCorrections(geometry);
    for (const { layer, dEdXTrigger } of geometry.layers) {
      for (let i = 4 * layer; i < 4 * layer + 4; i++) this.#gevPerMip[i] = (dEdXTrigger * 1e-3) / this.#gevPerMip[i];
    }
  }

  /**
   * Writes a TC unless it is below `minMipPt`: mipPt = MIPs / cosh(eta), pt [GeV] = mipPt * dE/dx of the trigger's
   * layer / thickness correction (CMSSW HGCalTriggerCellCalibration).
   */
  push(tc: number, zside: number, mips: number, minMipPt: number): void {
    const mipPt = mips * this.#transverse[tc];
    if (mipPt < minMipPt) return;
    if (this.rows === this.#columns.tc_pt.length) this.#columns = copyInto(this.#columns, allocate(2 * this.rows));
    const to = this.#columns;
    const from = zside > 0 ? this.#positive : this.#negative;
    const row = this.rows++;
    const pt = mipPt * this.#gevPerMip[4 * from.layer[tc] + from.thickness[tc]];
    to.tc_pt[row] = Math.fround(pt);
    to.tc_mipPt[row] = Math.fround(mipPt);
    to.tc_energy[row] = Math.fround(pt / this.#transverse[tc]);
    to.tc_eta[row] = Math.fround(from.eta[tc]);
    to.tc_phi[row] = Math.fround(from.phi[tc]);
    to.tc_x[row] = Math.fround(from.x[tc]);
    to.tc_y[row] = Math.fround(from.y[tc]);
    to.tc_z[row] = Math.fround(from.z[tc]);
    to.tc_subdet[row] = from.subdet[tc];
    to.tc_zside[row] = zside;
    to.tc_layer[row] = from.layer[tc];
    to.tc_waferu[row] = from.wu[tc];
    to.tc_waferv[row] = from.wv[tc];
    to.tc_cellu[row] = from.cu[tc];
    to.tc_cellv[row] = from.cv[tc];
  }

  /** The columns, as long as the rows that were written. */
  finish(): TcColumns {
    return copyInto(this.#columns, allocate(this.rows));
  }
}

function allocate(rows: number): TcColumns {
  const columns: Record<string, Float64Array | Int32Array> = {};
  for (const name of REALS) columns[name] = new Float64Array(rows);
  for (const name of INTEGERS) columns[name] = new Int32Array(rows);
  return columns as TcColumns;
}

function copyInto(from: TcColumns, to: TcColumns): TcColumns {
  for (const name of REALS) to[name].set(from[name].subarray(0, to[name].length));
  for (const name of INTEGERS) to[name].set(from[name].subarray(0, to[name].length));
  return to;
}
