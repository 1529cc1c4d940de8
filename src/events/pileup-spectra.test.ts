import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { COLLISION } from "./pileup-constants.js";
import { drawPt, EtaSampler, fractionAbove } from "./pileup-spectra.js";

test.each(["photons", "pions"] as const)(
  "the spectrum of %s: the fractions above are the integrals of its density",
  (kind) => {
    const { temperature, power } = COLLISION[kind];
    const density = (pt: number): number => pt * (1 + pt / (power * temperature)) ** -power;
    const steps = 200_000;
    const width = Math.log(COLLISION.maxPt / COLLISION.minPt) / steps;
    const sums = new Map([1, 2, 5, 10, 20].map((pt) => [pt, 0]));
    let total = 0;
    for (let i = 0; i < steps; i++) {
      const pt = COLLISION.minPt * Math.exp((i + 0.5) * width);
      const part = density(pt) * pt * width;
      total += part;
      for (const above of sums.keys()) if (pt > above) sums.set(above, (sums.get(above) ?? 0) + part);
    }
    for (const [pt, sum] of sums) expect(fractionAbove(pt, COLLISION[kind]) / (sum / total)).toBeCloseTo(1, 3);
    expect(fractionAbove(COLLISION.minPt, COLLISION[kind])).toBe(1);
    expect(fractionAbove(COLLISION.maxPt, COLLISION[kind])).toBe(0);
  },
);

test.each(["photons", "pions"] as const)("pt of %s is drawn from its spectrum, its tail included", (kind) => {
  const seed = 3;
  const random = new Random(seed);
  const n = 200_000;
  const thresholds = [0.2, 0.5, 1, 2, 5];
  const counts = thresholds.map(() => 0);
  let outside = 0;
  for (let i = 0; i < n; i++) {
    const pt = drawPt(COLLISION[kind], random);
    if (!(pt >= COLLISION.minPt && pt <= COLLISION.maxPt)) outside++;
    for (const [k, threshold] of thresholds.entries()) if (pt > threshold) counts[k]++;
  }
  expect(outside).toBe(0);
  for (const [k, threshold] of thresholds.entries()) {
    const wanted = n * fractionAbove(threshold, COLLISION[kind]);
    expect(
      Math.abs(counts[k] - wanted),
      `above ${threshold} GeV: ${counts[k]} of ${wanted}, seed ${seed}`,
    ).toBeLessThan(4 * Math.sqrt(wanted));
  }
});

test("eta is drawn from the density that is linear between its nodes, empty ones and equal ones included", () => {
  const density = [1, 3, 0, 2, 2];
  const sampler = new EtaSampler(density);
  const step = (COLLISION.maxEta - COLLISION.minEta) / 4;
  expect(sampler.integral).toBeCloseTo(6.5 * step, 12);
  const random = new Random(8);
  const n = 100_000;
  const slices = new Float64Array(16);
  for (let i = 0; i < n; i++) slices[Math.floor((4 * (sampler.draw(random) - COLLISION.minEta)) / step)]++;
  for (let slice = 0; slice < slices.length; slice++) {
    const [i, at] = [Math.floor(slice / 4), (slice % 4) / 4 + 0.125];
    const wanted = (n * (density[i] + at * (density[i + 1] - density[i]))) / 4 / 6.5;
    expect(Math.abs(slices[slice] - wanted), `slice ${slice}: ${slices[slice]} of ${wanted}`).toBeLessThan(
      4.5 * Math.sqrt(wanted),
    );
  }
});
