import { type Random } from "../core/index.js";
import { type Geometry } from "../detector/index.js";
import { Cascade } from "./shower-cascade.js";
import { CASCADE, CROSSING, EM_RADIUS, EM_SAMPLING, HADRON, HADRON_SAMPLING, MAX_SPOTS } from "./shower-constants.js";
import { drawEmShape, type EmShape } from "./shower-em.js";
import { drawHadronShape, type HadronShape } from "./shower-hadron.js";
import {
  createLayerSignals,
  drawLayerEnergies,
  type LayerSignals,
  layerShares,
  type ShowerLayers,
  showerLayers,
} from "./shower-layers.js";
import { type Axis, cosineOf, type RadialProfile, type SignalSink, Spots } from "./shower-spots.js";

/** Makes showers in one endcap. Holds scratch memory: one instance per thread. */
export class ShowerMaker {
  readonly layers: ShowerLayers;
  /** Energy by layer of the last particle [GeV]: measured, all layers, before noise. */
  readonly measured: Float64Array;
  readonly #em: EmShape = { start: 0, shape: 0, rate: 0, maximum: 0 };
  readonly #hadron: HadronShape = { start: 0, local: 0, spread: 0, shape: 0, rate: 0, coreFraction: 0 };
  readonly #profile: RadialProfile = { core: 0, coreRadius: 0, tailRadius: 0, maxRadius: 0 };
  readonly #signals: LayerSignals;
  readonly #spots = new Spots();
  readonly #cascade: Cascade;

  constructor(geometry: Geometry) {
    this.layers = showerLayers(geometry);
    this.measured = new Float64Array(this.layers.count);
    this.#signals = createLayerSignals(this.layers.count);
    this.#cascade = new Cascade(this.layers, this.measured, (energy, depthX0, axis, kept, random, sink) => {
      this.#electromagnetic(energy, true, depthX0 / cosineOf(axis), axis, random, sink, kept);
    });
  }

  /** A photon or electron of `energy` [GeV] along `axis`, behind `upstream` radiation lengths of material. */
  electromagnetic(energy: number, photon: boolean, axis: Axis, random: Random, sink: SignalSink, upstream = 0): void {
    this.measured.fill(0);
    this.#electromagnetic(energy, photon, -upstream, axis, random, sink);
  }

  /** A charged pion of `energy` [GeV] along `axis`: a track up to the first collision, then what follows from that. */
  pion(energy: number, axis: Axis, random: Random, sink: SignalSink): void {
    this.measured.fill(0);
    const path = CASCADE.interactionLength * random.exponential();
    const kinetic = this.#track(energy, path, axis, random, sink);
    if (kinetic > 0) this.#cascade.pion(kinetic, path * cosineOf(axis), axis, random, sink);
  }

  /** The same with one shower around the axis, right on average alone: for the frozen showers of pile-up. */
  averagePion(energy: number, axis: Axis, random: Random, sink: SignalSink): void {
    this.measured.fill(0);
    const { layers } = this;
    const cosTheta = cosineOf(axis);
    const shape = this.#hadron;
    drawHadronShape(energy, HADRON, random, shape);
    const kinetic = this.#track(energy, shape.start, axis, random, sink);
    if (kinetic === 0) return;
    const last = layers.lambda.findLastIndex((depth) => depth / cosTheta < shape.start);
    const startX0 = last < 0 ? 0 : layers.x0[last] / cosTheta;
    const scale = kinetic / energy;
    this.#electromagnetic(shape.local * scale, true, startX0, axis, random, sink);
    layerShares(shape, shape.start, layers.edgesLambda, cosTheta, this.#signals.shares);
    drawLayerEnergies(layers, shape.spread * scale, HADRON_SAMPLING, random, this.#signals);
    const kept = this.#keptSpots();
    const profile = this.#profile;
    profile.core = shape.coreFraction;
    profile.coreRadius = HADRON.coreRadius;
    profile.tailRadius = HADRON.tailRadius;
    profile.maxRadius = HADRON.maxRadius;
    for (let l = 0; l < layers.count; l++) this.#drop(l, axis, kept, random, sink);
  }

  /** One MIP in each layer in front of `depth` [interaction lengths along the axis]. Returns the energy that is left [GeV], 0 for a pion that stops. */
  #track(energy: number, depth: number, axis: Axis, random: Random, sink: SignalSink): number {
    const { layers } = this;
    const cosTheta = cosineOf(axis);
    let kinetic = energy;
    for (let l = 0; l < layers.count && layers.lambda[l] / cosTheta < depth; l++) {
      kinetic -= layers.mipEnergy[l] / cosTheta;
      if (kinetic <= 0) return 0;
      this.#crossing(l, axis, random, sink);
    }
    return kinetic;
  }

  /** Adds an electromagnetic shower that begins behind `startX0` [X0] along the axis; `part` of its spots, by default what MAX_SPOTS allows. */
  #electromagnetic(
    energy: number,
    photon: boolean,
    startX0: number,
    axis: Axis,
    random: Random,
    sink: SignalSink,
    part?: number,
  ): void {
    const { layers } = this;
    const cosTheta = cosineOf(axis);
    drawEmShape(energy, photon, random, this.#em);
    const { maximum } = this.#em;
    const start = startX0 + this.#em.start;
    layerShares(this.#em, start, layers.edgesX0, cosTheta, this.#signals.shares);
    drawLayerEnergies(layers, energy, EM_SAMPLING, random, this.#signals);
    const kept = part ?? this.#keptSpots();
    const profile = this.#profile;
    profile.maxRadius = EM_RADIUS.maxRadius;
    for (let l = 0; l < layers.count; l++) {
      const tau = Math.min(3, Math.max(0.05, (layers.x0[l] / cosTheta - start) / maximum));
      profile.core = EM_RADIUS.coreFraction[0] + EM_RADIUS.coreFraction[1] * tau;
      profile.coreRadius = EM_RADIUS.core[0] + EM_RADIUS.core[1] * tau;
      profile.tailRadius = profile.coreRadius * EM_RADIUS.tailOverCore;
      this.#drop(l, axis, kept, random, sink);
    }
  }

  /** The part of the drawn spots that MAX_SPOTS allows. */
  #keptSpots(): number {
    let total = 0;
    for (let l = 0; l < this.layers.count; l++) if (this.layers.isTrigger[l] === 1) total += this.#signals.counts[l];
    return Math.min(1, MAX_SPOTS / total);
  }

  #drop(l: number, axis: Axis, kept: number, random: Random, sink: SignalSink): void {
    const trueCount = this.#signals.counts[l];
    if (trueCount === 0) return;
    const signal = this.#signals.energies[l] * this.layers.signalPerGev[l];
    this.measured[l] += signal * this.layers.mipEnergy[l];
    if (this.layers.isTrigger[l] === 0) return;
    const count = Math.ceil(trueCount * kept);
    this.#spots.drop(random, l + 1, this.layers.z[l], axis, this.#profile, signal, trueCount, count, sink);
  }

  /** One particle through the sensor of a layer, with the fluctuations of thin layers. */
  #crossing(l: number, axis: Axis, random: Random, sink: SignalSink): void {
    const normal = random.normal();
    const mips = CROSSING.mpv - CROSSING.width * Math.log(normal * normal);
    const signal = (mips * this.layers.signalPerMip[l]) / cosineOf(axis);
    this.measured[l] += signal * this.layers.mipEnergy[l];
    if (this.layers.isTrigger[l] === 0) return;
    const dz = this.layers.z[l] - axis.z0;
    sink.deposit(l + 1, axis.x + axis.slopeX * dz, axis.y + axis.slopeY * dz, signal);
  }
}
