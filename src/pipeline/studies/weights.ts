/** `study weights`: weights of layers, what pile-up adds, and the response of pions; fitted on one part of the events, looked at on the other. */
import { type ChainParams, createEntryChain, parseSelection, SharedStages, tcColumns } from "../../chain/index.js";
import {
  ConfigError,
  counted,
  InputError,
  isListOf,
  isRecord,
  noun,
  type Schema,
  shortNumber,
  type Table,
  TableBuilder,
} from "../../core/index.js";
import { weightsPages } from "../../plots/index.js";
import {
  calibrationOf,
  type CalibrationOptions,
  CORRECTIONS,
  fitCalibration,
  type FittedCalibration,
  LAYER_CLUSTERS_WITH_PT,
  LayerClusterRows,
  type LayerTable,
  RADIUS_POINT,
  type RadiusPoint,
  SETS,
  type StudyCalibration,
  type StudySample,
  VERSIONS,
  WEIGHT_POINTS,
  weightFigures,
  WEIGHTS,
} from "../../studies/index.js";
import { addRow } from "./points.js";
import {
  type FinishedPart,
  LINES_FIELD,
  type PartsProcessor,
  type PartWriter,
  type StudyContext,
  type StudyPlan,
  type StudySpec,
} from "./spec.js";

export interface WeightsOptions extends CalibrationOptions {
  /** Ascending; absent: one of its own for each kind of particle. */
  readonly radii?: readonly number[];
}

interface WeightsResult {
  /** For people. */
  readonly table: readonly string[];
  /** What clusters are calibrated with, as parameters: for pages, which read no tables of studies. */
  readonly calibrations: readonly StudyCalibration[];
}

/** Where the energy of a particle is best collected, by experience of the reference. */
const RADIUS_OF: Readonly<Record<string, number>> = { photons: 0.01, electrons: 0.015, pions: 0.02 };
const OTHER_RADIUS = 0.01;

const particleOf = ({ particles }: StudySample): string => particles ?? "particles";
const radiiOf = (sample: StudySample, { radii }: WeightsOptions): readonly number[] =>
  radii ?? [RADIUS_OF[particleOf(sample)] ?? OTHER_RADIUS];

export const LAYER_WEIGHTS: StudySpec<WeightsOptions, RadiusPoint, WeightsResult> = {
  name: "weights",
  about: "weights of layers, pile-up and energy corrections: how to make the pt of clusters that of their particles",
  plan({ chains, params, options }, samples) {
    if (chains.length !== 1) throw new ConfigError("study weights takes one chain: give one with --chain");
    const { LayerWeights, PileUpPt, EnergyResponse } = params.cluster;
    if (LayerWeights.length + PileUpPt.length + EnergyResponse.length > 0) {
      throw new ConfigError(
        "study weights fits cluster.LayerWeights, PileUpPt and EnergyResponse: leave them out of the configuration",
      );
    }
    const radii = [...new Set(samples.flatMap((sample) => radiiOf(sample, options)))].toSorted((a, b) => a - b);
    const parts = radii.flatMap((radius, point) =>
      samples.flatMap((sample, number) =>
        radiiOf(sample, options).includes(radius)
          ? [{ label: `radius ${radius}, ${sample.name}`, point, sample: number }]
          : [],
      ),
    );
    return { points: radii.map((radius) => ({ radius })), parts };
  },
  point: RADIUS_POINT,
  partSchemas: () => ({ clusters: LAYER_CLUSTERS_WITH_PT }),
  process: openClusters,
  schemas: () => ({ weights: WEIGHTS, corrections: CORRECTIONS, points: WEIGHT_POINTS }),
  combine,
  // Those of earlier versions have no calibrations: pages offer none then.
  result: { table: LINES_FIELD, calibrations: ["a list of records", isListOf(isRecord), false] },
  async pages(study, plan, name) {
    const [weights, points] = await Promise.all([
      study.readTable("weights", WEIGHTS),
      study.readTable("points", WEIGHT_POINTS),
    ]);
    return weightsPages({
      about: `Study ${name}, fit share ${plan.options.fitShare}, seed ${plan.options.seed}.`,
      samples: plan.samples.map((sample) => sample.name),
      weights,
      points,
    });
  },
  leavesNeighboursOut: true,
  lines: (_, { table }) => table,
};

/** The radius in all layers, the pt as it is, clusters of any pt: what a calibration keeps is decided when there is one. */
function paramsAt(params: ChainParams, radius: number): ChainParams {
  const { cluster } = params;
  return { ...params, cluster: { ...cluster, CoeffA: cluster.CoeffA.map(() => radius), PtC3dThreshold: 0 } };
}

/** The clusters of one sample at several radii. */
async function openClusters(
  context: StudyContext<WeightsOptions, RadiusPoint>,
  parts: readonly number[],
): Promise<PartsProcessor> {
  const { plan } = context;
  const { skipBadEvents } = plan;
  const [chain] = plan.chains;
  const shared = new SharedStages();
  const selection = parseSelection(plan.selection);
  const runs = parts.map((number) => {
    const params = paramsAt(plan.params, plan.points[plan.parts[number].point].radius);
    const run = createEntryChain(chain, params, { selection, skipBadEvents, brief: true }, shared);
    return { run, rows: new LayerClusterRows() };
  });
  const sample = await context.openSample(plan.parts[parts[0]].sample);
  return {
    batches: sample.batches,
    entries: sample.entries,
    async process(b) {
      const batch = await sample.read(b, tcColumns(plan.chains));
      for (let i = 0; i < batch.entries.rows; i++) {
        for (const { run, rows } of runs) {
          const result = run.take({ batch, i });
          if (result !== undefined) rows.add({ batch, i }, result, plan.params.validation);
        }
      }
      const found = runs.map(({ run, rows }) => ({
        tables: { clusters: rows.finish() },
        counts: { selected: run.finish().counts.selected },
      }));
      return { entries: batch.entries.rows, parts: found };
    },
    close: () => sample.close(),
  };
}

/** A part with the clusters of its sample. */
interface LoadedPart {
  readonly part: FinishedPart;
  readonly sample: StudySample;
  readonly clusters: LayerTable;
}

async function combine(
  { plan, onProgress }: StudyContext<WeightsOptions, RadiusPoint>,
  parts: readonly FinishedPart[],
  writer: PartWriter,
): Promise<WeightsResult> {
  const weights = new TableBuilder<Schema>(WEIGHTS);
  const corrections = new TableBuilder<Schema>(CORRECTIONS);
  const points = new TableBuilder<Schema>(WEIGHT_POINTS);
  const table: string[] = [];
  const calibrations: StudyCalibration[] = [];
  let done = 0;
  for (const [particle, ofRadius] of groupsOf(plan, parts)) {
    const { radius } = plan.points[ofRadius[0].point];
    const loaded: LoadedPart[] = [];
    for (const part of ofRadius) {
      const clusters = (await part.run.readTable("clusters", LAYER_CLUSTERS_WITH_PT)) as Table as unknown as LayerTable;
      loaded.push({ part, sample: plan.samples[part.sample], clusters });
    }
    const fit = fitOf(plan, particle, radius, loaded);
    for (const { layer, weight, interval } of fit.weights) {
      addRow(weights, { particle, radius, layer, weight, weight_lo: interval.low, weight_hi: interval.high });
    }
    for (const each of loaded) {
      addRow(corrections, { particle, radius, ...correctionsOf(fit, each) });
      table.push(addPoints(points, plan, fit, { particle, radius }, each));
      const { pileup } = each.sample;
      for (const version of VERSIONS.slice(1)) {
        const calibration = calibrationOf(version, fit, each.part.sample);
        if (calibration === undefined) continue;
        calibrations.push({ particle, radius, ...(pileup === undefined ? {} : { pileup }), version, ...calibration });
      }
    }
    done += ofRadius.length;
    onProgress(done, parts.length);
  }
  await writer.append("weights", weights.finish());
  await writer.append("corrections", corrections.finish());
  await writer.append("points", points.finish());
  return { table, calibrations };
}

/** Parts of one kind of particles and one radius, in the order of the plan. */
function groupsOf(
  plan: StudyPlan<WeightsOptions>,
  parts: readonly FinishedPart[],
): [particle: string, parts: FinishedPart[]][] {
  const groups = new Map<string, [string, FinishedPart[]]>();
  for (const part of parts) {
    const particle = particleOf(plan.samples[part.sample]);
    const key = `${particle} ${part.point}`;
    const group = groups.get(key) ?? [particle, []];
    group[1].push(part);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function fitOf(
  { params, options }: StudyPlan<WeightsOptions>,
  particle: string,
  radius: number,
  loaded: readonly LoadedPart[],
): FittedCalibration {
  const samples = loaded.map(({ part, sample, clusters }) => ({
    sample: part.sample,
    hasPileUp: (sample.pileup ?? 0) > 0,
    clusters,
  }));
  try {
    return fitCalibration(samples, particle === "pions", params.cluster.PtC3dThreshold, options);
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    const names = loaded.map(({ sample }) => sample.name).join(", ");
    const isMixed = loaded.some(({ sample }) => sample.gen > sample.entries);
    const hint = isMixed ? "; particles with another one within the split distance are left out" : "";
    throw new InputError(`${names}, radius ${radius}: ${cause.message}${hint}`, { cause });
  }
}

function correctionsOf(
  { pileUp, response }: FittedCalibration,
  { part, sample }: LoadedPart,
): Record<Exclude<keyof typeof CORRECTIONS, "particle" | "radius">, number> {
  const line = pileUp.get(part.sample);
  return {
    sample: part.sample,
    pileup: sample.pileup ?? Number.NaN,
    pileup_intercept: line?.intercept ?? Number.NaN,
    pileup_slope: line?.slope ?? Number.NaN,
    response_at1: response?.at1 ?? Number.NaN,
    response_slope: response?.slope ?? Number.NaN,
    response_from: response?.from ?? Number.NaN,
    response_to: response?.to ?? Number.NaN,
  };
}

/** Adds the points of a sample in all versions; what came of it on the events that were not fitted, for people. */
function addPoints(
  points: TableBuilder<Schema>,
  { params, options }: StudyPlan<WeightsOptions>,
  fit: FittedCalibration,
  { particle, radius }: { readonly particle: string; readonly radius: number },
  { part, sample, clusters }: LoadedPart,
): string {
  const words: string[] = [];
  let tested = 0;
  for (const version of VERSIONS) {
    const calibration = calibrationOf(version, fit, part.sample);
    if (calibration === undefined) continue;
    for (const set of SETS) {
      const figures = weightFigures(clusters, calibration, set, params.cluster.PtC3dThreshold, options);
      addRow(points, { point: part.point, radius, sample: part.sample, particle, version, set, ...figures });
      if (set === "fit") continue;
      const { resolution_pt, resolution_pt_lo, resolution_pt_hi, response_pt, particles } = figures;
      tested = particles;
      words.push(
        `${version} ${shortNumber(100 * resolution_pt)} % [${shortNumber(100 * resolution_pt_lo)}, ${shortNumber(100 * resolution_pt_hi)}] at response ${shortNumber(response_pt)}`,
      );
    }
  }
  if (tested === 0) return `${sample.name}, radius ${radius}: no particle to test the weights on`;
  return `${sample.name}, radius ${radius}: pt resolution of ${counted(tested, "particle")} that ${noun(tested, "was", "were")} not fitted: ${words.join("; ")}`;
}
