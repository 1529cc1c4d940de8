/** Every table of a RUN: column names, storage types, units; and those of a SAMPLE from sample-tables.ts. */
import { type Schema } from "../core/index.js";
import { ENTRY_KEYS } from "./table-keys.js";

export {
  CL3D,
  type Cl3dTable,
  ENTRIES,
  type EntriesTable,
  GEN,
  type GenTable,
  SAMPLE_TABLES,
  type SampleBatch,
  TC,
  TC_TRUTH,
  type TcColumn,
  type TcTable,
  type TcTruthTable,
} from "./sample-tables.js";

const { entry, event } = ENTRY_KEYS;
const chain = { type: "string", unit: "", doc: "default or cs" } as const;

const seedIdx = { type: "int32", unit: "", doc: "seed index in its entry" } as const;

export const SEEDS = {
  entry,
  event,
  chain,
  seed_idx: seedIdx,
  seedEn: { type: "double", unit: "MIP_T", doc: "smoothed energy of the seed bin" },
  seedXdivZ: { type: "double", unit: "", doc: "x/|z|" },
  seedYdivZ: { type: "double", unit: "", doc: "y/|z|" },
  rz_bin: { type: "int32", unit: "", doc: "R/z row (default chain; else -1)" },
  phi_bin: { type: "int32", unit: "", doc: "phi column (default chain; else -1)" },
  cs_id: { type: "int32", unit: "", doc: "coarse seed, 0 for all where there is none by construction (cs; else -1)" },
  u: { type: "int32", unit: "", doc: "U = cu - 4 wu + 8 wv (cs; else -999)" },
  v: { type: "int32", unit: "", doc: "V = cv - 8 wu + 4 wv (cs; else -999)" },
} as const satisfies Schema;

export const COARSE_SEEDS = {
  entry,
  event,
  cs_id: { type: "int32", unit: "", doc: "index of the coarse seed in its entry" },
  wu: { type: "int32", unit: "", doc: "wafer u" },
  wv: { type: "int32", unit: "", doc: "wafer v" },
  mipPt: { type: "double", unit: "MIP_T", doc: "sum of mipPt in the chosen layers" },
  eta: { type: "double", unit: "", doc: "unweighted mean eta of these TCs" },
} as const satisfies Schema;

export const CLUSTERS = {
  entry,
  event,
  chain,
  seed_idx: seedIdx,
  en: { type: "double", unit: "GeV", doc: "pt cosh(eta)" },
  pt: { type: "double", unit: "GeV", doc: "sum of TC pt" },
  mipPt: { type: "double", unit: "MIP_T", doc: "sum of TC mipPt" },
  x: { type: "double", unit: "cm", doc: "mipPt-weighted mean" },
  y: { type: "double", unit: "cm", doc: "mipPt-weighted mean" },
  z: { type: "double", unit: "cm", doc: "mipPt-weighted mean" },
  Rz: { type: "double", unit: "", doc: "R/z of the cluster's direction" },
  eta: { type: "double", unit: "", doc: "asinh(z / R)" },
  phi: { type: "double", unit: "rad", doc: "atan2(y, x)" },
  n_tc: { type: "int32", unit: "", doc: "number of TCs" },
  signal_pt: {
    type: "double",
    unit: "GeV",
    doc: "sum of tc_pt * tc_signal of its TCs: what generated particles left in it (simulated samples; else NaN)",
    optional: true,
  },
} as const satisfies Schema;

export const ASSIGNMENT = {
  entry,
  event,
  chain,
  tc_row: { type: "int32", unit: "", doc: "row of the TC in its entry, input order" },
  seed_idx: seedIdx,
} as const satisfies Schema;

export const FILL = {
  entry,
  event,
  rz_bin: { type: "int32", unit: "", doc: "R/z row" },
  phi_bin: { type: "int32", unit: "", doc: "phi column" },
  mipPt: { type: "double", unit: "MIP_T", doc: "sum of mipPt" },
  wght_x: { type: "double", unit: "", doc: "mipPt-weighted mean of x/|z|; NaN where the sum is 0" },
  wght_y: { type: "double", unit: "", doc: "mipPt-weighted mean of y/|z|; NaN where the sum is 0" },
} as const satisfies Schema;

export const SMOOTH = {
  entry,
  event,
  rz_bin: { type: "int32", unit: "", doc: "R/z row" },
  phi_bin: { type: "int32", unit: "", doc: "phi column" },
  energy: { type: "double", unit: "MIP_T", doc: "smoothed energy, non-zero bins" },
} as const satisfies Schema;

/** What a validation record says whatever the chain. */
export const PARTICLE_COLUMNS = {
  particle: { type: "int32", unit: "", doc: "row of the particle in its entry" },
  genen: { type: "double", unit: "GeV", doc: "generated energy" },
  geneta: { type: "double", unit: "", doc: "generated eta" },
  genphi: { type: "double", unit: "rad", doc: "generated phi" },
  genpt: { type: "double", unit: "GeV", doc: "genen / cosh(geneta)" },
  tcallen: { type: "double", unit: "GeV", doc: "sum of TC energy" },
  tcalleta: { type: "double", unit: "", doc: "pt-weighted mean eta of the TCs" },
  tcallphi: { type: "double", unit: "rad", doc: "pt-weighted mean phi of the TCs" },
  tcallpt: { type: "double", unit: "GeV", doc: "sum of TC pt" },
  tcallresen: { type: "double", unit: "", doc: "tcallen / genen - 1" },
  tcallreseta: { type: "double", unit: "", doc: "tcalleta - geneta" },
  tcallresphi: { type: "double", unit: "rad", doc: "tcallphi - genphi, wrapped" },
  tcallrespt: { type: "double", unit: "", doc: "tcallpt / genpt - 1" },
  n_cl3d: { type: "int32", unit: "", doc: "CMSSW clusters of the entry" },
} as const satisfies Schema;

export const CHAIN_COLUMNS = {
  clen: { type: "double", unit: "GeV", doc: "energy of the most energetic cluster" },
  cleta: { type: "double", unit: "", doc: "its eta" },
  clphi: { type: "double", unit: "rad", doc: "its phi" },
  clpt: { type: "double", unit: "GeV", doc: "its pt" },
  clresen: { type: "double", unit: "", doc: "clen / genen - 1" },
  clreseta: { type: "double", unit: "", doc: "cleta - geneta" },
  clresphi: { type: "double", unit: "rad", doc: "clphi - genphi, wrapped" },
  clrespt: { type: "double", unit: "", doc: "clpt / genpt - 1" },
  n_seeds: { type: "int32", unit: "", doc: "seeds of the entry" },
  n_cs: { type: "int32", unit: "", doc: "coarse seeds of the entry; 1 where there is none by construction" },
  seeds_per_cs: { type: "double", unit: "", doc: "n_seeds / n_cs; NaN without a coarse seed" },
  n_clusters: { type: "int32", unit: "", doc: "clusters of the entry" },
  n_matched: { type: "int32", unit: "", doc: "clusters matched to the particle in the projected plane" },
  response_en: { type: "double", unit: "", doc: "energy of the most energetic matched cluster / genen" },
  response_pt: { type: "double", unit: "", doc: "pt of the same cluster / genpt" },
  match_reseta: { type: "double", unit: "", doc: "eta of the same cluster - geneta", optional: true },
  match_resphi: { type: "double", unit: "rad", doc: "phi of the same cluster - genphi, wrapped", optional: true },
  is_split: { type: "boolean", unit: "", doc: "two matched clusters share the particle" },
  match_control: { type: "int32", unit: "", doc: "control directions with a cluster, of n_control", optional: true },
  split_control: {
    type: "int32",
    unit: "",
    doc: "control directions whose clusters would make the particle split, of n_control",
    optional: true,
  },
  n_control: {
    type: "int32",
    unit: "",
    doc: "control directions: the particle's turned by 60, 120, ... 300 degrees, without another particle there",
    optional: true,
  },
  true_split: {
    type: "boolean",
    unit: "",
    doc: "two clusters really share the particle (simulated samples)",
    optional: true,
  },
  true_match: {
    type: "boolean",
    unit: "",
    doc: "one cluster holds half of what the particle deposited (simulated samples)",
    optional: true,
  },
  cmssw_deta: {
    type: "double",
    unit: "",
    doc: "eta of that cluster - eta of the nearest CMSSW cluster, if one matches",
  },
  cmssw_dphi: { type: "double", unit: "rad", doc: "the same for phi, wrapped" },
  cmssw_dRz: { type: "double", unit: "", doc: "the same for R/z" },
  cmssw_den: { type: "double", unit: "GeV", doc: "the same for the energy" },
} as const satisfies Schema;

/** Validation records: one row per entry, chain and selected particle. Without a value (no cluster, no TC) reals are NaN. */
export const RECORDS = { entry, event, chain, ...PARTICLE_COLUMNS, ...CHAIN_COLUMNS } as const satisfies Schema;

/** Sums over the TCs near a particle: one row per record and value of `valid_cluster.tcDeltaRthresh`. */
export const TCDR = {
  entry,
  event,
  chain,
  particle: PARTICLE_COLUMNS.particle,
  threshold: { type: "double", unit: "", doc: "TCs with a smaller distance to the particle in (eta, phi)" },
  en: { type: "double", unit: "GeV", doc: "sum of TC energy" },
  eta: { type: "double", unit: "", doc: "pt-weighted mean eta" },
  phi: { type: "double", unit: "rad", doc: "pt-weighted mean phi" },
  pt: { type: "double", unit: "GeV", doc: "sum of TC pt" },
  resen: { type: "double", unit: "", doc: "en / genen - 1" },
  reseta: { type: "double", unit: "", doc: "eta - geneta" },
  resphi: { type: "double", unit: "rad", doc: "phi - genphi, wrapped" },
  respt: { type: "double", unit: "", doc: "pt / genpt - 1" },
} as const satisfies Schema;

/** Our clusters beside CMSSW's: one row per matched pair, and per cluster without a partner (reals NaN). */
export const CMSSW_DIFFERENCES = {
  entry,
  event,
  chain,
  seed_idx: { type: "int32", unit: "", doc: "our cluster, -1 for none" },
  cl3d: { type: "int32", unit: "", doc: "row of the CMSSW cluster in its entry, -1 for none" },
  distance: { type: "double", unit: "", doc: "in the projected plane" },
  deta: { type: "double", unit: "", doc: "ours - CMSSW" },
  dphi: { type: "double", unit: "rad", doc: "ours - CMSSW, wrapped" },
  dRz: { type: "double", unit: "", doc: "ours - CMSSW" },
  den: { type: "double", unit: "GeV", doc: "ours - CMSSW" },
  differs: { type: "boolean", unit: "", doc: "some difference above 5e-3, or no partner" },
} as const satisfies Schema;

/** Why a particle is split: its two matched clusters of largest pt, a and b, their seeds, and what lies between these. */
export const SPLITS = {
  entry,
  event,
  chain,
  particle: PARTICLE_COLUMNS.particle,
  seed_a: { type: "int32", unit: "", doc: "seed index of the cluster of largest pt" },
  seed_b: { type: "int32", unit: "", doc: "seed index of the second" },
  pt_a: { type: "double", unit: "GeV", doc: "pt of its cluster" },
  pt_b: { type: "double", unit: "GeV", doc: "pt of its cluster" },
  share: { type: "double", unit: "", doc: "pt_b / pt of all matched clusters that count" },
  seedEn_a: { type: "double", unit: "MIP_T", doc: "energy of the seed" },
  seedEn_b: { type: "double", unit: "MIP_T", doc: "energy of the seed" },
  distance: { type: "double", unit: "", doc: "between the seeds, in the projected plane" },
  d_rz: { type: "int32", unit: "", doc: "R/z rows between the seeds (default chain; else -1)" },
  d_phi: { type: "int32", unit: "", doc: "phi columns between the seeds (default chain; else -1)" },
  BinSums_a: { type: "int32", unit: "", doc: "width of the phi kernel in the row of seed a (default chain; else -1)" },
  BinSums_b: { type: "int32", unit: "", doc: "width of the phi kernel in the row of seed b (default chain; else -1)" },
  d_uv: { type: "int32", unit: "", doc: "steps from cell to cell between the seeds (cs; else -1)" },
  cs_id_a: { type: "int32", unit: "", doc: "coarse seed of seed a (cs; else -1)" },
  cs_id_b: { type: "int32", unit: "", doc: "coarse seed of seed b (cs; else -1)" },
  valley_bins: { type: "int32", unit: "", doc: "bins, or cells, on the straight line between the seeds" },
  valley_tcs: { type: "int32", unit: "", doc: "TCs in them" },
  valley_mipPt: { type: "double", unit: "MIP_T", doc: "sum of their mipPt" },
  valley_min: { type: "double", unit: "MIP_T", doc: "lowest energy on the line (default: smoothed); NaN without bins" },
} as const satisfies Schema;

/** Columns of a run's tables that only samples with TC_TRUTH fill. */
export const TRUTH_COLUMNS: readonly string[] = ["signal_pt", "true_split", "true_match"];

/** The tables of a run, by file name without `.parquet`; those after `events` exist with `--save-steps` or their option. */
export const RUN_TABLES = {
  seeds: SEEDS,
  clusters: CLUSTERS,
  assignment: ASSIGNMENT,
  events: RECORDS,
  fill: FILL,
  smooth: SMOOTH,
  coarse_seeds: COARSE_SEEDS,
  tcdr: TCDR,
} as const;

/** The tables as they are stored: without the columns of simulated samples where the sample has no TC_TRUTH. */
export function storedRunTables(hasTruth: boolean): typeof RUN_TABLES {
  if (hasTruth) return RUN_TABLES;
  const without = (schema: Schema): Schema =>
    Object.fromEntries(Object.entries(schema).filter(([name]) => !TRUTH_COLUMNS.includes(name)));
  return Object.fromEntries(
    Object.entries<Schema>(RUN_TABLES).map(([name, schema]) => [name, without(schema)]),
  ) as typeof RUN_TABLES;
}
