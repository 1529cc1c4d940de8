/** Tables of the study of layer weights. */
import { type ColumnSpec, type Schema } from "../core/index.js";
import { DEFAULT_GEOMETRY, triggerLayersOf } from "../detector/index.js";
import { CLUSTERS, PARTICLE_COLUMNS } from "../events/index.js";
import { FIGURES, RADIUS_CLUSTERS, RADIUS_KEYS } from "./tables.js";

const particle = {
  type: "string",
  unit: "",
  doc: "photons, electrons or pions; else the particles of the sample",
} as const;
const { point, radius, sample } = RADIUS_KEYS;

const real = (unit: string, doc: string): ColumnSpec & { readonly type: "double" } => ({ type: "double", unit, doc });

/** Layers that get a weight: those that the trigger reads. */
export const WEIGHT_LAYERS: readonly number[] = triggerLayersOf(DEFAULT_GEOMETRY);

export const layerColumn = (layer: number): string => `pt_${layer}`;

/**
 * Clusters near a particle with their pt by layer; one row each, one with seed_idx -1 for a particle without any. Columns
 * pt_1, pt_3, ... [GeV] follow.
 */
export const LAYER_CLUSTERS = {
  entry: CLUSTERS.entry,
  event: CLUSTERS.event,
  particle: PARTICLE_COLUMNS.particle,
  gen_en: RADIUS_CLUSTERS.gen_en,
  gen_pt: RADIUS_CLUSTERS.gen_pt,
  gen_eta: RADIUS_CLUSTERS.gen_eta,
  seed_idx: CLUSTERS.seed_idx,
  eta: CLUSTERS.eta,
} as const satisfies Schema;

export const LAYER_CLUSTERS_WITH_PT: Schema = {
  ...LAYER_CLUSTERS,
  ...Object.fromEntries(
    WEIGHT_LAYERS.map((layer) => [layerColumn(layer), real("GeV", `pt of its cells in layer ${layer}`)]),
  ),
};

export const WEIGHTS = {
  particle,
  radius,
  layer: { type: "int32", unit: "", doc: "layer, 1-50" },
  weight: real(
    "",
    "factor of the pt of trigger cells; 1 where the layer is not fitted: too few clusters have pt in it",
  ),
  weight_lo: real("", "lower end, 68 %, bootstrap over events; NaN where the layer has no fit"),
  weight_hi: real("", "upper end"),
} as const satisfies Schema;

/** One row for each particle, radius and sample. */
export const CORRECTIONS = {
  particle,
  radius,
  sample,
  pileup: real("", "mean number of collisions of the sample; NaN where it does not say"),
  pileup_intercept: real("GeV", "pile-up adds intercept + slope |eta| to the pt; NaN without pile-up"),
  pileup_slope: real("GeV", "see pileup_intercept"),
  response_at1: real(
    "",
    "response = at1 + slope ln(E / GeV), E the generated energy; NaN where it is not fitted (pions alone)",
  ),
  response_slope: real("", "see response_at1"),
  response_from: real("GeV", "below this energy the response is that at it"),
  response_to: real("GeV", "above this energy the response is that at it"),
} as const satisfies Schema;

/** One row for each radius, sample, version and set. */
export const WEIGHT_POINTS = {
  point,
  radius,
  sample,
  particle,
  version: {
    type: "string",
    unit: "",
    doc: "original, weighted, eta_corrected or energy_corrected: each with those before it",
  },
  set: { type: "string", unit: "", doc: "fit or test: events that the fits have seen, and those that they have not" },
  particles: FIGURES.particles,
  matched: FIGURES.matched,
  response_en: FIGURES.response_en,
  response_pt: FIGURES.response_pt,
  resolution_en: FIGURES.resolution_en,
  resolution_pt: FIGURES.resolution_pt,
  resolution_pt_lo: real("", "lower end, 68 %, bootstrap over particles"),
  resolution_pt_hi: real("", "upper end"),
  rms_en: FIGURES.rms_en,
  rms_pt: FIGURES.rms_pt,
} as const satisfies Schema;
