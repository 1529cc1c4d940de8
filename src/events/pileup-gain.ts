import { type Geometry } from "../detector/index.js";
import { type PileUpTable, RADIAL_GAIN } from "./pileup-constants.js";

/** Squared radii [cm^2] are looked up in steps: 2 cm near the beam, less farther out. */
const STEP = 128;
const STEPS = 600;

/** Factors of pile-up's signals by layer number and place. */
export class PileUpGain {
  readonly #table: Float32Array;

  constructor(geometry: Geometry, { layerGain, tileGain, radialGain }: PileUpTable) {
    this.#table = new Float32Array((geometry.layers.length + 1) * STEPS).fill(1);
    const { ceeLayers } = geometry.table;
    for (const { layer } of geometry.layers) {
      const radial =
        layer > ceeLayers ? radialGain.ceh : layer <= RADIAL_GAIN.lastFront ? radialGain.front : radialGain.back;
      for (let i = 0; i < STEPS; i++) {
        const r2 = (i + 0.5) * STEP;
        this.#table[layer * STEPS + i] =
          r2 < geometry.boundary2[layer]
            ? (layerGain[layer - 1] ?? 1) * interpolate(radial, Math.sqrt(r2))
            : (tileGain[layer - 1] ?? 1);
      }
    }
  }

  at(layer: number, r2: number): number {
    return this.#table[layer * STEPS + Math.min(STEPS - 1, (r2 / STEP) | 0)];
  }
}

/** Between the nodes of RADIAL_GAIN, as at the first and last of them beyond. */
function interpolate(values: readonly number[], r: number): number {
  const at = Math.min(values.length - 1, Math.max(0, (r - RADIAL_GAIN.first) / RADIAL_GAIN.step));
  const i = Math.min(values.length - 2, Math.floor(at));
  return values[i] + (at - i) * (values[i + 1] - values[i]);
}
