import { expect, test } from "vitest";
import { createTable, Random, wrapPhi } from "../core/index.js";
import { CLUSTERS } from "../events/index.js";
import { compareWithCmssw, createChain, DEFAULT_PARAMS, parseSelection } from "./index.js";
import { batchOf, type Cell } from "./cells.test-data.js";

const options = { selection: parseSelection("all") };
const { validation } = DEFAULT_PARAMS;
const etaAt = (rz: number): number => Math.asinh(1 / rz);
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

test("a record by its definitions: sums over the endcap, the most energetic cluster, the matched one", () => {
  const random = new Random(31);
  for (const [eta, phi] of [[2.1, 2], [-1.9, -3.1]] as const) { // prettier-ignore
    const side = Math.sign(eta);
    const rz = 1 / Math.sinh(Math.abs(eta));
    // Near the particle, more energetic but elsewhere, and in the other endcap.
    const list = Array.from({ length: 30 }, (_, k): Cell => {
      const [r, p] = k < 12 ? [rz, phi] : [0.45, phi + 1];
      const cell = spot(r + 0.004 * random.normal(), p + 0.01 * random.normal(), { mipPt: 60, pt: k < 12 ? 2 : 9 });
      return { ...cell, z: (k % 10 === 9 ? -side : side) * 330 };
    });
    const batch = batchOf([{ cells: [spot(0.3, 0)] }, { cells: list, eta, phi, energy: 120 }]);
    const { events, clusters } = createChain("default", DEFAULT_PARAMS, options)(batch);
    const of = Object.fromEntries(Object.entries(events.columns).map(([name, column]) => [name, Number(column[1])])); // prettier-ignore
    let [en, pt, sumEta, sumPhi] = [0, 0, 0, 0];
    for (let t = 1; t <= list.length; t++) {
      const { tc_energy, tc_pt, tc_eta, tc_phi, tc_zside } = batch.tc.columns;
      if (tc_zside[t] !== side) continue;
      en += tc_energy[t];
      pt += tc_pt[t];
      sumEta += tc_pt[t] * tc_eta[t];
      sumPhi += tc_pt[t] * wrapPhi(tc_phi[t] - phi);
    }
    const rows = [...clusters.columns.entry.keys()].filter((c) => clusters.columns.entry[c] === 1);
    const at = (c: number) => ({ en: clusters.columns.en[c], pt: clusters.columns.pt[c], eta: clusters.columns.eta[c], phi: clusters.columns.phi[c] }); // prettier-ignore
    const byEnergy = rows.map(at).toSorted((a, b) => b.en - a.en);
    const [top, match] = [byEnergy[0], byEnergy.find((c) => Math.abs(wrapPhi(c.phi - phi)) < 0.3)];
    if (match === undefined || match === top) throw new Error("the particle's own cluster is there, and not the largest");
    const genPt = 120 / Math.cosh(eta);
    const want = {
      genen: 120, geneta: eta, genphi: phi, genpt: genPt, particle: 0,
      tcallen: en, tcallpt: pt, tcalleta: sumEta / pt, tcallphi: wrapPhi(phi + sumPhi / pt),
      tcallresen: en / 120 - 1, tcallrespt: pt / genPt - 1, tcallreseta: sumEta / pt - eta, tcallresphi: sumPhi / pt,
      clen: top.en, clpt: top.pt, cleta: top.eta, clphi: top.phi,
      clresen: top.en / 120 - 1, clrespt: top.pt / genPt - 1, clreseta: top.eta - eta, clresphi: wrapPhi(top.phi - phi),
      response_en: match.en / 120, response_pt: match.pt / genPt,
      match_reseta: match.eta - eta, match_resphi: wrapPhi(match.phi - phi), n_clusters: rows.length, n_matched: 1,
    }; // prettier-ignore
    for (const [name, value] of Object.entries(want)) expect([name, of[name]]).toEqual([name, expect.closeTo(value, 10)]);
  }
}); // prettier-ignore
