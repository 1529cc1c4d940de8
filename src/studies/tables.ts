/** The tables of studies. Their keys are numbers of points and samples, places in the lists of study.json. */
import { type ColumnSpec, type Schema } from "../core/index.js";
import { CHAIN_COLUMNS, CLUSTERS, GEN, PARTICLE_COLUMNS } from "../events/index.js";

const real = (unit: string, doc: string): ColumnSpec & { readonly type: "double" } => ({ type: "double", unit, doc });
const whole = (doc: string): ColumnSpec & { readonly type: "int32" } => ({ type: "int32", unit: "", doc });

const point = whole("number of the point, as in points of study.json");
const sample = whole("number of the sample, as in samples of study.json");

/** Own columns of the points of `study scan`. */
export const SCAN_KEYS = {
  point,
  chain: CLUSTERS.chain,
  settings: { type: "string", unit: "", doc: "KEY=VALUE of the point, in the order given, `;` between" },
  sample,
} as const satisfies Schema;

/** Own columns of the points of `study radius`. */
export const RADIUS_KEYS = { point, radius: real("x/z", "exact"), sample } as const satisfies Schema;

/** Which single change mends which split: one row for each particle split as configured and each change. */
export const HEAL = {
  sample,
  chain: CLUSTERS.chain,
  entry: CLUSTERS.entry,
  particle: PARTICLE_COLUMNS.particle,
  setting: { type: "string", unit: "", doc: "the change: KEY=VALUE" },
  split: { type: "boolean", unit: "", doc: "whether the particle is still split (is_split)" },
  true_split: {
    type: "boolean",
    unit: "",
    doc: "whether two clusters really share it (samples with truth; else false)",
  },
} as const satisfies Schema;

/** The bin of a row, with `--by`; `by` is "" for all particles. */
export const BY_COLUMNS = {
  by: { type: "string", unit: "", doc: "gen_pt or gen_eta: what the rows are bins of; empty for all particles" },
  lo: real("", "lower limit of the bin, included; NaN for all particles"),
  hi: real("", "upper limit of the bin, not included; NaN for all particles"),
} as const satisfies Schema;

/** What clusters say about particles: medians, widths, fractions. NaN for what does not exist. Intervals hold 68 %. */
export const FIGURES = {
  particles: whole("particles in acceptance"),
  matched: whole("of these, with a matched cluster"),
  split: whole("of these, shared by two clusters"),
  efficiency: real("", "matched / particles"),
  efficiency_lo: real("", "lower end, Clopper-Pearson"),
  efficiency_hi: real("", "upper end"),
  split_fraction: real("", "split / particles"),
  split_fraction_lo: real("", "lower end, Clopper-Pearson"),
  split_fraction_hi: real("", "upper end"),
  response_en: real("", "median energy of the most energetic matched cluster / generated"),
  response_pt: real("", "median pt of the same cluster / generated"),
  resolution_en: real("", "half of the shortest window that holds 68 % of the energy responses / their median"),
  resolution_en_lo: real("", "lower end, bootstrap over particles"),
  resolution_en_hi: real("", "upper end"),
  resolution_pt: real("", "the same of pt"),
  rms_en: real("", "standard deviation of the energy responses / their mean"),
  rms_pt: real("", "the same of pt"),
  response_signal: real("", "median of what the particle left in that cluster / its generated pt; samples with truth"),
  resolution_signal: real("", "its width as above, / its median"),
  seeds: real("", "seeds an entry"),
  clusters: real("", "clusters an entry"),
  false_clusters: real("", "clusters an entry that no generated particle made"),
  match_control: real("", "control directions with a cluster / control directions"),
  split_control: real("", "control directions that would split / those of matched particles"),
  split_net: real("", "(split fraction - split_control) / (1 - split_control)"),
  split_net_lo: real("", "lower end, bootstrap over entries"),
  split_net_hi: real("", "upper end"),
  true_split_fraction: real("", "particles that two clusters really share / particles; samples with truth"),
  true_split_fraction_lo: real("", "lower end, Clopper-Pearson"),
  true_split_fraction_hi: real("", "upper end"),
  true_efficiency: real("", "particles of whose deposits one cluster holds half / particles; samples with truth"),
} as const satisfies Schema;

/** One row per point, sample, entry and particle; an entry without a particle has one row with particle -1. */
export const STUDY_EVENTS = {
  point,
  sample,
  entry: CLUSTERS.entry,
  particle: PARTICLE_COLUMNS.particle,
  n_seeds: CHAIN_COLUMNS.n_seeds,
  n_clusters: CHAIN_COLUMNS.n_clusters,
  is_split: CHAIN_COLUMNS.is_split,
  response_en: CHAIN_COLUMNS.response_en,
  response_pt: CHAIN_COLUMNS.response_pt,
  response_signal: real("", "what the particle left in that cluster / its generated pt; NaN without truth"),
} as const satisfies Schema;

/** The same in parts: with everything that the figures of a point need. */
export const PART_EVENTS = {
  ...STUDY_EVENTS,
  gen_pt: real("GeV", "genen / cosh(geneta)"),
  gen_eta: real("", "generated eta"),
  n_matched: CHAIN_COLUMNS.n_matched,
  match_control: { type: "int32", unit: "", doc: CHAIN_COLUMNS.match_control.doc },
  split_control: { type: "int32", unit: "", doc: CHAIN_COLUMNS.split_control.doc },
  n_control: { type: "int32", unit: "", doc: CHAIN_COLUMNS.n_control.doc },
  has_truth: { type: "boolean", unit: "", doc: "whether the deposits of the particle are known" },
  true_split: { type: "boolean", unit: "", doc: CHAIN_COLUMNS.true_split.doc },
  true_match: { type: "boolean", unit: "", doc: CHAIN_COLUMNS.true_match.doc },
  n_false: whole("clusters of the entry that no generated particle made"),
} as const satisfies Schema;

/** Beside the rows of particles in a radius study with `--weights`: the same cluster, from weighted sums of TCs. */
export const WEIGHTED_RESPONSES = {
  response_en_weighted: real("", "response_en with the weights of the layers"),
  response_pt_weighted: real("", "response_pt with the weights of the layers"),
} as const satisfies Schema;

/** The clusters of `study radius`, each beside the particle that is nearest in (eta, phi). */
export const RADIUS_CLUSTERS = {
  point,
  radius: real("x/z", "exact"),
  sample,
  entry: CLUSTERS.entry,
  event: CLUSTERS.event,
  seed_idx: CLUSTERS.seed_idx,
  n_tc: CLUSTERS.n_tc,
  en: CLUSTERS.en,
  pt: CLUSTERS.pt,
  eta: CLUSTERS.eta,
  phi: CLUSTERS.phi,
  gen_en: { ...real("GeV", GEN.gen_en.doc) },
  gen_pt: { ...real("GeV", "gen_en / cosh(gen_eta)") },
  gen_eta: { ...real("", GEN.gen_eta.doc) },
  gen_phi: { ...real("rad", GEN.gen_phi.doc) },
  deltaR: real("", "distance of cluster and particle in (|eta|, phi), phi wrapped"),
  matches: { type: "boolean", unit: "", doc: "deltaR <= selection.deltarThreshold" },
  en_norm: real("", "en / gen_en"),
  pt_norm: real("", "pt / gen_pt"),
} as const satisfies Schema;

/** With `--weights`: the same from weighted sums of TCs. */
export const WEIGHTED_COLUMNS = {
  en_weighted: real("GeV", "pt_weighted cosh(eta)"),
  pt_weighted: real("GeV", "sum of TC pt times the weight of its layer"),
  en_norm_weighted: real("", "en_weighted / gen_en"),
  pt_norm_weighted: real("", "pt_weighted / gen_pt"),
} as const satisfies Schema;

/** Entries that `init` of `study radius` selected, and their seeds, of each sample. */
export const STUDY_ENTRIES = { entry: CLUSTERS.entry, n_seeds: CHAIN_COLUMNS.n_seeds } as const satisfies Schema;

export const STUDY_SEEDS = {
  entry: CLUSTERS.entry,
  seed_idx: CLUSTERS.seed_idx,
  seedEn: { type: "double", unit: "MIP_T", doc: "smoothed energy of the seed bin" },
  seedXdivZ: { type: "double", unit: "", doc: "x/|z|" },
  seedYdivZ: { type: "double", unit: "", doc: "y/|z|" },
} as const satisfies Schema;
