/** The skim: events of an ntuple to the entries of a sample, with its cuts. */
import { createTable, defaultsOf, InputError, TableBuilder } from "../core/index.js";
import { type NtupleChunk, type NtupleColumn, type NtupleGroup, type NtupleTruth } from "./ntuple.js";
import { PARTICLES, type ParticleName, SELECTION } from "./selection.js";
import { addDistances, gather, pick } from "./skim-rows.js";
import { CL3D, ENTRIES, GEN, type SampleBatch, TC, TC_TRUTH } from "./tables.js";

export interface SkimOptions {
  /** "any" in inputs that hold nothing else; "none": every endcap is an entry, without generated particles. */
  readonly particles: ParticleName | "any" | "none";
  /** [MIP_T] TCs must have more. */
  readonly mipThreshold: number;
  /** TCs in layers up to this one. */
  readonly maxLayer: number;
  /** genpart_reachedEE must equal it: 2 is the front face of CE-E. */
  readonly reachedEE: number;
  /** A cl3d matches when its distance to the particle in (eta, phi) is at most this. */
  readonly deltarThreshold: number;
  readonly endcap: "positive" | "both";
  /** Drop events without a cl3d in the endcap, as the reference does: it joins particles and clusters. */
  readonly requireCl3d: boolean;
  /** Leave events with NaN or infinite values out and count them, instead of throwing. */
  readonly skipBadEvents: boolean;
}

export const DEFAULT_SKIM: SkimOptions = {
  ...defaultsOf(SELECTION).selection,
  endcap: "positive",
  requireCl3d: false,
  skipBadEvents: false,
};

/** How many events and trigger cells each cut left and removed. An event is counted once an endcap. */
export interface CutFlow {
  events: number;
  /** Events times endcaps looked at. */
  endcaps: number;
  badEvents: number;
  withoutParticle: number;
  /** Dropped with `requireCl3d`, else entries without a row in cl3d. */
  withoutCl3d: number;
  entries: number;
  /** TCs of the endcaps that stay. */
  tcs: number;
  tcsBelowThreshold: number;
  tcsBeyondMaxLayer: number;
  tcsKept: number;
}

/** Adds what was counted elsewhere. */
export function addCuts(to: CutFlow, from: CutFlow): void {
  for (const name of Object.keys(from) as (keyof CutFlow)[]) to[name] += from[name];
}

/** Prepares a skim. `skim` turns a chunk into whole entries; entry numbers and `cutFlow` go on from chunk to chunk. */
export function createSkim(options: SkimOptions): {
  skim: (chunk: NtupleChunk) => SampleBatch;
  readonly cutFlow: CutFlow;
} {
  const cutFlow: CutFlow = {
    events: 0,
    endcaps: 0,
    badEvents: 0,
    withoutParticle: 0,
    withoutCl3d: 0,
    entries: 0,
    tcs: 0,
    tcsBelowThreshold: 0,
    tcsBeyondMaxLayer: 0,
    tcsKept: 0,
  };
  const sides = options.endcap === "both" ? [1, -1] : [1];
  const { particles } = options;
  const pid = particles === "any" || particles === "none" ? undefined : PARTICLES[particles];

  function skim(chunk: NtupleChunk): SampleBatch {
    const { genpart, cl3d, tc } = chunk;
    const entries = new TableBuilder(ENTRIES);
    const genRows: number[] = [];
    const cl3dRows: number[] = [];
    const tcRows = new RowList(tc.columns.tc_layer.length);
    const { genpart_gen, genpart_reachedEE, genpart_pid, genpart_exeta } = genpart.columns;
    const { tc_zside, tc_layer, tc_mipPt } = tc.columns;

    for (let i = 0; i < chunk.events; i++) {
      cutFlow.events++;
      const bad = findBadValue(chunk, i);
      if (bad !== null) {
        if (!options.skipBadEvents) {
          throw new InputError(
            `event ${chunk.event[i]} (run ${chunk.run[i]}): ${bad}; use --skip-bad-events to leave such events out`,
          );
        }
        cutFlow.badEvents++;
        continue;
      }
      for (const side of sides) {
        cutFlow.endcaps++;
        const firstGen = genRows.length;
        for (let g = genpart.offsets[i]; g < genpart.offsets[i + 1]; g++) {
          const isOurs = particles !== "none" && genpart_gen[g] !== -1 && genpart_reachedEE[g] === options.reachedEE;
          if (isOurs && (pid === undefined || Math.abs(genpart_pid[g]) === pid) && genpart_exeta[g] * side > 0)
            genRows.push(g);
        }
        if (genRows.length === firstGen && particles !== "none") {
          cutFlow.withoutParticle++;
          continue;
        }
        const firstCl3d = cl3dRows.length;
        for (let c = cl3d.offsets[i]; c < cl3d.offsets[i + 1]; c++) {
          if (cl3d.columns.cl3d_eta[c] * side > 0) cl3dRows.push(c);
        }
        if (cl3dRows.length === firstCl3d) {
          cutFlow.withoutCl3d++;
          if (options.requireCl3d) {
            genRows.length = firstGen;
            continue;
          }
        }
        const firstTc = tcRows.length;
        for (let t = tc.offsets[i]; t < tc.offsets[i + 1]; t++) {
          if (tc_zside[t] !== side) continue;
          cutFlow.tcs++;
          if (!(tc_mipPt[t] > options.mipThreshold)) cutFlow.tcsBelowThreshold++;
          else if (tc_layer[t] > options.maxLayer) cutFlow.tcsBeyondMaxLayer++;
          else tcRows.push(t);
        }
        const at = entries.add(1);
        const to = entries.columns;
        to.entry[at] = cutFlow.entries++;
        to.run[at] = BigInt(chunk.run[i]);
        to.lumi[at] = BigInt(chunk.lumi[i]);
        to.event[at] = BigInt(chunk.event[i]);
        to.zside[at] = side;
        to.gen_first[at] = firstGen;
        to.gen_rows[at] = genRows.length - firstGen;
        to.cl3d_first[at] = firstCl3d;
        to.cl3d_rows[at] = cl3dRows.length - firstCl3d;
        to.tc_first[at] = firstTc;
        to.tc_rows[at] = tcRows.length - firstTc;
      }
    }
    cutFlow.tcsKept += tcRows.length;
    const rows = { gen: Int32Array.from(genRows), cl3d: Int32Array.from(cl3dRows), tc: tcRows.rows() };
    return tablesOf(chunk, entries.finish(), rows, options.deltarThreshold);
  }

  return { skim, cutFlow };
}

/** Row numbers, as many as there are trigger cells at most: without the cost of an array that grows. */
class RowList {
  length = 0;
  readonly #rows: Int32Array;

  constructor(capacity: number) {
    this.#rows = new Int32Array(capacity);
  }

  push(row: number): void {
    this.#rows[this.length++] = row;
  }

  rows(): Int32Array {
    return this.#rows.subarray(0, this.length);
  }
}

const CHECKED = {
  genpart: ["genpart_exeta", "genpart_exphi", "genpart_energy", "genpart_pt"],
  cl3d: ["cl3d_eta", "cl3d_phi", "cl3d_energy", "cl3d_pt"],
  tc: ["tc_pt", "tc_mipPt", "tc_energy", "tc_eta", "tc_phi", "tc_x", "tc_y", "tc_z"],
} as const;

/** "tc_x of trigger cell 12 is NaN", or null for an event whose values are all finite. */
function findBadValue(chunk: NtupleChunk, i: number): string | null {
  for (const group of Object.keys(CHECKED) as NtupleGroup[]) {
    const { offsets, columns } = chunk[group];
    const first = offsets[i];
    const end = offsets[i + 1];
    for (const name of CHECKED[group]) {
      const column = (columns as Record<string, NtupleColumn>)[name];
      // 0 * v is NaN exactly for the values that are not finite.
      let poison = 0;
      for (let k = first; k < end; k++) poison += 0 * column[k];
      if (poison === 0) continue;
      const at = column.subarray(first, end).findIndex((value) => !Number.isFinite(value));
      return `${name}[${at}] is ${column[first + at]}`;
    }
  }
  return null;
}

function tablesOf(
  chunk: NtupleChunk,
  entries: SampleBatch["entries"],
  rows: { readonly gen: Int32Array; readonly cl3d: Int32Array; readonly tc: Int32Array },
  deltarThreshold: number,
): SampleBatch {
  const gen = pick(GEN, rows.gen, entries, "gen", {
    gen_eta: chunk.genpart.columns.genpart_exeta,
    gen_phi: chunk.genpart.columns.genpart_exphi,
    gen_en: chunk.genpart.columns.genpart_energy,
    gen_pt: chunk.genpart.columns.genpart_pt,
    gen_pid: chunk.genpart.columns.genpart_pid,
  });
  const cl3d = pick(CL3D, rows.cl3d, entries, "cl3d", {
    cl3d_id: chunk.cl3d.columns.cl3d_id,
    cl3d_en: chunk.cl3d.columns.cl3d_energy,
    cl3d_pt: chunk.cl3d.columns.cl3d_pt,
    cl3d_eta: chunk.cl3d.columns.cl3d_eta,
    cl3d_phi: chunk.cl3d.columns.cl3d_phi,
  });
  addDistances(entries, gen, cl3d, deltarThreshold);
  const truth = chunk.truth === undefined ? undefined : truthOf(chunk.truth, rows.gen, rows.tc, chunk, entries);
  const { columns } = chunk.tc;
  const tc = pick(TC, rows.tc, entries, "tc", {
    tc_layer: columns.tc_layer,
    tc_wu: columns.tc_waferu,
    tc_wv: columns.tc_waferv,
    tc_cu: columns.tc_cellu,
    tc_cv: columns.tc_cellv,
    tc_x: columns.tc_x,
    tc_y: columns.tc_y,
    tc_z: columns.tc_z,
    tc_eta: columns.tc_eta,
    tc_phi: columns.tc_phi,
    tc_energy: columns.tc_energy,
    tc_pt: columns.tc_pt,
    tc_mipPt: columns.tc_mipPt,
    tc_cl3d_id: columns.tc_multicluster_id,
    tc_subdet: columns.tc_subdet,
    tc_zside: columns.tc_zside,
  });
  return { entries, gen, cl3d, tc, ...(truth === undefined ? {} : { truth }) };
}

/** Positions of particles in their event become rows in their entry; -1 for those that the cuts removed. */
function truthOf(
  { tc_signal, tc_particle }: NtupleTruth,
  genRows: Int32Array,
  tcRows: Int32Array,
  { genpart, tc: { offsets } }: NtupleChunk,
  entries: SampleBatch["entries"],
): NonNullable<SampleBatch["truth"]> {
  const truth = createTable(TC_TRUTH, tcRows.length);
  gather(tc_signal, tcRows, truth.columns.tc_signal);
  const { tc_first, tc_rows, gen_first, gen_rows } = entries.columns;
  let event = 0;
  for (let i = 0; i < entries.rows; i++) {
    if (tc_rows[i] === 0) continue;
    while (tcRows[tc_first[i]] >= offsets[event + 1]) event++;
    const rowOf = new Map<number, number>();
    for (let k = 0; k < gen_rows[i]; k++) rowOf.set(genRows[gen_first[i] + k] - genpart.offsets[event], k);
    for (let t = tc_first[i]; t < tc_first[i] + tc_rows[i]; t++) {
      truth.columns.tc_particle[t] = rowOf.get(tc_particle[tcRows[t]]) ?? -1;
    }
  }
  return truth;
}
