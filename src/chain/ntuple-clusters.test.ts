/** The clusters that CMSSW would write, beside the chain on each endcap of each event alone. */
import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { type NtupleChunk, type SampleBatch } from "../events/index.js";
import { batchOf, cells, type Cell, randomCells } from "./cells.test-data.js";
import { createClusterFinder } from "./find-clusters.js";
import { createNtupleClusters } from "./ntuple-clusters.js";
import { CMSSW_PARAMS } from "./presets.js";

/** An ntuple of these events, as far as clustering looks at it. */
function chunkOf(events: readonly (readonly Cell[])[]): NtupleChunk {
  const columns = cells(events.flat());
  const offsets = Int32Array.from([0, ...events], (_, i) => events.slice(0, i).flat().length);
  const none = { offsets: new Int32Array(events.length + 1), columns: {} };
  return {
    events: events.length,
    run: events.map(() => 1),
    event: events.map((_, i) => i),
    lumi: events.map(() => 1),
    genpart: none,
    cl3d: none,
    tc: { offsets, columns },
  } as unknown as NtupleChunk;
}

/** What the chain with CMSSW's parameters finds in one endcap of an event. */
function chainOn(event: readonly Cell[], zside: number) {
  const batch: SampleBatch = batchOf([{ cells: event, eta: 2 * zside }]);
  return createClusterFinder(CMSSW_PARAMS)(batch);
}

const random = new Random(4);
const there = (list: readonly Cell[]): Cell[] => list.map((cell) => ({ ...cell, z: -(cell.z ?? 330) }));
const shower = (n: number): Cell[] => randomCells(random, n).map((cell) => ({ ...cell, mipPt: 4 * (cell.mipPt ?? 1) }));
const EVENTS = [[...shower(150), ...there(shower(80))], [], there(shower(120)), [...there(shower(40)), ...shower(60)]];

test("clusters are those of both endcaps, by event, the positive one first; trigger cells have the ids of theirs", () => {
  const chunk = chunkOf(EVENTS);
  const { cl3d, tc, events } = createNtupleClusters()(chunk);
  const ids = tc.columns.tc_multicluster_id;
  const counts: number[] = [];
  for (const [i, event] of EVENTS.entries()) {
    const sides = [1, -1].map((zside) => chainOn(event, zside));
    const first = cl3d.offsets[i];
    const n = sides[0].clusters.rows + sides[1].clusters.rows;
    counts.push(n);
    expect(cl3d.offsets[i + 1] - first).toBe(n);
    const of = (name: "pt" | "en" | "eta" | "phi"): number[] => sides.flatMap(({ clusters }) => [...Float32Array.from(clusters.columns[name])]); // prettier-ignore
    const got = (name: "pt" | "energy" | "eta" | "phi"): number[] => Array.from({ length: n }, (_, c) => cl3d.columns[`cl3d_${name}`][first + c]); // prettier-ignore
    expect([got("pt"), got("energy"), got("eta"), got("phi")]).toEqual([of("pt"), of("en"), of("eta"), of("phi")]);
    // Ids start at 1 in each event; 0 is no cluster.
    const idsOf = Array.from({ length: n }, (_, c) => Number(cl3d.columns.cl3d_id[first + c]));
    expect(idsOf).toEqual(Array.from({ length: n }, (_, c) => c + 1));
    const want = event.map(() => 0);
    let before = 0;
    for (const { clusters, assignment } of sides) {
      const idOf = new Map([...clusters.columns.seed_idx].map((seed, c) => [seed, before + c + 1]));
      for (const [k, row] of assignment.columns.tc_row.entries()) want[row] = idOf.get(assignment.columns.seed_idx[k]) ?? 0;
      before += clusters.rows;
    }
    expect(Array.from(event, (_, t) => Number(ids[tc.offsets[i] + t]))).toEqual(want);
  }
  expect([events, counts.filter((n) => n > 1).length, counts[1]]).toEqual([4, 3, 0]);
  // What is no cluster stays as it was.
  expect(tc.columns.tc_x).toBe(chunk.tc.columns.tc_x);
}); // prettier-ignore

test("cells of a seed that makes no cluster, too soft, have no id", () => {
  const soft = [{ x: 60, y: 0, mipPt: 500, pt: CMSSW_PARAMS.cluster.PtC3dThreshold }];
  const hard = [{ x: 0, y: 60, mipPt: 500, pt: 9 }];
  const { cl3d, tc } = createNtupleClusters()(chunkOf([[...soft, ...hard]]));
  expect([[...cl3d.columns.cl3d_id], [...tc.columns.tc_multicluster_id]]).toEqual([[1], [0, 1]]);
});
