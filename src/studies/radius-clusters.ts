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

export interface RadiusPoint extends PointOf {
  readonly radius: number;
}

/** Of layer weights: their columns are beside the others' where there are weights. */
interface Weighted {
  readonly events: TableBuilder<typeof WEIGHTED_RESPONSES>;
  readonly clusters: TableBuilder<typeof WEIGHTED_COLUMNS>;
}

/** What one radius gave: with layer weights also the columns of `WEIGHTED_RESPONSES` and `WEIGHTED_COLUMNS`. */
export interface RadiusTables {
  readonly events: Table<typeof PART_EVENTS>;
  readonly clusters: Table<typeof RADIUS_CLUSTERS>;
  /** Clusters that have no position. */
  readonly withoutPosition: number;
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
  readonly #events = new TableBuilder(PART_EVENTS);
  readonly #clusters = new TableBuilder(RADIUS_CLUSTERS);
  readonly #weighted: Weighted | undefined;

  /** `hasWeights`: the sweep has layer weights. */
  constructor(of: RadiusPoint, params: ValidationParams, threshold: number, hasWeights = false) {
    this.#of = of;
    this.#params = params;
    this.#threshold = threshold;
    if (!hasWeights) return;
    this.#weighted = {
      events: new TableBuilder(WEIGHTED_RESPONSES),
      clusters: new TableBuilder(WEIGHTED_COLUMNS),
    };
  }

  /** `judge`: of the selected particles of the entry. */
  add(at: EntryOf, judge: EntryJudge, result: SweepResult): void {
    const { seeds, clusterer, signalPt } = result;
    const found = this.#found;
    found.clear();
    this.#withoutPosition += addClusters({ clusters: found }, at, { chain: "", nSeeds: seeds.n, signalPt }, clusterer);
    const first = this.#addClusters(at, judge);
    this.#weighClusters(first, result.weighted);
    this.#addEvents(at, judge, result);
  }

  /** The rows so far; forgets them. */
  finish(): RadiusTables {
    const withoutPosition = this.#withoutPosition;
    this.#withoutPosition = 0;
    const [events, clusters] = [this.#events.finish(), this.#clusters.finish()];
    if (this.#weighted === undefined) return { events, clusters, withoutPosition };
    const beside = { events: this.#weighted.events.finish(), clusters: this.#weighted.clusters.finish() };
    return {
      events: { ...events, columns: { ...events.columns, ...beside.events.columns } },
      clusters: { ...clusters, columns: { ...clusters.columns, ...beside.clusters.columns } },
      withoutPosition,
    };
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
      addEventRow(this.#events, this.#of, entry[i], row);
      const to = this.#weighted?.events;
      if (to === undefined) return;
      const at = to.add(1);
      to.columns.response_en_weighted[at] = responseEn;
      to.columns.response_pt_weighted[at] = responsePt;
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

  /** Each cluster of the entry beside the particle nearest to it in (eta, phi). Returns the first row. */
  #addClusters({ batch }: EntryOf, { particles }: EntryJudge): number {
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
    }
    return first;
  }

  /** The columns of weights of the clusters of the entry, which are the rows from `first` on. */
  #weighClusters(first: number, weighted: Float64Array): void {
    const builder = this.#weighted?.clusters;
    if (builder === undefined) return;
    const { columns: from, rows } = this.#found;
    const { gen_en, gen_pt } = this.#clusters.columns;
    builder.add(rows);
    const to = builder.columns;
    for (let c = 0; c < rows; c++) {
      const row = first + c;
      const weightedPt = weighted[from.seed_idx[c]];
      to.pt_weighted[row] = weightedPt;
      to.en_weighted[row] = weightedPt * Math.cosh(from.eta[c]);
      to.en_norm_weighted[row] = to.en_weighted[row] / gen_en[row];
      to.pt_norm_weighted[row] = weightedPt / gen_pt[row];
    }
  }
}
