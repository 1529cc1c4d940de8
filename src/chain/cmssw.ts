/** Our clusters beside those of CMSSW (`cl3d`): matched in the projected plane, as phi and eta are at no seam there. */
import { InputError, type Table, TableBuilder, wrapPhi } from "../core/index.js";
import { type CLUSTERS, CMSSW_DIFFERENCES, type RECORDS, type SampleBatch } from "../events/index.js";
import { type ValidationParams } from "./params.js";

/** Differences above this, in units of their columns, are reported (the reference's errorThreshold). */
const TOLERANCE = 5e-3;

type ClusterColumns = Table<typeof CLUSTERS>["columns"];

export interface Difference {
  readonly deta: number;
  /** [rad] wrapped. */
  readonly dphi: number;
  readonly dRz: number;
  /** [GeV] */
  readonly den: number;
}

/** Ours minus CMSSW's; NaN for a row of -1. */
function difference(ours: ClusterColumns, c: number, batch: SampleBatch, row: number): Difference {
  if (c < 0 || row < 0) return { deta: Number.NaN, dphi: Number.NaN, dRz: Number.NaN, den: Number.NaN };
  const { cl3d_eta, cl3d_phi, cl3d_en } = batch.cl3d.columns;
  return {
    deta: ours.eta[c] - cl3d_eta[row],
    dphi: wrapPhi(ours.phi[c] - cl3d_phi[row]),
    dRz: ours.Rz[c] - 1 / Math.sinh(Math.abs(cl3d_eta[row])),
    den: ours.en[c] - cl3d_en[row],
  };
}

/** Distance of a cluster to a CMSSW cluster in the projected plane. */
function distance(ours: ClusterColumns, c: number, batch: SampleBatch, row: number): number {
  const { cl3d_eta, cl3d_phi } = batch.cl3d.columns;
  const z = Math.abs(ours.z[c]);
  const tanTheta = 1 / Math.sinh(Math.abs(cl3d_eta[row]));
  return Math.hypot(
    ours.x[c] / z - tanTheta * Math.cos(cl3d_phi[row]),
    ours.y[c] / z - tanTheta * Math.sin(cl3d_phi[row]),
  );
}

/** Rows in `cl3d` of the CMSSW clusters on the endcap of entry `i`. */
function cl3dRows(batch: SampleBatch, i: number): number[] {
  const { cl3d_first, cl3d_rows, zside } = batch.entries.columns;
  const { cl3d_eta } = batch.cl3d.columns;
  const rows: number[] = [];
  for (let row = cl3d_first[i]; row < cl3d_first[i] + cl3d_rows[i]; row++) {
    if (!(cl3d_eta[row] * zside[i] < 0)) rows.push(row);
  }
  return rows;
}

/**
 * The number of CMSSW clusters of entry `i`, and the differences of the cluster in row `c` to the nearest of them within
 * `maxDistance`; NaN where there is none, or with c = -1.
 */
export function nearestCl3d(
  batch: SampleBatch,
  i: number,
  clusters: { readonly columns: ClusterColumns },
  c: number,
  maxDistance: number,
): Difference & { readonly n: number } {
  const rows = cl3dRows(batch, i);
  let nearest = -1;
  let least = maxDistance;
  for (const row of c < 0 ? [] : rows) {
    const d = distance(clusters.columns, c, batch, row);
    if (d < least) {
      least = d;
      nearest = row;
    }
  }
  return { n: rows.length, ...difference(clusters.columns, c, batch, nearest) };
}

interface Pair {
  readonly c: number;
  readonly row: number;
  readonly distance: number;
}

/** Pairs clusters [first, end) with CMSSW's within `maxDistance`, the nearest first, each at most once. */
function pairUp(
  { ours, first, end }: { readonly ours: ClusterColumns; readonly first: number; readonly end: number },
  batch: SampleBatch,
  rows: readonly number[],
  maxDistance: number,
): Pair[] {
  const near: Pair[] = [];
  for (let c = first; c < end; c++) {
    for (const row of rows) {
      const d = distance(ours, c, batch, row);
      if (d < maxDistance) near.push({ c, row, distance: d });
    }
  }
  near.sort((a, b) => a.distance - b.distance || a.c - b.c || a.row - b.row);
  const taken = new Set<number>();
  const partnered = new Set<number>();
  return near.filter(({ c, row }) => {
    if (taken.has(c) || partnered.has(row)) return false;
    taken.add(c);
    partnered.add(row);
    return true;
  });
}

/**
 * Compares the clusters of a batch with CMSSW's: for each entry and chain with a record the matched pairs within
 * splitDistance in the projected plane, nearest first, then our clusters without a partner, then theirs.
 * `events` and `clusters` are the tables that a chain returned for this batch.
 */
export function compareWithCmssw(
  batch: SampleBatch,
  events: Table<typeof RECORDS>,
  clusters: Table<typeof CLUSTERS>,
  params: ValidationParams,
): Table<typeof CMSSW_DIFFERENCES> {
  const out = new TableBuilder(CMSSW_DIFFERENCES);
  const rowOf = new Map(Array.from(batch.entries.columns.entry, (entry, i) => [entry, i]));
  const { entry, chain } = clusters.columns;
  let end = 0;
  for (let r = 0; r < events.rows; r++) {
    const of = events.columns;
    if (r > 0 && of.entry[r] === of.entry[r - 1] && of.chain[r] === of.chain[r - 1]) continue;
    const first = end;
    while (end < clusters.rows && entry[end] === of.entry[r] && chain[end] === of.chain[r]) end++;
    const i = rowOf.get(of.entry[r]);
    if (i === undefined) throw new InputError(`entry ${of.entry[r]} of the records is not in this batch`);
    const cl3d = cl3dRows(batch, i);
    const pairs = pairUp({ ours: clusters.columns, first, end }, batch, cl3d, params.splitDistance);
    const ours = new Set(pairs.map(({ c }) => c));
    const theirs = new Set(pairs.map(({ row }) => row));
    for (let c = first; c < end; c++) if (!ours.has(c)) pairs.push({ c, row: -1, distance: Number.NaN });
    for (const row of cl3d) if (!theirs.has(row)) pairs.push({ c: -1, row, distance: Number.NaN });
    let at = out.add(pairs.length);
    const to = out.columns;
    for (const { c, row, distance } of pairs) {
      const { deta, dphi, dRz, den } = difference(clusters.columns, c, batch, row);
      to.entry[at] = of.entry[r];
      to.event[at] = of.event[r];
      to.chain[at] = of.chain[r];
      to.seed_idx[at] = c < 0 ? -1 : clusters.columns.seed_idx[c];
      to.cl3d[at] = row < 0 ? -1 : row - batch.entries.columns.cl3d_first[i];
      to.distance[at] = distance;
      to.deta[at] = deta;
      to.dphi[at] = dphi;
      to.dRz[at] = dRz;
      to.den[at] = den;
      // Written so that NaN differs.
      to.differs[at] = [deta, dphi, dRz, den].every((value) => Math.abs(value) <= TOLERANCE) ? 0 : 1;
      at++;
    }
  }
  return out.finish();
}
