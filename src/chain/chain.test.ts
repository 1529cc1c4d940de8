import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import {
  type ChainParams,
  createChain,
  createEntryChain,
  DEFAULT_PARAMS,
  findSplits,
  mapStages,
  matchParticle,
  parseSelection,
  SharedStages,
} from "./index.js";
import { batchOf, type Cell, randomCells } from "./cells.test-data.js";

const all = { selection: parseSelection("all") };
const run = (events: Parameters<typeof batchOf>[0], params: ChainParams = DEFAULT_PARAMS, options = {}) =>
  createChain("default", params, { ...all, ...options })(batchOf(events));

/** A compact shower of `mipPt` at (R/z, phi), as one cell. */
const spot = (rz: number, phi: number, mipPt: number, pt = mipPt / 50): Cell => ({
  x: 330 * rz * Math.cos(phi),
  y: 330 * rz * Math.sin(phi),
  mipPt,
  pt,
});
/** R/z of the middle of row k. */
const row = (k: number): number => 0.076 + 0.012 * (k + 0.5);
const etaAt = (rz: number): number => Math.asinh(1 / rz);

test("what the chain filled and smoothed is not made again for a picture or for the reasons of a split", () => {
  const batch = batchOf([{ cells: [spot(row(4), 0, 900, 30), spot(row(6), 0.09, 400, 12)], eta: etaAt(row(4)) }]);
  const shared = new SharedStages();
  // As a display has it: the range of eta is another one, the bins are the same.
  const wide = { ...DEFAULT_PARAMS, base: { ...DEFAULT_PARAMS.base, EtaMin: 0, EtaMax: 100 } };
  const chain = createEntryChain("default", wide, all, shared);
  chain.take({ batch, i: 0 });
  const tables = chain.finish();
  const reasons = findSplits(batch, tables, DEFAULT_PARAMS);
  expect([reasons.rows, Number.isFinite(reasons.columns.valley_min[0])]).toEqual([1, true]);
  batch.tc.columns.tc_mipPt.fill(0);
  const maps = mapStages(DEFAULT_PARAMS, shared);
  const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  expect(sum(maps.histogram({ batch, i: 0 }).mipPt)).toBe(1300);
  expect(sum(maps.smoothed({ batch, i: 0 }).energy)).toBeGreaterThan(0);
  expect(findSplits(batch, tables, DEFAULT_PARAMS, shared)).toEqual(reasons);
  expect(findSplits(batch, tables, DEFAULT_PARAMS)).not.toEqual(reasons);
});

test("two clusters two R/z rows apart at high eta are a split", () => {
  // Row 5 is eta 2.6: two rows are 0.17 in eta, so that a match in (eta, phi) would lose the second one.
  const eta = etaAt(row(4));
  const { counts, events } = run([{ cells: [spot(row(4), 0, 900, 30), spot(row(6), 0.09, 400, 12)], eta }]);
  expect(counts).toMatchObject({ seeds: 2, clusters: 2, particles: 1, matched: 1, split: 1 });
  expect(events.columns.is_split[0]).toBe(1);
});

test("two particles merged into one cluster are no split", () => {
  const { counts } = run([{ cells: [spot(row(5), 0, 900, 30), spot(row(5), 0.03, 400, 12)], eta: etaAt(row(5)) }]);
  expect(counts).toMatchObject({ clusters: 1, split: 0 });
});

test.each([
  { name: "5 % of the pt is a satellite", second: 0.05, split: 0 },
  { name: "12 % is a split", second: 0.12, split: 1 },
])("$name", ({ second, split }) => {
  const cells = [spot(row(4), 0, 900, 100 * (1 - second)), spot(row(6), 0.09, 400, 100 * second)];
  expect(run([{ cells, eta: etaAt(row(4)) }]).counts).toMatchObject({ clusters: 2, split });
});

test("a second cluster below 2 GeV or far away does not count", () => {
  const eta = etaAt(row(4));
  expect(run([{ cells: [spot(row(4), 0, 900, 5), spot(row(6), 0.09, 400, 1.9)], eta }]).counts.split).toBe(0);
  expect(run([{ cells: [spot(row(4), 0, 900, 30), spot(row(10), 0, 400, 30)], eta }]).counts.split).toBe(0);
});

test("matching uses the projected plane, not eta", () => {
  const { clusters } = run([{ cells: [spot(0.1, 0, 900, 30)], eta: 2.5 }]);
  const found = { columns: clusters.columns, first: 0, end: clusters.rows };
  const within = (rz: number) => matchParticle(found, etaAt(rz), 0, DEFAULT_PARAMS.validation).n;
  expect([within(0.1), within(0.159), within(0.161)]).toEqual([1, 1, 0]);
});

test("events without cells, seeds or clusters are kept and counted", () => {
  const { counts, events } = run([
    { cells: [] },
    { cells: [spot(0.3, 0, 5)] },
    { cells: [spot(0.3, 0, 500, 0.3)] },
    { cells: [spot(0.3, 0, 500, 10)] },
  ]);
  expect(counts).toMatchObject({ selected: 4, withSeeds: 2, withClusters: 1, particles: 4 });
  expect([...events.columns.n_seeds]).toEqual([0, 0, 1, 1]);
  expect([...events.columns.n_clusters]).toEqual([0, 0, 0, 1]);
  expect(events.columns.clen.slice(0, 3)).toEqual(new Float64Array(3).fill(Number.NaN));
  expect(events.columns.tcallphi[0]).toBeNaN();
});

test("a cluster of exactly the pt threshold is none", () => {
  const events = [0.5, 0.5000001].map((pt) => ({ cells: [spot(0.3, 0, 500, pt)] }));
  expect([...run(events).clusters.columns.entry]).toEqual([1]);
});

test.each([
  {
    name: "NaN mipPt",
    cell: { x: 30, y: 40, mipPt: Number.NaN },
    message: /event 100 \(entry 0\): tc_(energy|pt|mipPt) of trigger cell 1 is NaN/,
  },
  {
    name: "infinite x",
    cell: { x: Infinity, y: 40 },
    message: /event 100 \(entry 0\): tc_x of trigger cell 1 is Infinity/,
  },
  { name: "z = 0", cell: { x: 30, y: 40, z: 0 }, message: /event 100 \(entry 0\): tc_z of trigger cell 1 is 0/ },
  { name: "infinite z", cell: { x: 30, y: 40, z: Infinity }, message: /trigger cell 1 is (Infinity|NaN)/ },
  {
    name: "layer 53",
    cell: { x: 30, y: 40, layer: 53 },
    message: /event 100 \(entry 0\): trigger cell in layer 53, but cluster.CoeffA has radii for layers 1 to 52/,
  },
  { name: "layer 0", cell: { x: 30, y: 40, layer: 0 }, message: /trigger cell in layer 0/ },
])("$name is an input error that names event and column, or a counted event", ({ cell, message }) => {
  const events = [{ cells: [spot(0.3, 0, 500, 10), cell] }, { cells: [spot(0.3, 0, 500, 10)] }];
  expect(() => run(events)).toThrow(message);
  const { counts, clusters } = run(events, DEFAULT_PARAMS, { skipBadEvents: true });
  expect(counts).toMatchObject({ bad: 1, selected: 1, clusters: 1 });
  expect([...clusters.columns.event]).toEqual([101n]);
});

test("a cluster whose mipPt sum is 0 has no position: it is dropped and counted", () => {
  // The seed's own cell goes to it, and a second one beyond its bin that cancels the sum.
  const cells = [spot(0.3, 0, 500, 10), { ...spot(0.315, 0, -500, 10), layer: 30 }];
  expect(run([{ cells }]).counts).toMatchObject({ clusters: 0, withoutPosition: 1 });
});

test("the negative endcap is the mirror image of the positive one", () => {
  const cells = randomCells(new Random(3), 300);
  const mirrored = cells.map((cell) => ({ ...cell, z: -(cell.z ?? 330) }));
  const there = run([{ cells: mirrored, eta: -2.1 }]);
  const here = run([{ cells, eta: 2.1 }]);
  expect(there.clusters.rows).toBeGreaterThan(0);
  expect(there.clusters.columns.pt).toEqual(here.clusters.columns.pt);
  expect(there.clusters.columns.eta).toEqual(here.clusters.columns.eta.map((eta) => -eta));
  expect(there.clusters.columns.z).toEqual(here.clusters.columns.z.map((z) => -z));
  expect(there.assignment.columns).toEqual(here.assignment.columns);
});

test("shuffled cells give the same assignment, and sums to 1e-12", () => {
  const random = new Random(7);
  const list = randomCells(random, 500);
  const order = list.map((_, i) => i).toSorted(() => random.uniform() - 0.5);
  const straight = run([{ cells: list }]);
  const shuffled = run([{ cells: order.map((i) => list[i]) }]);
  expect(straight.clusters.rows).toBeGreaterThan(1);
  const seedOf = new Map<number, number>();
  for (let i = 0; i < straight.assignment.rows; i++) {
    seedOf.set(straight.assignment.columns.tc_row[i], straight.assignment.columns.seed_idx[i]);
  }
  expect(shuffled.assignment.rows).toBe(straight.assignment.rows);
  for (let i = 0; i < shuffled.assignment.rows; i++) {
    const { tc_row, seed_idx } = shuffled.assignment.columns;
    expect(seed_idx[i]).toBe(seedOf.get(order[tc_row[i]]));
  }
  for (let c = 0; c < straight.clusters.rows; c++) {
    const ratio = shuffled.clusters.columns.pt[c] / straight.clusters.columns.pt[c];
    expect(Math.abs(ratio - 1)).toBeLessThan(1e-12);
  }
});

test("listing seeds per raster cell gives what looking at all of them gives", () => {
  // One event of many seeds, and the same cells seen by each algorithm with a slow loop over all seeds.
  const random = new Random(21);
  const list = Array.from({ length: 12 }, (_, i) => randomCells(new Random(100 + i), 150)).flat();
  for (const algo of ["min_distance", "max_energy"] as const) {
    const params = { ...DEFAULT_PARAMS, cluster: { ...DEFAULT_PARAMS.cluster, algo, CoeffB: 0.01 } };
    const { seeds, assignment } = run([{ cells: list }], params);
    expect(seeds.rows).toBeGreaterThan(10);
    const { seedXdivZ, seedYdivZ, seedEn } = seeds.columns;
    const want: [number, number][] = [];
    for (const [t, cell] of list.entries()) {
      const z = cell.z ?? 330;
      const eta = Math.asinh(z / Math.hypot(cell.x, cell.y));
      const radius = params.cluster.CoeffA[(cell.layer ?? 9) - 1] + 0.01 * (2.3 - eta);
      let best = -1;
      let value = -Infinity;
      for (let s = 0; s < seeds.rows; s++) {
        const d = Math.sqrt((cell.x / z - seedXdivZ[s]) ** 2 + (cell.y / z - seedYdivZ[s]) ** 2);
        const merit = algo === "min_distance" ? -d : seedEn[s];
        if (d < radius && merit > value) {
          best = s;
          value = merit;
        }
      }
      if (best >= 0) want.push([t, best]);
    }
    const got = [...assignment.columns.tc_row].map((t, i) => [t, assignment.columns.seed_idx[i]]);
    expect(got).toEqual(want);
  }
  expect(random.uniform()).toBeGreaterThan(0);
});

test("saved steps hold the filled bins and the non-zero smoothed ones", () => {
  const { fill, smooth } = run([{ cells: [spot(row(20), 0.01, 100)] }], DEFAULT_PARAMS, { saveSteps: true });
  expect([fill?.rows, [...(fill?.columns.rz_bin ?? [])], [...(fill?.columns.mipPt ?? [])]]).toEqual([1, [20], [100]]);
  // BinSums 5 in row 20: five columns in three rows.
  expect(smooth?.rows).toBe(15);
});

test.each(["splits", "above_eta_", "above_eta_x", ""])("the selection %j is refused with a list", (text) => {
  expect(() => parseSelection(text)).toThrow(/valid are: all, splits_only, no_splits, above_eta_X/);
});

test("parameters that cannot work are refused by name", () => {
  const bad = { ...DEFAULT_PARAMS, smooth: { ...DEFAULT_PARAMS.smooth, BinSums: [3, 3] } };
  expect(() => createChain("default", bad, all)).toThrow(
    /smooth.BinSums: expected one value for each of the 42 R\/z rows/,
  );
});

test("in brief: the same records and counts, without the table of trigger cells and the sums over all of them", () => {
  const events = [{ cells: randomCells(new Random(5), 200) }, { cells: [spot(0.3, 0, 500, 10)] }];
  const long = run(events);
  const brief = run(events, DEFAULT_PARAMS, { brief: true });
  expect([brief.assignment.rows, brief.counts]).toEqual([0, long.counts]);
  const { tcallen, tcalleta, tcallphi, tcallpt, tcallresen, tcallreseta, tcallresphi, tcallrespt, ...kept } =
    brief.events.columns;
  for (const sums of [tcallen, tcalleta, tcallphi, tcallpt, tcallresen, tcallreseta, tcallresphi, tcallrespt]) {
    expect([...sums]).toEqual([Number.NaN, Number.NaN]);
  }
  expect(long.events.columns).toMatchObject(kept);
  expect(long.events.columns.tcallpt.every((pt) => pt > 0)).toBe(true);
});

test("entries one by one: what is found, what is counted so far, and after an error nothing of those before it", () => {
  const bad = { x: 30, y: 40, mipPt: Number.NaN };
  const shower = [spot(0.3, 0, 500, 10), spot(0.4, 2, 300, 6), spot(0.2, -1, 1, 0.1)];
  const batch = batchOf([{ cells: shower }, { cells: [spot(0.3, 0, 500, 10)], eta: 9 }, { cells: [bad] }, { cells: shower }]);
  const chain = createEntryChain("default", DEFAULT_PARAMS, all);
  const found = chain.take({ batch, i: 0 });
  const { clusters, records, nSeeds, assignment } = found ?? {};
  expect([nSeeds, clusters?.first, clusters?.end, records?.first, records?.end]).toEqual([2, 0, 2, 0, 1]);
  expect([...(assignment ?? [])].slice(0, 3)).toEqual([0, 1, -1]);
  expect(chain.take({ batch, i: 1 })).toBe(undefined);
  expect(chain.counts).toMatchObject({ entries: 2, selected: 1, outside: 1, tcs: 3, tcsAssigned: 2, bad: 0 });
  const next = chain.take({ batch, i: 3 });
  expect([next?.clusters.first, next?.clusters.end, next?.records.first, next?.records.end]).toEqual([2, 4, 1, 2]);
  expect(() => chain.take({ batch, i: 2 })).toThrow("event 102 (entry 2)");
  expect(chain.finish()).toMatchObject({ seeds: { rows: 0 }, clusters: { rows: 0 }, counts: { entries: 0, bad: 0 } });
  const skipping = createEntryChain("default", DEFAULT_PARAMS, { ...all, skipBadEvents: true });
  for (const i of [2, 0, 2]) skipping.take({ batch, i });
  expect(skipping.finish().counts).toMatchObject({ entries: 3, bad: 2, selected: 1 });
}); // prettier-ignore
