/** What a study of the radius found, in words. */
import { counted, type Fields, isCount, isListOf, isWith, noun } from "../../core/index.js";
import { type BestRadius, bestRadiusLine } from "../../studies/index.js";
import { type RadiusOptions } from "./radius-digest.js";
import { importedAbout, type StudyPlan } from "./spec.js";

export interface RadiusResult {
  /** By sample. */
  readonly best: readonly (BestRadius | null)[];
  /** Of a file of others: clusters that it calls no match, as near as one where phi is wrapped. */
  readonly acrossPhi?: number;
}

/** NaN is null in JSON. */
const isNumber = (value: unknown): boolean => value === null || typeof value === "number";
const isBest = (value: unknown): boolean =>
  value === null ||
  (isWith((each) => each === "response_pt" || each === "response_signal", "measure")(value) &&
    isWith(Number.isFinite, "radius")(value) &&
    isWith(isNumber, "low", "high", "resolution", "response")(value) &&
    isWith(isCount, "matched", "particles")(value));

export const RADIUS_RESULT: Fields<RadiusResult> = {
  best: ["a list of best radii with their intervals and particles, or null", isListOf(isBest), true],
  acrossPhi: ["a number of clusters", isCount, false],
};

export function radiusLines({ samples }: Pick<StudyPlan, "samples">, { best, acrossPhi = 0 }: RadiusResult): string[] {
  const lost = `${counted(acrossPhi, "cluster")} across φ = ±π ${noun(acrossPhi, "is", "are")} no match in the file: it did not wrap φ, and ${noun(acrossPhi, "it is", "they are")} as near as a match`;
  return [
    ...best.map((each, sample) => bestRadiusLine(samples[sample].name, each)),
    ...(acrossPhi === 0 ? [] : [lost]),
  ];
}

/** Of its pages. */
export function radiusAbout({ chains, selection, options, imported }: StudyPlan<RadiusOptions>, name: string): string {
  if (imported !== undefined) return `Study ${name}: ${importedAbout(imported)}`;
  return `Study ${name}: chain ${chains.join()}, selection ${selection}, ${counted(options.radii.length, "radius", "radii")}.`;
}
