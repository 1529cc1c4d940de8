import { expect, test } from "vitest";
import { createPtCorrection, type EnergyResponse, responseAt } from "../chain/index.js";
import { effectiveRms, median, Random } from "../core/index.js";
import { type Calibrated, fitCore, fitEnergyResponse, fitPileUp } from "./corrections.js";

interface ToyOptions {
  readonly noise?: number;
  readonly lost?: number;
  readonly pileUp?: (eta: number) => number;
  readonly response?: (energy: number) => number;
}

/** Clusters with a response, pile-up, fluctuations of `noise` times the root of the pt, and some of which most is lost. */
function toy(
  seed: number,
  n: number,
  { noise = 0.2, lost = 0, pileUp = () => 0, response = () => 1 }: ToyOptions = {},
): Calibrated[] {
  const random = new Random(seed);
  return Array.from({ length: n }, () => {
    const absEta = random.between(1.7, 2.8);
    const genPt = random.between(5, 100);
    const genEn = genPt * Math.cosh(absEta);
    const share = random.uniform() < lost ? random.between(0.1, 0.6) : 1;
    const pt = share * genPt * response(genEn) + pileUp(absEta) + noise * Math.sqrt(genPt) * random.normal();
    return { genPt, genEn, absEta, pt };
  });
}

test("a line through points on it is exact, one that is far away does not count", () => {
  const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 5.5];
  const y = x.map((each) => 2 - 0.5 * each + 1e-4 * Math.sin(7 * each));
  y[10] = 100;
  const { slope, intercept } = fitCore(
    x,
    y,
    x.map(() => 1),
  );
  expect(slope).toBeCloseTo(-0.5, 4);
  expect(intercept).toBeCloseTo(2, 3);
  const exact = fitCore([1, 2, 3, 4], [3, 5, 7, 9], [1, 1, 1, 1]);
  expect([exact.slope, exact.intercept]).toEqual([2, 1]);
  expect(fitCore([1, 1], [3, 5], [1, 1]).slope).toBeNaN();
});

test.each([
  { name: "alone", lost: 0, limit: 0.13 },
  { name: "with a tenth of the particles that lose most of their energy", lost: 0.1, limit: 0.4 },
])("the line of pile-up is found, $name", ({ lost, limit }) => {
  const pileUp = (eta: number): number => 14 - 4 * eta;
  const clusters = toy(1, 4000, { noise: 0.2, lost, pileUp });
  const { intercept, slope } = fitPileUp(clusters, ({ genPt }) => genPt);
  for (const eta of [1.7, 2.2, 2.8]) expect(Math.abs(intercept + slope * eta - pileUp(eta))).toBeLessThan(limit);
});

test("subtracting it gives clusters without a shift in any range of eta", () => {
  const clusters = toy(2, 4000, { pileUp: (eta) => 14 - 4 * eta });
  const { intercept, slope } = fitPileUp(clusters, ({ genPt }) => genPt);
  const correct = createPtCorrection({ PileUpPt: [intercept, slope], EnergyResponse: [] });
  for (const low of [1.7, 2.25]) {
    const part = clusters.filter(({ absEta }) => absEta >= low && absEta < low + 0.55);
    expect(Math.abs(median(part.map(({ pt, absEta, genPt }) => correct(pt, absEta) - genPt)))).toBeLessThan(0.15);
  }
});

const TRUE: EnergyResponse = { at1: 0.45, slope: 0.07, from: 1, to: 1e4 };

test("an energy response is found, and its correction brings every energy back to a response of 1", () => {
  const clusters = toy(3, 5000, { noise: 0.6, lost: 0.03, response: (energy) => responseAt(TRUE, energy) });
  const found = fitEnergyResponse(clusters);
  if (found === undefined) throw new Error("no response was found");
  for (const energy of [30, 100, 400]) {
    // A few lost particles stay within the cut.
    expect(Math.abs(responseAt(found, energy) / responseAt(TRUE, energy) - 1)).toBeLessThan(0.02);
  }
  expect(found.from).toBeGreaterThan(14);
  expect(found.to).toBeLessThan(830);
  const correct = createPtCorrection({ PileUpPt: [], EnergyResponse: [found.at1, found.slope, found.from, found.to] });
  const before = clusters.map(({ pt, genPt }) => pt / genPt);
  const after = clusters.map(({ pt, absEta, genPt }) => correct(pt, absEta) / genPt);
  expect(Math.abs(median(after) - 1)).toBeLessThan(0.02);
  expect(effectiveRms(after) / median(after)).toBeLessThan(effectiveRms(before) / median(before));
  for (const [low, high] of [
    [5, 30],
    [30, 60],
    [60, 100],
  ]) {
    const part = after.filter((_, i) => clusters[i].genPt >= low && clusters[i].genPt < high);
    expect(Math.abs(median(part) - 1)).toBeLessThan(0.02);
  }
});

test("a response that cannot be turned round gives no correction", () => {
  expect(fitEnergyResponse(toy(4, 500, { noise: 0, response: (energy) => 20 / energy }))).toBeUndefined();
  expect(fitEnergyResponse([])).toBeUndefined();
});

test("points far from the line on one side alone do not pull it: the width is counted from the middle of what is there", () => {
  // All points lie 10 above zero in the first round; one is far below them.
  const x = Array.from({ length: 41 }, (_, k) => k);
  const y = x.map((each) => 10 + each + 0.1 * Math.sin(each * each));
  y[20] = 0;
  const ones = x.map(() => 1);
  const kept = x.filter((each) => each !== 20);
  const { slope, intercept } = fitCore(x, y, ones);
  const want = fitCore(kept, kept.map((each) => y[each]), kept.map(() => 1)); // prettier-ignore
  expect([slope, intercept]).toEqual([expect.closeTo(want.slope, 12), expect.closeTo(want.intercept, 12)]);
});
