/** The section `clusterStudies` of a configuration, as a table of parameters. */
import { reals, whole } from "../core/index.js";

export const CLUSTER_STUDIES = {
  clusterStudies: {
    coeffs: reals([0.001, 0.05, 50], {
      about: "radii of `study radius` when `--radii` does not say: start, stop, number, both ends included",
      unit: "x/z",
      min: 0,
      max: 1000,
      least: 3,
    }),
    nevents: whole(-1, {
      about: "entries of `study radius` when the command line does not say: the first ones; -1: all",
      min: -1,
      max: 2 ** 31,
    }),
  },
} as const;
