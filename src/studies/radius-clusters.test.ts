/** The tables of a radius, beside the chain with that radius. */
import { expect, test } from "vitest";
import { chainOf, createEntryChain, EntryJudge, parseSelection, selectEntry, SharedStages } from "../chain/index.js";
import { TableBuilder, wrapPhi } from "../core/index.js";
import { EVERYWHERE, rowOf, showerBatch } from "./entries.test-data.js";
import { addEvents } from "./point-events.js";
import { RadiusCollector } from "./radius-clusters.js";
import { radiiOf, RadiusSweep } from "./radius-sweep.js";
import { PART_EVENTS } from "./tables.js";

const selection = parseSelection("all");
const { validation, base } = EVERYWHERE;
const RADII = [0.01, 0.03];
/** A deltaR that some clusters have and others do not. */
const THRESHOLD = 0.05;

/** The tables of each radius, and the chain's rows of particles and clusters; weights by layer. */
function collect(weightOf: (layer: number) => number) {
  const batch = showerBatch(9);
  const weights = Float64Array.from({ length: 52 }, (_, k) => weightOf(k + 1));
  const sweep = new RadiusSweep(EVERYWHERE, RADII, { weights });
  const collectors = RADII.map((radius, k) => new RadiusCollector({ point: 3 + k, sample: 1, radius }, validation, THRESHOLD, true)); // prettier-ignore
  const steps = chainOf("default").create(EVERYWHERE, new SharedStages());
  for (let i = 0; i < 3; i++) {
    const at = { batch, i };
    const judge = new EntryJudge(at, selectEntry(batch, i, selection, base).particles, validation);
    sweep.sweep(at, steps.findSeeds(at), (k, found) => collectors[k].add(at, judge, found));
  }
  const of = RADII.map((radius, k) => {
    const params = { ...EVERYWHERE, cluster: { ...EVERYWHERE.cluster, CoeffA: radiiOf(EVERYWHERE.cluster, radius) } };
    const chain = createEntryChain("default", params, { selection });
    const events = new TableBuilder(PART_EVENTS);
    const assignments: Int32Array[] = [];
    for (let i = 0; i < 3; i++) {
      const result = chain.take({ batch, i });
      if (result === undefined) throw new Error("every entry is selected");
      addEvents(events, { batch, i }, { point: 3 + k, sample: 1 }, result, validation);
      assignments.push(result.assignment.slice());
    }
    return { found: collectors[k].finish(), events, clusters: chain.finish().clusters, assignments, again: collectors[k].finish() }; // prettier-ignore
  });
  return { batch, of, weights };
}

/** Sums in another order. */
const near = (value: unknown): unknown => (typeof value === "number" && Number.isFinite(value) ? expect.closeTo(value, 9) : value); // prettier-ignore

test("particles have the rows of a chain with that radius; a weight of 1 changes no response, one of 2 doubles it", () => {
  for (const weight of [1, 2]) {
    for (const { found, events, again } of collect(() => weight).of) {
      expect([found.events.rows, found.withoutPosition]).toEqual([4, 0]);
      expect([again.events.rows, again.clusters.rows]).toEqual([0, 0]);
      for (let row = 0; row < events.rows; row++) {
        const { response_en_weighted, response_pt_weighted, ...own } = rowOf(found.events.columns, row);
        const want = Object.fromEntries(Object.entries(rowOf(events.columns, row)).map(([name, value]) => [name, near(value)])); // prettier-ignore
        expect(own).toEqual(want);
        const { response_en, response_pt } = events.columns;
        expect([response_en_weighted, response_pt_weighted]).toEqual([near(weight * response_en[row]), near(weight * response_pt[row])]); // prettier-ignore
      }
    }
  }
});

test("clusters are the chain's, each beside the nearest particle of its entry, with sums of weighted pt", () => {
  const { batch, of, weights } = collect((layer) => 1 + layer / 10);
  const { gen_eta, gen_phi, gen_en } = batch.gen.columns;
  const matches = new Set<number>();
  for (const [k, { found, clusters, assignments }] of of.entries()) {
    const to = found.clusters.columns;
    expect(found.clusters.rows).toBe(clusters.rows);
    for (let c = 0; c < clusters.rows; c++) {
      const { entry, event, seed_idx, n_tc, en, pt, eta, phi } = rowOf(clusters.columns, c) as Record<string, number>;
      const [first, n] = [[0, 1], [1, 0], [1, 2]][entry]; // prettier-ignore
      const places = Array.from({ length: n }, (_, p) => first + p).map((g) => {
        const [dEta, dPhi] = [Math.abs(eta) - Math.abs(gen_eta[g]), wrapPhi(phi - gen_phi[g])];
        return { g, deltaR: Math.hypot(dEta, dPhi) };
      });
      const nearest = places.toSorted((a, b) => a.deltaR - b.deltaR).at(0);
      const g = nearest?.g ?? -1;
      const deltaR = nearest?.deltaR ?? Number.NaN;
      const genEn = gen_en[g] ?? Number.NaN;
      const genPt = genEn / Math.cosh(gen_eta[g]);
      let weighted = 0;
      const { tc_first, tc_rows } = batch.entries.columns;
      for (let t = 0; t < tc_rows[entry]; t++) {
        const at = tc_first[entry] + t;
        if (assignments[entry][t] === seed_idx) weighted += weights[batch.tc.columns.tc_layer[at] - 1] * batch.tc.columns.tc_pt[at]; // prettier-ignore
      }
      const want = {
        point: 3 + k, radius: RADII[k], sample: 1, entry, event, seed_idx, n_tc, en, pt, eta, phi, deltaR,
        gen_en: genEn, gen_pt: genPt, gen_eta: gen_eta[g] ?? Number.NaN, gen_phi: gen_phi[g] ?? Number.NaN,
        matches: Number(deltaR <= THRESHOLD), en_norm: en / genEn, pt_norm: pt / genPt,
        pt_weighted: weighted, en_weighted: weighted * Math.cosh(eta),
        pt_norm_weighted: weighted / genPt, en_norm_weighted: (weighted * Math.cosh(eta)) / genEn,
      }; // prettier-ignore
      expect(rowOf(to, c)).toEqual(Object.fromEntries(Object.entries(want).map(([name, value]) => [name, near(value)]))); // prettier-ignore
      matches.add(to.matches[c]);
    }
  }
  expect(matches).toEqual(new Set([0, 1]));
});
