/** Depth profiles of electromagnetic showers: their moments are those of the parametrisation. */
import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { EM } from "./shower-constants.js";
import { drawEmShape } from "./shower-em.js";

const N = 4000;

/** ln(shape - 1), ln(maximum) and start of N showers. */
function draws(energy: number, photon: boolean) {
  const out = { start: 0, shape: 0, rate: 0, maximum: 0 };
  return Array.from({ length: N }, (_, i) => {
    drawEmShape(energy, photon, new Random(5, i), out);
    // The density t^(shape - 1) e^(-rate t) has its maximum there.
    expect(out.maximum).toBeCloseTo((out.shape - 1) / out.rate, 9);
    return [Math.log(out.shape - 1), Math.log(out.maximum), out.start] as const;
  });
}
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const covariance = (a: readonly number[], b: readonly number[]): number =>
  mean(a.map((value, i) => value * b[i])) - mean(a) * mean(b);

test.each([0.05, 5, 100])("photons of %d GeV: means, spreads and correlation of shape and maximum", (energy) => {
  const logY = Math.log(energy / EM.criticalEnergy);
  const line = ([a, b]: readonly [number, number]): number => a + b * logY;
  const [shape, maximum, start] = [0, 1, 2].map((k) => draws(energy, true).map((each) => each[k]));
  const [sigmaShape, sigmaMaximum] = [Math.sqrt(covariance(shape, shape)), Math.sqrt(covariance(maximum, maximum))];
  // The spread of the maximum has a most of its own, for particles of little energy.
  const wanted = [1 / line(EM.sigmaShape), 1 / Math.max(1.2, line(EM.sigmaMaximum))];
  expect([sigmaShape / wanted[0], sigmaMaximum / wanted[1]].map((ratio) => Math.abs(ratio - 1) < 0.05)).toEqual([true, true]);
  expect(Math.abs(mean(shape) - Math.log(line(EM.shape) - 1))).toBeLessThan((5 * wanted[0]) / Math.sqrt(N));
  expect(Math.abs(mean(maximum) - Math.log(line(EM.maximum)))).toBeLessThan((5 * wanted[1]) / Math.sqrt(N));
  expect(Math.abs(covariance(shape, maximum) / sigmaShape / sigmaMaximum - EM.correlation)).toBeLessThan(0.04);
  expect(Math.abs(mean(start) / (9 / 7) - 1)).toBeLessThan(0.08);
}); // prettier-ignore

test("electrons begin at once; below the critical energy a shower is that of ln y = 1", () => {
  expect(draws(5, false).every(([, , start]) => start === 0)).toBe(true);
  expect(draws(1e-4, false)).toEqual(draws(EM.criticalEnergy * Math.E, false));
  const least = draws(1e-4, false);
  expect(Math.abs(mean(least.map(([shape]) => shape)) - Math.log(0.385))).toBeLessThan(0.05);
  expect(Math.abs(mean(least.map(([, maximum]) => maximum)) - Math.log(0.3))).toBeLessThan(0.07);
});
