/** The clusters that CMSSW writes to its ntuple, for events that we simulate. */
import { createTable } from "../core/index.js";
import { CL3D, ENTRIES, GEN, type NtupleChunk, type SampleBatch, TC } from "../events/index.js";
import { createClusterFinder } from "./find-clusters.js";
import { CMSSW_PARAMS } from "./presets.js";

/** Adds what CMSSW would have found: the default chain with CMSSW's parameters on all trigger cells of each endcap. */
export function createNtupleClusters(): (chunk: NtupleChunk) => NtupleChunk {
  const find = createClusterFinder(CMSSW_PARAMS);
  return (chunk) => {
    const batch = endcapsOf(chunk);
    const { clusters, assignment } = find(batch);
    const { tc_first } = batch.entries.columns;
    const { entry, seed_idx, pt, en, eta, phi } = clusters.columns;
    const offsets = new Int32Array(chunk.events + 1);
    const id = new Uint32Array(clusters.rows);
    // CMSSW's ids are unique in an event; 0 is left for trigger cells without a cluster.
    const idOf = new Map<string, number>();
    for (let c = 0; c < clusters.rows; c++) {
      id[c] = ++offsets[(entry[c] >> 1) + 1];
      idOf.set(`${entry[c]} ${seed_idx[c]}`, id[c]);
    }
    for (let i = 0; i < chunk.events; i++) offsets[i + 1] += offsets[i];
    const multicluster = new Uint32Array(batch.tc.rows);
    for (let k = 0; k < assignment.rows; k++) {
      const { entry: of, tc_row, seed_idx: seed } = assignment.columns;
      multicluster[tc_first[of[k]] + tc_row[k]] = idOf.get(`${of[k]} ${seed[k]}`) ?? 0;
    }
    const columns = {
      cl3d_id: id,
      cl3d_pt: Float32Array.from(pt),
      cl3d_energy: Float32Array.from(en),
      cl3d_eta: Float32Array.from(eta),
      cl3d_phi: Float32Array.from(phi),
    };
    const tc = { ...chunk.tc, columns: { ...chunk.tc.columns, tc_multicluster_id: multicluster } };
    return { ...chunk, cl3d: { offsets, columns }, tc };
  };
}

/** Two entries an event, one an endcap, on the same trigger cells: what the chain needs of a sample. */
function endcapsOf({ events, tc }: NtupleChunk): SampleBatch {
  const entries = createTable(ENTRIES, 2 * events);
  for (let i = 0; i < 2 * events; i++) {
    const event = i >> 1;
    entries.columns.entry[i] = i;
    entries.columns.zside[i] = i % 2 === 0 ? 1 : -1;
    entries.columns.tc_first[i] = tc.offsets[event];
    entries.columns.tc_rows[i] = tc.offsets[event + 1] - tc.offsets[event];
  }
  const { tc_layer, tc_zside, tc_x, tc_y, tc_z, tc_eta, tc_phi, tc_pt, tc_energy, tc_mipPt } = tc.columns;
  const columns = {
    ...createTable(TC, 0).columns,
    tc_layer: Int32Array.from(tc_layer),
    tc_zside: Int32Array.from(tc_zside),
    tc_x: Float64Array.from(tc_x),
    tc_y: Float64Array.from(tc_y),
    tc_z: Float64Array.from(tc_z),
    tc_eta: Float64Array.from(tc_eta),
    tc_phi: Float64Array.from(tc_phi),
    tc_pt: Float64Array.from(tc_pt),
    tc_energy: Float64Array.from(tc_energy),
    tc_mipPt: Float64Array.from(tc_mipPt),
  };
  return { entries, gen: createTable(GEN, 0), cl3d: createTable(CL3D, 0), tc: { rows: tc_layer.length, columns } };
}
