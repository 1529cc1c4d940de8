import { type Random } from "../core/index.js";
import { type Geometry } from "../detector/index.js";
import { COLLISION, type PileUpTable } from "./pileup-constants.js";
import { PILEUP_V11 } from "./tables/pileup-v11.js";
import { EdgeModules } from "./pileup-edge.js";
import { ShowerLibrary } from "./shower-library.js";
import { type SignalBuffer } from "./signal-buffer.js";

const STEPS = 2048;

const built = new WeakMap<Geometry, PileUp>();

/** The pile-up of a geometry; its showers are simulated once. */
export function pileUpOf(geometry: Geometry): PileUp {
  let found = built.get(geometry);
  if (found === undefined) {
    found = new PileUp(geometry, PILEUP_V11);
    built.set(geometry, found);
  }
  return found;
}

/** Soft collisions at the same time as the one that is looked at: Poisson numbers of photons and charged pions. */
export class PileUp {
  readonly #library: ShowerLibrary;
  readonly #edge: EdgeModules;
  readonly #eta: Float64Array;
  readonly #photonPt = ptQuantiles(COLLISION.photons.temperature, COLLISION.photons.power);
  readonly #pionPt = ptQuantiles(COLLISION.pions.temperature, COLLISION.pions.power);
  readonly #gain: Float64Array;
  /** Particles of one collision over their density per unit of eta. */
  readonly #etaRange: number;

  constructor(geometry: Geometry, table: PileUpTable) {
    const { etaDensity, layerGain } = table;
    this.#edge = new EdgeModules(geometry);
    this.#library = new ShowerLibrary(geometry);
    this.#gain = Float64Array.from([Number.NaN, ...geometry.layers], (_, layer) => layerGain[layer - 1] ?? 1);
    const { minEta, maxEta } = COLLISION;
    const last = etaDensity.length - 1;
    this.#eta = quantiles(minEta, maxEta, (eta) => {
      const at = (last * (eta - minEta)) / (maxEta - minEta);
      const i = Math.min(last - 1, Math.floor(at));
      return etaDensity[i] + (at - i) * (etaDensity[i + 1] - etaDensity[i]);
    });
    const sum = etaDensity.reduce((a, b) => a + b) - (etaDensity[0] + etaDensity[last]) / 2;
    this.#etaRange = (sum * (maxEta - minEta)) / last;
  }

  /** Adds `collisions` of them to one endcap, whose buffer is still empty. */
  add(collisions: number, random: Random, buffer: SignalBuffer): void {
    const mean = collisions * this.#etaRange;
    this.#addKind("photon", mean * COLLISION.photons.density, this.#photonPt, random, buffer);
    this.#addKind("pion", mean * COLLISION.pions.density, this.#pionPt, random, buffer);
    // Any of the three, so that no sector differs from another.
    this.#edge.thin(buffer, Math.floor(3 * random.uniform()));
  }

  #addKind(kind: "photon" | "pion", mean: number, pts: Float64Array, random: Random, buffer: SignalBuffer): void {
    const count = random.poisson(mean);
    for (let i = 0; i < count; i++) {
      const eta = pick(this.#eta, random);
      const pt = pick(pts, random);
      const phi = 2 * Math.PI * random.uniform();
      const energy = pt * Math.cosh(eta);
      this.#library.drop(kind, energy, eta, Math.cos(phi), Math.sin(phi), this.#gain, random, buffer);
    }
  }
}

/** A random number of the distribution with these quantiles. */
function pick(table: Float64Array, random: Random): number {
  const at = (table.length - 1) * random.uniform();
  const i = at | 0;
  return table[i] + (at - i) * (table[i + 1] - table[i]);
}

/** Quantiles 0, 1/STEPS, ..., 1 of a density between two values. */
function quantiles(low: number, high: number, density: (x: number) => number): Float64Array {
  const fine = 16 * STEPS;
  const sums = new Float64Array(fine + 1);
  const width = (high - low) / fine;
  for (let i = 0; i < fine; i++) sums[i + 1] = sums[i] + density(low + (i + 0.5) * width);
  const out = new Float64Array(STEPS + 1);
  let i = 0;
  for (let q = 0; q <= STEPS; q++) {
    const wanted = (sums[fine] * q) / STEPS;
    while (i < fine && sums[i + 1] < wanted) i++;
    out[q] = low + (i + (wanted - sums[i]) / (sums[i + 1] - sums[i] || 1)) * width;
  }
  return out;
}

/** Quantiles of pt [GeV] with the density pt (1 + pt / (power * temperature))^-power (Tsallis). */
function ptQuantiles(temperature: number, power: number): Float64Array {
  const logs = quantiles(Math.log(COLLISION.minPt), Math.log(COLLISION.maxPt), (log) => {
    const pt = Math.exp(log);
    return pt * pt * (1 + pt / (power * temperature)) ** -power;
  });
  return logs.map(Math.exp);
}
