/** The tables of a radius: its clusters beside the particles that made them, and the particles' rows. */
import {
  addClusters,
  type EntryJudge,
  type EntryOf,
  judgeTruth,
  sumParticleSignal,
  type ValidationParams,
} from "../chain/index.js";
import { type Table, TableBuilder, wrapPhi } from "../core/index.js";
import { CLUSTERS } from "../events/index.js";
import { addEventRow, clearEventRow, createEventRow, type PointOf } from "./point-events.js";
import { type SweepResult } from "./radius-sweep.js";
import { PART_EVENTS, RADIUS_CLUSTERS, WEIGHTED_COLUMNS, WEIGHTED_RESPONSES } from "./tables.js";

const EVENT_TABLE = { ...PART_EVENTS, ...WEIGHTED_RESPONSES };
const CLUSTER_TABLE = { ...RADIUS_CLUSTERS, ...WEIGHTED_COLUMNS };

export interface RadiusPoint extends PointOf {
  readonly radius: number;
}

/** Collects what one radius gives, entry by entry. */
export class RadiusCollector {
  /** Clusters whose mipPt sum is 0: they have no position and are left out. */
  #withoutPosition = 0;
  readonly #of: RadiusPoint;
  readonly #params: ValidationParams;
  /** Largest deltaR of a match. */
  readonly #threshold: number;
  readonly #found = new TableBuilder(CLUSTERS);
  readonly #row = createEventRow();
  readonly #events = new TableBuilder(EVENT_TABLE);
  readonly #clusters = new TableBuilder(CLUSTER_TABLE);

  constructor(of: RadiusPoint, params: ValidationParams, threshold: number) {
    this.#of = of;
    this.#params = params;
    this.#threshold = threshold;
  }

  /** `judge`: of the selected particles of the entry. */
  add(at: EntryOf, judge: EntryJudge, result: SweepResult): void {
    const { seeds, clusterer, signalPt } = result;
    const found = this.#found;
    found.clear();
    this.#withoutPosition += addClusters({ clusters: found }, at, { chain: "", nSeeds: seeds.n, signalPt }, clusterer);
    this.#addClusters(at, judge, result.weighted);
    this.#addEvents(at, judge, result);
  }

  /** The rows so far, and the number of clusters that have no position; forgets them. */
  finish(): {
    readonly events: Table<typeof EVENT_TABLE>;
    readonly clusters: Table<typeof CLUSTER_TABLE>;
    readonly withoutPosition: number;
  } {
    const withoutPosition = this.#withoutPosition;
    this.#withoutPosition = 0;
    return { events: this.#events.finish(), clusters: this.#clusters.finish(), withoutPosition };
  }

  #addEvents(at: EntryOf, judge: EntryJudge, { seeds, assignment, signal, weighted }: SweepResult): void {
    const { batch, i } = at;
    const { gen_first, gen_rows, entry } = batch.entries.columns;
    const { gen_en, gen_eta } = batch.gen.columns;
    const { columns, rows } = this.#found;
    const clusters = { columns, first: 0, end: rows };
    const row = this.#row;
    clearEventRow(row);
    row.n_seeds = seeds.n;
    row.n_clusters = rows;
    row.n_false = judge.countFalse(clusters);
    row.has_truth = signal === undefined ? 0 : 1;
    const addRow = (responseEn: number, responsePt: number): void => {
      const at = addEventRow(this.#events, this.#of, entry[i], row);
      this.#events.columns.response_en_weighted[at] = responseEn;
      this.#events.columns.response_pt_weighted[at] = responsePt;
    };
    if (judge.particles.length === 0) addRow(Number.NaN, Number.NaN);
    for (const particle of judge.particles) {
      const { g } = particle;
      const { matches, control } = particle.judge(clusters);
      const { best } = matches;
      row.particle = g - gen_first[i];
      row.gen_pt = gen_en[g] / Math.cosh(gen_eta[g]);
      row.gen_eta = gen_eta[g];
      row.response_en = best < 0 ? Number.NaN : columns.en[best] / gen_en[g];
      row.response_pt = best < 0 ? Number.NaN : columns.pt[best] / row.gen_pt;
      row.is_split = Number(matches.isSplit);
      row.n_matched = matches.n;
      row.match_control = control.matched;
      row.split_control = control.split;
      row.n_control = control.directions;
      const own = gen_rows[i] === 1 ? signal : sumParticleSignal(at, assignment, seeds.n, g);
      if (own !== undefined) {
        const truth = judgeTruth(own, columns.seed_idx.subarray(0, rows), this.#params);
        row.true_split = Number(truth.isSplit);
        row.true_match = Number(truth.isFound);
        row.response_signal = best < 0 ? Number.NaN : own.bySeed[columns.seed_idx[best]] / row.gen_pt;
      }
      const weightedPt = best < 0 ? Number.NaN : weighted[columns.seed_idx[best]];
      addRow((weightedPt * Math.cosh(columns.eta[best])) / gen_en[g], weightedPt / row.gen_pt);
    }
  }

  /** Each cluster of the entry beside the particle nearest to it in (eta, phi). */
  #addClusters({ batch }: EntryOf, { particles }: EntryJudge, weighted: Float64Array): void {
    const { columns: from, rows } = this.#found;
    const first = this.#clusters.add(rows);
    const to = this.#clusters.columns;
    const { gen_en, gen_eta, gen_phi } = batch.gen.columns;
    for (let c = 0; c < rows; c++) {
      const row = first + c;
      let best = -1;
      let deltaR = Number.NaN;
      for (const { g } of particles) {
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
      to.entry[row] = from.entry[c];
      to.event[row] = from.event[c];
      to.seed_idx[row] = from.seed_idx[c];
      to.n_tc[row] = from.n_tc[c];
      to.en[row] = from.en[c];
      to.pt[row] = from.pt[c];
      to.eta[row] = from.eta[c];
      to.phi[row] = from.phi[c];
      to.gen_en[row] = energy;
      to.gen_pt[row] = pt;
      to.gen_eta[row] = best < 0 ? Number.NaN : gen_eta[best];
      to.gen_phi[row] = best < 0 ? Number.NaN : gen_phi[best];
      to.deltaR[row] = deltaR;
      to.matches[row] = deltaR <= this.#threshold ? 1 : 0;
      to.en_norm[row] = from.en[c] / energy;
      to.pt_norm[row] = from.pt[c] / pt;
      const weightedPt = weighted[from.seed_idx[c]];
      to.pt_weighted[row] = weightedPt;
      to.en_weighted[row] = weightedPt * Math.cosh(from.eta[c]);
      to.en_norm_weighted[row] = to.en_weighted[row] / energy;
      to.pt_norm_weighted[row] = weightedPt / pt;
    }
  }
}
