/** The studies: one row each. What differs between them is in their rows, nowhere else in the engine. */
import { NEIGHBOURS_MIX } from "../../chain/index.js";
import { counted, InputError } from "../../core/index.js";
import { PHI_BINS } from "./phi-bins.js";
import { RADIUS } from "./radius.js";
import { SCAN } from "./scan.js";
import { type StudyPlan, type StudySpec } from "./spec.js";
import { LAYER_WEIGHTS } from "./weights.js";

// A row reads the options that its own `plan` was given: the engine only hands them on.
const ROWS = [SCAN, RADIUS, LAYER_WEIGHTS, PHI_BINS] as unknown as readonly StudySpec[];

export const STUDIES: readonly StudySpec[] = ROWS;
export const STUDY_NAMES: readonly string[] = ROWS.map(({ name }) => name);

/** InputError for a name that is none, as folders of later versions may hold. */
export function specOf(name: string): StudySpec {
  const spec = ROWS.find((row) => row.name === name);
  if (spec === undefined) throw new InputError(`there is no study "${name}"; there are ${STUDY_NAMES.join(", ")}`);
  return spec;
}

/** A result for people: what the study found, and the samples of which it is to be read with care. */
export function resultLines(plan: StudyPlan, result: object): string[] {
  const spec = specOf(plan.study);
  const { splitDistance } = plan.params.validation;
  const what = spec.leavesNeighboursOut === true ? "both are left out" : NEIGHBOURS_MIX;
  const several = plan.samples.filter(({ gen, entries }) => gen > entries);
  const notes = several.map(
    ({ name, gen, entries }) =>
      `${name}: ${counted(gen, "particle")} in ${counted(entries, "entry", "entries")}; where two are within ${splitDistance} of each other, ${what}`,
  );
  return [...spec.lines(plan, result), ...(plan.imported?.notes ?? notes)];
}
