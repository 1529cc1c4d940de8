/** Toys with known weights: how well a fit finds them. */
import { Random } from "../core/index.js";
import { BLOCKS, type LayerWeight, WeightSums } from "./layer-weights.js";

export interface Toy {
  readonly layers: number;
  readonly clusters: number;
  /** [GeV^1/2] The target is the weighted sum, smeared by this times its root. */
  readonly noise: number;
}

export interface ToyFit {
  readonly truth: readonly number[];
  readonly fitted: readonly LayerWeight[];
}

/** A toy of showers whose layers fluctuate by 40 %; weights between 0.8 and 1.6, where no bound is near. */
export function fitToy({ layers, clusters, noise }: Toy, seed: number, replicas: number): ToyFit {
  const random = new Random(seed);
  const truth = Array.from({ length: layers }, () => random.between(0.8, 1.6));
  const sums = new WeightSums(truth.map((_, i) => 2 * i + 1));
  for (let k = 0; k < clusters; k++) {
    const pt = random.between(5, 100);
    const profile = truth.map((_, i) => random.gamma(6) * Math.exp(-(((i - layers / 2) / (layers / 3)) ** 2)));
    const sum = profile.reduce((total, each, i) => total + each * truth[i], 0);
    const rows = profile.map((each) => (each * pt) / sum);
    sums.add(k % BLOCKS, rows, pt + noise * Math.sqrt(pt) * random.normal());
  }
  return { truth, fitted: sums.fit({ maxWeight: 50, minClusters: 1, replicas, random }) };
}

/** The share of pairs of layer and toy whose interval holds the true weight. */
export function coverage(toy: Toy, toys: number, replicas: number): { readonly share: number; readonly pairs: number } {
  let held = 0;
  for (let seed = 1; seed <= toys; seed++) {
    const { truth, fitted } = fitToy(toy, seed, replicas);
    held += fitted.filter(({ interval }, i) => interval.low <= truth[i] && truth[i] <= interval.high).length;
  }
  return { share: held / (toys * toy.layers), pairs: toys * toy.layers };
}
