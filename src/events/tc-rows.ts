import { type Geometry, gevPerMip, negativeEndcap, type TriggerCells } from "../detector/index.js";
import { NTUPLE_GROUPS } from "./ntuple.js";

type TcColumns = { [K in keyof typeof NTUPLE_GROUPS.tc]: Float32Array | Int32Array | Uint32Array };
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
  #columns = allocate(4096);
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
    to.tc_pt[row] = pt;
    to.tc_mipPt[row] = mipPt;
    to.tc_energy[row] = pt / transverse[tc];
    to.tc_eta[row] = from.eta[tc];
    to.tc_phi[row] = from.phi[tc];
    to.tc_x[row] = from.x[tc];
    to.tc_y[row] = from.y[tc];
    to.tc_z[row] = from.z[tc];
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
  const arrays = { float: Float32Array, int: Int32Array, "unsigned int": Uint32Array };
  const columns = Object.entries(NTUPLE_GROUPS.tc).map(([name, type]) => [name, new arrays[type](rows)] as const);
  return Object.fromEntries(columns) as TcColumns;
}

function copyInto(from: TcColumns, to: TcColumns): TcColumns {
  for (const name of Object.keys(NTUPLE_GROUPS.tc) as (keyof TcColumns)[]) {
    to[name].set(from[name].subarray(0, to[name].length));
  }
  return to;
}
