/** Why particles are split: the numbers of the two seeds that share one, and of what lies between them. */
import { InputError, type Table, TableBuilder } from "../core/index.js";
import { SCINTILLATOR_WAFER } from "../detector/index.js";
import { type SampleBatch, type SEEDS, SPLITS } from "../events/index.js";
import { coarseLayers } from "./coarse.js";
import { createHistogram, fillInto } from "./fill.js";
import { createGrid } from "./grid.js";
import { type ChainTables } from "./output.js";
import { type ChainParams } from "./params.js";
import { hexDistance, universalU, universalV } from "./seed-uv.js";
import { createSmoother, createSmoothMap } from "./smooth.js";
import { matchParticle } from "./validate.js";

/** What lies on the straight line between two seeds, without their own bins. */
export interface Valley {
  readonly bins: number;
  readonly tcs: number;
  /** [MIP_T] */
  readonly mipPt: number;
  /** [MIP_T] lowest energy of a bin; NaN without bins. */
  readonly min: number;
}

type SeedColumns = Table<typeof SEEDS>["columns"];
/** The valley between the seeds in rows a and b, of row i of the entries. */
type FindValley = (i: number, seeds: SeedColumns, a: number, b: number) => Valley;

/** Columns from a to b the short way round, signed. */
function phiSteps(a: number, b: number, nPhi: number): number {
  const steps = (((b - a) % nPhi) + nPhi) % nPhi;
  return steps > nPhi / 2 ? steps - nPhi : steps;
}

function createHistogramValley(batch: SampleBatch, params: ChainParams): FindValley {
  const histogram = createHistogram(createGrid(params.base));
  const smoother = createSmoother(params.base, params.smooth);
  const { NbinsRz: nRz, NbinsPhi: nPhi } = params.base;
  const map = createSmoothMap(nRz, nPhi);
  const { tc_first, tc_rows, zside } = batch.entries.columns;
  return (i, { rz_bin, phi_bin }, a, b) => {
    fillInto(histogram, batch.tc.columns, tc_first[i], tc_first[i] + tc_rows[i], zside[i]);
    smoother.smoothInto(map, histogram);
    const rows = rz_bin[b] - rz_bin[a];
    const columns = phiSteps(phi_bin[a], phi_bin[b], nPhi);
    const steps = Math.max(Math.abs(rows), Math.abs(columns));
    let tcs = 0;
    let mipPt = 0;
    let min = Number.NaN;
    for (let k = 1; k < steps; k++) {
      const row = rz_bin[a] + Math.round((k * rows) / steps);
      const column = (phi_bin[a] + Math.round((k * columns) / steps) + nPhi) % nPhi;
      const bin = row * nPhi + column;
      tcs += histogram.nTc[bin];
      mipPt += histogram.mipPt[bin];
      if (!(map.energy[bin] >= min)) min = map.energy[bin];
    }
    return { bins: Math.max(0, steps - 1), tcs, mipPt, min };
  };
}

/** The cells on the line between two cells, neither included: the nearest ones to points at equal distances on it. */
function cellsBetween(u1: number, v1: number, u2: number, v2: number): [number, number][] {
  const steps = hexDistance(u2 - u1, v2 - v1);
  return Array.from({ length: Math.max(0, steps - 1) }, (_, k) => {
    const u = u1 + ((k + 1) * (u2 - u1)) / steps;
    const v = v1 + ((k + 1) * (v2 - v1)) / steps;
    // In a hexagonal lattice u, v and u - v are rounded, and the worst of the three follows from the others.
    const ru = Math.round(u);
    const rv = Math.round(v);
    const rw = Math.round(u - v);
    const du = Math.abs(ru - u);
    const dv = Math.abs(rv - v);
    const dw = Math.abs(rw - (u - v));
    if (dw >= du && dw >= dv) return [ru, rv];
    return du > dv ? [rv + rw, rv] : [ru, ru - rw];
  });
}

function createUvValley(batch: SampleBatch, params: ChainParams): FindValley {
  const everywhere = params.seed_cs.InputName === "NoCStcOut";
  const layers = everywhere ? { first: -Infinity, end: Infinity } : coarseLayers(params.cs);
  const { tc_first, tc_rows, zside } = batch.entries.columns;
  const { tc_layer, tc_wu, tc_wv, tc_cu, tc_cv, tc_mipPt, tc_zside } = batch.tc.columns;
  return (i, { u, v }, a, b) => {
    const cells = cellsBetween(u[a], v[a], u[b], v[b]);
    const energy = new Map(cells.map(([cu, cv]) => [`${cu} ${cv}`, 0]));
    let tcs = 0;
    for (let t = tc_first[i]; t < tc_first[i] + tc_rows[i]; t++) {
      if (tc_zside[t] !== zside[i] || tc_wu[t] === SCINTILLATOR_WAFER) continue;
      if (tc_layer[t] < layers.first || tc_layer[t] >= layers.end) continue;
      const key = `${universalU(tc_wu[t], tc_wv[t], tc_cu[t])} ${universalV(tc_wu[t], tc_wv[t], tc_cv[t])}`;
      const sum = energy.get(key);
      if (sum === undefined) continue;
      energy.set(key, sum + tc_mipPt[t]);
      tcs++;
    }
    const sums = [...energy.values()];
    const mipPt = sums.reduce((sum, value) => sum + value, 0);
    return { bins: cells.length, tcs, mipPt, min: sums.length === 0 ? Number.NaN : Math.min(...sums) };
  };
}

/**
 * One row for each split particle in `tables`, which a chain returned for this batch with these parameters. A split is
 * two seeds that a smoothing kernel (BinSums) did not bridge, or for `cs` a border between coarse seeds or cells. In the
 * default chain the valley is read off the histogram along the straight line of bins between the seeds, the short way in
 * phi; for `cs` off the cells between them, in the layers that made the seeds, whether or not their wafer is a coarse seed.
 */
export function findSplits(
  batch: SampleBatch,
  tables: Pick<ChainTables, "events" | "clusters" | "seeds">,
  params: ChainParams,
): Table<typeof SPLITS> {
  const out = new TableBuilder(SPLITS);
  const valleyOf = { default: createHistogramValley(batch, params), cs: createUvValley(batch, params) };
  const { events, seeds } = tables;
  const clusters = tables.clusters.columns;
  const from = events.columns;
  const rowOf = new Map(Array.from(batch.entries.columns.entry, (entry, i) => [entry, i]));
  const keyOf = (columns: { entry: Int32Array; chain: string[] }, row: number): string =>
    `${columns.entry[row]} ${columns.chain[row]}`;
  const firstCluster = firstRows(tables.clusters.rows, (row) => keyOf(clusters, row));
  const firstSeed = firstRows(seeds.rows, (row) => keyOf(seeds.columns, row));
  for (let r = 0; r < events.rows; r++) {
    if (from.is_split[r] === 0) continue;
    const key = keyOf(from, r);
    const i = rowOf.get(from.entry[r]);
    const first = firstCluster.get(key);
    const seed = firstSeed.get(key);
    if (i === undefined || first === undefined || seed === undefined) {
      throw new InputError(`entry ${from.entry[r]}: its record is split, but the batch or the tables lack it`);
    }
    let end = first;
    while (end < tables.clusters.rows && keyOf(clusters, end) === key) end++;
    const { largest, second, pt } = matchParticle(
      { columns: clusters, first, end },
      from.geneta[r],
      from.genphi[r],
      params.validation,
    );
    const a = seed + clusters.seed_idx[largest];
    const b = seed + clusters.seed_idx[second];
    const isCs = from.chain[r] === "cs";
    const s = seeds.columns;
    const valley = valleyOf[isCs ? "cs" : "default"](i, s, a, b);
    const at = out.add(1);
    const to = out.columns;
    to.entry[at] = from.entry[r];
    to.event[at] = from.event[r];
    to.chain[at] = from.chain[r];
    to.particle[at] = from.particle[r];
    to.seed_a[at] = clusters.seed_idx[largest];
    to.seed_b[at] = clusters.seed_idx[second];
    to.pt_a[at] = clusters.pt[largest];
    to.pt_b[at] = clusters.pt[second];
    to.share[at] = clusters.pt[second] / pt;
    to.seedEn_a[at] = s.seedEn[a];
    to.seedEn_b[at] = s.seedEn[b];
    to.distance[at] = Math.hypot(s.seedXdivZ[a] - s.seedXdivZ[b], s.seedYdivZ[a] - s.seedYdivZ[b]);
    to.d_rz[at] = isCs ? -1 : Math.abs(s.rz_bin[b] - s.rz_bin[a]);
    to.d_phi[at] = isCs ? -1 : Math.abs(phiSteps(s.phi_bin[a], s.phi_bin[b], params.base.NbinsPhi));
    to.BinSums_a[at] = isCs ? -1 : params.smooth.BinSums[s.rz_bin[a]];
    to.BinSums_b[at] = isCs ? -1 : params.smooth.BinSums[s.rz_bin[b]];
    to.d_uv[at] = isCs ? hexDistance(s.u[b] - s.u[a], s.v[b] - s.v[a]) : -1;
    to.cs_id_a[at] = s.cs_id[a];
    to.cs_id_b[at] = s.cs_id[b];
    to.valley_bins[at] = valley.bins;
    to.valley_tcs[at] = valley.tcs;
    to.valley_mipPt[at] = valley.mipPt;
    to.valley_min[at] = valley.min;
  }
  return out.finish();
}

function firstRows(rows: number, keyOf: (row: number) => string): Map<string, number> {
  const first = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const key = keyOf(row);
    if (!first.has(key)) first.set(key, row);
  }
  return first;
}
