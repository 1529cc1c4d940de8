/** A sample as CMSSW's ntuple: the skim of it is the sample again. */
import { type Schema, sliceTable, type Table, TableBuilder } from "../core/index.js";
import {
  CL3D,
  type EntriesTable,
  ENTRIES,
  GEN,
  type NtupleChunk,
  type SampleBatch,
  TC,
  TC_TRUTH,
  type TcTruthTable,
} from "../events/index.js";
import { NTUPLE_TREE, ntupleBranches, ntupleColumns, type SampleReader } from "../io/index.js";
import { type OutputOptions, writeRootTree } from "../io/node/index.js";
import { mergeEntries } from "./merge-entries.js";

/** Writes the file. The two endcaps of an event are one event again; what the cuts removed is not there. */
export async function exportRoot(
  sample: Pick<SampleReader, "entries" | "batches" | "batchFirst" | "readBatch"> &
    Partial<Pick<SampleReader, "hasTruth">>,
  path: string,
  options: OutputOptions,
  signal: AbortSignal,
): Promise<void> {
  const { run, event, lumi } = sample.entries.columns;
  const tree = {
    tree: NTUPLE_TREE,
    title: "HGCalTriggerNtuple",
    branches: ntupleBranches({ run, event, lumi }, sample.hasTruth),
  };
  await writeRootTree(path, options, tree, async (writer) => {
    /** The last entry of the batch before, whose other endcap begins this one. */
    let held: SampleBatch | undefined;
    for (let i = 0; i < sample.batches; i++) {
      signal.throwIfAborted();
      const read = await sample.readBatch(i);
      const batch = held === undefined ? read : joined(held, read);
      const { rows } = batch.entries;
      const end = isOtherEndcap(sample.entries, sample.batchFirst[i + 1]) ? rows - 1 : rows;
      held = end < rows ? entriesOf(batch, end, rows) : undefined;
      const chunk = ntupleOf(entriesOf(batch, 0, end));
      await writer.fill(chunk.events, ntupleColumns(chunk));
    }
  });
}

/** Whether an entry is the negative endcap of the event whose positive one is the entry before: the skim takes them in this order. */
function isOtherEndcap({ rows, columns: { run, lumi, event, zside } }: EntriesTable, i: number): boolean {
  if (i === 0 || i === rows || zside[i - 1] !== 1 || zside[i] !== -1) return false;
  return event[i] === event[i - 1] && run[i] === run[i - 1] && lumi[i] === lumi[i - 1];
}

/** Two batches that follow each other as one. */
function joined(a: SampleBatch, b: SampleBatch): SampleBatch {
  return {
    entries: mergeEntries(ENTRIES, [a.entries, b.entries]),
    gen: mergeEntries(GEN, [a.gen, b.gen]),
    cl3d: mergeEntries(CL3D, [a.cl3d, b.cl3d]),
    tc: mergeEntries(TC, [a.tc, b.tc]),
    ...(a.truth === undefined || b.truth === undefined ? {} : { truth: joinedTruth(a.truth, b.truth) }),
  };
}

function joinedTruth(a: TcTruthTable, b: TcTruthTable): TcTruthTable {
  const out = new TableBuilder(TC_TRUTH, a.rows + b.rows);
  for (const part of [a, b]) out.append(part);
  return out.finish();
}

/** The entries [start, end) of a batch, by how many rows each has: `*_first` stay as they are. */
function entriesOf({ entries, gen, cl3d, tc, truth }: SampleBatch, start: number, end: number): SampleBatch {
  const { gen_rows, cl3d_rows, tc_rows } = entries.columns;
  const sum = (rows: Int32Array, to: number): number => rows.subarray(0, to).reduce((all, n) => all + n, 0);
  const cut = <S extends Schema>(table: Table<S>, rows: Int32Array): Table<S> =>
    sliceTable(table, sum(rows, start), sum(rows, end));
  return {
    entries: sliceTable(entries, start, end),
    gen: cut(gen, gen_rows),
    cl3d: cut(cl3d, cl3d_rows),
    tc: cut(tc, tc_rows),
    ...(truth === undefined ? {} : { truth: cut<typeof TC_TRUTH>(truth, tc_rows) }),
  };
}

/** Rows in the entry become positions in the event, which may hold two entries; `firsts` are the first ones. */
function truthOf({ entries, truth }: SampleBatch, firsts: ReadonlySet<number>): NtupleChunk["truth"] {
  if (truth === undefined) return undefined;
  const { tc_rows, gen_rows } = entries.columns;
  const particle = truth.columns.tc_particle.slice();
  let before = 0;
  let t = 0;
  for (let i = 0; i < entries.rows; i++) {
    if (firsts.has(i)) before = 0;
    for (const end = t + tc_rows[i]; t < end; t++) if (particle[t] >= 0) particle[t] += before;
    before += gen_rows[i];
  }
  return { tc_signal: truth.columns.tc_signal, tc_particle: particle };
}

function ntupleOf(batch: SampleBatch): NtupleChunk {
  const { entries, gen, cl3d, tc } = batch;
  const { run, lumi, event } = entries.columns;
  const firsts = Array.from({ length: entries.rows }, (_, i) => i).filter((i) => !isOtherEndcap(entries, i));
  const offsets = (rows: Int32Array): Int32Array => {
    const ends = new Int32Array(entries.rows + 1);
    for (let i = 0; i < entries.rows; i++) ends[i + 1] = ends[i] + rows[i];
    return Int32Array.from([...firsts, entries.rows], (i) => ends[i]);
  };
  const numbers = (values: ArrayLike<bigint>): Float64Array => Float64Array.from(values, Number);
  const { gen_eta, gen_phi, gen_pt, gen_en, gen_pid } = gen.columns;
  const truth = truthOf(batch, new Set(firsts));
  return {
    ...(truth === undefined ? {} : { truth }),
    events: firsts.length,
    run: firsts.map((i) => run[i]),
    lumi: firsts.map((i) => lumi[i]),
    event: firsts.map((i) => event[i]),
    genpart: {
      offsets: offsets(entries.columns.gen_rows),
      columns: {
        genpart_eta: gen_eta,
        genpart_phi: gen_phi,
        genpart_pt: gen_pt,
        genpart_energy: gen_en,
        genpart_pid: gen_pid,
        genpart_gen: new Int32Array(gen.rows).fill(1),
        genpart_reachedEE: new Int32Array(gen.rows).fill(2),
        genpart_exphi: gen_phi,
        genpart_exeta: gen_eta,
      },
    },
    cl3d: {
      offsets: offsets(entries.columns.cl3d_rows),
      columns: {
        cl3d_id: numbers(cl3d.columns.cl3d_id),
        cl3d_pt: cl3d.columns.cl3d_pt,
        cl3d_energy: cl3d.columns.cl3d_en,
        cl3d_eta: cl3d.columns.cl3d_eta,
        cl3d_phi: cl3d.columns.cl3d_phi,
      },
    },
    tc: {
      offsets: offsets(entries.columns.tc_rows),
      columns: {
        tc_subdet: tc.columns.tc_subdet,
        tc_zside: tc.columns.tc_zside,
        tc_layer: tc.columns.tc_layer,
        tc_waferu: tc.columns.tc_wu,
        tc_waferv: tc.columns.tc_wv,
        tc_cellu: tc.columns.tc_cu,
        tc_cellv: tc.columns.tc_cv,
        tc_pt: tc.columns.tc_pt,
        tc_mipPt: tc.columns.tc_mipPt,
        tc_energy: tc.columns.tc_energy,
        tc_eta: tc.columns.tc_eta,
        tc_phi: tc.columns.tc_phi,
        tc_x: tc.columns.tc_x,
        tc_y: tc.columns.tc_y,
        tc_z: tc.columns.tc_z,
        tc_multicluster_id: numbers(tc.columns.tc_cl3d_id),
      },
    },
  };
}
