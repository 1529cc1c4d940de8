/** In the place of what the build writes of the sample in the page. */
export default {
  ...{ particles: "photons", pileup: 0, seed: 1, version: "0.0.0" },
  events: [10, 11, 12, 13],
  prepared: 12,
} as const;
