/** Batches through worker threads, handed over in order. */
import { Worker } from "node:worker_threads";
import { type ChainResult } from "../chain/index.js";
import { type ChainTask, createProcessor, type TaskInfo } from "./process.js";
import { type PackedError, unpackError } from "./worker-error.js";

interface Reply {
  readonly batch: number;
  readonly results?: ChainResult[];
  readonly error?: PackedError;
}

/** Called once a batch, in order; the next one waits for it. */
export type OnResults = (results: ChainResult[], batch: number) => Promise<void>;

/**
 * Runs the task in `workers` threads, or in this one for 1. Results arrive in order of the batches, so what is written does
 * not depend on the number of workers. At most two batches a worker are under way or waiting: memory stays bounded.
 */
export async function runBatches(
  task: ChainTask,
  workers: number,
  signal: AbortSignal,
  onOpen: (info: TaskInfo) => void,
  onResults: OnResults,
): Promise<void> {
  const processor = await createProcessor(task);
  try {
    onOpen(processor);
    const threads = Math.min(workers, processor.batches);
    if (threads > 1) {
      await runInWorkers({ ...task, identity: processor.identity }, threads, processor.batches, signal, onResults);
      return;
    }
    for (let batch = 0; batch < processor.batches; batch++) {
      signal.throwIfAborted();
      await onResults(await processor.process(batch), batch);
      // Lets signals and progress through: reading a cached batch never leaves the microtask queue.
      await new Promise((resolve) => setImmediate(resolve));
    }
    signal.throwIfAborted();
  } finally {
    await processor.close();
  }
}

async function runInWorkers(
  task: ChainTask,
  threads: number,
  batches: number,
  signal: AbortSignal,
  onResults: OnResults,
): Promise<void> {
  const url = new URL("./worker.js", import.meta.url);
  const workers = Array.from({ length: threads }, () => new Worker(url, { workerData: task }));
  const ready = new Map<number, ChainResult[]>();
  let failure: Error | undefined;
  let wake = (): void => {};
  const fail = (error: Error): void => {
    failure ??= error;
    wake();
  };
  const onAbort = (): void => fail(signal.reason as Error);
  signal.addEventListener("abort", onAbort);
  let next = 0;
  let written = 0;
  const idle: Worker[] = [];
  const feed = (): void => {
    while (idle.length > 0 && next < batches && next < written + 2 * threads) idle.pop()?.postMessage(next++);
  };
  try {
    signal.throwIfAborted();
    for (const worker of workers) {
      worker.on("message", ({ batch, results, error }: Reply) => {
        if (error !== undefined || results === undefined) {
          fail(unpackError(error ?? { message: `batch ${batch} has no result`, stack: undefined, code: undefined }));
          return;
        }
        ready.set(batch, results);
        idle.push(worker);
        feed();
        wake();
      });
      worker.on("error", fail);
      worker.on("exit", (code) => {
        if (written < batches) fail(new Error(`a worker ended with code ${code}`));
      });
      idle.push(worker);
    }
    feed();
    while (written < batches) {
      if (failure !== undefined) throw failure;
      const results = ready.get(written);
      if (results === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      ready.delete(written);
      await onResults(results, written);
      written++;
      feed();
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
