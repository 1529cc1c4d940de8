/** Fits of what makes the pt of clusters that of their particles, on one part of the events; figures on both. */
import { type Calibration, createPtCorrection, type EnergyResponse, layerWeights, responseAt } from "../chain/index.js";
import { effectiveRms, mean, Random, type Table } from "../core/index.js";
import { type Calibrated, fitEnergyResponse, fitPileUp, type PileUpLine } from "./corrections.js";
import { BLOCKS, type LayerWeight, WeightSums } from "./layer-weights.js";
import { layerColumn, type LAYER_CLUSTERS, WEIGHT_LAYERS } from "./weight-tables.js";

export interface CalibrationOptions {
  /** Weights are from 0 to this. */
  readonly maxWeight: number;
  /** Of the events, that are fitted; the others are for tests. */
  readonly fitShare: number;
  readonly seed: number;
  /** [GeV] Particles and their clusters have more in the fits; figures ask it of particles alone. */
  readonly minGenPt: number;
  readonly minPt: number;
  /** A layer in which fewer clusters have pt keeps the weight 1. */
  readonly minClusters: number;
  /** Layers whose weight is 1 whatever the fit. */
  readonly fixedLayers: readonly number[];
  /** Fit weights only to clusters whose pt lies within one effective width around the mean. */
  readonly ptWindow: boolean;
  /** Of the bootstrap. */
  readonly replicas: number;
}

export const VERSIONS = ["original", "weighted", "eta_corrected", "energy_corrected"] as const;
export type Version = (typeof VERSIONS)[number];

/** A calibration and what it is for, as study.json has it. */
export interface StudyCalibration extends Calibration {
  readonly particle: string;
  readonly radius: number;
  /** Of the sample; absent where it does not say. */
  readonly pileup?: number;
  readonly version: Version;
}

export type LayerTable = Table<typeof LAYER_CLUSTERS>;

export interface LayerSample {
  /** Number of the sample. */
  readonly sample: number;
  readonly hasPileUp: boolean;
  readonly clusters: LayerTable;
}

export interface FittedCalibration {
  readonly weights: readonly LayerWeight[];
  /** Undefined where it is not asked for, or cannot be turned round. */
  readonly response: EnergyResponse | undefined;
  /** By number of a sample with pile-up. */
  readonly pileUp: ReadonlyMap<number, PileUpLine>;
}

/** Where an event belongs: decided by its number and the seed alone, so that it is the same in every sample. */
export function placeOf(
  event: bigint,
  seed: number,
  fitShare: number,
): { readonly isFit: boolean; readonly block: number } {
  const random = new Random(seed, Number(BigInt.asIntN(32, event ^ (event >> 32n))));
  return { isFit: random.uniform() < fitShare, block: Math.floor(random.uniform() * BLOCKS) };
}

/** A particle with its most energetic cluster, in some version; pt is NaN without one. */
export interface ParticleCluster extends Calibrated {
  readonly event: bigint;
  /** Of the cluster, or the first one. */
  readonly row: number;
}

/** Each particle with the most energetic of its clusters whose calibrated pt is above the threshold [GeV]. */
export function calibratedParticles(
  { rows, columns }: LayerTable,
  calibration: Calibration,
  ptThreshold: number,
): ParticleCluster[] {
  const weights = layerWeights(calibration, Math.max(...WEIGHT_LAYERS));
  const correct = createPtCorrection(calibration);
  const layers = WEIGHT_LAYERS.map((layer) => ({ weight: weights[layer - 1], pt: ptOf(columns, layer) }));
  const { entry, event, particle, gen_en, gen_pt, gen_eta, seed_idx, eta } = columns;
  const out: ParticleCluster[] = [];
  for (let first = 0, end = 0; first < rows; first = end) {
    while (end < rows && entry[end] === entry[first] && particle[end] === particle[first]) end++;
    let best = { row: first, pt: Number.NaN, energy: Number.NaN };
    for (let row = first; row < end; row++) {
      if (seed_idx[row] < 0) continue;
      const pt = correct(
        layers.reduce((sum, { weight, pt }) => sum + weight * pt[row], 0),
        eta[row],
      );
      const energy = pt * Math.cosh(eta[row]);
      if (pt > ptThreshold && !(energy <= best.energy)) best = { row, pt, energy };
    }
    out.push({
      event: event[first],
      row: best.row,
      genPt: gen_pt[first],
      genEn: gen_en[first],
      absEta: Math.abs(Number.isNaN(best.pt) ? gen_eta[first] : eta[best.row]),
      pt: best.pt,
    });
  }
  return out;
}

function ptOf(columns: LayerTable["columns"], layer: number): Float64Array {
  return (columns as unknown as Readonly<Record<string, Float64Array>>)[layerColumn(layer)];
}

const NONE: Calibration = { LayerWeights: [], PileUpPt: [], EnergyResponse: [] };

const listOf = (weights: readonly LayerWeight[]): number[] => {
  const list = Array.from({ length: Math.max(...WEIGHT_LAYERS) }, () => 1);
  for (const { layer, weight } of weights) list[layer - 1] = weight;
  return list;
};

/** The parameters of a version for a sample; undefined where there is no such version of it. */
export function calibrationOf(
  version: Version,
  { weights, response, pileUp }: FittedCalibration,
  sample: number,
): Calibration | undefined {
  if (version === "original") return NONE;
  const weighted = { ...NONE, LayerWeights: listOf(weights) };
  if (version === "weighted") return weighted;
  const line = pileUp.get(sample);
  const subtracted = line === undefined ? weighted : { ...weighted, PileUpPt: [line.intercept, line.slope] };
  if (version === "eta_corrected") return line === undefined ? undefined : subtracted;
  if (response === undefined) return undefined;
  const { at1, slope, from, to } = response;
  return { ...subtracted, EnergyResponse: [at1, slope, from, to] };
}

/**
 * Weights and, where `fitsResponse`, the response from samples without pile-up (from all, if all have it); then what pile-up adds in each
 * sample that has it. Of the events of the fit alone. Throws an InputError where too few clusters are left.
 */
export function fitCalibration(
  samples: readonly LayerSample[],
  fitsResponse: boolean,
  ptThreshold: number,
  options: CalibrationOptions,
): FittedCalibration {
  const { seed, fitShare, minGenPt, minPt } = options;
  const clean = samples.filter(({ hasPileUp }) => !hasPileUp);
  const base = clean.length > 0 ? clean : samples;
  const chosen = ({ clusters }: LayerSample, calibration: Calibration): ParticleCluster[] =>
    calibratedParticles(clusters, calibration, ptThreshold).filter(
      ({ event, genPt, pt }) => genPt > minGenPt && pt > minPt && placeOf(event, seed, fitShare).isFit,
    );
  const weights = fitWeights(base, (sample) => chosen(sample, NONE), options);
  const weighted: Calibration = { ...NONE, LayerWeights: listOf(weights) };
  const response = fitsResponse ? fitEnergyResponse(base.flatMap((sample) => chosen(sample, weighted))) : undefined;
  const expected = ({ genPt, genEn }: Calibrated): number =>
    response === undefined ? genPt : genPt * responseAt(response, genEn);
  const pileUp = samples
    .filter(({ hasPileUp }) => hasPileUp)
    .map((sample) => [sample.sample, fitPileUp(chosen(sample, weighted), expected)] as const)
    .filter(([, { slope }]) => !Number.isNaN(slope));
  return { weights, response, pileUp: new Map(pileUp) };
}

function fitWeights(
  samples: readonly LayerSample[],
  chosen: (sample: LayerSample) => ParticleCluster[],
  { maxWeight, minClusters, replicas, seed, fitShare, fixedLayers, ptWindow }: CalibrationOptions,
): LayerWeight[] {
  const sums = new WeightSums(WEIGHT_LAYERS);
  const all = samples.map((sample) => ({ sample, particles: chosen(sample) }));
  const pts = all.flatMap(({ particles }) => particles.map(({ pt }) => pt));
  const middle = mean(pts);
  const width = ptWindow ? effectiveRms(pts) : Infinity;
  const row = new Float64Array(WEIGHT_LAYERS.length);
  for (const { sample, particles } of all) {
    const columns = WEIGHT_LAYERS.map((layer) => ptOf(sample.clusters.columns, layer));
    for (const { event, row: at, genPt, pt } of particles) {
      if (Math.abs(pt - middle) > width) continue;
      let target = genPt;
      for (const [i, layer] of WEIGHT_LAYERS.entries()) {
        const isFixed = fixedLayers.includes(layer);
        row[i] = isFixed ? 0 : columns[i][at];
        if (isFixed) target -= columns[i][at];
      }
      sums.add(placeOf(event, seed, fitShare).block, row, target);
    }
  }
  return sums.fit({ maxWeight, minClusters, replicas, random: new Random(seed, 1) });
}
