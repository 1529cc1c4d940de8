/** What an entry adds to the counts of a run, and the truth in its records. */
import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { TC_TRUTH, type SampleBatch } from "../events/index.js";
import { batchOf, type Cell } from "./cells.test-data.js";
import { createCounts } from "./counts.js";
import { createOutput } from "./output.js";
import { DEFAULT_PARAMS } from "./params.js";
import { addRecords } from "./record-entry.js";

const eta = 2;
const rz = 1 / Math.sinh(eta);
const cell = (pt: number): Cell => ({ x: 330 * rz, y: 0, pt });

/** One particle; each cell is a cluster of its own, in its place; `signals`: the particle's share of each, undefined if nobody knows. */
function record(pts: readonly number[], signals?: readonly number[], hasPartner = true) {
  const batch: SampleBatch = batchOf([{ cells: pts.map(cell), eta }]);
  const truth = createTable(TC_TRUTH, pts.length);
  truth.columns.tc_signal.set(signals ?? []);
  truth.columns.tc_particle.fill(0);
  const out = createOutput();
  for (const [s, pt] of pts.entries()) {
    const c = out.clusters.add(1);
    const to = out.clusters.columns;
    to.seed_idx[c] = s;
    to.pt[c] = pt;
    to.en[c] = pt * Math.cosh(eta);
    [to.x[c], to.z[c]] = [(hasPartner ? rz : -rz) * 330, 330];
    to.signal_pt[c] = signals === undefined ? Number.NaN : pt * signals[s];
  }
  // Behind them those of the next entry, which are none of its own.
  const next = out.clusters.add(1);
  const behind = { seed_idx: 0, pt: 500, en: 5000, x: rz * 330, z: 330, signal_pt: 500 };
  for (const [name, value] of Object.entries(behind)) out.clusters.columns[name as keyof typeof behind][next] = value;
  const counts = createCounts();
  const nFalse = addRecords(
    out,
    { batch: signals === undefined ? batch : { ...batch, truth }, i: 0 },
    { chain: "default", params: DEFAULT_PARAMS },
    {
      particles: [0],
      nSeeds: pts.length,
      nCoarseSeeds: undefined,
      clusters: { columns: out.clusters.columns, first: 0, end: pts.length },
      assignment: Int32Array.from(pts, (_, s) => s),
    },
    counts,
  );
  return { counts, nFalse, of: out.events.columns, rows: out.events.rows };
}

const NOTHING = { split: 0, matched: 0, withTruth: 0, trulySplit: 0, trulyMatched: 0, falseClusters: 0 };

test.each([
  { name: "whole, and nobody knows", pts: [50], signals: undefined, want: { matched: 1 } },
  { name: "split, and nobody knows", pts: [50, 40], signals: undefined, want: { matched: 1, split: 1 } },
  { name: "whole", pts: [50], signals: [1], want: { matched: 1, withTruth: 1, trulyMatched: 1 } },
  { name: "truly split", pts: [50, 40], signals: [1, 1], want: { matched: 1, split: 1, withTruth: 1, trulySplit: 1, trulyMatched: 1 } },
  { name: "split by pile-up alone", pts: [50, 40], signals: [1, 0], want: { matched: 1, split: 1, withTruth: 1, trulyMatched: 1, falseClusters: 1 } },
  { name: "in three equal pieces, none of which has half", pts: [30, 30, 30], signals: [1, 1, 1], want: { matched: 1, split: 1, withTruth: 1, trulySplit: 1 } },
  { name: "without a cluster", pts: [], signals: [], want: { withTruth: 1 } },
])("a particle that is $name", ({ pts, signals, want }) => {
  const { counts, nFalse, of, rows } = record(pts, signals);
  const all = { ...NOTHING, ...want };
  expect(counts).toMatchObject({ ...all, particles: 1, seeds: pts.length, clusters: pts.length, coarseSeeds: 0 });
  expect([rows, nFalse, of.is_split[0]]).toEqual([1, all.falseClusters, all.split]);
  expect([of.true_split[0], of.true_match[0], of.n_matched[0], of.n_cs[0]]).toEqual([all.trulySplit, all.trulyMatched, pts.length, 1]);
  expect([counts.withSeeds, counts.withClusters, counts.withCoarseSeeds]).toEqual(pts.length > 0 ? [1, 1, 0] : [0, 0, 0]);
}); // prettier-ignore

test("the most energetic cluster is one of the entry's own, wherever it is", () => {
  expect(record([50, 70, 60]).of.clpt[0]).toBe(70);
  expect(record([70, 70 * (1 - 1e-9)]).of.clpt[0]).toBe(70);
  expect(record([50], undefined, false).of.clpt[0]).toBe(50);
  expect(record([]).of.clpt[0]).toBeNaN();
});

test("a cluster on the other side of the beam is none of the particle's, and a false one where nobody knows", () => {
  const { counts, of } = record([50], undefined, false);
  expect(counts).toMatchObject({ ...NOTHING, falseClusters: 1, clusters: 1 });
  expect([of.n_matched[0], of.n_clusters[0]]).toEqual([0, 1]);
});

test("coarse seeds are counted where a chain has them", () => {
  for (const [n, withCoarseSeeds] of [
    [0, 0],
    [1, 1],
    [3, 1],
  ]) {
    // prettier-ignore
    const counts = createCounts();
    const out = createOutput();
    const clusters = { columns: out.clusters.columns, first: 0, end: 0 };
    const found = { particles: [0], nSeeds: 6, nCoarseSeeds: n, clusters, assignment: new Int32Array(0) };
    addRecords(
      out,
      { batch: batchOf([{ cells: [], eta }]), i: 0 },
      { chain: "cs", params: DEFAULT_PARAMS },
      found,
      counts,
    );
    expect(counts).toMatchObject({ coarseSeeds: n, withCoarseSeeds, seeds: 6, withSeeds: 1, withClusters: 0 });
    expect([out.events.columns.n_cs[0], out.events.columns.n_seeds[0]]).toEqual([n, 6]);
  }
});
