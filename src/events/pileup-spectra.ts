/** Spectra of the soft particles of pile-up, drawn exactly: no table of quantiles that ends before the tail does. */
import { type Random } from "../core/index.js";
import { COLLISION } from "./pileup-constants.js";

/** The density pt (1 + pt / (power * temperature))^-power of Tsallis, pt in GeV between COLLISION.minPt and maxPt. */
export interface PtSpectrum {
  readonly temperature: number;
  readonly power: number;
}

/**
 * A pt [GeV] of the spectrum. pt / (power * temperature) has a beta prime distribution, which is that of the ratio of two
 * Gamma numbers; what lies outside of the limits is drawn anew.
 */
export function drawPt({ temperature, power }: PtSpectrum, random: Random): number {
  for (;;) {
    const pt = (power * temperature * random.gamma(2)) / random.gamma(power - 2);
    if (pt >= COLLISION.minPt && pt <= COLLISION.maxPt) return pt;
  }
}

/** The fraction of the spectrum above `pt` [GeV]: the integral of the density. */
export function fractionAbove(pt: number, { temperature, power }: PtSpectrum): number {
  const tail = (from: number): number => {
    const u = 1 + from / (power * temperature);
    return u ** (2 - power) / (power - 2) - u ** (1 - power) / (power - 1);
  };
  const { minPt, maxPt } = COLLISION;
  const end = tail(maxPt);
  return (tail(Math.min(maxPt, Math.max(minPt, pt))) - end) / (tail(minPt) - end);
}

/** Draws eta of a density that is linear between values at equal steps from COLLISION.minEta to maxEta. */
export class EtaSampler {
  /** Of the density over eta. */
  readonly integral: number;
  readonly #density: readonly number[];
  readonly #below: Float64Array;
  readonly #step: number;

  constructor(density: readonly number[]) {
    const { minEta, maxEta } = COLLISION;
    const steps = density.length - 1;
    this.#density = density;
    this.#step = (maxEta - minEta) / steps;
    this.#below = new Float64Array(steps + 1);
    for (let i = 0; i < steps; i++) {
      this.#below[i + 1] = this.#below[i] + (this.#step * (density[i] + density[i + 1])) / 2;
    }
    this.integral = this.#below[steps];
  }

  draw(random: Random): number {
    const wanted = this.integral * random.uniform();
    let i = 0;
    while (i < this.#below.length - 2 && this.#below[i + 1] < wanted) i++;
    // a t + (b - a) t^2 / 2 = rest, written so that equal ends do not divide by zero.
    const a = this.#density[i];
    const b = this.#density[i + 1];
    const rest = (wanted - this.#below[i]) / this.#step;
    const t = (2 * rest) / (a + Math.sqrt(Math.max(0, a * a + 2 * (b - a) * rest)));
    return COLLISION.minEta + (i + t) * this.#step;
  }
}
