/** Parts of a study in a worker, which opens the study and its sample by itself. */
import { oneByOne } from "../job.js";
import { contextOf } from "./context.js";
import { type PartsProcessor } from "./spec.js";
import { specOf } from "./studies.js";
import { openStudy } from "./study-folder.js";

/** Plain data. */
export interface PartsTask {
  /** STUDY folder. */
  readonly study: string;
  readonly parts: readonly number[];
}

export async function createPartsProcessor({ study: path, parts }: PartsTask): Promise<PartsProcessor> {
  const { plan, study } = await openStudy(path);
  const context = { ...contextOf({ signal: new AbortController().signal }, plan, study, ""), study };
  const processor = await specOf(plan.study).process?.(context, parts);
  if (processor === undefined) throw new Error(`study ${plan.study} has no batches`);
  return { ...processor, process: oneByOne(async (batch) => processor.process(batch)) };
}
