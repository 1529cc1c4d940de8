import { type Random } from "../core/index.js";
import { type Geometry } from "../detector/index.js";
import { COLLISION, type PileUpTable } from "./pileup-constants.js";
import { PileUpGain } from "./pileup-gain.js";
import { drawPt, EtaSampler } from "./pileup-spectra.js";
import { PILEUP_V11 } from "./tables/pileup-v11.js";
import { EdgeModules } from "./pileup-edge.js";
import { ShowerLibrary } from "./shower-library.js";
import { type SignalBuffer } from "./signal-buffer.js";

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
  readonly #eta: EtaSampler;
  readonly #gain: PileUpGain;

  constructor(geometry: Geometry, table: PileUpTable, library: ShowerLibrary = new ShowerLibrary(geometry)) {
    this.#edge = new EdgeModules(geometry);
    this.#library = library;
    this.#gain = new PileUpGain(geometry, table);
    this.#eta = new EtaSampler(table.etaDensity);
  }

  /** Adds `collisions` of them to one endcap, whose buffer is still empty. */
  add(collisions: number, random: Random, buffer: SignalBuffer): void {
    for (const kind of ["photons", "pions"] as const) {
      const count = random.poisson(collisions * COLLISION[kind].density * this.#eta.integral);
      for (let i = 0; i < count; i++) {
        const eta = this.#eta.draw(random);
        const energy = drawPt(COLLISION[kind], random) * Math.cosh(eta);
        const phi = 2 * Math.PI * random.uniform();
        this.#library.drop(kind, energy, eta, Math.cos(phi), Math.sin(phi), this.#gain, random, buffer);
      }
    }
    // Any of the three, so that no sector differs from another.
    this.#edge.thin(buffer, Math.floor(3 * random.uniform()));
  }
}
