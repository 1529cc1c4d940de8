import { expect, test } from "vitest";
import { createPtCorrection, responseAt } from "../chain/index.js";
import { createTable, median, Random } from "../core/index.js";
import {
  type CalibrationOptions,
  calibratedParticles,
  calibrationOf,
  fitCalibration,
  type LayerSample,
  type LayerTable,
  placeOf,
} from "./calibration.js";
import { LAYER_CLUSTERS_WITH_PT, layerColumn, WEIGHT_LAYERS } from "./weight-tables.js";
import { weightFigures } from "./weight-points.js";

const OPTIONS: CalibrationOptions = {
  ...{
    maxWeight: 5,
    fitShare: 0.5,
    seed: 1,
    minGenPt: 5,
    minPt: 3,
    minClusters: 20,
    fixedLayers: [],
    ptWindow: false,
    replicas: 10,
  },
};
const NONE = { LayerWeights: [], PileUpPt: [], EnergyResponse: [] };

interface Toy {
  readonly pileUp?: (eta: number) => number;
  readonly response?: (energy: number) => number;
}

/** Weight that a toy's layer needs. */
const weightOf = (layer: number): number => 1 + 0.01 * layer;

/** Clusters of which the weighted layers give the particle's pt times a response; pile-up is in all layers alike. */
function toy(seed: number, n: number, { pileUp = () => 0, response = () => 1 }: Toy = {}): LayerTable {
  const random = new Random(seed);
  const table = createTable(LAYER_CLUSTERS_WITH_PT, n) as unknown as LayerTable;
  const columns = table.columns as unknown as Record<string, Float64Array>;
  for (let row = 0; row < n; row++) {
    const eta = random.between(1.7, 2.8);
    const pt = random.between(4, 100);
    table.columns.entry[row] = row;
    table.columns.event[row] = BigInt(1000 * seed + row);
    table.columns.gen_pt[row] = pt;
    table.columns.gen_en[row] = pt * Math.cosh(eta);
    table.columns.gen_eta[row] = -eta;
    table.columns.eta[row] = -eta;
    const shares = WEIGHT_LAYERS.map(() => random.gamma(2));
    const sum = shares.reduce((total, each, i) => total + each * weightOf(WEIGHT_LAYERS[i]), 0);
    const weights = WEIGHT_LAYERS.reduce((total, layer) => total + weightOf(layer), 0);
    const visible = pt * response(pt * Math.cosh(eta)) * (1 + 0.02 * random.normal());
    for (const [i, layer] of WEIGHT_LAYERS.entries()) {
      columns[layerColumn(layer)][row] = (shares[i] * visible) / sum + pileUp(eta) / weights;
    }
  }
  return table;
}

const sampleOf = (clusters: LayerTable, hasPileUp = false, sample = 0): LayerSample => ({
  sample,
  hasPileUp,
  clusters,
});

test("half of the events are fitted, the same ones whatever the sample, others for another seed", () => {
  const events = Array.from({ length: 4000 }, (_, k) => BigInt(k) * 10_000_000_000n + 17n);
  const isFit = (seed: number) => events.map((event) => placeOf(event, seed, 0.5).isFit);
  const share = isFit(1).filter(Boolean).length / events.length;
  expect(Math.abs(share - 0.5)).toBeLessThan(0.03);
  expect(isFit(1)).toEqual(isFit(1));
  expect(isFit(2)).not.toEqual(isFit(1));
  expect(events.filter((event) => placeOf(event, 1, 1).isFit)).toHaveLength(4000);
  expect(new Set(events.map((event) => placeOf(event, 1, 0.5).block)).size).toBeGreaterThan(190);
});

test("the least pt, generated or of the cluster, is not enough: such particles change no weight", () => {
  const clean = toy(3, 600);
  const n = 400;
  const more = createTable(LAYER_CLUSTERS_WITH_PT, clean.rows + n) as unknown as LayerTable;
  const [to, from] = [more.columns, clean.columns] as unknown as Record<string, Float64Array | string[]>[];
  for (const [name, column] of Object.entries(from))
    for (const [row, value] of [...column].entries()) to[name][row] = value;
  for (let row = clean.rows; row < clean.rows + n; row++) {
    const isLow = row % 2 === 0;
    more.columns.entry[row] = row;
    more.columns.event[row] = BigInt(5000 + row);
    more.columns.gen_pt[row] = isLow ? 50 : OPTIONS.minGenPt;
    more.columns.gen_eta[row] = 2;
    more.columns.eta[row] = 2;
    // All of the pt in one layer: the sum is exact.
    to[layerColumn(WEIGHT_LAYERS[row % WEIGHT_LAYERS.length])][row] = isLow ? OPTIONS.minPt : 40;
  }
  const weights = (clusters: LayerTable) =>
    fitCalibration([sampleOf(clusters)], false, 0.5, OPTIONS).weights.map(({ layer, weight }) => [layer, weight]);
  expect(weights(more)).toEqual(weights(clean));
});

test("weights, then pile-up, then the response of pions are found; each version brings the particles nearer to 1", () => {
  const response = (energy: number): number => 0.5 + 0.07 * Math.log(energy);
  const pileUp = (eta: number): number => 20 - 5 * eta;
  const clean = toy(1, 3000, { response });
  const crowded = toy(2, 1500, { response, pileUp });
  const fit = fitCalibration([sampleOf(clean), sampleOf(crowded, true, 1)], true, 0.5, OPTIONS);
  if (fit.response === undefined) throw new Error("no response was fitted");
  // The scale of the weights is free: the response takes it up.
  const scale = responseAt(fit.response, 200) / response(200);
  // To the fit a response that bends is noise of 10 %, over the 3 % that a layer has of the pt: the weights are uncertain by 9 %.
  const off = fit.weights.map(({ layer, weight }) => Math.abs(weight / scale / weightOf(layer) - 1));
  expect(median(off)).toBeLessThan(0.1);
  for (const energy of [50, 500]) {
    expect(Math.abs(responseAt(fit.response, energy) / scale / response(energy) - 1)).toBeLessThan(0.02);
  }
  const line = fit.pileUp.get(1) ?? { intercept: Number.NaN, slope: Number.NaN };
  for (const eta of [1.8, 2.7]) {
    expect(Math.abs((line.intercept + line.slope * eta) / scale - pileUp(eta))).toBeLessThan(0.6);
  }
  expect(calibrationOf("eta_corrected", fit, 0)).toBeUndefined();
  const last = calibrationOf("energy_corrected", fit, 1);
  const test = weightFigures(crowded, last ?? NONE, "test", 0.5, OPTIONS);
  expect(Math.abs(test.response_pt - 1)).toBeLessThan(0.02);
  expect(test.resolution_pt).toBeLessThan(weightFigures(crowded, NONE, "test", 0.5, OPTIONS).resolution_pt);
});

test("a particle's cluster is the most energetic one above the threshold, in that version", () => {
  const table = createTable(LAYER_CLUSTERS_WITH_PT, 4) as unknown as LayerTable;
  const columns = table.columns as unknown as Record<string, Float64Array>;
  table.columns.entry.set([0, 0, 1, 2]);
  table.columns.seed_idx.set([0, 1, 0, -1]);
  table.columns.eta.set([2, 2, 2, Number.NaN]);
  table.columns.gen_pt.fill(10);
  columns["pt_1"].set([6, 0, 1, 0]);
  columns["pt_3"].set([0, 4, 0, 0]);
  const found = (LayerWeights: number[]) =>
    calibratedParticles(table, { ...NONE, LayerWeights }, 0.5).map(({ row, pt }) => [row, pt]);
  expect(found([])).toEqual([
    [0, 6],
    [2, 1],
    [3, Number.NaN],
  ]);
  expect(found([1, 1, 2])).toEqual([
    [1, 8],
    [2, 1],
    [3, Number.NaN],
  ]);
  expect(found([0.25, 1, 0])).toEqual([
    [0, 1.5],
    [2, Number.NaN],
    [3, Number.NaN],
  ]);
});

test("fixed layers keep the weight 1, and their pt counts", () => {
  const fit = fitCalibration([sampleOf(toy(3, 800))], false, 0.5, { ...OPTIONS, fixedLayers: [1, 49] });
  const of = (layer: number) => fit.weights.find((each) => each.layer === layer);
  expect(of(1)).toEqual({ layer: 1, weight: 1, interval: { low: Number.NaN, high: Number.NaN } });
  expect(of(49)?.weight).toBe(1);
  const list = calibrationOf("weighted", fit, 0)?.LayerWeights ?? [];
  expect([list.length, list[0], list[1]]).toEqual([50, 1, 1]);
});

test("the window on pt takes other clusters; particles below the least pt are neither fitted nor counted", () => {
  const clusters = toy(4, 800);
  const weights = (change: Partial<CalibrationOptions>) =>
    fitCalibration([sampleOf(clusters)], false, 0.5, { ...OPTIONS, ...change }).weights.map(({ weight }) => weight);
  expect(weights({ ptWindow: true })).not.toEqual(weights({}));
  const high = { ...OPTIONS, minGenPt: 50 };
  const own = Array.from(clusters.columns.gen_pt).filter(
    (pt, row) => pt > 50 && !placeOf(clusters.columns.event[row], 1, 0.5).isFit,
  );
  expect(weightFigures(clusters, NONE, "test", 0.5, high).particles).toBe(own.length);
});

test("where all samples have pile-up the weights are fitted with it; the correction takes it out", () => {
  const clusters = toy(5, 1500, { pileUp: (eta) => 20 - 5 * eta });
  const fit = fitCalibration([sampleOf(clusters, true)], false, 0.5, OPTIONS);
  const calibration = calibrationOf("eta_corrected", fit, 0) ?? NONE;
  const correct = createPtCorrection(calibration);
  expect(correct(50, 2)).not.toBe(50);
  // Weights take some of it up, as if it were the particle's: the subtraction is no more than what is left.
  const responses = calibratedParticles(clusters, calibration, 0.5).map(({ pt, genPt }) => pt / genPt);
  expect(Math.abs(median(responses) - 1)).toBeLessThan(0.06);
});
