/** The tables of a radius: its clusters beside the particles that made them, and the particles' rows. */
import {
  addClusters,
  addRecords,
  type ChainCounts,
  type ChainParams,
  createCounts,
  createOutput,
  type EntryOf,
  sumSignal,
} from "../chain/index.js";
import { type Table, TableBuilder, wrapPhi } from "../core/index.js";
import { addEvents, type PointOf } from "./point-events.js";
import { type SweepResult } from "./radius-sweep.js";
import { PART_EVENTS, RADIUS_CLUSTERS, WEIGHTED_COLUMNS } from "./tables.js";

const CLUSTER_TABLE = { ...RADIUS_CLUSTERS, ...WEIGHTED_COLUMNS };

export interface RadiusPoint extends PointOf {
  readonly radius: number;
}

/** Collects what one radius gives, entry by entry. */
export class RadiusCollector {
  readonly counts: ChainCounts = createCounts();
  readonly #of: RadiusPoint;
  readonly #chain: string;
  readonly #params: ChainParams;
  /** Largest deltaR of a match. */
  readonly #threshold: number;
  readonly #out = createOutput();
  readonly #events = new TableBuilder(PART_EVENTS);
  readonly #clusters = new TableBuilder(CLUSTER_TABLE);

  constructor(of: RadiusPoint, chain: string, params: ChainParams, threshold: number) {
    this.#of = of;
    this.#chain = chain;
    this.#params = params;
    this.#threshold = threshold;
  }

  /** `particles`: rows of `gen`. */
  add(
    at: EntryOf,
    particles: readonly number[],
    { seeds, assignment, nAssigned, clusterer, weighted }: SweepResult,
  ): void {
    const out = this.#out;
    const { batch, i } = at;
    const signal = sumSignal(at, assignment, seeds.n, { weights: clusterer.weights })?.bySeed;
    this.counts.withoutPosition += addClusters(out, at, this.#chain, seeds.n, clusterer, signal);
    const clusters = { columns: out.clusters.columns, first: 0, end: out.clusters.rows };
    const found = { nSeeds: seeds.n, nCoarseSeeds: undefined, clusters, assignment, sumsTcs: false };
    const nFalse = addRecords(out, at, particles, this.#chain, this.#params, found, this.counts);
    this.counts.selected++;
    this.counts.tcs += batch.entries.columns.tc_rows[i];
    this.counts.tcsAssigned += nAssigned;
    const records = { columns: out.events.columns, first: 0, end: out.events.rows };
    const result = { nSeeds: seeds.n, clusters, records, assignment, nFalse };
    addEvents(this.#events, at, this.#of, result, this.#params.validation);
    this.#addClusters(at, particles, weighted);
    out.clusters.clear();
    out.events.clear();
    out.tcdr.clear();
  }

  /** The rows so far, and forgets them. */
  finish(): { readonly events: Table<typeof PART_EVENTS>; readonly clusters: Table<typeof CLUSTER_TABLE> } {
    return { events: this.#events.finish(), clusters: this.#clusters.finish() };
  }

  /** Each cluster of the entry beside the particle nearest to it in (eta, phi). */
  #addClusters({ batch }: EntryOf, particles: readonly number[], weighted: Float64Array): void {
    const from = this.#out.clusters.columns;
    const rows = this.#out.clusters.rows;
    const first = this.#clusters.add(rows);
    const to = this.#clusters.columns;
    const { gen_en, gen_eta, gen_phi } = batch.gen.columns;
    for (let c = 0; c < rows; c++) {
      const row = first + c;
      let best = -1;
      let deltaR = Number.NaN;
      for (const g of particles) {
        const dEta = Math.abs(from.eta[c]) - Math.abs(gen_eta[g]);
        const dPhi = wrapPhi(from.phi[c] - gen_phi[g]);
        const distance = Math.sqrt(dEta * dEta + dPhi * dPhi);
        if (best >= 0 && !(distance < deltaR)) continue;
        best = g;
        deltaR = distance;
      }
      const energy = best < 0 ? Number.NaN : gen_en[best];
      const pt = best < 0 ? Number.NaN : gen_en[best] / Math.cosh(gen_eta[best]);
      to.point[row] = this.#of.point;
      to.radius[row] = this.#of.radius;
      to.sample[row] = this.#of.sample;
      for (const name of ["entry", "seed_idx", "n_tc"] as const) to[name][row] = from[name][c];
      to.event[row] = from.event[c];
      for (const name of ["en", "pt", "eta", "phi"] as const) to[name][row] = from[name][c];
      to.gen_en[row] = energy;
      to.gen_pt[row] = pt;
      to.gen_eta[row] = best < 0 ? Number.NaN : gen_eta[best];
      to.gen_phi[row] = best < 0 ? Number.NaN : gen_phi[best];
      to.deltaR[row] = deltaR;
      to.matches[row] = deltaR <= this.#threshold ? 1 : 0;
      to.en_norm[row] = from.en[c] / energy;
      to.pt_norm[row] = from.pt[c] / pt;
      to.pt_weighted[row] = weighted[from.seed_idx[c]];
      to.en_weighted[row] = to.pt_weighted[row] * Math.cosh(from.eta[c]);
      to.en_norm_weighted[row] = to.en_weighted[row] / energy;
      to.pt_norm_weighted[row] = to.pt_weighted[row] / pt;
    }
  }
}
