/** Every table of a SAMPLE: column names, storage types, units. */
import { type Schema, type Table } from "../core/index.js";
import { ENTRY_KEYS } from "./table-keys.js";

const { entry, event } = ENTRY_KEYS;

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
