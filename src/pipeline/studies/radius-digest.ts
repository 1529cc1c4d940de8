/** What `combine` of `study radius` wants to know of a part: its figures, and with the last one of a sample the best radius. */
import {
  type BestRadius,
  BestRadiusFinder,
  type Bin,
  type BinColumns,
  type Figures,
  type LayerRange,
  measureOf,
  PART_EVENTS,
} from "../../studies/index.js";
import { type LayerWeightsOf } from "./layer-weights.js";
import { figuresOf } from "./points.js";
import { type PartDigester, type StudyPlan } from "./spec.js";

export interface RadiusOptions {
  /** Ascending. */
  readonly radii: readonly number[];
  /** Layers whose radius changes; absent: all. */
  readonly layers?: LayerRange;
  readonly bins: readonly Bin[];
  /** Largest deltaR of a match. */
  readonly deltarThreshold: number;
  /** Layer weights by particle: for the columns `*_weighted`. */
  readonly weights?: Readonly<Record<string, LayerWeightsOf>>;
}

export interface RadiusDigest {
  /** Of all particles, then of the bins. */
  readonly figures: readonly (Figures & BinColumns)[];
  /** Of its sample, with the last part of it: null where no particle matches anywhere. */
  readonly best?: BestRadius | null;
}

export function digestRadii(plan: StudyPlan<RadiusOptions>, parts: readonly number[]): PartDigester<RadiusDigest> {
  const { radii, bins } = plan.options;
  const finders = plan.samples.map((sample) => new BestRadiusFinder(measureOf(sample)));
  const lastOf = new Map(parts.map((number) => [plan.parts[number].sample, number]));
  return async ({ run, point, sample, number }) => {
    const finder = finders[sample];
    const responses: number[] = [];
    const figures = await figuresOf(run, bins, PART_EVENTS, async ({ rows, columns }) => {
      for (let row = 0; row < rows; row++) {
        if (columns.particle[row] >= 0) responses.push(columns[finder.measure][row]);
      }
    });
    finder.add(radii[point], Float64Array.from(responses));
    return { figures, ...(lastOf.get(sample) === number ? { best: finder.finish() ?? null } : {}) };
  };
}
