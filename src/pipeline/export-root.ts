/** A sample as CMSSW's ntuple: the skim of it is the sample again. */
import { type NtupleChunk, type SampleBatch } from "../events/index.js";
import { NTUPLE_TREE, ntupleBranches, ntupleColumns, type SampleReader } from "../io/index.js";
import { type OutputOptions, writeRootTree } from "../io/node/index.js";

/** Writes the file. The two endcaps of an event are one event again; what the cuts removed is not there. */
export async function exportRoot(
  sample: SampleReader,
  path: string,
  options: OutputOptions,
  signal: AbortSignal,
): Promise<void> {
  const tree = { tree: NTUPLE_TREE, title: "HGCalTriggerNtuple", branches: ntupleBranches() };
  await writeRootTree(path, options, tree, async (writer) => {
    for (let i = 0; i < sample.batches; i++) {
      signal.throwIfAborted();
      const chunk = ntupleOf(await sample.readBatch(i));
      await writer.fill(chunk.events, ntupleColumns(chunk));
    }
  });
}

function ntupleOf({ entries, gen, cl3d, tc }: SampleBatch): NtupleChunk {
  const { run, lumi, event, zside } = entries.columns;
  const firsts: number[] = [];
  for (let i = 0; i < entries.rows; i++) {
    const other = i > 0 && event[i] === event[i - 1] && run[i] === run[i - 1] && lumi[i] === lumi[i - 1];
    if (!other || zside[i] === zside[i - 1]) firsts.push(i);
  }
  const offsets = (rows: Int32Array): Int32Array => {
    const ends = new Int32Array(entries.rows + 1);
    for (let i = 0; i < entries.rows; i++) ends[i + 1] = ends[i] + rows[i];
    return Int32Array.from([...firsts, entries.rows], (i) => ends[i]);
  };
  const numbers = (values: ArrayLike<bigint>): Float64Array => Float64Array.from(values, Number);
  const { gen_eta, gen_phi, gen_pt, gen_en, gen_pid } = gen.columns;
  return {
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
