import { type Random } from "../core/index.js";
import { CASCADE, HADRON_SAMPLING } from "./shower-constants.js";
import { drawHadronShape, type HadronShape } from "./shower-hadron.js";
import {
  createLayerSignals,
  drawLayerEnergies,
  type LayerSignals,
  layerShares,
  type ShowerLayers,
} from "./shower-layers.js";
import { type Axis, cosineOf, type RadialProfile, type SignalSink, turned } from "./shower-spots.js";
import { Tracks } from "./shower-tracks.js";

/** A shower of `energy` [GeV] that begins behind `depthX0` radiation lengths of the layers; `kept`: the part of its spots. */
export type EmShower = (
  energy: number,
  depthX0: number,
  axis: Axis,
  kept: number,
  random: Random,
  sink: SignalSink,
) => void;

/** Depths are those of the layers, along z; what flies at an angle passes 1 / cos(theta) as much. */
export class Cascade {
  readonly #layers: ShowerLayers;
  /** Energy by layer [GeV]: all of them, added up. */
  readonly #measured: Float64Array;
  readonly #electromagnetic: EmShower;
  readonly #signals: LayerSignals;
  readonly #shape: HadronShape = { start: 0, local: 0, spread: 0, shape: 0, rate: 0, coreFraction: 0 };
  readonly #profile: RadialProfile = { core: 0, coreRadius: 0, tailRadius: 0, maxRadius: 0 };
  readonly #tracks = new Tracks();
  /** Part of the spots of the pion that is dropped. */
  #kept = 1;

  constructor(layers: ShowerLayers, measured: Float64Array, electromagnetic: EmShower) {
    this.#layers = layers;
    this.#measured = measured;
    this.#electromagnetic = electromagnetic;
    this.#signals = createLayerSignals(layers.count);
  }

  /** What follows when a pion of `energy` [GeV] collides at `depth` [interaction lengths]. */
  pion(energy: number, depth: number, axis: Axis, random: Random, sink: SignalSink): void {
    // About half of the energy is seen as electromagnetic spots of 15 MeV, the rest as fewer and heavier ones.
    this.#kept = Math.min(1, CASCADE.mostSpots / (1 + energy / 0.025));
    this.#collide(energy, depth, axis, true, random, sink);
  }

  #collide(energy: number, depth: number, axis: Axis, mayAgain: boolean, random: Random, sink: SignalSink): void {
    const z = at(depth, this.#layers.lambda, this.#layers.z, this.#layers.z[0]);
    const depthX0 = at(depth, this.#layers.lambda, this.#layers.x0, 0);
    const transverse = CASCADE.transverse / 2;
    let rest = energy;
    for (let k = 0; k < CASCADE.secondaries && rest > CASCADE.rest * energy; k++) {
      const part = random.exponential();
      const own = (rest * part) / (part + random.gamma(CASCADE.share));
      if (own < CASCADE.leastEnergy) continue;
      rest -= own;
      const direction = turned(axis, z, (transverse * random.gamma(2)) / own, random);
      if (random.uniform() < CASCADE.neutral) {
        this.#electromagnetic(own, depthX0, direction, this.#kept, random, sink);
      } else if (mayAgain && own > CASCADE.again) {
        const free = CASCADE.hadron.interactionLength * random.exponential() * cosineOf(direction);
        this.#collide(own, depth + free, direction, false, random, sink);
      } else this.#hadron(own, depth, direction, random, sink);
    }
    const direction = turned(axis, z, (transverse * random.gamma(2)) / rest, random);
    this.#soft(rest, depth, direction, random, sink);
  }

  /** A secondary hadron: flies on, then has one shower around its axis. */
  #hadron(energy: number, depth: number, axis: Axis, random: Random, sink: SignalSink): void {
    const { hadron, sigmaWidth } = CASCADE;
    const shape = this.#shape;
    drawHadronShape(energy, hadron, random, shape);
    const own = depth + shape.start * cosineOf(axis);
    if (shape.local > 0.1) {
      const depthX0 = at(own, this.#layers.lambda, this.#layers.x0, 0);
      this.#electromagnetic(shape.local, depthX0, axis, this.#kept, random, sink);
    }
    this.#spread(own, axis, hadron, sigmaWidth.hadron, random, sink);
  }

  /** All secondaries of little energy together. */
  #soft(energy: number, depth: number, axis: Axis, random: Random, sink: SignalSink): void {
    const { hadron, soft, softNeutral, sigmaWidth } = CASCADE;
    const shape = this.#shape;
    const neutral = Math.min(1, (softNeutral * random.gamma(2)) / 2);
    const logE = Math.log(Math.max(1, energy));
    shape.spread = energy * (neutral + (1 - neutral) * hadron.responseToHadrons);
    shape.shape = Math.max(0.4, hadron.shape[0] + hadron.shape[1] * logE);
    shape.rate = hadron.rate * Math.exp(hadron.sigmaRate * random.normal());
    shape.coreFraction = soft.coreFraction[0] + soft.coreFraction[1] * logE;
    this.#spread(depth, axis, soft, sigmaWidth.soft, random, sink);
  }

  /** Drops the spread energy of the shape, from `depth` on. */
  #spread(
    depth: number,
    axis: Axis,
    { coreRadius, tailRadius }: { readonly coreRadius: number; readonly tailRadius: number },
    sigmaWidth: number,
    random: Random,
    sink: SignalSink,
  ): void {
    const layers = this.#layers;
    const { spread, coreFraction } = this.#shape;
    const cosTheta = cosineOf(axis);
    const sigma = sigmaWidth / Math.sqrt(1 + spread / CASCADE.widthEnergy);
    const width = Math.exp(sigma * random.normal() - sigma ** 2 / 2);
    layerShares(this.#shape, depth / cosTheta, layers.edgesLambda, cosTheta, this.#signals.shares);
    drawLayerEnergies(layers, spread, HADRON_SAMPLING, random, this.#signals);
    const profile = this.#profile;
    profile.core = coreFraction;
    profile.coreRadius = coreRadius * width;
    profile.tailRadius = tailRadius * width;
    profile.maxRadius = CASCADE.hadron.maxRadius;
    this.#tracks.begin(random, spread, axis, profile);
    for (let l = 0; l < layers.count; l++) {
      const count = this.#signals.counts[l];
      if (count === 0) continue;
      const signal = this.#signals.energies[l] * layers.signalPerGev[l];
      this.#measured[l] += signal * layers.mipEnergy[l];
      this.#tracks.renew(random);
      if (layers.isTrigger[l] === 0) continue;
      this.#tracks.drop(random, l + 1, layers.z[l], signal, Math.ceil(count * this.#kept), sink);
    }
  }
}

/** Linear between (0, first) and all (from[i], to[i]); beyond the end as there. */
function at(value: number, from: Float64Array, to: Float64Array, first: number): number {
  const last = from.length - 1;
  if (value >= from[last]) return to[last];
  let i = 0;
  while (from[i] < value) i++;
  const [lowFrom, lowTo] = i === 0 ? [0, first] : [from[i - 1], to[i - 1]];
  return lowTo + ((value - lowFrom) / (from[i] - lowFrom)) * (to[i] - lowTo);
}
