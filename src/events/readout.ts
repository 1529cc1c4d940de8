import { logGamma, type Random } from "../core/index.js";
import { cellAt, cellNoise, type Geometry, TCS_PER_WAFER, thicknessCorrection, waferAt } from "../detector/index.js";
import { CellRaster } from "./cell-raster.js";
import { incompleteGamma } from "./incomplete-gamma.js";
import { READOUT } from "./shower-constants.js";
import { CellTruth } from "./cell-truth.js";
import { type SignalBuffer } from "./signal-buffer.js";
import { type TcRows } from "./tc-rows.js";

/** Scintillator tiles are treated as wafers of 48 trigger cells (TCs) of four tiles. */
const TILES_PER_WAFER = 4 * TCS_PER_WAFER;

/** TC slot of a cell of a high-density wafer, of nine cells each; elsewhere a TC has four. */
const HIGH_DENSITY_SLOT = Uint8Array.from({ length: 9 * TCS_PER_WAFER }, (_, cell) => Math.floor(cell / 9));

/** Normal numbers from equal slices of probability: cheaper than drawing one for each cell. */
const NORMALS = 4096;
let normals: Float64Array | undefined;

/** The endcap that is read, and the least that a TC must have [MIP_T]. */
export interface ReadoutCut {
  readonly zside: number;
  readonly minMipPt: number;
}

/**
 * Turns signals into trigger cells: sums them in sensor cells, adds Gaussian noise to every cell that was hit, drops
 * cells below 3 sigma of the noise and sums the rest by TC. A signal of 1 is one MIP over the thickness correction.
 * Cells without a signal have no noise: on its own it stays below 0.2 mipPt. Holds scratch memory for one layer.
 */
export class Readout {
  readonly #geometry: Geometry;
  /** By cell of the layer: those of its wafers, then its tiles. */
  readonly #signal: Float32Array;
  /** By TC of the layer: 48 of each wafer, then those of scintillator. */
  readonly #isTcHit: Uint8Array;
  readonly #isWaferHit: Uint8Array;
  readonly #hitWafers: Int32Array;
  #hits = 0;
  readonly #truth: CellTruth;
  readonly #rasters: readonly CellRaster[];
  /** By silicon cell: 1 in a partial wafer where the cell does not count. */
  readonly #isCutOff: Uint8Array;
  readonly #noise: Float64Array;
  /** MIPs per signal by 4 * layer + thickness: the thickness correction. */
  readonly #mipsPerSignal: Float64Array;
  /** Made when the first one is: not by every command that loads this file. */
  readonly #normal = (normals ??= normalQuantiles(NORMALS));

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
    let cells = 0;
    let wafers = 0;
    for (const { layer } of geometry.layers) {
      const part = layerPart(geometry, layer);
      cells = Math.max(cells, part.siliconCells + part.tiles);
      wafers = Math.max(wafers, part.wafers + Math.ceil(part.tiles / TILES_PER_WAFER));
    }
    this.#signal = new Float32Array(cells);
    this.#isTcHit = new Uint8Array(wafers * TCS_PER_WAFER);
    this.#isWaferHit = new Uint8Array(wafers);
    this.#hitWafers = new Int32Array(wafers);
    this.#truth = new CellTruth(cells, wafers * TCS_PER_WAFER);
    this.#rasters = [0, 1, 2].map((thickness) => new CellRaster(geometry, thickness));
    this.#isCutOff = cutOffCells(geometry);
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

  /**
   * Empties `buffer` and writes its TCs of at least `cut.minMipPt` to `rows`, layer by layer. Signals behind its k-th mark are
   * those of generated particle `firstParticle` + k: a TC's share of signal is what they have of each of its cells, noise
   * included, so that without pile-up it is 1.
   */
  read(buffer: SignalBuffer, random: Random, cut: ReadoutCut, rows: TcRows, firstParticle: number = 0): void {
    for (const { layer, trigger } of this.#geometry.layers) {
      const marks = buffer.marks(layer);
      const spots = buffer.take(layer);
      if (!trigger || spots.length === 0) continue;
      const [firstMark = spots.length] = marks;
      this.#fill(layer, spots, 0, firstMark, -1);
      for (const [k, mark] of marks.entries()) this.#fill(layer, spots, mark, marks[k + 1] ?? spots.length, k);
      this.#empty(layer, random, cut, rows, firstParticle);
    }
    buffer.clearMarks();
  }

  /** Sums the spots [start, end) of a layer in its cells; those of a generated particle (`particle` >= 0) also apart. */
  #fill(layer: number, spots: Float32Array, start: number, end: number, particle: number): void {
    const geometry = this.#geometry;
    const { wafers, boundary2 } = geometry;
    const { firstWafer, firstCell, firstTile, siliconCells, wafers: count } = layerPart(geometry, layer);
    const sums = this.#signal;
    const isTcHit = this.#isTcHit;
    const isWaferHit = this.#isWaferHit;
    const rasters = this.#rasters;
    const isCutOff = this.#isCutOff;
    for (let i = start; i < end; i += 3) {
      const x = spots[i];
      const y = spots[i + 1];
      let wafer: number; // of this layer
      let at: number; // of this layer
      let slot: number;
      if (x * x + y * y < boundary2[layer]) {
        const row = waferAt(geometry, layer, x, y);
        if (row < 0) continue;
        const type = wafers.thickness[row];
        const first = wafers.firstCell[row];
        const cell = rasters[type].cellAt(x - wafers.x[row], y - wafers.y[row]);
        if (cell < 0 || (wafers.whole[row] === 0 && isCutOff[first + cell] === 1)) continue;
        wafer = row - firstWafer;
        at = first - firstCell + cell;
        slot = type === 0 ? HIGH_DENSITY_SLOT[cell] : cell >> 2;
      } else {
        const tile = cellAt(geometry, layer, x, y) - firstTile;
        if (tile < 0) continue;
        const group = (tile / TILES_PER_WAFER) | 0;
        wafer = count + group;
        at = siliconCells + tile;
        slot = (tile >> 2) - group * TCS_PER_WAFER;
      }
      sums[at] += spots[i + 2];
      isTcHit[wafer * TCS_PER_WAFER + slot] = 1;
      if (particle >= 0) this.#truth.add(at, wafer * TCS_PER_WAFER + slot, particle, spots[i + 2]);
      if (isWaferHit[wafer] === 0) {
        isWaferHit[wafer] = 1;
        this.#hitWafers[this.#hits++] = wafer;
      }
    }
  }

  /** Reads and clears the cells of a layer. */
  #empty(layer: number, random: Random, { zside, minMipPt }: ReadoutCut, rows: TcRows, firstParticle: number): void {
    const geometry = this.#geometry;
    const { wafers, ofSlot, scintFirst } = geometry;
    const { waferSize } = geometry.table;
    const { z } = geometry.layers[layer - 1];
    const { firstWafer, firstCell, siliconCells, wafers: count } = layerPart(geometry, layer);
    const sums = this.#signal;
    const truth = this.#truth;
    const isTcHit = this.#isTcHit;
    const normal = this.#normal;
    for (let hit = 0; hit < this.#hits; hit++) {
      const wafer = this.#hitWafers[hit];
      const row = firstWafer + wafer;
      const isSilicon = wafer < count;
      const type = isSilicon ? wafers.thickness[row] : 3;
      const cellsPerTc = type === 0 ? 9 : 4;
      const first = isSilicon ? wafers.firstCell[row] - firstCell : siliconCells + (wafer - count) * TILES_PER_WAFER;
      const mipsPerSignal = this.#mipsPerSignal[4 * layer + type];
      const sigma = this.#noise[type];
      const cut = READOUT.zeroSuppression * sigma;
      // Most TCs of pile-up are below minMipPt: those that must be, as 1 / cosh(eta) < r / z, need no look at their place.
      const r = isSilicon ? Math.sqrt(wafers.x[row] ** 2 + wafers.y[row] ** 2) + waferSize : z;
      const leastMips = (minMipPt * z) / r;
      for (let slot = 0; slot < TCS_PER_WAFER; slot++) {
        if (isTcHit[wafer * TCS_PER_WAFER + slot] === 0) continue;
        isTcHit[wafer * TCS_PER_WAFER + slot] = 0;
        const start = first + slot * cellsPerTc;
        let sum = 0;
        let own = 0;
        for (let cell = start; cell < start + cellsPerTc; cell++) {
          const signal = sums[cell];
          if (signal === 0) continue;
          sums[cell] = 0;
          const share = truth.take(cell, signal);
          const mips = signal * mipsPerSignal + sigma * normal[(NORMALS * random.uniform()) | 0];
          if (mips < cut) continue;
          sum += mips;
          own += share * mips;
        }
        const particle = truth.takeParticle(wafer * TCS_PER_WAFER + slot);
        if (sum === 0 || sum < leastMips) continue;
        const tc = isSilicon
          ? ofSlot[row * TCS_PER_WAFER + slot]
          : scintFirst[layer] + (wafer - count) * TCS_PER_WAFER + slot;
        rows.push(tc, zside, sum, minMipPt, own / sum, own === 0 ? -1 : firstParticle + particle);
      }
      this.#isWaferHit[wafer] = 0;
    }
    this.#hits = 0;
  }
}

/** What belongs to a layer: its wafers, their cells and its tiles, as first index and number. */
function layerPart(geometry: Geometry, layer: number) {
  const { wafers, scintFirst, siliconRows } = geometry;
  const firstWafer = wafers.first[layer];
  const endWafer = wafers.first[layer + 1];
  return {
    firstWafer,
    wafers: endWafer - firstWafer,
    firstCell: wafers.firstCell[firstWafer],
    siliconCells: wafers.firstCell[endWafer] - wafers.firstCell[firstWafer],
    firstTile: geometry.firstTile + 4 * (scintFirst[layer] - siliconRows),
    tiles: 4 * (scintFirst[layer + 1] - scintFirst[layer]),
  };
}

/** By silicon cell: 1 where a partial wafer is cut off, that is where the cell's centre lies beyond the layer's silicon. */
function cutOffCells(geometry: Geometry): Uint8Array {
  const { wafers, sensors, layers } = geometry;
  const out = new Uint8Array(geometry.firstTile);
  for (let wafer = 0; wafer < wafers.rows; wafer++) {
    if (wafers.whole[wafer] === 1) continue;
    const { rin, rout } = layers[wafers.layer[wafer] - 1];
    const sensor = sensors[wafers.thickness[wafer]];
    for (let cell = 0; cell < sensor.cells; cell++) {
      const r2 = (wafers.x[wafer] + sensor.x[cell]) ** 2 + (wafers.y[wafer] + sensor.y[cell]) ** 2;
      if (r2 < rin * rin || r2 > rout * rout) out[wafers.firstCell[wafer] + cell] = 1;
    }
  }
  return out;
}

/** Quantiles of the normal distribution in the middle of `count` equal slices: Newton's method on its integral. */
function normalQuantiles(count: number): Float64Array {
  const logGammaHalf = logGamma(0.5);
  const out = new Float64Array(count);
  for (let i = count / 2, x = 0; i < count; i++) {
    const wanted = (i + 0.5) / count;
    for (let step = 0; step < 4; step++) {
      const below = 0.5 + 0.5 * incompleteGamma(0.5, 0.5 * x * x, logGammaHalf);
      x += (wanted - below) * Math.sqrt(2 * Math.PI) * Math.exp(0.5 * x * x);
    }
    out[i] = x;
    out[count - 1 - i] = -x;
  }
  return out;
}
