/** Ntuples with as many trigger cells as pile-up gives, quickly made. */
import { Random } from "../core/index.js";
import { NTUPLE_GROUPS, type NtupleGroup } from "../events/index.js";
import { type Compression, NTUPLE_TREE, ntupleBranches, type WriteColumn } from "../io/index.js";
import { writeRootTree } from "../io/node/index.js";

const EVENTS_A_CHUNK = 5;

/** `steps`: how many different reals there are; few compress well. Columns of one particle, two clusters and `tcs` TCs an event, all in the positive endcap and kept by the cuts. */
function makeColumns(random: Random, tcs: number, steps: number): Record<string, WriteColumn> {
  const columns: Record<string, WriteColumn> = {};
  const perEvent: Record<NtupleGroup, number> = { genpart: 1, cl3d: 2, tc: tcs };
  const integers: Record<string, (row: number) => number> = {
    genpart_pid: () => 22,
    genpart_gen: () => 1,
    genpart_reachedEE: () => 2,
    cl3d_id: (row) => row,
    tc_subdet: (row) => ((row % tcs) / tcs < 0.6 ? 1 : 2),
    tc_zside: () => 1,
    tc_layer: (row) => 1 + Math.floor(((row % tcs) * 50) / tcs),
    tc_waferu: () => Math.floor(random.between(-9, 10)),
    tc_waferv: () => Math.floor(random.between(-9, 10)),
    tc_cellu: () => Math.floor(8 * random.uniform()),
    tc_cellv: () => Math.floor(8 * random.uniform()),
    tc_multicluster_id: () => (random.uniform() < 0.3 ? random.uint32() : 0),
  };
  for (const group of Object.keys(NTUPLE_GROUPS) as NtupleGroup[]) {
    const n = perEvent[group];
    const offsets = Int32Array.from({ length: EVENTS_A_CHUNK + 1 }, (_, i) => n * i);
    for (const name of Object.keys(NTUPLE_GROUPS[group])) {
      const value = integers[name] ?? (() => 0.6 + (2 * Math.floor(steps * random.uniform())) / steps);
      columns[name] = { values: Float64Array.from({ length: n * EVENTS_A_CHUNK }, (_, row) => value(row)), offsets };
    }
    if (group !== "genpart") columns[`${group}_n`] = { values: new Int32Array(EVENTS_A_CHUNK).fill(n) };
  }
  return columns;
}

/** Writes `events` events (a multiple of 5) that are alike. */
export async function writeNtupleLike(
  path: string,
  events: number,
  tcs: number,
  compression?: Compression,
  { firstEvent = 1, steps = 1000 } = {},
): Promise<void> {
  const columns = makeColumns(new Random(1), tcs, steps);
  const ones = { values: new Int32Array(EVENTS_A_CHUNK).fill(1) };
  const tree = { tree: NTUPLE_TREE, title: "", branches: ntupleBranches(), ...(compression && { compression }) };
  await writeRootTree(path, { force: true }, tree, async (writer) => {
    for (let first = firstEvent; first < firstEvent + events; first += EVENTS_A_CHUNK) {
      const event = { values: Int32Array.from({ length: EVENTS_A_CHUNK }, (_, i) => first + i) };
      await writer.fill(EVENTS_A_CHUNK, { ...columns, run: ones, lumi: ones, event });
    }
  });
}

/** What the writer does with data that compression does not make smaller. */
export const STORED: Compression = { algorithm: "zlib", level: 0, compress: (bytes) => bytes };
