import { type Random } from "../core/index.js";
import { type Geometry } from "../detector/index.js";
import { type CellSums } from "./cell-sums.js";
import { EM_RADIUS, SAMPLING } from "./shower-constants.js";
import { drawEmShape, drawLayerEnergies, emLayerShares, type EmShape } from "./shower-em.js";
import { showerLayers, type ShowerLayers } from "./shower-layers.js";
import { type Axis, Spots } from "./shower-spots.js";

/** Makes showers in the cells of one endcap. Holds scratch memory: one instance per thread. */
export class ShowerMaker {
  readonly layers: ShowerLayers;
  /** Measured energy by layer of the last shower [GeV]. */
  readonly energies: Float64Array;
  readonly #shape: EmShape = { start: 0, shape: 0, rate: 0, maximum: 0 };
  readonly #shares: Float64Array;
  readonly #counts: Int32Array;
  readonly #spots: Spots;

  constructor(geometry: Geometry) {
    this.layers = showerLayers(geometry);
    this.energies = new Float64Array(this.layers.count);
    this.#shares = new Float64Array(this.layers.count);
    this.#counts = new Int32Array(this.layers.count);
    this.#spots = new Spots(geometry);
  }

  /** A photon or electron of `energy` [GeV] along `axis`. */
  electromagnetic(energy: number, photon: boolean, axis: Axis, random: Random, sums: CellSums): void {
    const { layers } = this;
    const cosTheta = 1 / Math.sqrt(1 + axis.slopeX ** 2 + axis.slopeY ** 2);
    drawEmShape(energy, photon, random, this.#shape);
    emLayerShares(this.#shape, layers.edgesX0, cosTheta, this.#shares);
    drawLayerEnergies(energy, this.#shares, random, this.energies, this.#counts);
    const { start, maximum } = this.#shape;
    let total = 0;
    for (let l = 0; l < layers.count; l++) if (layers.isTrigger[l] === 1) total += this.#counts[l];
    const kept = Math.min(1, SAMPLING.maxSpots / total);
    for (let l = 0; l < layers.count; l++) {
      if (this.#counts[l] === 0 || layers.isTrigger[l] === 0) continue;
      const tau = Math.min(3, Math.max(0.05, (layers.x0[l] / cosTheta - start) / maximum));
      const coreRadius = EM_RADIUS.core[0] + EM_RADIUS.core[1] * tau;
      this.#spots.drop(
        random,
        l + 1,
        axis,
        Math.max(0, EM_RADIUS.coreFraction[0] + EM_RADIUS.coreFraction[1] * tau),
        coreRadius,
        coreRadius * EM_RADIUS.tailOverCore,
        this.energies[l] * layers.signalPerGev[l],
        this.#counts[l],
        Math.ceil(this.#counts[l] * kept),
        sums,
      );
    }
  }
}
