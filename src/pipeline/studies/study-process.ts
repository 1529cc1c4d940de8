/** Parts of a study in a worker, which opens the study, its sample and its parts by itself. */
import { openRunFolder } from "../../io/node/index.js";
import { type Job, oneByOne } from "../job.js";
import { contextOf } from "./context.js";
import { type PartsProcessor } from "./spec.js";
import { specOf } from "./studies.js";
import { openStudy, partFolder } from "./study-folder.js";

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

/** Answers with digests of parts, which the asking thread has compared with their checksums. */
export async function createDigester({ study: path, parts }: PartsTask): Promise<Job<number, unknown>> {
  const { plan } = await openStudy(path);
  const digester = specOf(plan.study).digest?.(plan, parts);
  if (digester === undefined) throw new Error(`study ${plan.study} has no digests`);
  return {
    process: oneByOne(async (number) => {
      const run = await openRunFolder(partFolder(path, plan, number), "part");
      return digester({ ...plan.parts[number], number, run });
    }),
    close: async () => undefined,
  };
}
