import { type Random } from "../core/index.js";
import { cellAt, cellNoise, type Geometry, TCS_PER_WAFER, thicknessCorrection } from "../detector/index.js";
import { READOUT } from "./shower-constants.js";
import { type SignalSink } from "./shower-spots.js";
import { type TcRows } from "./tc-rows.js";

/** Cells of a high-density wafer. */
const BLOCK = 432;
const TILES_PER_TC = 4;
const TILES_PER_BLOCK = TILES_PER_TC * TCS_PER_WAFER;

/**
 * Signals in the cells of one endcap. Wafers get a block of memory when they are first hit, so that an event touches
 * little memory; scintillator tiles count as wafers of 48 trigger cells (TCs). A signal of 1 is one MIP over the
 * thickness correction of the cell.
 */
export class CellSums implements SignalSink {
  readonly #geometry: Geometry;
  #signal = new Float32Array(64 * BLOCK);
  /** First cell of each wafer's block in #signal, -1 without one. */
  readonly #start: Int32Array;
  readonly #hitWafers: Int32Array;
  #hits = 0;
  readonly #noise: Float64Array;
  /** MIPs per signal by 4 * layer + thickness: the thickness correction. */
  readonly #mipsPerSignal: Float64Array;

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
    const tiles = geometry.cells - geometry.firstTile;
    const wafers = geometry.wafers.rows + Math.ceil(tiles / TILES_PER_BLOCK);
    this.#start = new Int32Array(wafers).fill(-1);
    this.#hitWafers = new Int32Array(wafers);
    this.#noise = Float64Array.from([0, 1, 2, 3], (type) =>
      type === 3 ? READOUT.scintillatorNoise : cellNoise(geometry, type),
    );
    this.#mipsPerSignal = new Float64Array(4 * (geometry.layers.length + 1));
    for (const { layer } of geometry.layers) {
      for (let type = 0; type < 4; type++) {
        this.#mipsPerSignal[4 * layer + type] = thicknessCorrection(geometry, layer, type);
      }
    }
  }

  /** Adds a signal to the cell at a point of a layer; beside the sensors it is lost. */
  deposit(layer: number, x: number, y: number, signal: number): void {
    const cell = cellAt(this.#geometry, layer, x, y);
    if (cell < 0) return;
    const { firstTile, waferOfBlock, wafers } = this.#geometry;
    let wafer: number;
    let first: number;
    if (cell < firstTile) {
      wafer = waferOfBlock[(cell / 48) | 0];
      first = wafers.firstCell[wafer];
    } else {
      const group = ((cell - firstTile) / TILES_PER_BLOCK) | 0;
      wafer = wafers.rows + group;
      first = firstTile + group * TILES_PER_BLOCK;
    }
    const start = this.#start[wafer];
    const at = (start >= 0 ? start : this.#addBlock(wafer)) + cell - first;
    this.#signal[at] += signal;
  }

  #addBlock(wafer: number): number {
    const start = this.#hits * BLOCK;
    if (start === this.#signal.length) {
      const larger = new Float32Array(2 * start);
      larger.set(this.#signal);
      this.#signal = larger;
    }
    this.#start[wafer] = start;
    this.#hitWafers[this.#hits++] = wafer;
    return start;
  }

  /**
   * Reads out the endcap and empties it: Gaussian noise on every cell that was hit, cells below 3 sigma of it are
   * dropped, the rest is summed by TC. TCs below `minMipPt` are not written. Cells without a signal have no noise: on
   * its own it stays below 0.2 mipPt.
   */
  readOut(random: Random, zside: number, minMipPt: number, rows: TcRows): void {
    const { wafers, sensors, ofSlot, siliconRows, triggerCells } = this.#geometry;
    for (let hit = 0; hit < this.#hits; hit++) {
      const wafer = this.#hitWafers[hit];
      const isSilicon = wafer < wafers.rows;
      const type = isSilicon ? wafers.thickness[wafer] : 3;
      const cellsPerTc = isSilicon ? sensors[type].cellsPerTc : TILES_PER_TC;
      const sigma = this.#noise[type];
      const cut = READOUT.zeroSuppression * sigma;
      let cell = hit * BLOCK;
      for (let slot = 0; slot < TCS_PER_WAFER; slot++) {
        const end = cell + cellsPerTc;
        let sum = 0;
        let tc = -1;
        let mipsPerSignal = 0;
        for (; cell < end; cell++) {
          const signal = this.#signal[cell];
          if (signal === 0) continue;
          this.#signal[cell] = 0;
          if (tc < 0) {
            const at = wafer * TCS_PER_WAFER + slot;
            tc = isSilicon ? ofSlot[at] : siliconRows + at - wafers.rows * TCS_PER_WAFER;
            if (tc < 0) continue;
            mipsPerSignal = this.#mipsPerSignal[4 * triggerCells.layer[tc] + type];
          }
          const mips = signal * mipsPerSignal + sigma * random.normal();
          if (mips >= cut) sum += mips;
        }
        if (sum > 0) rows.push(tc, zside, sum, minMipPt);
      }
      this.#start[wafer] = -1;
    }
    this.#hits = 0;
  }
}
