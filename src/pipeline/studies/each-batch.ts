/** A sample of a study, batch by batch: with progress, and stopped by signals. */
import { type SampleBatch, type TcColumn } from "../../events/index.js";
import { type StudyContext } from "./spec.js";

/** `number`: of the sample; closes it, whatever happens. */
export async function eachBatch(
  context: Pick<StudyContext, "openSample" | "onProgress" | "signal">,
  number: number,
  columns: readonly TcColumn[],
  take: (batch: SampleBatch) => Promise<void>,
): Promise<void> {
  const sample = await context.openSample(number);
  try {
    let done = 0;
    for (let b = 0; b < sample.batches; b++) {
      context.signal.throwIfAborted();
      const batch = await sample.read(b, columns);
      await take(batch);
      done += batch.entries.rows;
      context.onProgress(done, sample.entries);
      // Lets signals through.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    await sample.close();
  }
}
