/** Validation records: what the clusters of an entry say about the particle that made them. */
import { type TableBuilder, wrapPhi } from "../core/index.js";
import { type CLUSTERS, type GenTable, type RECORDS, type SampleBatch } from "../events/index.js";
import { type ValidationParams } from "./params.js";

/** The clusters of one entry and chain: rows [first, end) of a table. */
export interface EntryClusters {
  readonly columns: TableBuilder<typeof CLUSTERS>["columns"];
  readonly first: number;
  readonly end: number;
}

export interface Matches {
  /** Number of matched clusters. */
  readonly n: number;
  /** Row of the most energetic one, -1 without any. */
  readonly best: number;
  readonly isSplit: boolean;
}

/**
 * Matches clusters to a particle within `splitDistance` in the projected plane (x/|z|, y/|z|). The particle is split when
 * at least two matched clusters have pt > splitPt and the second largest holds at least splitShare of the pt of these.
 * (A distance in eta and phi would lose splits at high eta: two R/z rows differ by 0.18 in eta at eta 2.8.)
 */
export function matchParticle(clusters: EntryClusters, eta: number, phi: number, params: ValidationParams): Matches {
  const { x, y, z, en, pt } = clusters.columns;
  const tanTheta = 1 / Math.sinh(Math.abs(eta));
  const px = tanTheta * Math.cos(phi);
  const py = tanTheta * Math.sin(phi);
  let n = 0;
  let best = -1;
  let counted = 0;
  let sum = 0;
  let largest = 0;
  let second = 0;
  for (let c = clusters.first; c < clusters.end; c++) {
    const depth = Math.abs(z[c]);
    if (Math.hypot(x[c] / depth - px, y[c] / depth - py) >= params.splitDistance) continue;
    n++;
    if (best < 0 || en[c] > en[best]) best = c;
    if (!(pt[c] > params.splitPt)) continue;
    counted++;
    sum += pt[c];
    if (pt[c] > largest) {
      second = largest;
      largest = pt[c];
    } else if (pt[c] > second) {
      second = pt[c];
    }
  }
  return { n, best, isSplit: counted >= 2 && second >= params.splitShare * sum };
}

/** pt-weighted means and sums of TCs around a particle's phi. Means are NaN where the sum of pt is 0. */
export interface TcSums {
  energy: number;
  pt: number;
  eta: number;
  phi: number;
}

/** Sums over the TCs of one entry on its endcap; phi is averaged as a difference to `genPhi`, so that the seam does no harm. */
export function sumTcs(batch: SampleBatch, i: number, genPhi: number): TcSums {
  const { tc_first, tc_rows, zside } = batch.entries.columns;
  const { tc_energy, tc_pt, tc_eta, tc_phi, tc_zside } = batch.tc.columns;
  let energy = 0;
  let pt = 0;
  let eta = 0;
  let phi = 0;
  for (let t = tc_first[i]; t < tc_first[i] + tc_rows[i]; t++) {
    if (tc_zside[t] !== zside[i]) continue;
    energy += tc_energy[t];
    pt += tc_pt[t];
    eta += tc_pt[t] * tc_eta[t];
    phi += tc_pt[t] * wrapPhi(tc_phi[t] - genPhi);
  }
  return { energy, pt, eta: eta / pt, phi: wrapPhi(genPhi + phi / pt) };
}

/** Appends the record of particle `g` (a row of `gen`) of entry `i` to `out`. */
export function addRecord(
  out: TableBuilder<typeof RECORDS>,
  batch: SampleBatch,
  i: number,
  g: number,
  chain: string,
  nSeeds: number,
  clusters: EntryClusters,
  params: ValidationParams,
): void {
  const gen: GenTable["columns"] = batch.gen.columns;
  const eta = gen.gen_eta[g];
  const phi = gen.gen_phi[g];
  const energy = gen.gen_en[g];
  const pt = energy / Math.cosh(eta);
  const tcs = sumTcs(batch, i, phi);
  const { columns, first, end } = clusters;
  let top = -1;
  for (let c = first; c < end; c++) if (top < 0 || columns.en[c] > columns.en[top]) top = c;
  const matches = matchParticle(clusters, eta, phi, params);
  const of = (column: Float64Array, row: number): number => (row < 0 ? Number.NaN : column[row]);

  const at = out.add(1);
  const to = out.columns;
  to.entry[at] = batch.entries.columns.entry[i];
  to.event[at] = batch.entries.columns.event[i];
  to.chain[at] = chain;
  to.particle[at] = g - batch.entries.columns.gen_first[i];
  to.genen[at] = energy;
  to.geneta[at] = eta;
  to.genphi[at] = phi;
  to.genpt[at] = pt;
  to.tcallen[at] = tcs.energy;
  to.tcalleta[at] = tcs.eta;
  to.tcallphi[at] = tcs.phi;
  to.tcallpt[at] = tcs.pt;
  to.tcallresen[at] = tcs.energy / energy - 1;
  to.tcallreseta[at] = tcs.eta - eta;
  to.tcallresphi[at] = wrapPhi(tcs.phi - phi);
  to.tcallrespt[at] = tcs.pt / pt - 1;
  to.clen[at] = of(columns.en, top);
  to.cleta[at] = of(columns.eta, top);
  to.clphi[at] = of(columns.phi, top);
  to.clpt[at] = of(columns.pt, top);
  to.clresen[at] = to.clen[at] / energy - 1;
  to.clreseta[at] = to.cleta[at] - eta;
  to.clresphi[at] = wrapPhi(to.clphi[at] - phi);
  to.clrespt[at] = to.clpt[at] / pt - 1;
  to.n_seeds[at] = nSeeds;
  to.n_clusters[at] = end - first;
  to.n_matched[at] = matches.n;
  to.response_en[at] = of(columns.en, matches.best) / energy;
  to.response_pt[at] = of(columns.pt, matches.best) / pt;
  to.is_split[at] = matches.isSplit ? 1 : 0;
}
