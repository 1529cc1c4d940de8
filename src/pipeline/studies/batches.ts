/** Parts of one sample, batch by batch: in this thread, or in workers, whose results are written in order. */
import { type Column } from "../../core/index.js";
import { createWorkerPool, inOrder } from "../worker-pool.js";
import { type BatchOfParts, type PartsProcessor, type PartWriter, type StudyContext, type StudySpec } from "./spec.js";

/** What a worker needs to open the same parts: plain data. */
export interface PartsTask {
  /** STUDY folder. */
  readonly study: string;
  readonly parts: readonly number[];
}

/** Writes the parts; what their counts are, by part. At most two batches a worker are under way or waiting. */
export async function runByBatch(
  spec: StudySpec,
  context: StudyContext,
  parts: readonly number[],
  writers: ReadonlyMap<number, PartWriter>,
  workers: number,
): Promise<ReadonlyMap<number, object>> {
  const processor = await spec.process?.(context, parts);
  if (processor === undefined) throw new Error(`study ${spec.name} has no batches`);
  const counts = parts.map((): Record<string, number> => ({}));
  let done = 0;
  async function write({ entries, parts: found }: Awaited<ReturnType<PartsProcessor["process"]>>): Promise<void> {
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
    const threads = Math.min(workers, processor.batches);
    if (threads > 1) {
      const task: PartsTask = { study: context.study.name, parts };
      const url = new URL("./study-worker.js", import.meta.url);
      const pool = createWorkerPool<number, Awaited<ReturnType<PartsProcessor["process"]>>>(url, threads, task);
      try {
        for await (const [, found] of inOrder(numbers(processor.batches), pool.ask, 2 * threads)) await write(found);
      } finally {
        await pool.close();
      }
    } else for (let batch = 0; batch < processor.batches; batch++) await write(await processor.process(batch));
  } finally {
    await processor.close();
  }
  return new Map(parts.map((part, k) => [part, { counts: counts[k] }]));
}

async function* numbers(n: number): AsyncGenerator<number, void, undefined> {
  for (let i = 0; i < n; i++) yield i;
}

/** The memory of tables, to be moved to another thread. */
export function buffersOf(parts: BatchOfParts): ArrayBuffer[] {
  return parts.flatMap(({ tables }) =>
    Object.values(tables).flatMap(({ columns }) =>
      Object.values<Column>(columns).flatMap((column) => (Array.isArray(column) ? [] : [column.buffer as ArrayBuffer])),
    ),
  );
}
