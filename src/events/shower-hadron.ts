import { type Random } from "../core/index.js";
import { type HadronModel } from "./shower-constants.js";

/** One hadronic shower along its axis. Energies are on the electromagnetic scale [GeV]. */
export interface HadronShape {
  /** Depth of the first inelastic collision [interaction lengths]. */
  start: number;
  /** Energy of the electromagnetic shower that begins at the start. */
  local: number;
  /** Energy spread along the whole shower: later electromagnetic ones and what hadrons leave. */
  spread: number;
  /** Gamma distribution of the spread energy in depth after the start; rate per interaction length. */
  shape: number;
  rate: number;
  /** Part of the spread energy in the narrow one of its two radial components. */
  coreFraction: number;
}

/**
 * Draws a charged hadron's shower of `energy` [GeV] into `out`. The electromagnetic fraction has the mean
 * 1 - E^(k - 1) (Groom, NIM A 572 (2007) 633) and a Beta distribution, narrower at high energy.
 */
export function drawHadronShape(energy: number, model: HadronModel, random: Random, out: HadronShape): void {
  const logE = Math.log(Math.max(1, energy));
  const mean = Math.max(0.05, 1 - Math.exp(-model.emPower * logE));
  const a = random.gamma(mean * model.emConcentration(energy));
  const b = random.gamma((1 - mean) * model.emConcentration(energy));
  const fraction = a / (a + b);
  out.start = model.interactionLength * random.exponential();
  out.local = model.localFraction * fraction * energy;
  out.spread = fraction * energy - out.local + (1 - fraction) * model.responseToHadrons * energy;
  out.shape = Math.max(0.4, model.shape[0] + model.shape[1] * logE);
  out.coreFraction = Math.min(0.95, model.coreFraction[0] + model.coreFraction[1] * logE);
  out.rate = model.rate * Math.exp(model.sigmaRate * random.normal());
}
