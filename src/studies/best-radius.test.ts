import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { type BestRadius, BestRadiusFinder, bestRadiusLine, measureOf } from "./best-radius.js";

/** Responses of width sigma around 1. */
function responses(seed: number, n: number, sigma: number): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: n }, () => 1 + sigma * random.normal());
}

test("the radius of the narrowest responses is best, whatever their scale, and its interval holds it", () => {
  const finder = new BestRadiusFinder("response_pt");
  for (const [k, sigma] of [0.2, 0.1, 0.05, 0.1, 0.2].entries()) {
    finder.add(
      0.01 * (k + 1),
      responses(3, 400, sigma).map((value) => (k + 1) * value),
    );
  }
  const best = finder.finish();
  expect(best).toMatchObject({ radius: 0.03, low: 0.03, high: 0.03, matched: 400, particles: 400 });
  expect(best?.resolution).toBeCloseTo(0.05, 1.5);
  expect(best?.response).toBeCloseTo(3, 1);
});

test("where two radii are as good as each other the interval holds both", () => {
  const finder = new BestRadiusFinder("response_pt");
  const values = responses(1, 100, 0.1);
  // The same values, of other particles.
  for (const [k, each] of [values, values.toReversed(), responses(2, 100, 0.5)].entries())
    finder.add(0.01 * (k + 1), each);
  expect(finder.finish()).toMatchObject({ low: 0.01, high: 0.02 });
});

test("a radius at which few particles match does not stand for them", () => {
  const finder = new BestRadiusFinder("response_pt");
  const few = responses(1, 100, 0.01).map((value, i) => (i < 50 ? value : Number.NaN));
  finder.add(0.001, few);
  finder.add(0.01, responses(2, 100, 0.1));
  expect(finder.finish()?.radius).toBe(0.01);
});

test("no response at any radius, or a single one, is no best radius, and a line says so", () => {
  const finder = new BestRadiusFinder("response_pt");
  finder.add(0.001, new Float64Array(3).fill(Number.NaN));
  finder.add(0.002, new Float64Array(0));
  finder.add(0.003, Float64Array.of(1));
  expect(finder.finish()).toBeUndefined();
  expect(bestRadiusLine("photons", null)).toBe(
    "photons: no best radius: it takes two particles or more with a matched cluster at one radius",
  );
});

test.each([
  { pileup: 200, hasTruth: true, want: "response_signal" },
  { pileup: 200, hasTruth: false, want: "response_pt" },
  { pileup: 0.5, hasTruth: true, want: "response_signal" },
  { pileup: 0, hasTruth: true, want: "response_pt" },
])("pile-up $pileup, truth $hasTruth: the response is $want", ({ want, ...sample }) => {
  expect(measureOf(sample)).toBe(want);
});

test.each([
  { low: 0.01, high: 0.03, doubts: false },
  { low: 0.02, high: 0.03, doubts: false },
  { low: 0.01, high: 0.02, doubts: false },
  { low: 0.021, high: 0.03, doubts: true },
  { low: 0.01, high: 0.019, doubts: true },
])("a best radius of 0.02 with the interval $low to $high: a line doubts it $doubts", ({ low, high, doubts }) => {
  const best: BestRadius = { measure: "response_pt", radius: 0.02, low, high, resolution: 0.05, response: 1, matched: 27, particles: 28 };
  expect(bestRadiusLine("photons", best).endsWith("; most samples drawn anew are best elsewhere: these particles do not tell which radius is")).toBe(doubts);
}); // prettier-ignore
