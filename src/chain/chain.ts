/** The default chain over batches of entries: select, fill, smooth, seed, cluster, validate. */
import { InputError, type Table, TableBuilder } from "../core/index.js";
import { ASSIGNMENT, CLUSTERS, FILL, RECORDS, type SampleBatch, SEEDS, SMOOTH } from "../events/index.js";
import { checkTcs, describeEntry } from "./check.js";
import { Clusterer } from "./cluster.js";
import { createHistogram, fillInto } from "./fill.js";
import { createGrid } from "./grid.js";
import { type ChainParams, checkParams } from "./params.js";
import { createSeeds, seedInto } from "./seed.js";
import { type Selection, selectEntry } from "./select.js";
import { createSmoother, createSmoothMap } from "./smooth.js";
import { addRecord } from "./validate.js";

export interface ChainOptions {
  readonly selection: Selection;
  /** Also return the tables `fill` and `smooth`. */
  readonly saveSteps?: boolean;
  /** Leave entries with unusable values out and count them, instead of throwing. */
  readonly skipBadEvents?: boolean;
}

/** What happened to the entries and trigger cells; sums over batches. */
export interface ChainCounts {
  entries: number;
  /** Rows of the join of particles and cl3d before and after the selection. */
  rowsIn: number;
  rowsOut: number;
  selected: number;
  /** Entries left out because of unusable values. */
  bad: number;
  withSeeds: number;
  withClusters: number;
  seeds: number;
  clusters: number;
  /** Seeds whose TCs have a mipPt sum of 0: they have no position and make no cluster. */
  withoutPosition: number;
  particles: number;
  matched: number;
  split: number;
  tcs: number;
  tcsAssigned: number;
}

export function createCounts(): ChainCounts {
  return {
    entries: 0,
    rowsIn: 0,
    rowsOut: 0,
    selected: 0,
    bad: 0,
    withSeeds: 0,
    withClusters: 0,
    seeds: 0,
    clusters: 0,
    withoutPosition: 0,
    particles: 0,
    matched: 0,
    split: 0,
    tcs: 0,
    tcsAssigned: 0,
  };
}

export function addCounts(to: ChainCounts, from: ChainCounts): void {
  for (const key of Object.keys(from) as (keyof ChainCounts)[]) to[key] += from[key];
}

export interface ChainResult {
  readonly counts: ChainCounts;
  readonly seeds: Table<typeof SEEDS>;
  readonly clusters: Table<typeof CLUSTERS>;
  readonly assignment: Table<typeof ASSIGNMENT>;
  readonly events: Table<typeof RECORDS>;
  readonly fill?: Table<typeof FILL>;
  readonly smooth?: Table<typeof SMOOTH>;
}

const CHAIN = "default";

/**
 * Prepares the default chain. The returned function runs it over a batch and returns new tables; scratch memory is kept
 * between calls. Throws a ConfigError for parameters that cannot work, an InputError naming the event for unusable TCs.
 */
export function createDefaultChain(params: ChainParams, options: ChainOptions): (batch: SampleBatch) => ChainResult {
  checkParams(params);
  const grid = createGrid(params.base);
  const { nRz, nPhi } = grid;
  const histogram = createHistogram(grid);
  const smoother = createSmoother(params.base, params.smooth);
  const map = createSmoothMap(nRz, nPhi);
  const occupied = new Uint8Array(nRz);
  const seeds = createSeeds();
  const clusterer = new Clusterer(params.cluster);
  let assignment = new Int32Array(1024);

  const out = {
    seeds: new TableBuilder(SEEDS),
    clusters: new TableBuilder(CLUSTERS),
    assignment: new TableBuilder(ASSIGNMENT, 4096),
    events: new TableBuilder(RECORDS),
    fill: new TableBuilder(FILL),
    smooth: new TableBuilder(SMOOTH),
  };

  function addSeeds(entry: number, event: bigint): void {
    const at = out.seeds.add(seeds.n);
    const to = out.seeds.columns;
    for (let s = 0; s < seeds.n; s++) {
      to.entry[at + s] = entry;
      to.event[at + s] = event;
      to.chain[at + s] = CHAIN;
      to.seed_idx[at + s] = s;
      to.seedEn[at + s] = seeds.energy[s];
      to.seedXdivZ[at + s] = seeds.x[s];
      to.seedYdivZ[at + s] = seeds.y[s];
      to.rz_bin[at + s] = seeds.rzBin[s];
      to.phi_bin[at + s] = seeds.phiBin[s];
    }
  }

  function addSteps(entry: number, event: bigint): void {
    const bins = histogram.bins.slice(0, histogram.nBins).toSorted();
    let at = out.fill.add(bins.length);
    const filled = out.fill.columns;
    for (const bin of bins) {
      const sum = histogram.mipPt[bin];
      filled.entry[at] = entry;
      filled.event[at] = event;
      filled.rz_bin[at] = Math.floor(bin / nPhi);
      filled.phi_bin[at] = bin % nPhi;
      filled.mipPt[at] = sum;
      filled.wght_x[at] = sum === 0 ? Number.NaN : histogram.sumX[bin] / sum;
      filled.wght_y[at] = sum === 0 ? Number.NaN : histogram.sumY[bin] / sum;
      at++;
    }
    for (let bin = 0; bin < map.energy.length; bin++) {
      if (map.energy[bin] === 0) continue;
      const row = out.smooth.add(1);
      const smoothed = out.smooth.columns;
      smoothed.entry[row] = entry;
      smoothed.event[row] = event;
      smoothed.rz_bin[row] = Math.floor(bin / nPhi);
      smoothed.phi_bin[row] = bin % nPhi;
      smoothed.energy[row] = map.energy[bin];
    }
  }

  function addAssignment(entry: number, event: bigint, nTc: number, nAssigned: number): void {
    let at = out.assignment.add(nAssigned);
    const to = out.assignment.columns;
    for (let t = 0; t < nTc; t++) {
      if (assignment[t] < 0) continue;
      to.entry[at] = entry;
      to.event[at] = event;
      to.chain[at] = CHAIN;
      to.tc_row[at] = t;
      to.seed_idx[at] = assignment[t];
      at++;
    }
  }

  /** Clusters from the sums of the last assignment; returns the number of seeds without a position. */
  function addClusters(entry: number, event: bigint, zside: number): number {
    const { mipPt, pt, x, y, z, nTc } = clusterer.sums;
    let withoutPosition = 0;
    for (let s = 0; s < seeds.n; s++) {
      if (!(pt[s] > params.cluster.PtC3dThreshold)) continue;
      if (mipPt[s] === 0) {
        withoutPosition++;
        continue;
      }
      const at = out.clusters.add(1);
      const to = out.clusters.columns;
      const cx = x[s] / mipPt[s];
      const cy = y[s] / mipPt[s];
      const cz = z[s] / mipPt[s];
      const eta = Math.asinh(cz / Math.sqrt(cx * cx + cy * cy));
      to.entry[at] = entry;
      to.event[at] = event;
      to.chain[at] = CHAIN;
      to.seed_idx[at] = s;
      to.en[at] = pt[s] * Math.cosh(eta);
      to.pt[at] = pt[s];
      to.mipPt[at] = mipPt[s];
      to.x[at] = cx;
      to.y[at] = cy;
      to.z[at] = zside * cz;
      to.Rz[at] = Math.tan(2 * Math.atan(Math.exp(-eta)));
      to.eta[at] = zside * eta;
      to.phi[at] = Math.atan2(cy, cx);
      to.n_tc[at] = nTc[s];
    }
    return withoutPosition;
  }

  function runEntry(batch: SampleBatch, i: number, particles: readonly number[], counts: ChainCounts): void {
    const { entry, event, zside, tc_first, tc_rows } = batch.entries.columns;
    const tc = batch.tc.columns;
    const first = tc_first[i];
    const end = first + tc_rows[i];
    const side = zside[i];
    if (tc_rows[i] > assignment.length) assignment = new Int32Array(2 * tc_rows[i]);

    // Everything that can throw comes before the first row is written: a bad event leaves nothing behind.
    checkTcs(tc, first, end, () => describeEntry(batch, i));
    fillInto(histogram, tc, first, end, side);
    occupied.fill(0);
    for (let k = 0; k < histogram.nBins; k++) occupied[Math.floor(histogram.bins[k] / nPhi)] = 1;
    smoother.smoothInto(map, histogram.mipPt, occupied);
    seedInto(seeds, map, histogram, params.seed);
    const nAssigned = clusterer.assignInto(assignment, seeds, tc, first, end, side, describeEntry(batch, i));

    addSeeds(entry[i], event[i]);
    if (options.saveSteps === true) addSteps(entry[i], event[i]);
    addAssignment(entry[i], event[i], tc_rows[i], nAssigned);
    const firstCluster = out.clusters.rows;
    counts.withoutPosition += addClusters(entry[i], event[i], side);
    const clusters = { columns: out.clusters.columns, first: firstCluster, end: out.clusters.rows };
    for (const g of particles) {
      const record = out.events.rows;
      addRecord(out.events, batch, i, g, CHAIN, seeds.n, clusters, params.validation);
      counts.particles++;
      if (out.events.columns.n_matched[record] > 0) counts.matched++;
      counts.split += out.events.columns.is_split[record];
    }
    counts.selected++;
    counts.seeds += seeds.n;
    counts.clusters += clusters.end - clusters.first;
    if (seeds.n > 0) counts.withSeeds++;
    if (clusters.end > clusters.first) counts.withClusters++;
    counts.tcs += tc_rows[i];
    counts.tcsAssigned += nAssigned;
  }

  return (batch) => {
    const counts = createCounts();
    for (let i = 0; i < batch.entries.rows; i++) {
      counts.entries++;
      const selected = selectEntry(batch, i, options.selection, params.base);
      counts.rowsIn += selected.rowsIn;
      counts.rowsOut += selected.rowsOut;
      if (selected.particles.length === 0) continue;
      try {
        runEntry(batch, i, selected.particles, counts);
      } catch (error) {
        if (!(error instanceof InputError) || options.skipBadEvents !== true) throw error;
        counts.bad++;
      }
    }
    const result: ChainResult = {
      counts,
      seeds: out.seeds.finish(),
      clusters: out.clusters.finish(),
      assignment: out.assignment.finish(),
      events: out.events.finish(),
    };
    return options.saveSteps === true ? { ...result, fill: out.fill.finish(), smooth: out.smooth.finish() } : result;
  };
}
