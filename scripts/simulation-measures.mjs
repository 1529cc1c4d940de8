// What the figures of docs/simulation.md need to know of the simulation: numbers of single particles, of trigger cells and
// of pile-up. Seeds are fixed: the same program gives the same numbers.
import {
  CMSSW_PARAMS,
  createChain,
  createGeometry,
  createNtupleClusters,
  createSkim,
  DEFAULT_PARAMS,
  DEFAULT_SKIM,
  distanceTo,
  projected,
  simulateEvents,
} from "../dist/index.js";

const THRESHOLDS = [0.5, 1.3, 2.1];

/** Per photon without pile-up: generated pT, numbers of trigger cells above each threshold [MIP_T], and their sum of pT. */
export function countTcs(events, seed) {
  const chunk = simulateEvents(
    { particles: "photons", pileup: 0, seed, geometry: createGeometry("V11"), minMipPt: 0 },
    1,
    events,
  );
  const { tc_zside, tc_mipPt, tc_pt } = chunk.tc.columns;
  const { genpart_pt, genpart_exeta, genpart_reachedEE } = chunk.genpart.columns;
  const out = [];
  for (let i = 0; i < chunk.events; i++) {
    for (const g of [2 * i, 2 * i + 1]) {
      const side = Math.sign(genpart_exeta[g]);
      if (genpart_reachedEE[g] !== 2) continue;
      const row = { pt: genpart_pt[g], eta: Math.abs(genpart_exeta[g]), counts: THRESHOLDS.map(() => 0), sumPt: 0 };
      for (let t = chunk.tc.offsets[i]; t < chunk.tc.offsets[i + 1]; t++) {
        if (tc_zside[t] !== side) continue;
        row.sumPt += tc_pt[t];
        THRESHOLDS.forEach((threshold, k) => {
          if (tc_mipPt[t] > threshold) row.counts[k]++;
        });
      }
      out.push(row);
    }
  }
  return out;
}

/**
 * Mean numbers of trigger cells above 1.35 MIP_T of pile-up, in 120 degrees: by layer (silicon), by ring of CE-E, in sum. What
 * the photons of the events have without pile-up is subtracted.
 */
export function countPileUp(pileup, events, seed, ringWidth) {
  const all = countTcsOf(pileup, events, seed, ringWidth);
  const photons = countTcsOf(0, events, seed, ringWidth);
  return {
    silicon: all.silicon - photons.silicon,
    scintillator: all.scintillator - photons.scintillator,
    perLayer: all.perLayer.map((n, layer) => n - photons.perLayer[layer]),
    perRing: all.perRing.map((n, ring) => n - photons.perRing[ring]),
  };
}

function countTcsOf(pileup, events, seed, ringWidth) {
  const geometry = createGeometry("V11");
  const perLayer = new Float64Array(51);
  const perRing = new Float64Array(30);
  let [silicon, scintillator] = [0, 0];
  const share = 1 / (3 * 2 * events);
  const pitch = geometry.table.waferSize + geometry.table.waferGap;
  for (let event = 1; event <= events; event++) {
    const chunk = simulateEvents({ particles: "photons", pileup, seed, geometry, minMipPt: 1.35 }, event, 1);
    const { tc_subdet, tc_layer, tc_waferu, tc_waferv } = chunk.tc.columns;
    for (let t = 0; t < chunk.tc.offsets[1]; t++) {
      if (tc_subdet[t] === 10) {
        scintillator += share;
        continue;
      }
      silicon += share;
      const layer = tc_layer[t];
      perLayer[layer] += share;
      if (layer > geometry.table.ceeLayers) continue;
      const x = ((tc_waferv[t] - 2 * tc_waferu[t]) * pitch) / 2;
      const y = geometry.waferY[layer] + (tc_waferv[t] * pitch * Math.sqrt(3)) / 2;
      perRing[Math.floor(Math.hypot(x, y) / ringWidth)] += share;
    }
  }
  return { silicon, scintillator, perLayer, perRing };
}

/** `events` simulated events (both endcaps), skimmed, through the default chain. */
export function runDefaultChain(particles, pileup, seed, events) {
  const geometry = createGeometry("V11");
  const { skim } = createSkim({ ...DEFAULT_SKIM, particles, endcap: "both" });
  const ntuple = simulateEvents({ particles, pileup, seed, geometry }, 1, events);
  const batch = skim(createNtupleClusters(CMSSW_PARAMS)(ntuple));
  const result = createChain("default", DEFAULT_PARAMS, { selection: { kind: "all" } })(batch);
  return { geometry, batch, result };
}

/**
 * Pairs of photons (pT 10 to 50 GeV) at a distance in the projected plane, without pile-up: how many, and of how many the
 * default chain makes two: two clusters above 2 GeV, each nearest to another photon and within half the distance of it, at
 * most 0.06.
 */
export function countPairs(distance, seed, events) {
  const geometry = createGeometry("V11");
  const { skim } = createSkim({ ...DEFAULT_SKIM, endcap: "both" });
  const gun = { particles: "photons", pileup: 0, seed, geometry, eta: [1.75, 2.75], pt: [10, 50], count: 2, distance };
  const batch = skim(createNtupleClusters(CMSSW_PARAMS)(simulateEvents(gun, 1, events)));
  const { clusters } = createChain("default", DEFAULT_PARAMS, { selection: { kind: "all" } })(batch);
  const { gen_eta, gen_phi } = batch.gen.columns;
  const { gen_first, gen_rows } = batch.entries.columns;
  const table = { columns: clusters.columns, first: 0, end: clusters.rows };
  const rowsOf = Array.from({ length: batch.entries.rows }, () => []);
  for (let c = 0; c < clusters.rows; c++) {
    if (clusters.columns.pt[c] > 2) rowsOf[clusters.columns.entry[c]].push(c);
  }
  let [pairs, two] = [0, 0];
  const reach = Math.min(0.06, distance / 2);
  for (let i = 0; i < batch.entries.rows; i++) {
    if (gen_rows[i] !== 2) continue;
    pairs++;
    const photons = [gen_first[i], gen_first[i] + 1].map((g) => projected(gen_eta[g], gen_phi[g]));
    const isFound = photons.map((photon, k) =>
      rowsOf[i].some((c) => {
        const own = distanceTo(table, c, photon);
        return own < reach && own < distanceTo(table, c, photons[1 - k]);
      }),
    );
    if (isFound[0] && isFound[1]) two++;
  }
  return { pairs, two };
}
