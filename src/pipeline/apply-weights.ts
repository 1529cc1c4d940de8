/** The weights of a study as parameters of a run. */
import { relative, resolve } from "node:path";
import { type Calibration, type ChainParams, DEFAULT_PARAMS, type StoredWeights } from "../chain/index.js";
import { InputError, type Table } from "../core/index.js";
import { openRunFolder, openSampleFolder } from "../io/node/index.js";
import {
  calibrationOf,
  CORRECTIONS,
  type FittedCalibration,
  findRadius,
  type Version,
  VERSIONS,
  WEIGHTS,
} from "../studies/index.js";
import { describeSample } from "./studies/study-folder.js";

/** What the command line says. */
export interface WeightsChoice {
  /** Default: what the sample holds. */
  readonly particles?: string | undefined;
  /** Default: the last that there is for the sample's particles and pile-up. */
  readonly version?: Version | undefined;
}

export interface AppliedWeights {
  readonly params: ChainParams;
  readonly weights: StoredWeights;
  /** What people should know. */
  readonly notes: readonly string[];
}

interface KeyedTable {
  readonly rows: number;
  readonly columns: { readonly particle: readonly string[]; readonly radius: Float64Array };
}

export interface WeightsTables {
  readonly weights: Table<typeof WEIGHTS>;
  readonly corrections: Table<typeof CORRECTIONS>;
}

/**
 * The parameters with the weights and corrections of a study: those for the particles and the pile-up of the sample and, where the
 * parameters have one radius in all layers, for it; else with the study's radius for these particles, if it has one. `path`: the STUDY;
 * `run`: the RUN folder that will be written. InputError for what the study does not have, with what it has.
 */
export async function applyWeights(
  path: string,
  choice: WeightsChoice,
  sample: string,
  params: ChainParams,
  run: string,
): Promise<AppliedWeights> {
  const study = await openRunFolder(path, "study");
  if (!Object.hasOwn(study.info.tables, "weights")) {
    throw new InputError(`${path} has no weights: it is no study weights, or not combined yet`);
  }
  const tables = {
    weights: await study.readTable("weights", WEIGHTS),
    corrections: await study.readTable("corrections", CORRECTIONS),
  };
  const reader = await openSampleFolder(sample);
  const { particles, pileup } = describeSample(run, sample, reader, sample);
  await reader.close();
  const particle = particleFor(path, tables, choice.particles ?? particles);
  const radius = radiusFor(path, tables, particle, params);
  const fit = fittedOf(tables, particle, radius, pileup);
  const has = VERSIONS.filter((version) => version !== "original" && calibrationOf(version, fit, 0) !== undefined);
  const version = choice.version ?? has[has.length - 1];
  const calibration = calibrationOf(version, fit, 0);
  if (calibration === undefined) {
    throw new InputError(
      `${path} has no version ${version} for ${particle}, radius ${radius}, ${pileupText(pileup)}; it has ${has.join(", ")}`,
    );
  }
  const absolute = resolve(path);
  const { hash } = study.info.tables["weights"];
  return {
    params: withCalibration(params, radius, calibration),
    weights: { path: relative(resolve(run), absolute), absolute, hash, particle, radius, version },
    notes:
      (pileup ?? 0) > 0 && fit.pileUp.size === 0
        ? [
            `${path} has no correction for ${pileupText(pileup)} of ${particle}: what pile-up adds stays in the clusters`,
          ]
        : [],
  };
}

const pileupText = (pileup: number | undefined): string => (pileup === undefined ? "unknown pile-up" : `PU${pileup}`);

function withCalibration(params: ChainParams, radius: number, calibration: Calibration): ChainParams {
  const { cluster } = params;
  return { ...params, cluster: { ...cluster, ...calibration, CoeffA: cluster.CoeffA.map(() => radius) } };
}

/** Those that are wanted; InputError, with what there is, for those without weights. */
export function particleFor(path: string, { weights }: WeightsTables, wanted: string | undefined): string {
  const there = [...new Set(weights.columns.particle)];
  if (wanted !== undefined && there.includes(wanted)) return wanted;
  const why =
    wanted === undefined ? "the sample does not say which particles it holds" : `it has no weights of ${wanted}`;
  throw new InputError(`${path}: ${why}; there are those of ${there.join(", ")}: say with --weights-of whose to take`);
}

/** The only one, if no other is given; else the one of all layers. InputError with what there is. */
export function radiusFor(
  path: string,
  { weights }: WeightsTables,
  particle: string,
  { cluster }: ChainParams,
): number {
  const { columns, rows } = weights;
  const own = Array.from({ length: rows }, (_, row) => row).filter((row) => columns.particle[row] === particle);
  const radii = [...new Set(own.map((row) => columns.radius[row]))];
  const isDefault = cluster.CoeffA.join() === DEFAULT_PARAMS.cluster.CoeffA.join();
  if (isDefault && radii.length === 1) return radii[0];
  const [first] = cluster.CoeffA;
  const at = cluster.CoeffA.every((each) => each === first) ? findRadius(radii, first) : -1;
  if (at >= 0) return radii[at];
  const given = isDefault
    ? "none is given"
    : `the run has ${cluster.CoeffA.every((each) => each === first) ? first : "others by layer"}`;
  throw new InputError(
    `${path} has weights of ${particle} for the radii ${radii.join(", ")}, ${given}: choose one with --radius`,
  );
}

/** What was fitted for these particles, this radius and pile-up; the pile-up of the sample under the number 0. */
export function fittedOf(
  { weights, corrections }: WeightsTables,
  particle: string,
  radius: number,
  pileup: number | undefined,
): FittedCalibration {
  const own = ({ rows, columns }: KeyedTable): number[] =>
    Array.from({ length: rows }, (_, row) => row).filter(
      (row) => columns.particle[row] === particle && columns.radius[row] === radius,
    );
  const w = weights.columns;
  const c = corrections.columns;
  const line = own(corrections).find((row) => c.pileup[row] === pileup && !Number.isNaN(c.pileup_slope[row]));
  const response = own(corrections).find((row) => !Number.isNaN(c.response_slope[row]));
  return {
    weights: own(weights).map((row) => ({
      layer: w.layer[row],
      weight: w.weight[row],
      interval: { low: w.weight_lo[row], high: w.weight_hi[row] },
    })),
    response:
      response === undefined
        ? undefined
        : {
            at1: c.response_at1[response],
            slope: c.response_slope[response],
            from: c.response_from[response],
            to: c.response_to[response],
          },
    pileUp: new Map(
      line === undefined ? [] : [[0, { intercept: c.pileup_intercept[line], slope: c.pileup_slope[line] }]],
    ),
  };
}
