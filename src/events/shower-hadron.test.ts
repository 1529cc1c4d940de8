/** One hadronic shower along its axis, with random numbers that are given. */
import { expect, test } from "vitest";
import { type Random } from "../core/index.js";
import { HADRON, type HadronModel } from "./shower-constants.js";
import { drawHadronShape, type HadronShape } from "./shower-hadron.js";

const MODEL: HadronModel = {
  ...{
    interactionLength: 2,
    emPower: 0.5,
    emConcentration: (energy) => 10 * energy,
    localFraction: 0.25,
    responseToHadrons: 0.5,
  },
  ...{ shape: [1, 0.5], rate: 3, sigmaRate: 0.1, coreRadius: 1, tailRadius: 2, coreFraction: [0.2, 0.1], maxRadius: 3 },
};

function draw(energy: number, model: HadronModel = MODEL, a = 1, b = 3): { out: HadronShape; shapes: number[] } {
  const shapes: number[] = [];
  const gammas = [a, b];
  const random = { gamma: (shape: number) => (shapes.push(shape), gammas.shift()), exponential: () => 1.5, normal: () => -2 };
  const out = { start: 0, local: 0, spread: 0, shape: 0, rate: 0, coreFraction: 0 };
  drawHadronShape(energy, model, random as unknown as Random, out);
  return { out, shapes };
} // prettier-ignore

test("a quarter is electromagnetic: a part of it at the start, the rest spread with the hadrons' response", () => {
  const { out, shapes } = draw(16);
  // 1 - 16^-0.5 = 0.75 of a concentration of 160.
  expect(shapes).toEqual([expect.closeTo(120, 9), expect.closeTo(40, 9)]);
  expect(out).toEqual({
    start: 3,
    local: 1,
    spread: 3 + 0.5 * 12,
    shape: expect.closeTo(1 + 0.5 * Math.log(16), 12) as number,
    rate: expect.closeTo(3 * Math.exp(-0.2), 12) as number,
    coreFraction: expect.closeTo(0.2 + 0.1 * Math.log(16), 12) as number,
  });
});

test("below 1 GeV shape and core are those of 1 GeV, a 20th is electromagnetic on average; they have a least and a most", () => {
  const { out, shapes } = draw(0.5);
  expect(shapes).toEqual([expect.closeTo(0.25, 12), expect.closeTo(4.75, 12)]);
  expect([out.shape, out.coreFraction, out.local, out.spread]).toEqual([1, 0.2, 0.03125, 0.09375 + 0.1875]);
  expect(draw(1e9, { ...MODEL, shape: [0, 0], coreFraction: [0.9, 0.01] }).out).toMatchObject({ shape: 0.4, coreFraction: 0.95 });
}); // prettier-ignore

test("pions: more of the energy is electromagnetic, and narrower in its spread, the more energy there is", () => {
  const of = [2, 20, 200].map((energy) => draw(energy, HADRON).shapes);
  const means = of.map(([a, b]) => a / (a + b));
  expect(means.map((mean) => Math.round(1000 * mean) / 1000)).toEqual([0.117, 0.417, 0.615]);
  const sums = of.map(([a, b]) => a + b);
  expect(sums.map((sum) => Math.round(100 * sum) / 100)).toEqual([2.5, 5.24, 12.94]);
});
