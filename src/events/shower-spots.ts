import { type Random } from "../core/index.js";

/** A straight line through the positive endcap: x and y [cm] at z0, and its slopes dx/dz, dy/dz. */
export interface Axis {
  x: number;
  y: number;
  z0: number;
  slopeX: number;
  slopeY: number;
}

export function cosineOf({ slopeX, slopeY }: Axis): number {
  return 1 / Math.sqrt(1 + slopeX ** 2 + slopeY ** 2);
}

/** The axis of what leaves `axis` at `z` under an angle [rad], in a random direction. Angles above 1 are 1: it goes forward. */
export function turned(axis: Axis, z: number, angle: number, random: Random): Axis {
  const { slopeX, slopeY } = axis;
  const direction = 2 * Math.PI * random.uniform();
  const lengthen = Math.sqrt(1 + slopeX ** 2 + slopeY ** 2);
  const slope2 = slopeX ** 2 + slopeY ** 2;
  const stretch = slope2 > 0 ? (lengthen - 1) / slope2 : 0;
  const aside = Math.tan(Math.min(1, angle)) * lengthen;
  const dx = aside * Math.cos(direction);
  const dy = aside * Math.sin(direction);
  const along = stretch * (dx * slopeX + dy * slopeY);
  return {
    x: axis.x + slopeX * (z - axis.z0),
    y: axis.y + slopeY * (z - axis.z0),
    z0: z,
    slopeX: slopeX + dx + along * slopeX,
    slopeY: slopeY + dy + along * slopeY,
  };
}

/** What takes the signals of showers: the cells of an endcap, or a library. A signal is in MIPs over thickness correction. */
export interface SignalSink {
  deposit(layer: number, x: number, y: number, signal: number): void;
}

/**
 * How energy spreads around the axis, perpendicular to it: 2 r R^2 / (r^2 + R^2)^2 with R = coreRadius for a part
 * `core` of it and R = tailRadius for the rest (Grindhammer and Peters, hep-ex/0001020), cut at maxRadius [cm].
 */
export interface RadialProfile {
  core: number;
  coreRadius: number;
  tailRadius: number;
  maxRadius: number;
}

/** Unit vectors in DIRECTIONS directions: cheaper than a sine and a cosine for each spot. */
const DIRECTIONS = 2048;
const UNIT_X = Float64Array.from({ length: DIRECTIONS }, (_, i) => Math.cos((2 * Math.PI * i) / DIRECTIONS));
const UNIT_Y = Float64Array.from({ length: DIRECTIONS }, (_, i) => Math.sin((2 * Math.PI * i) / DIRECTIONS));
/** Exponential numbers of mean 1, from equal slices of probability: cheaper than a logarithm for each spot. */
const EXPONENTIALS = 4096;
const EXPONENTIAL = Float64Array.from({ length: EXPONENTIALS }, (_, i) => -Math.log((i + 0.5) / EXPONENTIALS));

/** The weight of a spot: exponential, mean 1. */
export function spotWeight(random: Random): number {
  return EXPONENTIAL[(EXPONENTIALS * random.uniform()) | 0];
}

/** Drops the energy of showers as spots. Holds scratch memory for the spots of a layer. */
export class Spots {
  #x = new Float64Array(256);
  #y = new Float64Array(256);
  #weights = new Float64Array(256);

  /**
   * Drops `signal` into one layer as `count` spots around the axis, for the `trueCount` that a shower has. The weights
   * add up to `signal`; what falls beside the sensors is lost. Where spots are fewer than true ones they are drawn from
   * a wider distribution, so that far from the axis they are as many and as light as true ones and near it fewer and
   * heavier.
   */
  drop(
    random: Random,
    layer: number,
    z: number,
    axis: Axis,
    profile: RadialProfile,
    signal: number,
    trueCount: number,
    count: number,
    sink: SignalSink,
  ): void {
    if (count > this.#x.length) {
      this.#x = new Float64Array(2 * count);
      this.#y = new Float64Array(2 * count);
      this.#weights = new Float64Array(2 * count);
    }
    const dz = z - axis.z0;
    const x0 = axis.x + axis.slopeX * dz;
    const y0 = axis.y + axis.slopeY * dz;
    // A circle around the axis is an ellipse in the layer, longer along the slope by 1 / cos(theta).
    const slope2 = axis.slopeX ** 2 + axis.slopeY ** 2;
    const stretch = slope2 > 0 ? (Math.sqrt(1 + slope2) - 1) / slope2 : 0;
    const { core } = profile;
    const core2 = profile.coreRadius ** 2;
    const tail2 = profile.tailRadius ** 2;
    const max2 = profile.maxRadius ** 2;
    const wide2 = ((core * core2 + (1 - core) * tail2) * trueCount) / count;
    const slice = max2 / (max2 + wide2) / count;
    let total = 0;
    for (let i = 0; i < count; i++) {
      const turn = DIRECTIONS * random.uniform();
      const direction = turn | 0;
      const uniform = turn - direction;
      // With s uniform below max2 / (max2 + R^2), r^2 = R^2 s / (1 - s) follows the distribution of R.
      let r: number;
      let weight: number;
      if (count === trueCount) {
        const radius2 = random.uniform() < core ? core2 : tail2;
        const s = (uniform * max2) / (max2 + radius2);
        r = Math.sqrt((radius2 * s) / (1 - s));
        weight = EXPONENTIAL[(EXPONENTIALS * random.uniform()) | 0];
      } else {
        // Equal slices of s instead of random ones keep the few spots of the core from fluctuating more than true ones.
        const s = slice * (i + uniform);
        const r2 = (wide2 * s) / (1 - s);
        r = Math.sqrt(r2);
        const density = (core * core2) / (r2 + core2) ** 2 + ((1 - core) * tail2) / (r2 + tail2) ** 2;
        weight = (((density * (r2 + wide2) ** 2) / wide2) * trueCount) / count;
        if (weight < 3) weight *= EXPONENTIAL[(EXPONENTIALS * random.uniform()) | 0];
      }
      const dx = r * UNIT_X[direction];
      const dy = r * UNIT_Y[direction];
      const along = stretch * (dx * axis.slopeX + dy * axis.slopeY);
      this.#x[i] = x0 + dx + along * axis.slopeX;
      this.#y[i] = y0 + dy + along * axis.slopeY;
      this.#weights[i] = weight;
      total += weight;
    }
    const perWeight = signal / total;
    for (let i = 0; i < count; i++) sink.deposit(layer, this.#x[i], this.#y[i], perWeight * this.#weights[i]);
  }
}
