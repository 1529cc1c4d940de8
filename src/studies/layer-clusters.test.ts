/** Rows of clusters with their pt by layer: which clusters, and which cells. */
import { expect, test } from "vitest";
import { createEntryChain, type EntryResult, parseSelection } from "../chain/index.js";
import { EVERYWHERE, rowOf, showerBatch } from "./entries.test-data.js";
import { LayerClusterRows } from "./layer-clusters.js";
import { layerColumn, WEIGHT_LAYERS } from "./weight-tables.js";

const { validation, cluster } = EVERYWHERE;
// Layers that the trigger does not read have no column, and no cells in a sample.
const batch = showerBatch(6);
const { tc_layer, tc_pt } = batch.tc.columns;
for (let t = 0; t < batch.tc.rows; t++) tc_layer[t] = WEIGHT_LAYERS[tc_layer[t] % WEIGHT_LAYERS.length];

const params = { ...EVERYWHERE, cluster: { ...cluster, PtC3dThreshold: 0 } };

/** The rows of all entries, and what the chain found in each. */
function collect(splitDistance: number) {
  const chain = createEntryChain("default", params, { selection: parseSelection("all") });
  const rows = new LayerClusterRows();
  const results = [0, 1, 2].map((i): EntryResult => {
    const result = chain.take({ batch, i });
    if (result === undefined) throw new Error("every entry is selected");
    rows.add({ batch, i }, result, { ...validation, splitDistance });
    return { ...result, assignment: result.assignment.slice() };
  });
  return { table: rows.finish(), results, clusters: chain.finish().clusters.columns };
}

test.each([0.06, 0.2])("each cluster within %f has a row, with the pt of its cells by layer", (splitDistance) => {
  const { table, results, clusters } = collect(splitDistance);
  const { geneta, genphi, genpt, genen } = results[0].records.columns;
  const x = Math.cos(genphi[0]) / Math.sinh(geneta[0]);
  const y = Math.sin(genphi[0]) / Math.sinh(geneta[0]);
  // The first entry has one particle; the second none; those of the third may be neighbours.
  const { first, end } = results[0].clusters;
  const near = Array.from({ length: end - first }, (_, c) => first + c).filter(
    (c) => Math.hypot(clusters.x[c] / clusters.z[c] - x, clusters.y[c] / clusters.z[c] - y) < splitDistance,
  );
  expect(near.length).toBeGreaterThan(0);
  const own = [...table.columns["entry"].keys()].filter((row) => table.columns["entry"][row] === 0);
  expect(own.map((row) => table.columns["seed_idx"][row])).toEqual(near.map((c) => clusters.seed_idx[c]));
  for (const [k, row] of own.entries()) {
    const sums = Object.fromEntries(WEIGHT_LAYERS.map((layer) => [layerColumn(layer), 0]));
    for (let t = 0; t < batch.entries.columns.tc_rows[0]; t++) {
      if (results[0].assignment[t] === clusters.seed_idx[near[k]]) sums[layerColumn(tc_layer[t])] += tc_pt[t];
    }
    const particle = { particle: 0, gen_en: genen[0], gen_pt: genpt[0], gen_eta: geneta[0] };
    expect(rowOf(table.columns, row)).toMatchObject({ entry: 0, event: 100n, eta: clusters.eta[near[k]], ...particle, ...sums }); // prettier-ignore
    expect(Object.values(sums).reduce((sum, pt) => sum + pt, 0)).toBeCloseTo(clusters.pt[near[k]], 9);
  }
  expect(table.columns["entry"].includes(1 as never)).toBe(false);
});

test("a particle without a cluster has one row, without a seed; one with a neighbour has none", () => {
  const { table } = collect(1e-9);
  const found = Array.from({ length: table.rows }, (_, row) => rowOf(table.columns, row));
  expect(found.map(({ entry, particle, seed_idx }) => [entry, particle, seed_idx])).toEqual([[0, 0, -1], [2, 0, -1], [2, 1, -1]]); // prettier-ignore
  for (const row of found) {
    expect(row["eta"]).toBeNaN();
    expect(WEIGHT_LAYERS.map((layer) => row[layerColumn(layer)])).toEqual(WEIGHT_LAYERS.map(() => 0));
  }
  const { entry } = collect(10).table.columns;
  expect(Array.from(entry as Int32Array).filter((each) => each !== 0)).toEqual([]);
});
