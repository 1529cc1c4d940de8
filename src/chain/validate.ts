/** Validation records: what the clusters of an entry say about the particle that made them. */
import { type TableBuilder, wrapPhi } from "../core/index.js";
import { type RECORDS, type SampleBatch, type TCDR } from "../events/index.js";
import { nearestCl3d } from "./cmssw.js";
import { type ParticleJudge } from "./judge.js";
import { type EntryClusters } from "./match.js";
import { type EntryOf } from "./output.js";
import { type ValidationParams } from "./params.js";
import { judgeTruth, type Signal } from "./truth.js";

/** pt-weighted means and sums of TCs around a particle's direction. Means are NaN where the sum of pt is 0. */
export interface TcSums {
  energy: number;
  pt: number;
  eta: number;
  phi: number;
}

/**
 * Sums over the TCs of one entry on its endcap with a distance < `maxDeltaR` to (genEta, genPhi); phi is averaged as a
 * difference to genPhi, so that the seam does no harm.
 */
export function sumTcs(
  batch: SampleBatch,
  i: number,
  genEta: number,
  genPhi: number,
  maxDeltaR: number = Infinity,
): TcSums {
  const { tc_first, tc_rows, zside } = batch.entries.columns;
  const { tc_energy, tc_pt, tc_eta, tc_phi, tc_zside } = batch.tc.columns;
  const limit = maxDeltaR * maxDeltaR;
  let energy = 0;
  let pt = 0;
  let eta = 0;
  let phi = 0;
  for (let t = tc_first[i]; t < tc_first[i] + tc_rows[i]; t++) {
    if (tc_zside[t] !== zside[i]) continue;
    const deltaPhi = wrapPhi(tc_phi[t] - genPhi);
    const deltaEta = tc_eta[t] - genEta;
    if (!(deltaEta * deltaEta + deltaPhi * deltaPhi < limit)) continue;
    energy += tc_energy[t];
    pt += tc_pt[t];
    eta += tc_pt[t] * tc_eta[t];
    phi += tc_pt[t] * deltaPhi;
  }
  return { energy, pt, eta: eta / pt, phi: wrapPhi(genPhi + phi / pt) };
}

function particleOf({ batch }: EntryOf, g: number): { eta: number; phi: number; energy: number; pt: number } {
  const { gen_eta, gen_phi, gen_en } = batch.gen.columns;
  return { eta: gen_eta[g], phi: gen_phi[g], energy: gen_en[g], pt: gen_en[g] / Math.cosh(gen_eta[g]) };
}

/** What a record says of a particle without looking at TCs: their sums are NaN. */
const NO_SUMS: TcSums = { energy: Number.NaN, pt: Number.NaN, eta: Number.NaN, phi: Number.NaN };

/** What a chain made of an entry, for the record of a particle. */
export interface ForRecord {
  readonly chain: string;
  readonly nSeeds: number;
  readonly nCoarseSeeds: number;
  readonly clusters: EntryClusters;
  readonly validation: ValidationParams;
  /** False leaves the sums over TCs NaN. */
  readonly sumsTcs: boolean;
  /** What the particle really left, where that is known. */
  readonly signal: Signal | undefined;
}

/** Appends the record of a particle to `out`. */
export function addRecord(
  out: TableBuilder<typeof RECORDS>,
  entryOf: EntryOf,
  judge: ParticleJudge,
  { chain, nSeeds, nCoarseSeeds, clusters, validation, sumsTcs, signal }: ForRecord,
): void {
  const { batch, i } = entryOf;
  const { g } = judge;
  const { entry, event, gen_first } = batch.entries.columns;
  const { eta, phi, energy, pt } = particleOf(entryOf, g);
  const tcs = sumsTcs ? sumTcs(batch, i, eta, phi) : NO_SUMS;
  const { columns, first, end } = clusters;
  let top = -1;
  for (let c = first; c < end; c++) if (top < 0 || columns.en[c] > columns.en[top]) top = c;
  const { matches, control } = judge.judge(clusters);
  const of = (column: Float64Array, row: number): number => (row < 0 ? Number.NaN : column[row]);
  const truth =
    signal === undefined ? undefined : judgeTruth(signal, columns.seed_idx.subarray(first, end), validation);
  const cmssw = nearestCl3d(batch, i, clusters, matches.best, validation.splitDistance);

  const at = out.add(1);
  const to = out.columns;
  to.entry[at] = entry[i];
  to.event[at] = event[i];
  to.chain[at] = chain;
  to.particle[at] = g - gen_first[i];
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
  to.n_cl3d[at] = cmssw.n;
  to.clen[at] = of(columns.en, top);
  to.cleta[at] = of(columns.eta, top);
  to.clphi[at] = of(columns.phi, top);
  to.clpt[at] = of(columns.pt, top);
  to.clresen[at] = to.clen[at] / energy - 1;
  to.clreseta[at] = to.cleta[at] - eta;
  to.clresphi[at] = wrapPhi(to.clphi[at] - phi);
  to.clrespt[at] = to.clpt[at] / pt - 1;
  to.n_seeds[at] = nSeeds;
  to.n_cs[at] = nCoarseSeeds;
  to.seeds_per_cs[at] = nSeeds / nCoarseSeeds;
  to.n_clusters[at] = end - first;
  to.n_matched[at] = matches.n;
  to.response_en[at] = of(columns.en, matches.best) / energy;
  to.response_pt[at] = of(columns.pt, matches.best) / pt;
  to.match_reseta[at] = of(columns.eta, matches.best) - eta;
  to.match_resphi[at] = wrapPhi(of(columns.phi, matches.best) - phi);
  to.is_split[at] = matches.isSplit ? 1 : 0;
  to.match_control[at] = control.matched;
  to.split_control[at] = control.split;
  to.n_control[at] = control.directions;
  to.true_split[at] = truth?.isSplit === true ? 1 : 0;
  to.true_match[at] = truth?.isFound === true ? 1 : 0;
  to.cmssw_deta[at] = cmssw.deta;
  to.cmssw_dphi[at] = cmssw.dphi;
  to.cmssw_dRz[at] = cmssw.dRz;
  to.cmssw_den[at] = cmssw.den;
}

/** Appends one row of sums for particle `g` (a row of `gen`) and each distance of `thresholds`. */
export function addTcSums(
  out: TableBuilder<typeof TCDR>,
  entryOf: EntryOf,
  g: number,
  chain: string,
  thresholds: readonly number[],
): void {
  const { batch, i } = entryOf;
  const { entry, event, gen_first } = batch.entries.columns;
  const { eta, phi, energy, pt } = particleOf(entryOf, g);
  for (const threshold of thresholds) {
    const tcs = sumTcs(batch, i, eta, phi, threshold);
    const at = out.add(1);
    const to = out.columns;
    to.entry[at] = entry[i];
    to.event[at] = event[i];
    to.chain[at] = chain;
    to.particle[at] = g - gen_first[i];
    to.threshold[at] = threshold;
    to.en[at] = tcs.energy;
    to.eta[at] = tcs.eta;
    to.phi[at] = tcs.phi;
    to.pt[at] = tcs.pt;
    to.resen[at] = tcs.energy / energy - 1;
    to.reseta[at] = tcs.eta - eta;
    to.resphi[at] = wrapPhi(tcs.phi - phi);
    to.respt[at] = tcs.pt / pt - 1;
  }
}
