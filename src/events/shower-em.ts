import { type Random } from "../core/index.js";
import { EM } from "./shower-constants.js";

/** One shower along its axis: the energy density at depth t [X0] is a Gamma distribution of (t - start). */
export interface EmShape {
  /** Depth where the shower begins [X0]. */
  start: number;
  shape: number;
  /** 1 / X0. */
  rate: number;
  /** Depth of the maximum after the start [X0], the unit of depth of the transverse profile. */
  maximum: number;
}

/**
 * Draws the depth profile of a photon's or electron's shower of `energy` [GeV] into `out`. Photons start after an
 * exponential conversion length, electrons at `start` = 0. Means and spreads: see EM.
 */
export function drawEmShape(energy: number, photon: boolean, random: Random, out: EmShape): void {
  const logY = Math.max(1, Math.log(energy / EM.criticalEnergy));
  const sigmaShape = 1 / (EM.sigmaShape[0] + EM.sigmaShape[1] * logY);
  const sigmaMaximum = 1 / Math.max(1.2, EM.sigmaMaximum[0] + EM.sigmaMaximum[1] * logY);
  const common = random.normal();
  const spread = EM.correlation * common + Math.sqrt(1 - EM.correlation ** 2) * random.normal();
  out.start = photon ? EM.conversion * random.exponential() : 0;
  out.shape = 1 + Math.max(0.05, EM.shape[0] + EM.shape[1] * logY - 1) * Math.exp(sigmaShape * common);
  out.maximum = Math.max(0.3, EM.maximum[0] + EM.maximum[1] * logY) * Math.exp(sigmaMaximum * spread);
  out.rate = (out.shape - 1) / out.maximum;
}
