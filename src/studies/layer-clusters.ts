/** Rows of clusters with their pt by layer, beside the particle that they are near to. */
import {
  distanceTo,
  type EntryOf,
  type EntryResult,
  hasNeighbour,
  projected,
  type ValidationParams,
} from "../chain/index.js";
import { type Schema, TableBuilder } from "../core/index.js";
import { LAYER_CLUSTERS_WITH_PT, layerColumn, WEIGHT_LAYERS } from "./weight-tables.js";

type Numbers = Readonly<Record<string, Float64Array | Int32Array>>;

/** Collects the clusters that match a particle, of one entry after another. Expects the original pt: without weights and threshold. */
export class LayerClusterRows {
  readonly #rows: TableBuilder<Schema> = new TableBuilder(LAYER_CLUSTERS_WITH_PT);

  add({ batch, i }: EntryOf, { records, clusters, assignment }: EntryResult, validation: ValidationParams): void {
    const { splitDistance } = validation;
    const { entry, event, tc_first, tc_rows } = batch.entries.columns;
    const { tc_layer, tc_pt } = batch.tc.columns;
    const from = records.columns;
    for (let record = records.first; record < records.end; record++) {
      // Its matched cluster may be the other one's: no target for a fit.
      if (hasNeighbour({ batch, i }, batch.entries.columns.gen_first[i] + from.particle[record], validation)) continue;
      const point = projected(from.geneta[record], from.genphi[record]);
      const near: number[] = [];
      for (let c = clusters.first; c < clusters.end; c++) {
        if (distanceTo(clusters, c, point) < splitDistance) near.push(c);
      }
      const first = this.#rows.add(Math.max(1, near.length));
      const to = this.#rows.columns as unknown as Numbers;
      const rowOfSeed = new Map<number, number>();
      for (let row = first; row < this.#rows.rows; row++) {
        const c = near.at(row - first);
        to["entry"][row] = entry[i];
        (this.#rows.columns["event"] as BigInt64Array)[row] = event[i];
        to["particle"][row] = from.particle[record];
        to["gen_en"][row] = from.genen[record];
        to["gen_pt"][row] = from.genpt[record];
        to["gen_eta"][row] = from.geneta[record];
        to["seed_idx"][row] = c === undefined ? -1 : clusters.columns.seed_idx[c];
        to["eta"][row] = c === undefined ? Number.NaN : clusters.columns.eta[c];
        if (c !== undefined) rowOfSeed.set(clusters.columns.seed_idx[c], row);
        for (const layer of WEIGHT_LAYERS) to[layerColumn(layer)][row] = 0;
      }
      for (let t = 0; t < tc_rows[i]; t++) {
        const row = rowOfSeed.get(assignment[t]);
        if (row === undefined) continue;
        const tc = tc_first[i] + t;
        to[layerColumn(tc_layer[tc])][row] += tc_pt[tc];
      }
    }
  }

  finish() {
    return this.#rows.finish();
  }
}
