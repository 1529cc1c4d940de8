import { Random } from "../core/index.js";
import { type Geometry } from "../detector/index.js";
import { LIBRARY } from "./pileup-constants.js";
import { type PileUpGain } from "./pileup-gain.js";
import { type Axis, type SignalSink } from "./shower-spots.js";
import { ShowerMaker } from "./shower.js";

const KINDS = { photons: 0, pions: 1 } as const;

export type LibraryKind = keyof typeof KINDS;

const LOG_STEP = Math.log(LIBRARY.energyRatio);

/** A spot's numbers lie next to each other: layer, distance from the axis along the radius and beside it [cm], signal. */
const WIDTH = 4;
const ALONG = 1;
const BESIDE = 2;
const SIGNAL = 3;

/**
 * Showers that are simulated once and used again for the many soft particles of pile-up ("frozen showers"): in bins of
 * particle, angle and energy, as spots relative to the axis. Always the same ones: their seed is fixed.
 */
export class ShowerLibrary {
  readonly #z: Float64Array;
  /** First spot of each shower, and the end of the last one. */
  readonly #first: Int32Array;
  readonly #spots: SpotRecorder;

  constructor(geometry: Geometry) {
    this.#z = Float64Array.from([Number.NaN, ...geometry.layers.map((layer) => layer.z)]);
    this.#spots = new SpotRecorder(this.#z);
    const bins = 2 * LIBRARY.etas.length * LIBRARY.energies;
    this.#first = new Int32Array(bins * LIBRARY.showers + 1);
    const maker = new ShowerMaker(geometry);
    let shower = 0;
    for (let kind = 0; kind < 2; kind++) {
      for (const eta of LIBRARY.etas) {
        const axis: Axis = { x: 0, y: 0, z0: 0, slopeX: 1 / Math.sinh(eta), slopeY: 0 };
        for (let k = 0; k < LIBRARY.energies; k++) {
          const energy = LIBRARY.minEnergy * LIBRARY.energyRatio ** k;
          for (let i = 0; i < LIBRARY.showers; i++) {
            this.#spots.begin(axis.slopeX);
            const random = new Random(LIBRARY.seed, shower);
            if (kind === KINDS.photons)
              maker.electromagnetic(energy, true, axis, random, this.#spots, LIBRARY.upstream);
            else maker.averagePion(energy, axis, random, this.#spots);
            this.#first[++shower] = this.#spots.length;
          }
        }
      }
    }
  }

  /**
   * Drops a particle of `energy` [GeV] from the interaction point in the direction of `eta` and the unit vector
   * (cosPhi, sinPhi): a random shower of the nearest bin, mirrored at random and scaled to the energy. `gain` scales
   * signals.
   */
  drop(
    kind: LibraryKind,
    energy: number,
    eta: number,
    cosPhi: number,
    sinPhi: number,
    gain: PileUpGain,
    random: Random,
    sink: SignalSink,
  ): void {
    const wanted = Math.round(Math.log(energy / LIBRARY.minEnergy) / LOG_STEP);
    const k = Math.min(LIBRARY.energies - 1, Math.max(0, wanted));
    let angle = 0;
    while (angle < LIBRARY.etas.length - 1 && eta > (LIBRARY.etas[angle] + LIBRARY.etas[angle + 1]) / 2) angle++;
    const bin = (KINDS[kind] * LIBRARY.etas.length + angle) * LIBRARY.energies + k;
    const pick = 2 * LIBRARY.showers * random.uniform();
    const shower = bin * LIBRARY.showers + (pick >> 1);
    const mirror = (pick & 1) === 0 ? 1 : -1;
    const scale = energy / (LIBRARY.minEnergy * LIBRARY.energyRatio ** k);
    const slope = 1 / Math.sinh(eta);
    const { columns } = this.#spots;
    const end = WIDTH * this.#first[shower + 1];
    for (let at = WIDTH * this.#first[shower]; at < end; at += WIDTH) {
      const layer = columns[at];
      const along = columns[at + ALONG] + slope * this.#z[layer];
      const beside = mirror * columns[at + BESIDE];
      const x = along * cosPhi - beside * sinPhi;
      const y = along * sinPhi + beside * cosPhi;
      sink.deposit(layer, x, y, columns[at + SIGNAL] * scale * gain.at(layer, along * along + beside * beside));
    }
  }
}

/** Records the spots of showers along an axis in the x-z plane. Spots that would end in the same cell are one. */
class SpotRecorder implements SignalSink {
  length = 0;
  columns = new Float32Array(1 << 18);
  #slope = 0;
  readonly #z: Float64Array;
  /** Spot of each square of each layer. */
  readonly #square = new Map<number, number>();

  /** z [cm] by layer number. */
  constructor(z: Float64Array) {
    this.#z = z;
  }

  /** Begins a shower along an axis from the origin with dx/dz = slope. */
  begin(slope: number): void {
    this.#slope = slope;
    this.#square.clear();
  }

  deposit(layer: number, x: number, y: number, signal: number): void {
    const dx = x - this.#slope * this.#z[layer];
    const column = Math.floor(dx / LIBRARY.mergeWithin);
    const row = Math.floor(y / LIBRARY.mergeWithin);
    const key = (layer * 1024 + (column & 1023)) * 1024 + (row & 1023);
    const found = this.#square.get(key);
    if (found !== undefined) {
      const sum = this.columns[found + SIGNAL] + signal;
      this.columns[found + ALONG] += ((dx - this.columns[found + ALONG]) * signal) / sum;
      this.columns[found + BESIDE] += ((y - this.columns[found + BESIDE]) * signal) / sum;
      this.columns[found + SIGNAL] = sum;
      return;
    }
    const at = WIDTH * this.length++;
    if (at === this.columns.length) {
      const larger = new Float32Array(2 * at);
      larger.set(this.columns);
      this.columns = larger;
    }
    this.#square.set(key, at);
    this.columns[at] = layer;
    this.columns[at + ALONG] = dx;
    this.columns[at + BESIDE] = y;
    this.columns[at + SIGNAL] = signal;
  }
}
