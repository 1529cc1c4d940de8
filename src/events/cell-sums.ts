import { type Random } from "../core/index.js";
import { type Geometry, tcOfCell } from "../detector/index.js";
import { READOUT } from "./shower-constants.js";
import { type TcRows } from "./tc-rows.js";

/**
 * Signals in the cells of one endcap. Only cells that were hit are visited and cleared, so an empty detector costs
 * nothing. A signal of 1 is one MIP over the thickness correction of the cell.
 */
export class CellSums {
  readonly #geometry: Geometry;
  readonly #signal: Float32Array;
  readonly #hitCells: Int32Array;
  #hits = 0;
  readonly #mipsOfTc: Float32Array;
  readonly #hitTcs: Int32Array;
  readonly #noise: Float64Array;
  /** MIPs per signal by layer number and thickness: the thickness correction. */
  readonly #mipsPerSignal: Float64Array;

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
    this.#signal = new Float32Array(geometry.cells);
    this.#hitCells = new Int32Array(geometry.cells);
    this.#mipsOfTc = new Float32Array(geometry.triggerCells.rows);
    this.#hitTcs = new Int32Array(geometry.triggerCells.rows);
    this.#noise = Float64Array.from([...geometry.table.cellNoise, READOUT.scintillatorNoise]);
    this.#mipsPerSignal = thicknessCorrections(geometry);
  }

  /** Adds a signal > 0 to a cell of `cellAt`; -1 is ignored. */
  add(cell: number, signal: number): void {
    if (cell < 0) return;
    if (this.#signal[cell] === 0) this.#hitCells[this.#hits++] = cell;
    this.#signal[cell] += signal;
  }

  /**
   * Reads out the endcap and empties it: Gaussian noise on every cell that was hit, cells below 3 sigma of it are
   * dropped, the rest is summed by trigger cell (TC). TCs below `minMipPt` are not written. Cells without a signal
   * have no noise: on its own it stays below 0.2 mipPt.
   */
  readOut(random: Random, zside: number, minMipPt: number, rows: TcRows): void {
    const geometry = this.#geometry;
    const { thickness, layer } = geometry.triggerCells;
    let tcs = 0;
    for (let i = 0; i < this.#hits; i++) {
      const cell = this.#hitCells[i];
      const signal = this.#signal[cell];
      this.#signal[cell] = 0;
      const tc = tcOfCell(geometry, cell);
      if (tc < 0) continue;
      const type = thickness[tc];
      const sigma = this.#noise[type];
      const mips = signal * this.#mipsPerSignal[4 * layer[tc] + type] + sigma * random.normal();
      if (mips < READOUT.zeroSuppression * sigma) continue;
      if (this.#mipsOfTc[tc] === 0) this.#hitTcs[tcs++] = tc;
      this.#mipsOfTc[tc] += mips;
    }
    this.#hits = 0;
    for (let i = 0; i < tcs; i++) {
      const tc = this.#hitTcs[i];
      rows.push(tc, zside, this.#mipsOfTc[tc], minMipPt);
      this.#mipsOfTc[tc] = 0;
    }
  }
}

/** The thickness correction of [4 * layer + thickness], layers from 1. */
export function thicknessCorrections(geometry: Geometry): Float64Array {
  const { ceeLayers, thicknessCorrection, z } = geometry.table;
  const out = new Float64Array(4 * (z.length + 1));
  for (let layer = 1; layer <= z.length; layer++) {
    const section = layer <= ceeLayers ? 0 : 3;
    for (let type = 0; type < 3; type++) out[4 * layer + type] = thicknessCorrection[section + type];
    out[4 * layer + 3] = thicknessCorrection[6];
  }
  return out;
}
