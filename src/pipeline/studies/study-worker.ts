/** A worker thread: opens the study and its sample by itself, then answers batches. */
import { workerData } from "node:worker_threads";
import { answer } from "../worker-pool.js";
import { buffersOf, type PartsTask } from "./batches.js";
import { contextOf } from "./context.js";
import { type PartsProcessor } from "./spec.js";
import { openStudy } from "./study-folder.js";
import { specOf } from "./studies.js";

const { study: path, parts } = workerData as PartsTask;

async function open(): Promise<PartsProcessor> {
  const { plan, study } = await openStudy(path);
  const context = { ...contextOf({ signal: new AbortController().signal }, plan, study, ""), study };
  const processor = await specOf(plan.study).process?.(context, parts);
  if (processor === undefined) throw new Error(`study ${plan.study} has no batches`);
  return processor;
}

const opened = open();
// Told with the first batch; unhandled, it would end the thread without a word.
opened.catch(() => {});

answer(
  async (batch) => (await opened).process(batch as number),
  ({ parts: found }) => buffersOf(found),
);
