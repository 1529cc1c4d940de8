// The pictures by the name of their file in docs/tikz.
import { dataFlow, flowchart } from "./flow.mjs";
import { detector, grid, wafer } from "./geometry.mjs";
import { stepCluster, stepCoarse, stepFill, stepSeed, stepSmooth, stepUv, stepValidate } from "./steps.mjs";

/** Each makes the text of NAME.tex. */
export const PICTURES = {
  flowchart,
  "data-flow": dataFlow,
  detector,
  grid,
  wafer,
  "step-fill": stepFill,
  "step-smooth": stepSmooth,
  "step-seed": stepSeed,
  "step-cluster": stepCluster,
  "step-validate": stepValidate,
  "step-coarse-seeds": stepCoarse,
  "step-seed-uv": stepUv,
};
