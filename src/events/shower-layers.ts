import { logGamma, type Random } from "../core/index.js";
import { type Geometry, thicknessCorrection } from "../detector/index.js";
import { incompleteGamma } from "./incomplete-gamma.js";
import { EM, type Sampling } from "./shower-constants.js";

/** What showers need to know of each layer (index 0 is layer 1). */
export interface ShowerLayers {
  readonly count: number;
  readonly z: Float64Array;
  /** Depth at the sensors in radiation lengths. */
  readonly x0: Float64Array;
  /** Depths halfway between sensors, from 0 to behind the last layer: layer l answers for edges l to l + 1. */
  readonly edgesX0: Float64Array;
  /** The same in interaction lengths. */
  readonly lambda: Float64Array;
  readonly edgesLambda: Float64Array;
  /** Energy that a minimum ionising particle loses in the layer's slice [GeV]. */
  readonly mipEnergy: Float64Array;
  /** Signal per GeV of shower energy in the layer's slice. A signal of 1 is one MIP over the thickness correction. */
  readonly signalPerGev: Float64Array;
  readonly signalPerMip: Float64Array;
  readonly isTrigger: Uint8Array;
}

export function showerLayers(geometry: Geometry): ShowerLayers {
  const { layers } = geometry;
  const x0 = Float64Array.from(layers, (layer) => layer.x0Cum);
  const lambda = Float64Array.from(layers, (layer) => layer.lambdaCum);
  return {
    count: layers.length,
    z: Float64Array.from(layers, (layer) => layer.z),
    x0,
    edgesX0: halfway(x0),
    lambda,
    edgesLambda: halfway(lambda),
    mipEnergy: Float64Array.from(layers, (layer) => 1e-3 * layer.dEdX),
    signalPerGev: Float64Array.from(layers, ({ kind, dEdX }, l) => {
      const side = kind === "CE-H" ? 0 : l % 2 === 0 ? EM.leadSide : -EM.leadSide;
      return ((1 + side) * 1e3) / dEdX;
    }),
    signalPerMip: Float64Array.from(layers, ({ layer }) => 1 / thicknessCorrection(geometry, layer, 2)),
    isTrigger: Uint8Array.from(layers, ({ trigger }) => (trigger ? 1 : 0)),
  };
}

function halfway(depth: Float64Array): Float64Array {
  const last = depth.length - 1;
  const edges = new Float64Array(depth.length + 1);
  for (let l = 1; l <= last; l++) edges[l] = (depth[l - 1] + depth[l]) / 2;
  edges[last + 1] = 2 * depth[last] - edges[last];
  return edges;
}

/**
 * The part of a shower in each layer: the integral between `edges[l] / cosTheta` and `edges[l + 1] / cosTheta` of a
 * Gamma distribution of (depth - start) with `shape` and `rate`. Writes `edges.length - 1` values; their sum is 1
 * minus what leaks out.
 */
export function layerShares(
  { shape, rate }: { readonly shape: number; readonly rate: number },
  start: number,
  edges: Float64Array,
  cosTheta: number,
  out: Float64Array,
): void {
  const logGammaShape = logGamma(shape);
  let before = incompleteGamma(shape, rate * (edges[0] / cosTheta - start), logGammaShape);
  for (let l = 0; l < edges.length - 1; l++) {
    const after =
      before < 0.99999 ? incompleteGamma(shape, rate * (edges[l + 1] / cosTheta - start), logGammaShape) : 1;
    out[l] = after - before;
    before = after;
  }
}

/** Of a shower, by layer: the share of its energy, what is measured [GeV], and in how many spots. */
export interface LayerSignals {
  readonly shares: Float64Array;
  readonly energies: Float64Array;
  readonly counts: Int32Array;
}

export function createLayerSignals(layers: number): LayerSignals {
  return {
    shares: new Float64Array(layers),
    energies: new Float64Array(layers),
    counts: new Int32Array(layers),
  };
}

/**
 * Draws the measured energy [GeV] of each layer and its number of spots: negative binomial (Poisson of a Gamma mean),
 * of exponential energy each, from its shares.
 */
export function drawLayerEnergies(
  layers: ShowerLayers,
  energy: number,
  sampling: Sampling,
  random: Random,
  { shares, energies, counts }: LayerSignals,
): void {
  const extra = sampling.dispersion - 1;
  for (let l = 0; l < layers.count; l++) {
    const spotEnergy = sampling.spotMips * layers.mipEnergy[l] * layers.signalPerMip[l];
    const mean = (energy * shares[l]) / (extra * spotEnergy);
    counts[l] = mean > 1e-5 ? random.poisson(extra * random.gamma(mean)) : 0;
    energies[l] = counts[l] === 0 ? 0 : spotEnergy * random.gamma(counts[l]);
  }
}
