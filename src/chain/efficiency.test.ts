/** Efficiencies against a count that knows nothing of samples and records. */
import { expect, test } from "vitest";
import { createGeometry } from "../detector/index.js";
import { createSkim, DEFAULT_SKIM, simulateEvents } from "../events/index.js";
import { createChain, createNtupleClusters, DEFAULT_PARAMS, parseSelection } from "./index.js";

test("efficiency counts every generated particle in acceptance, bin by bin in pT, found or not", () => {
  const seed = 12;
  const ntuple = createNtupleClusters()(
    simulateEvents({ particles: "pions", pileup: 0, seed, geometry: createGeometry("V11"), pt: [0.5, 12] }, 1, 60),
  );
  const { skim } = createSkim({ ...DEFAULT_SKIM, particles: "pions", endcap: "both" });
  const { events, clusters, counts } = createChain("default", DEFAULT_PARAMS, { selection: parseSelection("all") })(
    skim(ntuple),
  );

  // From the branches: who reaches the endcap, and has a cluster near. Clusters belong to (event, endcap).
  const found = new Map<string, [x: number, y: number][]>();
  for (let c = 0; c < clusters.rows; c++) {
    const { event, x, y, z } = clusters.columns;
    const key = `${event[c]} ${Math.sign(z[c])}`;
    found.set(key, [...(found.get(key) ?? []), [x[c] / Math.abs(z[c]), y[c] / Math.abs(z[c])]]);
  }
  const bins = Array.from({ length: 6 }, () => ({ all: 0, matched: 0 }));
  const { genpart_reachedEE, genpart_exeta, genpart_exphi, genpart_pt } = ntuple.genpart.columns;
  let withoutCl3d = 0;
  for (let i = 0; i < ntuple.events; i++) {
    for (let g = ntuple.genpart.offsets[i]; g < ntuple.genpart.offsets[i + 1]; g++) {
      const eta = Math.abs(genpart_exeta[g]);
      if (genpart_reachedEE[g] !== 2 || !(eta > 1.7 && eta < 2.8)) continue;
      const tan = 2 / (Math.exp(eta) - Math.exp(-eta));
      const [px, py] = [tan * Math.cos(genpart_exphi[g]), tan * Math.sin(genpart_exphi[g])];
      const near = found.get(`${ntuple.event[i]} ${Math.sign(genpart_exeta[g])}`) ?? [];
      const bin = bins[Math.floor(genpart_pt[g] / 2)];
      bin.all++;
      if (near.some(([x, y]) => (x - px) ** 2 + (y - py) ** 2 < 0.06 ** 2)) bin.matched++;
      const cl3d = ntuple.cl3d.columns.cl3d_eta.subarray(ntuple.cl3d.offsets[i], ntuple.cl3d.offsets[i + 1]);
      if (!cl3d.some((value) => value * genpart_exeta[g] > 0)) withoutCl3d++;
    }
  }
  const reported = bins.map(() => ({ all: 0, matched: 0 }));
  const { genen, geneta, n_matched } = events.columns;
  const pion = 0.13957;
  for (let row = 0; row < events.rows; row++) {
    // The generated pT: that of the record is taken at the face of the endcap.
    const g = Array.from(genpart_pt.keys()).find(
      (k) => ntuple.genpart.columns.genpart_energy[k] === genen[row] && genpart_exeta[k] === geneta[row],
    );
    const pt = genpart_pt[g ?? Number.NaN];
    expect(pt).toBeLessThan(Math.sqrt(genen[row] ** 2 - pion ** 2));
    reported[Math.floor(pt / 2)].all++;
    if (n_matched[row] > 0) reported[Math.floor(pt / 2)].matched++;
  }
  expect(reported, `seed ${seed}`).toEqual(bins);
  expect(counts.particles).toBe(bins.reduce((sum, { all }) => sum + all, 0));
  // The test would say nothing if all were found, or all had a cl3d.
  expect(counts.matched).toBeLessThan(counts.particles);
  expect(withoutCl3d).toBeGreaterThan(5);
});
