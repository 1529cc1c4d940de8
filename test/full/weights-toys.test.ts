/** Intervals of layer weights over many toys. */
import { expect, test } from "vitest";
import { coverage } from "../../src/studies/layer-weights.test-data.js";

test.each([
  { layers: 14, clusters: 400, toys: 80 },
  { layers: 28, clusters: 1500, toys: 40 },
])(
  "68 % intervals of $layers layers, $clusters clusters hold the truth in 60 to 76 % of $toys toys",
  ({ layers, clusters, toys }) => {
    const { share, pairs } = coverage({ layers, clusters, noise: 0.3 }, toys, 100);
    expect(pairs).toBeGreaterThan(1000);
    console.info(`${(100 * share).toFixed(1)} % of ${pairs} pairs`);
    expect(share).toBeGreaterThan(0.6);
    expect(share).toBeLessThan(0.76);
  },
);
