/** Tables of the phi-bin study. */
import { type Schema, type Table } from "../core/index.js";
import { CHAIN_COLUMNS } from "../events/index.js";
import { FIGURES, PART_EVENTS, STUDY_EVENTS } from "./tables.js";

const parameter = {
  type: "double",
  unit: "",
  doc: "tunable parameter: 0 flattens as far as possible, 1 moves nothing",
} as const;
const rzBin = { type: "int32", unit: "", doc: "R/z row" } as const;

/**
 * Where the trigger cells of the positive endcap are put; in the other one phi turns the other way. One row a parameter and cell of
 * the region; other cells stay.
 */
export const TC_MAP = {
  parameter,
  subdet: { type: "int32", unit: "", doc: "1 CE-E, 2 CE-H silicon, 10 scintillator" },
  layer: { type: "int32", unit: "", doc: "layer, 1-50" },
  wu: { type: "int32", unit: "", doc: "wafer u (scintillator: -999)" },
  wv: { type: "int32", unit: "", doc: "wafer v (scintillator: -999)" },
  cu: { type: "int32", unit: "", doc: "trigger cell u in its wafer (scintillator: ieta)" },
  cv: { type: "int32", unit: "", doc: "trigger cell v in its wafer (scintillator: iphi)" },
  phi_old: { type: "double", unit: "rad", doc: "phi of the cell" },
  phi_new: { type: "double", unit: "rad", doc: "phi it is moved to; phi_old where it stays" },
} as const satisfies Schema;

/** How the sweeps of each R/z row went. */
export const PHI_ROWS = {
  parameter,
  rz_bin: rzBin,
  cells: { type: "int32", unit: "", doc: "trigger cells of the region in the row" },
  moved: { type: "int32", unit: "", doc: "those that are in another bin afterwards" },
  sweeps: { type: "int32", unit: "", doc: "sweeps over the row" },
  ended: { type: "boolean", unit: "", doc: "the last sweep changed nothing; else the limit of sweeps ended it" },
  spread_before: { type: "int32", unit: "", doc: "cells of the fullest bin - cells of the emptiest" },
  spread_after: { type: "int32", unit: "", doc: "the same afterwards" },
  mean_arc: {
    type: "double",
    unit: "cm",
    doc: "how far moved cells move: mean of R |phi_new - phi_old|; NaN without any",
  },
  max_arc: { type: "double", unit: "cm", doc: "the largest; NaN without any" },
} as const satisfies Schema;

/** Trigger cells of the region in each bin. */
export const PHI_COUNTS = {
  parameter,
  rz_bin: rzBin,
  phi_bin: { type: "int32", unit: "", doc: "phi column" },
  before: { type: "int32", unit: "", doc: "trigger cells of the region" },
  after: { type: "int32", unit: "", doc: "the same afterwards" },
} as const satisfies Schema;

/** Own columns of the points. */
export const PHI_KEYS = {
  point: STUDY_EVENTS.point,
  parameter,
  sample: STUDY_EVENTS.sample,
  moved: { type: "double", unit: "", doc: "share of the region's trigger cells that move" },
  mean_arc: { type: "double", unit: "cm", doc: "how far these move on average; NaN without any" },
  width_eta: { type: "double", unit: "", doc: "half of the shortest window that holds 68 % of match_reseta" },
  width_phi: { type: "double", unit: "rad", doc: "the same of match_resphi" },
} as const satisfies Schema;

export const PHI_POINTS = { ...PHI_KEYS, ...FIGURES } as const satisfies Schema;

const residuals = {
  match_reseta: { type: "double", unit: "", doc: CHAIN_COLUMNS.match_reseta.doc },
  match_resphi: { type: "double", unit: "rad", doc: CHAIN_COLUMNS.match_resphi.doc },
} as const satisfies Schema;

/** Rows of the particles: those of all studies, and where the matched cluster is. */
export const PHI_EVENTS = { ...STUDY_EVENTS, ...residuals } as const satisfies Schema;
export const PHI_PART_EVENTS = { ...PART_EVENTS, ...residuals } as const satisfies Schema;

export type TcMap = Table<typeof TC_MAP>;
