/** The sampler of pile-up alone, far into its tail. */
import { expect, test } from "vitest";
import { Random } from "../../src/core/index.js";
import { COLLISION } from "../../src/events/pileup-constants.js";
import { drawPt, fractionAbove } from "../../src/events/pileup-spectra.js";

test("2e8 particles: as many above 1, 2, 5, 10, 20 GeV as the integrals of the densities say, within 2 % or 3 sigma", () => {
  const seed = 21;
  const draws = 1e8;
  const thresholds = [1, 2, 5, 10, 20];
  for (const kind of ["photons", "pions"] as const) {
    const random = new Random(seed);
    const counts = new Float64Array(thresholds.length);
    for (let i = 0; i < draws; i++) {
      const pt = drawPt(COLLISION[kind], random);
      for (let k = 0; k < thresholds.length && pt > thresholds[k]; k++) counts[k]++;
    }
    for (const [k, threshold] of thresholds.entries()) {
      const wanted = draws * fractionAbove(threshold, COLLISION[kind]);
      const most = Math.max(0.02 * wanted, 3 * Math.sqrt(wanted));
      console.log(`${kind} above ${threshold} GeV: ${counts[k]}, wanted ${wanted.toFixed(1)}`);
      expect(
        Math.abs(counts[k] - wanted),
        `${kind} above ${threshold} GeV: ${counts[k]} of ${wanted}, seed ${seed}`,
      ).toBeLessThan(most);
    }
  }
}, 1_800_000);
