/**
 * The part of CMSSW's HGCalTriggerNtuple that a sample is made of: which branches, of which type, and their columns in
 * memory. Written by HGCalTriggerNtuple*.cc of L1Trigger/L1THGCalUtilities; events have any number of particles, clusters
 * and trigger cells.
 */
import { exactColumn, type RawNumbers } from "../core/index.js";

/** The C++ type of a branch: a number an event, or a vector of them. */
export type NtupleType = "int" | "float" | "unsigned int";

/** One number an event. */
export const NTUPLE_EVENT = { run: "int", event: "int", lumi: "int" } as const satisfies Record<string, NtupleType>;

/** Vectors, by the prefix that says what they belong to: all vectors of a group have the same length in an event. */
export const NTUPLE_GROUPS = {
  genpart: {
    genpart_eta: "float",
    genpart_phi: "float",
    genpart_pt: "float",
    genpart_energy: "float",
    genpart_pid: "int",
    genpart_gen: "int",
    genpart_reachedEE: "int",
    genpart_exphi: "float",
    genpart_exeta: "float",
  },
  cl3d: {
    cl3d_id: "unsigned int",
    cl3d_pt: "float",
    cl3d_energy: "float",
    cl3d_eta: "float",
    cl3d_phi: "float",
  },
  tc: {
    tc_subdet: "int",
    tc_zside: "int",
    tc_layer: "int",
    tc_waferu: "int",
    tc_waferv: "int",
    tc_cellu: "int",
    tc_cellv: "int",
    tc_pt: "float",
    tc_mipPt: "float",
    tc_energy: "float",
    tc_eta: "float",
    tc_phi: "float",
    tc_x: "float",
    tc_y: "float",
    tc_z: "float",
    tc_multicluster_id: "unsigned int",
  },
} as const satisfies Record<string, Record<string, NtupleType>>;

/** Vectors of simulated ntuples alone, as long as those of `tc`. */
export const NTUPLE_TRUTH = { tc_signal: "float", tc_particle: "int" } as const satisfies Record<string, NtupleType>;

/** What generated particles have of each trigger cell. */
export interface NtupleTruth {
  /** Share of its energy, 0 to 1. */
  readonly tc_signal: NtupleColumn;
  /** The one with the largest part of that: a position in the event's genpart vectors, -1 for none. */
  readonly tc_particle: NtupleColumn;
}

export type NtupleGroup = keyof typeof NTUPLE_GROUPS;

/** RawNumbers of a branch. Reals hold float32 values, whatever the array. */
export type NtupleColumn = Float32Array | Float64Array | Int32Array | Uint32Array;
/** Ids ("unsigned int") may have 64 bits. */
export type IdColumn = NtupleColumn | BigInt64Array;

/**
 * What a branch holds as a column of its type. InputError for a number that the column cannot hold exactly, as `place`
 * names it by its index (core/exact.ts).
 */
export function ntupleColumn(type: NtupleType, values: RawNumbers, place: (index: number) => string): IdColumn {
  if (type !== "unsigned int") return exactColumn(type === "int" ? "int32" : "float", values, place);
  if (values instanceof Uint32Array || values instanceof Int32Array) return values;
  return exactColumn("int64", values, place);
}

/** The vectors of a group: event i has the values [offsets[i], offsets[i + 1]) of every column. */
export interface NtupleVectors<G extends NtupleGroup> {
  readonly offsets: Int32Array;
  readonly columns: {
    readonly [K in keyof (typeof NTUPLE_GROUPS)[G]]: (typeof NTUPLE_GROUPS)[G][K] extends "unsigned int"
      ? IdColumn
      : NtupleColumn;
  };
}

/** Some events of an ntuple. */
export interface NtupleChunk {
  readonly events: number;
  /** RawNumbers beyond 2^53 are bigints, others are not: equal ones are equal. */
  readonly run: RawNumbers;
  readonly event: RawNumbers;
  readonly lumi: RawNumbers;
  readonly genpart: NtupleVectors<"genpart">;
  readonly cl3d: NtupleVectors<"cl3d">;
  readonly tc: NtupleVectors<"tc">;
  /** Of simulated events. */
  readonly truth?: NtupleTruth;
}
