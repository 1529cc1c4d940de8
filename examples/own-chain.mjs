// A chain with a step of one's own: fill, smooth, seed and cluster are those of the package; in between, a seed close to a
// more energetic one is taken for the tail of its shower and dropped. How many particles still split?
//
//   bye-splits simulate --particles photons --pileup 60 --events 100 --out photons
//   node examples/own-chain.mjs photons
import {
  addSeed,
  Clusterer,
  createChain,
  createGrid,
  createSeeds,
  DEFAULT_PARAMS,
  fill,
  matchParticle,
  parseSelection,
  seed,
  selectEntry,
  smooth,
} from "bye-splits";
import { openSampleFolder } from "bye-splits/node";

const REACH = 0.06; // in the projected plane (x/z, y/z)
const params = DEFAULT_PARAMS;
const selection = parseSelection("all");
const grid = createGrid(params.base);
const clusterer = new Clusterer(params.cluster);

/** The seeds without those that have a more energetic one within reach. */
function mergeSeeds(seeds) {
  const merged = createSeeds();
  for (let s = 0; s < seeds.n; s++) {
    let leads = true;
    for (let other = 0; other < seeds.n; other++) {
      const distance = Math.hypot(seeds.x[other] - seeds.x[s], seeds.y[other] - seeds.y[s]);
      if (distance < REACH && seeds.energy[other] > seeds.energy[s]) leads = false;
    }
    if (!leads) continue;
    const k = addSeed(merged);
    for (const column of ["energy", "x", "y"]) merged[column][k] = seeds[column][s];
  }
  return merged;
}

/** The clusters of row i of the entries, as columns. */
function findClusters(batch, i) {
  const { event, zside, tc_first, tc_rows } = batch.entries.columns;
  const tc = batch.tc.columns;
  const [first, end] = [tc_first[i], tc_first[i] + tc_rows[i]];
  const histogram = fill(tc, grid, zside[i], first, end);
  const map = smooth(histogram.mipPt, params.base, params.smooth);
  const seeds = mergeSeeds(seed(map, histogram, params.seed));
  const assignment = new Int32Array(tc_rows[i]); // the seed of each trigger cell
  clusterer.assignInto(assignment, seeds, tc, first, end, zside[i], `event ${event[i]}`);
  const sums = clusterer.sums;
  const clusters = { x: [], y: [], z: [], pt: [], en: [] };
  for (let s = 0; s < seeds.n; s++) {
    if (!(sums.pt[s] > params.cluster.PtC3dThreshold)) continue;
    const [x, y, z] = [sums.x[s], sums.y[s], sums.z[s]].map((sum) => sum / sums.mipPt[s]);
    const eta = Math.asinh(z / Math.hypot(x, y));
    for (const [name, value] of Object.entries({ x, y, z, pt: sums.pt[s], en: sums.pt[s] * Math.cosh(eta) })) {
      clusters[name].push(value);
    }
  }
  return clusters;
}

const sample = await openSampleFolder(process.argv[2] ?? "photons");
const defaultChain = createChain("default", params, { selection });
const split = { default: 0, own: 0 };
let particles = 0;
for (let b = 0; b < sample.batches; b++) {
  const batch = await sample.readBatch(b);
  const { gen_eta, gen_phi } = batch.gen.columns;
  split.default += defaultChain(batch).counts.split;
  for (let i = 0; i < batch.entries.rows; i++) {
    const selected = selectEntry(batch, i, selection, params.base).particles;
    if (selected.length === 0) continue;
    const columns = findClusters(batch, i);
    for (const g of selected) {
      const clusters = { columns, first: 0, end: columns.pt.length };
      if (matchParticle(clusters, gen_eta[g], gen_phi[g], params.validation).isSplit) split.own++;
      particles++;
    }
  }
}
await sample.close();
console.log(`default chain: ${split.default} of ${particles} particles are split`);
console.log(`own chain:     ${split.own} of ${particles} particles are split`);
