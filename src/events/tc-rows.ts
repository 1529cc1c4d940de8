import { type Geometry, gevPerMip, negativeEndcap, type TriggerCells } from "../detector/index.js";

const REALS = ["tc_pt", "tc_mipPt", "tc_energy", "tc_eta", "tc_phi", "tc_x", "tc_y", "tc_z"] as const;
const INTEGERS = ["tc_subdet", "tc_zside", "tc_layer", "tc_waferu", "tc_waferv", "tc_cellu", "tc_cellv"] as const;

/** Trigger cells (TCs) by CMSSW's branch names. Reals are exact float32 values. */
export type TcColumns = Record<(typeof REALS)[number], Float64Array> & Record<(typeof INTEGERS)[number], Int32Array>;

/** What the readout needs to know of the TCs of a geometry. */
interface Calibration {
  readonly positive: TriggerCells;
  readonly negative: TriggerCells;
  /** 1 / cosh(eta) by TC. */
  readonly transverse: Float64Array;
  /** GeV per MIP by 4 * layer + thickness. */
  readonly gevPerMip: Float64Array;
}

const calibrations = new WeakMap<Geometry, Calibration>();

function calibrationOf(geometry: Geometry): Calibration {
  let found = calibrations.get(geometry);
  if (found === undefined) {
    const scale = new Float64Array(4 * (geometry.layers.length + 1));
    for (const { layer } of geometry.layers) {
      for (let type = 0; type < 4; type++) scale[4 * layer + type] = gevPerMip(geometry, layer, type);
    }
    found = {
      positive: geometry.triggerCells,
      negative: negativeEndcap(geometry.triggerCells),
      transverse: geometry.triggerCells.eta.map((eta) => 1 / Math.cosh(eta)),
      gevPerMip: scale,
    };
    calibrations.set(geometry, found);
  }
  return found;
}

/** The TCs of simulated events: columns that grow. */
export class TcRows {
  rows = 0;
  #columns: TcColumns = allocate(4096);
  readonly #calibration: Calibration;

  constructor(geometry: Geometry) {
    this.#calibration = calibrationOf(geometry);
  }

  /**
   * Writes a TC unless it is below `minMipPt`: mipPt = MIPs / cosh(eta), pt [GeV] = mipPt * dE/dx of the trigger's
   * layer / thickness correction (CMSSW HGCalTriggerCellCalibration).
   */
  push(tc: number, zside: number, mips: number, minMipPt: number): void {
    const { positive, negative, transverse, gevPerMip: scale } = this.#calibration;
    const mipPt = mips * transverse[tc];
    if (mipPt < minMipPt) return;
    if (this.rows === this.#columns.tc_pt.length) this.#columns = copyInto(this.#columns, allocate(2 * this.rows));
    const to = this.#columns;
    const from = zside > 0 ? positive : negative;
    const row = this.rows++;
    const pt = mipPt * scale[4 * from.layer[tc] + from.thickness[tc]];
    to.tc_pt[row] = Math.fround(pt);
    to.tc_mipPt[row] = Math.fround(mipPt);
    to.tc_energy[row] = Math.fround(pt / transverse[tc]);
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
