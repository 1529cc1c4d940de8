/** What the work on a study may use, from its plan. */
import { chooseEntries } from "../entries.js";
import { openSampleOf } from "../sample-of-run.js";
import { type StudyContext, type StudyPlan } from "./spec.js";

export interface Watched {
  readonly signal: AbortSignal;
  /** What is under way, entries done and in all. */
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

export function contextOf(
  { signal, onProgress }: Watched,
  plan: StudyPlan,
  study: Parameters<typeof openSampleOf>[0],
  what: string,
): Omit<StudyContext, "study"> {
  return {
    plan,
    signal,
    openSample: async (number) => chooseEntries(await openSampleOf(study, { sample: plan.samples[number] }), plan),
    onProgress: (done, total) => onProgress?.(what, done, total),
  };
}
