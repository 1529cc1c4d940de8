/** Parts of one sample, batch by batch: in this thread, or in workers, whose results are written in order. */
import { type GroupEncoder } from "../../io/index.js";
import { aheadOf, createPool, inOrder, threadsFor, type Workers } from "../pool.js";
import { type PartsProcessor, type PartWriter, type StudyContext, type StudySpec } from "./spec.js";

/** [s] About what a batch takes for a part. */
const SECONDS = 0.02;

type Writers = ReadonlyMap<number, PartWriter>;
/** Ends the writers; `contents`: what the json of each part says. */
export type FinishParts = (writers: Writers, contents: ReadonlyMap<number, object>) => Promise<void>;

/**
 * Writes the parts with what `begin` opens, their row groups encoded where there are threads, and has `finish` end them with their counts
 * while the threads are there. At most two batches a worker are under way or waiting.
 */
export async function runByBatch(
  spec: StudySpec,
  context: StudyContext,
  parts: readonly number[],
  { begin, finish }: { begin(encoder?: GroupEncoder): Promise<Writers>; readonly finish: FinishParts },
  workers: Workers,
): Promise<void> {
  const processor = await spec.process?.(context, parts);
  if (processor === undefined) throw new Error(`study ${spec.name} has no batches`);
  const counts = parts.map((): Record<string, number> => ({}));
  let done = 0;
  async function write(
    writers: Writers,
    { entries, parts: found }: Awaited<ReturnType<PartsProcessor["process"]>>,
  ): Promise<void> {
    context.signal.throwIfAborted();
    for (const [k, { tables, counts: more }] of found.entries()) {
      for (const [name, table] of Object.entries(tables)) await writers.get(parts[k])?.append(name, table);
      for (const [key, n] of Object.entries(more)) counts[k][key] = (counts[k][key] ?? 0) + n;
    }
    done += entries;
    context.onProgress(done, processor?.entries ?? done);
    // Lets signals and progress through: reading a cached batch never leaves the microtask queue.
    await new Promise((resolve) => setImmediate(resolve));
  }
  try {
    const threads = threadsFor(workers, SECONDS * processor.batches * parts.length, processor.batches);
    const pool = createPool("study", { study: context.study.name, parts }, threads, context.signal);
    try {
      const batches = Array.from({ length: processor.batches }, (_, batch) => batch);
      const ask = pool?.ask ?? ((batch: number) => processor.process(batch));
      // The folders are made while the other threads start and compute the first batches; then this one computes as well. Busy with
      // a batch it would make them so late that the others wait for room.
      const beginning = begin(pool);
      beginning.then(
        () => pool?.join(processor),
        () => undefined,
      );
      try {
        for await (const [, found] of inOrder(batches, ask, pool ? aheadOf(pool) : 1)) {
          await write(await beginning, found);
        }
        await finish(await beginning, new Map(parts.map((part, k) => [part, { counts: counts[k] }])));
      } finally {
        // Who takes them away again must not meet them half made.
        await beginning.catch(() => undefined);
      }
    } finally {
      await pool?.close();
    }
  } finally {
    await processor.close();
  }
}
