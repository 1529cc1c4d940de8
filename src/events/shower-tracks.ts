import { type Random } from "../core/index.js";
import { CASCADE } from "./shower-constants.js";
import { type Axis, type RadialProfile, type SignalSink, spotWeight } from "./shower-spots.js";

/**
 * The particles that a hadronic shower ends in, around its axis: each passes several layers at one place, so that what a
 * layer has far from the axis the next ones have too. Holds scratch memory.
 */
export class Tracks {
  #count = 0;
  #oldest = 0;
  #due = 0;
  #axis: Axis = { x: 0, y: 0, z0: 0, slopeX: 0, slopeY: 0 };
  #stretch = 0;
  #profile: RadialProfile = { core: 0, coreRadius: 0, tailRadius: 0, maxRadius: 0 };
  /** From the axis [cm]. */
  readonly #x = new Float64Array(CASCADE.mostTracks);
  readonly #y = new Float64Array(CASCADE.mostTracks);
  #spotTrack = new Int32Array(256);
  #weights = new Float64Array(256);

  /** As many tracks as `energy` [GeV] makes, around an axis as the profile says. */
  begin(random: Random, energy: number, axis: Axis, profile: RadialProfile): void {
    const { leastTracks, mostTracks, trackEnergy } = CASCADE;
    this.#count = Math.max(leastTracks, Math.min(mostTracks, Math.round(energy / trackEnergy)));
    this.#oldest = 0;
    this.#due = 0;
    this.#axis = axis;
    this.#profile = profile;
    // A circle around the axis is an ellipse in the layer, longer along the slope by 1 / cos(theta).
    const slope2 = axis.slopeX ** 2 + axis.slopeY ** 2;
    this.#stretch = slope2 > 0 ? (Math.sqrt(1 + slope2) - 1) / slope2 : 0;
    for (let track = 0; track < this.#count; track++) this.#draw(random, track);
  }

  /** Between two layers: the oldest tracks end, others begin. */
  renew(random: Random): void {
    this.#due += CASCADE.renewed * this.#count;
    for (; this.#due >= 1; this.#due--) {
      this.#draw(random, this.#oldest);
      this.#oldest = (this.#oldest + 1) % this.#count;
    }
  }

  /** Drops `signal` into a layer as `count` spots on tracks; what falls beside the sensors is lost. */
  drop(random: Random, layer: number, z: number, signal: number, count: number, sink: SignalSink): void {
    if (count > this.#weights.length) {
      this.#spotTrack = new Int32Array(2 * count);
      this.#weights = new Float64Array(2 * count);
    }
    let total = 0;
    for (let i = 0; i < count; i++) {
      this.#spotTrack[i] = this.#count * random.uniform();
      total += this.#weights[i] = spotWeight(random);
    }
    const { x, y, z0, slopeX, slopeY } = this.#axis;
    const atX = x + slopeX * (z - z0);
    const atY = y + slopeY * (z - z0);
    const perWeight = signal / total;
    for (let i = 0; i < count; i++) {
      const track = this.#spotTrack[i];
      const dx = CASCADE.smear * (random.uniform() + random.uniform() - 1);
      const dy = CASCADE.smear * (random.uniform() + random.uniform() - 1);
      sink.deposit(layer, atX + this.#x[track] + dx, atY + this.#y[track] + dy, perWeight * this.#weights[i]);
    }
  }

  #draw(random: Random, track: number): void {
    const { core, coreRadius, tailRadius, maxRadius } = this.#profile;
    const radius2 = (random.uniform() < core ? coreRadius : tailRadius) ** 2;
    const s = (random.uniform() * maxRadius ** 2) / (maxRadius ** 2 + radius2);
    const r = Math.sqrt((radius2 * s) / (1 - s));
    const direction = 2 * Math.PI * random.uniform();
    const dx = r * Math.cos(direction);
    const dy = r * Math.sin(direction);
    const along = this.#stretch * (dx * this.#axis.slopeX + dy * this.#axis.slopeY);
    this.#x[track] = dx + along * this.#axis.slopeX;
    this.#y[track] = dy + along * this.#axis.slopeY;
  }
}
