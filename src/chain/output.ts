/** The tables that the chains write, entry by entry. */
import { type Table, TableBuilder } from "../core/index.js";
import { RUN_TABLES, type SampleBatch } from "../events/index.js";
import { type ClusterMaker } from "./cluster.js";
import { type CoarseSeeds } from "./coarse.js";
import { type Histogram } from "./fill.js";
import { type Seeds } from "./seed.js";
import { type SmoothMap } from "./smooth.js";

type RunTables = typeof RUN_TABLES;
type Always = "seeds" | "clusters" | "assignment" | "events";

/**
 * The tables of a run, under the names of their files. Those in between are there with `saveSteps`, of the chains that
 * write them; `tcdr` with `valid_cluster.tcDeltaRthresh`.
 */
export type ChainTables = { readonly [K in Always]: Table<RunTables[K]> } & {
  readonly [K in Exclude<keyof RunTables, Always>]?: Table<RunTables[K]>;
};

export type Output = { readonly [K in keyof RunTables]: TableBuilder<RunTables[K]> };

/** Rows that a table makes room for at first, where the usual number would not do. */
const CAPACITY: Readonly<Record<string, number>> = { assignment: 4096, tcdr: 16 };

export function createOutput(): Output {
  const builders = Object.entries(RUN_TABLES).map(([name, schema]) => [name, new TableBuilder(schema, CAPACITY[name])]);
  return Object.fromEntries(builders) as Output;
}

/** Row `i` of the entries of a batch. */
export interface EntryOf {
  readonly batch: SampleBatch;
  readonly i: number;
}

export function addSeeds(out: Output, { batch, i }: EntryOf, chain: string, seeds: Seeds): void {
  const { entry, event } = batch.entries.columns;
  const at = out.seeds.add(seeds.n);
  const to = out.seeds.columns;
  for (let s = 0; s < seeds.n; s++) {
    to.entry[at + s] = entry[i];
    to.event[at + s] = event[i];
    to.chain[at + s] = chain;
    to.seed_idx[at + s] = s;
    to.seedEn[at + s] = seeds.energy[s];
    to.seedXdivZ[at + s] = seeds.x[s];
    to.seedYdivZ[at + s] = seeds.y[s];
    to.rz_bin[at + s] = seeds.rzBin[s];
    to.phi_bin[at + s] = seeds.phiBin[s];
    to.cs_id[at + s] = seeds.csId[s];
    to.u[at + s] = seeds.u[s];
    to.v[at + s] = seeds.v[s];
  }
}

export function addCoarseSeeds(out: Output, { batch, i }: EntryOf, coarse: CoarseSeeds): void {
  const { entry, event, zside } = batch.entries.columns;
  const at = out.coarse_seeds.add(coarse.n);
  const to = out.coarse_seeds.columns;
  for (let k = 0; k < coarse.n; k++) {
    to.entry[at + k] = entry[i];
    to.event[at + k] = event[i];
    to.cs_id[at + k] = k;
    to.wu[at + k] = coarse.wu[k];
    to.wv[at + k] = coarse.wv[k];
    to.mipPt[at + k] = coarse.mipPt[k];
    to.eta[at + k] = zside[i] * coarse.eta[k];
  }
}

export function addFill(out: Output, { batch, i }: EntryOf, histogram: Histogram): void {
  const { entry, event } = batch.entries.columns;
  const { nPhi } = histogram.grid;
  const bins = histogram.bins.slice(0, histogram.nBins).toSorted();
  let at = out.fill.add(bins.length);
  const to = out.fill.columns;
  for (const bin of bins) {
    const sum = histogram.mipPt[bin];
    to.entry[at] = entry[i];
    to.event[at] = event[i];
    to.rz_bin[at] = Math.floor(bin / nPhi);
    to.phi_bin[at] = bin % nPhi;
    to.mipPt[at] = sum;
    to.wght_x[at] = sum === 0 ? Number.NaN : histogram.sumX[bin] / sum;
    to.wght_y[at] = sum === 0 ? Number.NaN : histogram.sumY[bin] / sum;
    at++;
  }
}

export function addSmooth(out: Output, { batch, i }: EntryOf, map: SmoothMap): void {
  const { entry, event } = batch.entries.columns;
  for (let bin = 0; bin < map.energy.length; bin++) {
    if (map.energy[bin] === 0) continue;
    const at = out.smooth.add(1);
    const to = out.smooth.columns;
    to.entry[at] = entry[i];
    to.event[at] = event[i];
    to.rz_bin[at] = Math.floor(bin / map.nPhi);
    to.phi_bin[at] = bin % map.nPhi;
    to.energy[at] = map.energy[bin];
  }
}

/** `assignment` holds a seed or -1 for every TC of the entry; `nAssigned` of them have one. */
export function addAssignment(
  out: Output,
  { batch, i }: EntryOf,
  chain: string,
  assignment: Int32Array,
  nAssigned: number,
): void {
  const { entry, event, tc_rows } = batch.entries.columns;
  let at = out.assignment.add(nAssigned);
  const to = out.assignment.columns;
  to.entry.fill(entry[i], at, at + nAssigned);
  to.event.fill(event[i], at, at + nAssigned);
  to.chain.fill(chain, at, at + nAssigned);
  const { tc_row, seed_idx } = to;
  const n = tc_rows[i];
  for (let t = 0; t < n; t++) {
    if (assignment[t] < 0) continue;
    tc_row[at] = t;
    seed_idx[at] = assignment[t];
    at++;
  }
}

/** Whose clusters they are: the seeds that a chain found, and the part [GeV] of generated particles of each, where it is known. */
export interface FoundSeeds {
  readonly chain: string;
  readonly nSeeds: number;
  readonly signalPt?: Float64Array | undefined;
}

/**
 * Adds the clusters with a corrected pt above the threshold from the sums of the first `nSeeds` seeds; returns the number of those
 * left out because their mipPt sum is 0, so that they have no position.
 */
export function addClusters(
  out: Pick<Output, "clusters">,
  { batch, i }: EntryOf,
  { chain, nSeeds, signalPt }: FoundSeeds,
  { sums, correctPt, ptThreshold }: ClusterMaker,
): number {
  const { entry, event, zside } = batch.entries.columns;
  const { mipPt, pt: sumPt, x, y, z, nTc } = sums;
  let withoutPosition = 0;
  for (let s = 0; s < nSeeds; s++) {
    if (mipPt[s] === 0) {
      if (sumPt[s] > ptThreshold) withoutPosition++;
      continue;
    }
    const cx = x[s] / mipPt[s];
    const cy = y[s] / mipPt[s];
    const cz = z[s] / mipPt[s];
    const eta = Math.asinh(cz / Math.sqrt(cx * cx + cy * cy));
    const pt = correctPt(sumPt[s], eta);
    if (!(pt > ptThreshold)) continue;
    const at = out.clusters.add(1);
    const to = out.clusters.columns;
    to.entry[at] = entry[i];
    to.event[at] = event[i];
    to.chain[at] = chain;
    to.seed_idx[at] = s;
    to.en[at] = pt * Math.cosh(eta);
    to.pt[at] = pt;
    to.mipPt[at] = mipPt[s];
    to.x[at] = cx;
    to.y[at] = cy;
    to.z[at] = zside[i] * cz;
    to.Rz[at] = Math.tan(2 * Math.atan(Math.exp(-eta)));
    to.eta[at] = zside[i] * eta;
    to.phi[at] = Math.atan2(cy, cx);
    to.n_tc[at] = nTc[s];
    to.signal_pt[at] = signalPt === undefined ? Number.NaN : signalPt[s];
  }
  return withoutPosition;
}
