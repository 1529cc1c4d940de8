import { type Random } from "../core/index.js";
import { incompleteGamma, logGamma } from "./incomplete-gamma.js";
import { EM, SAMPLING } from "./shower-constants.js";

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

/**
 * The part of the shower in each layer: the integral of the profile between `edges[l] / cosTheta` and
 * `edges[l + 1] / cosTheta` [X0]. Writes `edges.length - 1` values; their sum is 1 minus what leaks out.
 */
export function emLayerShares(shape: EmShape, edges: Float64Array, cosTheta: number, out: Float64Array): void {
  const logGammaShape = logGamma(shape.shape);
  const below = (edge: number): number =>
    incompleteGamma(shape.shape, shape.rate * (edge / cosTheta - shape.start), logGammaShape);
  let before = below(edges[0]);
  for (let l = 0; l < edges.length - 1; l++) {
    const after = before < 0.99999 ? below(edges[l + 1]) : 1;
    out[l] = after - before;
    before = after;
  }
}

/**
 * The measured energy [GeV] of each layer and its number of spots: negative binomial (Poisson of Gamma mean), of
 * exponential energy each.
 */
export function drawLayerEnergies(
  energy: number,
  shares: Float64Array,
  random: Random,
  energies: Float64Array,
  spots: Int32Array,
): void {
  const extra = SAMPLING.spotDispersion - 1;
  const meanSpots = energy / SAMPLING.spotEnergy;
  for (let l = 0; l < shares.length; l++) {
    const mean = meanSpots * shares[l];
    spots[l] = mean > 0 ? random.poisson(extra * random.gamma(mean / extra)) : 0;
    energies[l] = spots[l] === 0 ? 0 : SAMPLING.spotEnergy * random.gamma(spots[l]);
  }
}
