/** Questions to worker threads, answered in any order; and their answers in the order of the questions. */
import { setFlagsFromString } from "node:v8";
import { parentPort, Worker } from "node:worker_threads";
import { packError, type PackedError, unpackError } from "./worker-error.js";

type Reply<R> = { readonly result: R } | { readonly error: PackedError };

/** In a worker: answers every question. What `transfer` names is moved, not copied. */
export function answer<R>(process: (question: unknown) => Promise<R>, transfer: (result: R) => ArrayBuffer[]): void {
  const port = parentPort;
  if (port === null) throw new Error("runs in worker threads only");
  port.on("message", (question: unknown) => {
    process(question).then(
      (result) => port.postMessage({ result } satisfies Reply<R>, [...new Set(transfer(result))]),
      (error: unknown) => port.postMessage({ error: packError(error) } satisfies Reply<R>),
    );
  });
}

export interface WorkerPool<Q, R> {
  /** Waits for a free worker. */
  ask(question: Q): Promise<R>;
  close(): Promise<void>;
}

interface Asked<Q, R> {
  readonly question: Q;
  readonly resolve: (result: R) => void;
  readonly reject: (error: Error) => void;
}

export function createWorkerPool<Q, R>(url: URL, threads: number, workerData: unknown): WorkerPool<Q, R> {
  const waiting: Asked<Q, R>[] = [];
  const busy = new Map<Worker, Asked<Q, R>>();
  const idle: Worker[] = [];
  let failure: Error | undefined;
  const feed = (): void => {
    while (idle.length > 0 && waiting.length > 0) {
      const worker = idle.pop() as Worker;
      const asked = waiting.shift() as Asked<Q, R>;
      busy.set(worker, asked);
      worker.postMessage(asked.question);
    }
  };
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of [...busy.values(), ...waiting.splice(0)]) reject(failure);
    busy.clear();
  };
  // In new threads V8 then marks all objects less often than every 32 MB of buffers: a quarter of a skim's processor time.
  setFlagsFromString("--initial-heap-size=100");
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(url, { workerData });
    worker.on("message", (reply: Reply<R>) => {
      const asked = busy.get(worker);
      busy.delete(worker);
      idle.push(worker);
      feed();
      if ("result" in reply) asked?.resolve(reply.result);
      else asked?.reject(unpackError(reply.error));
    });
    worker.on("error", fail);
    worker.on("exit", (code) => fail(new Error(`a worker ended with code ${code}`)));
    idle.push(worker);
    return worker;
  });
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) reject(failure);
        waiting.push({ question, resolve, reject });
        feed();
      }),
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** The answers in the order of the questions, of which at most `ahead` are asked before their answer is used. */
export async function* inOrder<Q, R>(
  questions: AsyncIterable<Q>,
  ask: (question: Q) => Promise<R>,
  ahead: number,
): AsyncGenerator<readonly [Q, R], void, undefined> {
  const asked: (readonly [Q, Promise<R>])[] = [];
  for await (const question of questions) {
    const result = ask(question);
    // A failure is thrown when its turn comes; until then it must not count as unhandled.
    result.catch(() => undefined);
    asked.push([question, result]);
    if (asked.length < ahead) continue;
    const [first, promise] = asked.shift() as readonly [Q, Promise<R>];
    yield [first, await promise];
  }
  for (const [question, promise] of asked) yield [question, await promise];
}
