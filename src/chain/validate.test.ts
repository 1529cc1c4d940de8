import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { CLUSTERS } from "../events/index.js";
import { compareWithCmssw, createChain, DEFAULT_PARAMS, findSplits, mergeRecords, parseSelection } from "./index.js";
import { batchOf, type Cell } from "./cells.test-data.js";

const options = { selection: parseSelection("all") };
const { validation } = DEFAULT_PARAMS;
const etaAt = (rz: number): number => Math.asinh(1 / rz);
/** R/z of the middle of row k. */
const row = (k: number): number => 0.076 + 0.012 * (k + 0.5);
/** Phi of the middle of column k. */
const column = (k: number): number => -3.14159 + (2 * 3.14159 * (k + 0.5)) / 216;
const spot = (rz: number, phi: number, cell: Partial<Cell> = {}): Cell => ({
  x: 330 * rz * Math.cos(phi),
  y: 330 * rz * Math.sin(phi),
  mipPt: 500,
  pt: 10,
  ...cell,
});

test("TCs near the particle: sums for each distance, across the seam in phi", () => {
  // 0.02 and 0.1 away in phi, on both sides of the seam; the third 1.2 in eta.
  const eta = 2;
  const cells = [
    spot(1 / Math.sinh(eta), Math.PI - 0.01, { pt: 2 }),
    spot(1 / Math.sinh(eta), -Math.PI + 0.09, { pt: 6 }),
    spot(1 / Math.sinh(0.8), Math.PI, { pt: 4 }),
  ];
  const params = { ...DEFAULT_PARAMS, valid_cluster: { tcDeltaRthresh: [0.05, 0.2, 2] } };
  const batch = batchOf([{ cells, eta, phi: Math.PI - 0.03, energy: 100 }]);
  const { tcdr } = createChain("default", params, options)(batch);
  expect([...(tcdr?.columns.threshold ?? [])]).toEqual([0.05, 0.2, 2]);
  expect([...(tcdr?.columns.pt ?? [])]).toEqual([2, 8, 12]);
  const near = tcdr?.columns;
  expect(near?.resphi[0]).toBeCloseTo(0.02, 12);
  expect(near?.resphi[1]).toBeCloseTo((2 * 0.02 + 6 * 0.12) / 8, 12);
  expect(near?.reseta[1]).toBeCloseTo(0, 12);
  expect(near?.eta[2]).toBeCloseTo((8 * 2 + 4 * 0.8) / 12, 12);
  expect(near?.respt[0]).toBeCloseTo(2 / (100 / Math.cosh(2)) - 1, 12);
  expect(near?.resen[0]).toBeCloseTo((2 * Math.cosh(2)) / 100 - 1, 12);
  expect(createChain("default", DEFAULT_PARAMS, options)(batch).tcdr).toBeUndefined();
});

test("no TC within a distance: sums are 0, means undefined", () => {
  const params = { ...DEFAULT_PARAMS, valid_cluster: { tcDeltaRthresh: [0.01] } };
  const { tcdr } = createChain("default", params, options)(batchOf([{ cells: [spot(0.3, 1)], eta: 2, phi: 0 }]));
  expect([tcdr?.columns.pt[0], tcdr?.columns.en[0], tcdr?.columns.eta[0], tcdr?.columns.phi[0]]).toEqual([
    0,
    0,
    Number.NaN,
    Number.NaN,
  ]);
});

test("residuals in phi are wrapped, and so is the mean phi of the TCs", () => {
  const cells = [spot(0.2, -Math.PI + 0.01), spot(0.3, -Math.PI + 0.03, { mipPt: 5 })];
  const { events } = createChain("default", DEFAULT_PARAMS, options)(batchOf([{ cells, phi: Math.PI - 0.01 }]));
  expect(events.columns.clresphi[0]).toBeCloseTo(0.02, 12);
  expect(events.columns.tcallphi[0]).toBeCloseTo(-Math.PI + 0.02, 12);
  expect(events.columns.tcallresphi[0]).toBeCloseTo(0.03, 12);
});

test("energy, eta, phi and pt are those of one cluster, the most energetic", () => {
  const cells = [spot(0.1, 1, { pt: 10 }), spot(0.5, 2, { pt: 20 })];
  const { clen, clpt, clphi } = createChain("default", DEFAULT_PARAMS, options)(batchOf([{ cells }])).events.columns;
  expect([clen[0], clphi[0], clpt[0]].map((value) => Number(value.toFixed(9)))).toEqual([
    Number((10 * Math.cosh(etaAt(0.1))).toFixed(9)),
    1,
    10,
  ]);
});

/** One entry with our clusters as [R/z, phi, pt], and CMSSW's as [eta, phi, energy]. */
function compare(ours: readonly [number, number, number][], theirs: readonly [number, number, number][]) {
  const batch = batchOf([{ cells: [] }, { cells: [] }]);
  const cl3d = { rows: theirs.length, columns: { ...batch.cl3d.columns } };
  Object.assign(cl3d.columns, {
    cl3d_eta: Float64Array.from(theirs, ([eta]) => eta),
    cl3d_phi: Float64Array.from(theirs, ([, phi]) => phi),
    cl3d_en: Float64Array.from(theirs, ([, , energy]) => energy),
  });
  batch.entries.columns.cl3d_first.set([0, 0]);
  batch.entries.columns.cl3d_rows.set([0, theirs.length]);
  const { events } = createChain("default", DEFAULT_PARAMS, options)(batchOf([{ cells: [] }, { cells: [] }]));
  const clusters = createTable(CLUSTERS, ours.length);
  for (const [c, [rz, phi, pt]] of ours.entries()) {
    const to = clusters.columns;
    to.entry[c] = 1;
    to.chain[c] = "default";
    to.seed_idx[c] = 10 + c;
    to.x[c] = 330 * rz * Math.cos(phi);
    to.y[c] = 330 * rz * Math.sin(phi);
    to.z[c] = 330;
    to.eta[c] = etaAt(rz);
    to.phi[c] = phi;
    to.Rz[c] = rz;
    to.pt[c] = pt;
    to.en[c] = pt * Math.cosh(etaAt(rz));
  }
  return compareWithCmssw({ ...batch, cl3d }, events, clusters, validation);
}

test("CMSSW clusters: pairs by distance, nearest first, each once; then those without a partner", () => {
  const energy = 10 * Math.cosh(etaAt(0.3));
  const { columns, rows } = compare(
    [
      [0.3, 0, 10],
      [0.34, 0, 10],
      [0.2, 2, 10],
    ],
    [
      [etaAt(0.33), 0, 50],
      [etaAt(0.301), 0, energy + 0.004],
      [etaAt(0.4), -2, 7],
    ],
  );
  expect(rows).toBe(4);
  expect([...columns.seed_idx]).toEqual([10, 11, 12, -1]);
  expect([...columns.cl3d]).toEqual([1, 0, -1, 2]);
  expect(columns.distance[0]).toBeCloseTo(0.001, 12);
  expect(columns.deta[0]).toBeCloseTo(etaAt(0.3) - etaAt(0.301), 12);
  expect(columns.dRz[1]).toBeCloseTo(0.01, 12);
  expect(columns.den[0]).toBeCloseTo(-0.004, 10);
  expect(columns.den[2]).toBeNaN();
  expect([...columns.differs]).toEqual([0, 1, 1, 1]);
});

test("CMSSW clusters: one of them is the partner of one of ours; those of the other endcap do not count", () => {
  const { columns } = compare(
    [
      [0.3, 0, 10],
      [0.31, 0, 10],
    ],
    [
      [etaAt(0.309), 0, 50],
      [-etaAt(0.3), 0, 50],
    ],
  );
  expect([...columns.seed_idx]).toEqual([11, 10]);
  expect([...columns.cl3d]).toEqual([0, -1]);
});

test.each([
  { name: "energies 4e-3 GeV apart agree", change: [0, 0, 0.004], differs: 0 },
  { name: "6e-3 GeV differ", change: [0, 0, 0.006], differs: 1 },
  { name: "phi 6e-3 apart differs, 2 pi apart does not", change: [0, 0.006 + 2 * Math.PI, 0], differs: 1 },
  { name: "a full turn is no difference", change: [0, 2 * Math.PI, 0], differs: 0 },
  { name: "eta 6e-3 apart differs", change: [0.006, 0, 0], differs: 1 },
])("CMSSW clusters: $name", ({ change: [eta, phi, energy], differs }) => {
  const { columns } = compare([[0.3, 3, 10]], [[etaAt(0.3) + eta, 3 + phi, 10 * Math.cosh(etaAt(0.3)) + energy]]);
  expect([columns.differs[0], columns.seed_idx[0], columns.cl3d[0]]).toEqual([differs, 10, 0]);
});

test("the record has the differences of the particle's cluster to the nearest CMSSW cluster", () => {
  const batch = batchOf([{ cells: [spot(0.2, 0)], eta: etaAt(0.2), energy: 60 }]);
  batch.cl3d.columns.cl3d_eta[0] = etaAt(0.21);
  const { events } = createChain("default", DEFAULT_PARAMS, options)(batch);
  const { n_cl3d, cmssw_dRz, cmssw_deta, cmssw_dphi, cmssw_den } = events.columns;
  expect([n_cl3d[0], cmssw_dphi[0]]).toEqual([1, 0]);
  expect(cmssw_dRz[0]).toBeCloseTo(-0.01, 12);
  expect(cmssw_deta[0]).toBeCloseTo(etaAt(0.2) - etaAt(0.21), 12);
  expect(cmssw_den[0]).toBeCloseTo(10 * Math.cosh(etaAt(0.2)) - 60, 12);
  batch.cl3d.columns.cl3d_eta[0] = -etaAt(0.21);
  batch.cl3d.columns.cl3d_phi[0] = 1;
  // Without a cl3d in the endcap it counts, unless one is required.
  const without = createChain("default", DEFAULT_PARAMS, options)(batch);
  expect([without.events.rows, without.events.columns.n_cl3d[0], without.events.columns.n_matched[0]]).toEqual([
    1, 0, 1,
  ]);
  expect(without.counts).toMatchObject({ rowsIn: 1, rowsOut: 1, particles: 1, matched: 1 });
  const joined = { ...DEFAULT_PARAMS, base: { ...DEFAULT_PARAMS.base, RequireCl3d: true } };
  const { events: none, counts } = createChain("default", joined, options)(batch);
  expect([none.rows, counts.rowsIn, counts.particles]).toEqual([0, 0, 0]);
});

test("records of both chains side by side, by entry and not by row", () => {
  // The first event has no coarse seed, the second has TCs that only the coarse-seeding chain cannot use.
  const events = [
    { cells: [spot(0.2, 0, { layer: 3 })], eta: etaAt(0.2) },
    { cells: [spot(0.2, 0, { wafer: [99, 0] })], eta: etaAt(0.2) },
    { cells: [spot(0.2, 0), spot(0.25, 0.3, { layer: 3 })], eta: etaAt(0.2) },
  ];
  const records = (["default", "cs"] as const).map(
    (name) => createChain(name, DEFAULT_PARAMS, { ...options, skipBadEvents: true })(batchOf(events)).events,
  );
  expect(records.map(({ rows }) => rows)).toEqual([3, 2]);
  const merged = mergeRecords(...records).columns;
  expect(mergeRecords(...records.toReversed()).columns.clpt_def.toSorted()).toEqual(merged.clpt_def.toSorted());
  expect([...merged.entry]).toEqual([0, 1, 2]);
  expect([...merged.n_clusters_def]).toEqual([1, 1, 2]);
  expect([...merged.n_clusters_cs]).toEqual([0, -1, 1]);
  expect([...merged.n_cs_def]).toEqual([1, 1, 1]);
  expect([...merged.n_cs_cs]).toEqual([0, -1, 1]);
  expect([...merged.clpt_def]).toEqual([10, 10, 10]);
  expect([...merged.clpt_cs]).toEqual([Number.NaN, Number.NaN, 10]);
  expect([...merged.tcallpt]).toEqual([10, 10, 20]);
});

test.each([
  { name: "up across the seam", pts: [30, 12], order: [0, 1], line: ["5 0", "5 1", "6 2"] },
  { name: "down across the seam", pts: [12, 30], order: [1, 0], line: ["6 2", "5 1", "5 0"] },
])(
  "a split of the default chain, $name: bins between the seeds, their energies, the valley",
  ({ pts, order, line }) => {
    // Seeds in (4, 215) and (6, 3): two rows and four columns apart; one soft cell on the line, one beside it.
    const cells = [
      spot(row(4), column(215), { mipPt: 900, pt: pts[0] }),
      spot(row(6), column(3), { mipPt: 800, pt: pts[1] }),
      spot(row(5), column(1), { mipPt: 7, pt: 0.1 }),
      spot(row(9), column(1), { mipPt: 7, pt: 0.1 }),
    ];
    const batch = batchOf([{ cells: [] }, { cells, eta: etaAt(row(5)), phi: -Math.PI }]);
    const result = createChain("default", DEFAULT_PARAMS, { ...options, saveSteps: true })(batch);
    const { rows, columns } = findSplits(batch, result, DEFAULT_PARAMS);
    const of = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[0]]));
    expect(rows).toBe(1);
    expect(of).toMatchObject({
      entry: 1,
      event: 101n,
      chain: "default",
      particle: 0,
      seed_a: order[0],
      seed_b: order[1],
    });
    expect(of).toMatchObject({ d_rz: 2, d_phi: 4, BinSums_a: 9, BinSums_b: 9, d_uv: -1, cs_id_a: -1, cs_id_b: -1 });
    expect(of).toMatchObject({ valley_bins: 3, valley_tcs: 1, valley_mipPt: 7 });
    expect(of["share"]).toBeCloseTo(Number(of["pt_b"]) / (Number(of["pt_a"]) + Number(of["pt_b"])), 14);
    expect(of["seedEn_a"]).toBe(result.seeds.columns.seedEn[order[0]]);
    const { x, y } = { x: (cells[0].x - cells[1].x) / 330, y: (cells[0].y - cells[1].y) / 330 };
    expect(of["distance"]).toBeCloseTo(Math.hypot(x, y), 12);
    const smoothed = new Map<string, number>();
    const { rz_bin, phi_bin, energy } = result.smooth?.columns ?? { rz_bin: [], phi_bin: [], energy: [] };
    for (const [k, e] of energy.entries()) smoothed.set(`${rz_bin[k]} ${phi_bin[k]}`, e);
    expect(of["valley_min"]).toBe(Math.min(...line.map((key) => smoothed.get(key) ?? 0)));
  },
);

test("a split of the coarse-seeding chain: cells between the seeds, coarse seeds on both sides", () => {
  // Cells (7, 3) of wafer (0, 0) and (2, 2) of (0, 1): (7, 3) and (10, 6) in (u, v), with (8, 4) and (9, 5) between.
  const eta = 1.8;
  const rz = 1 / Math.sinh(eta);
  const cells = [
    spot(rz, 0, { mipPt: 300, pt: 20 }),
    spot(rz, 0.05, { mipPt: 250, pt: 10 }),
    spot(rz, 0.02, { mipPt: 6, pt: 0.1 }),
    spot(rz, 0.02, { mipPt: 5, pt: 0.1, layer: 25 }),
  ].map((cell, k) => ({
    ...cell,
    wafer: k === 0 ? ([0, 0] as const) : ([0, 1] as const),
    cell: (
      [
        [7, 3],
        [2, 2],
        [1, 1],
        [1, 1],
      ] as const
    )[k],
  }));
  const batch = batchOf([{ cells, eta, phi: 0.02 }]);
  const { rows, columns } = findSplits(batch, createChain("cs", DEFAULT_PARAMS, options)(batch), DEFAULT_PARAMS);
  const of = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[0]]));
  expect(rows).toBe(1);
  expect(of).toMatchObject({ chain: "cs", d_uv: 3, cs_id_a: 0, cs_id_b: 1, d_rz: -1, d_phi: -1, BinSums_a: -1 });
  expect(of).toMatchObject({ seedEn_a: 300, seedEn_b: 250 });
  expect(of).toMatchObject({ valley_bins: 2, valley_tcs: 1, valley_mipPt: 6, valley_min: 0 });
});

test("whole particles make no row", () => {
  const batch = batchOf([{ cells: [spot(row(20), 0)], eta: etaAt(row(20)) }]);
  expect(findSplits(batch, createChain("default", DEFAULT_PARAMS, options)(batch), DEFAULT_PARAMS).rows).toBe(0);
});
