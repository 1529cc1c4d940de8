/**
 * Every table of a SAMPLE and of a RUN: column names, storage types, units.
 * `entry` (one event and one endcap) is the only key; `event` is there for people.
 */
import { type Schema, type Table } from "../core/index.js";

const entry = { type: "int32", unit: "", doc: "event and endcap, 0..n-1 in input order" } as const;
const event = { type: "int64", unit: "", doc: "event number of the input" } as const;
const chain = { type: "string", unit: "", doc: "default or cs" } as const;

export const ENTRIES = {
  entry,
  run: { type: "int64", unit: "", doc: "run number" },
  lumi: { type: "int64", unit: "", doc: "luminosity block" },
  event,
  zside: { type: "int32", unit: "", doc: "endcap, +1 or -1" },
  gen_first: { type: "int32", unit: "", doc: "first row in gen" },
  gen_rows: { type: "int32", unit: "", doc: "number of rows in gen" },
  cl3d_first: { type: "int32", unit: "", doc: "first row in cl3d" },
  cl3d_rows: { type: "int32", unit: "", doc: "number of rows in cl3d" },
  tc_first: { type: "int32", unit: "", doc: "first row in tc" },
  tc_rows: { type: "int32", unit: "", doc: "number of rows in tc" },
} as const satisfies Schema;

export const GEN = {
  entry,
  event,
  gen_eta: { type: "float", unit: "", doc: "eta at the front face of CE-E" },
  gen_phi: { type: "float", unit: "rad", doc: "phi at the front face of CE-E" },
  gen_en: { type: "float", unit: "GeV", doc: "energy" },
  gen_pt: { type: "float", unit: "GeV", doc: "transverse momentum" },
  gen_pid: { type: "int32", unit: "", doc: "PDG id", optional: true },
} as const satisfies Schema;

export const CL3D = {
  entry,
  event,
  cl3d_id: { type: "int64", unit: "", doc: "id of the cluster in its event" },
  cl3d_en: { type: "float", unit: "GeV", doc: "energy" },
  cl3d_pt: { type: "float", unit: "GeV", doc: "transverse momentum" },
  cl3d_eta: { type: "float", unit: "", doc: "eta" },
  cl3d_phi: { type: "float", unit: "rad", doc: "phi" },
  deltaR: { type: "float", unit: "", doc: "distance to the particle in (eta, phi)", optional: true },
  matches: { type: "boolean", unit: "", doc: "deltaR <= deltarThreshold", optional: true },
} as const satisfies Schema;

export const TC = {
  entry,
  event,
  tc_layer: { type: "int32", unit: "", doc: "layer, 1-50" },
  tc_wu: { type: "int32", unit: "", doc: "wafer u (scintillator: -999)" },
  tc_wv: { type: "int32", unit: "", doc: "wafer v (scintillator: -999)" },
  tc_cu: { type: "int32", unit: "", doc: "trigger cell u in its wafer (scintillator: ieta)" },
  tc_cv: { type: "int32", unit: "", doc: "trigger cell v in its wafer (scintillator: iphi)" },
  tc_x: { type: "float", unit: "cm", doc: "position" },
  tc_y: { type: "float", unit: "cm", doc: "position" },
  tc_z: { type: "float", unit: "cm", doc: "position" },
  tc_eta: { type: "float", unit: "", doc: "eta of the position" },
  tc_phi: { type: "float", unit: "rad", doc: "phi of the position" },
  tc_energy: { type: "float", unit: "GeV", doc: "energy" },
  tc_pt: { type: "float", unit: "GeV", doc: "transverse energy" },
  tc_mipPt: { type: "float", unit: "MIP_T", doc: "transverse MIPs" },
  tc_cl3d_id: { type: "int64", unit: "", doc: "id of the cluster that holds the cell, 0 for none", optional: true },
  tc_subdet: { type: "int32", unit: "", doc: "1 CE-E, 2 CE-H silicon, 10 scintillator", optional: true },
  tc_zside: { type: "int32", unit: "", doc: "endcap, +1 or -1", optional: true },
} as const satisfies Schema;

export type TcColumn = keyof typeof TC;

/** Columns of `tc` in simulated samples: what generated particles deposited. Real samples do not have them. */
export const TC_TRUTH = {
  tc_signal: { type: "float", unit: "", doc: "share of the energy that generated particles deposited, 0 to 1" },
  tc_particle: {
    type: "int32",
    unit: "",
    doc: "particle with the largest part of it: row in gen of its entry, -1 for none",
  },
} as const satisfies Schema;

/** The tables of a sample, by file name without `.parquet`. */
export const SAMPLE_TABLES = { entries: ENTRIES, gen: GEN, cl3d: CL3D, tc: TC } as const;

export type EntriesTable = Table<typeof ENTRIES>;
export type GenTable = Table<typeof GEN>;
export type Cl3dTable = Table<typeof CL3D>;
export type TcTable = Table<typeof TC>;
export type TcTruthTable = Table<typeof TC_TRUTH>;

/**
 * Whole entries of a sample. `*_first` of `entries` count rows of the tables HERE, whatever they are in the file:
 * the TCs of row i are `tc_first[i]` to `tc_first[i] + tc_rows[i]`.
 */
export interface SampleBatch {
  readonly entries: EntriesTable;
  readonly gen: GenTable;
  readonly cl3d: Cl3dTable;
  readonly tc: TcTable;
  /** Row by row with `tc`, where the sample has it and it was read. */
  readonly truth?: TcTruthTable;
  /** Version of the geometry; absent: DEFAULT_GEOMETRY. */
  readonly geometry?: string;
}

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
