/** Worker threads: questions to them, answered in any order, and their answers in the order of the questions. */
import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { type EncodedGroup, type GroupEncoder, type GroupRequest } from "../io/index.js";
import { buffersOf, encodeGroup, joinPieces, nodeCodecs } from "../io/node/index.js";
import { handOver } from "./hand-over.js";
import { type Job } from "./job.js";
import { type AnswerOf, type JobName, type QuestionOf, type TaskOf } from "./jobs.js";
import { type PackedError, unpackError } from "./worker-error.js";

/** To a worker: a question about its task, or a row group to encode. */
export interface Request {
  readonly id: number;
  readonly question?: unknown;
  readonly group?: GroupRequest;
}

export type Reply = { readonly id: number } & ({ readonly result: unknown } | { readonly error: PackedError });

export interface Pool<Q, R> extends GroupEncoder {
  /** This one counts. */
  readonly threads: number;
  /** Waits for a free thread. */
  ask(question: Q): Promise<R>;
  /** From here on this thread answers as well, when all others have something to do. */
  join(job: Job<Q, R>): void;
  /** [s] How long this thread was busy with what another could have done. */
  helped(): number;
  /** Waits for what this thread does. */
  close(): Promise<void>;
}

/** With fewer seconds of work than this for each, threads take longer to start than they save. */
const WORTHWHILE = 0.15;

/** At a time in a worker: while it computes one the next is read. */
const AT_ONCE = 2;

/** Threads for which memory counts more than how often it is collected. */
const MANY = 4;

/** How many threads: so many, or at most so many as have something to do. The result does not depend on it. */
export type Workers = number | { readonly atMost: number };

/** For `seconds` of work of one thread, in `parts` that cannot be divided. */
export function threadsFor(workers: Workers, seconds: number, parts: number): number {
  const most = typeof workers === "number" ? workers : Math.min(workers.atMost, Math.floor(seconds / WORTHWHILE));
  return Math.max(1, Math.min(most, parts));
}

/** Measures how long this thread does something by itself: what is left to do when all else is in other threads [s]. */
export function busyClock(): (pool: Pool<never, unknown> | undefined) => number {
  const start = performance.eventLoopUtilization();
  return (pool) => performance.eventLoopUtilization(start).active / 1000 - (pool?.helped() ?? 0);
}

interface Asked {
  readonly message: Omit<Request, "id">;
  readonly transfer: ArrayBuffer[];
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts the threads beside this one; undefined for one thread: this one does its job. All questions fail with the first
 * failure of a thread and with the reason of the signal.
 */
export function createPool<N extends JobName>(
  name: N,
  task: TaskOf<N>,
  threads: number,
  signal: AbortSignal,
): Pool<QuestionOf<N>, AnswerOf<N>> | undefined {
  return threads <= 1 ? undefined : startPool(name, task, threads, signal);
}

/** The same with any number of threads. */
export function startPool<N extends JobName>(
  name: N,
  task: TaskOf<N>,
  threads: number,
  signal: AbortSignal,
): Pool<QuestionOf<N>, AnswerOf<N>> {
  const waiting: Asked[] = [];
  const asked = new Map<number, Asked>();
  const load = new Map<Worker, number>();
  let lastId = 0;
  let failure: Error | undefined;
  let here: Job<QuestionOf<N>, AnswerOf<N>> | undefined;
  let helping: Promise<void> | undefined;
  let helped = 0;

  const feed = (): void => {
    while (waiting.length > 0) {
      const [worker, questions] = [...load].reduce((least, each) => (each[1] < least[1] ? each : least));
      const isHere = questions > 0 && here !== undefined && helping === undefined;
      if (questions >= AT_ONCE && !isHere) return;
      const next = waiting.shift() as Asked;
      const id = ++lastId;
      asked.set(id, next);
      if (isHere) {
        helping = help(here as never, id, next);
        continue;
      }
      load.set(worker, questions + 1);
      worker.postMessage({ id, ...next.message } satisfies Request, next.transfer);
    }
  };
  const help = async (job: Job<unknown, unknown>, id: number, { message, resolve, reject }: Asked): Promise<void> => {
    // What the other threads have answered comes first.
    await new Promise((next) => setImmediate(next));
    const start = performance.eventLoopUtilization();
    try {
      if (failure === undefined) resolve((await answer(job, message)) as never);
    } catch (error) {
      reject(error as Error);
    }
    helped += performance.eventLoopUtilization(start).active / 1000;
    asked.delete(id);
    helping = undefined;
    feed();
  };
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of [...asked.values(), ...waiting.splice(0)]) reject(failure);
    asked.clear();
  };
  const onAbort = (): void => fail(signal.reason as Error);
  const send = async <T>(message: Asked["message"], transfer: ArrayBuffer[], isUrgent: boolean): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (failure !== undefined) return reject(failure);
      waiting[isUrgent ? "unshift" : "push"]({ message, transfer, resolve, reject });
      feed();
    });

  signal.addEventListener("abort", onAbort);
  if (signal.aborted) onAbort();
  // In new threads V8 then marks all objects less often than every 32 MB of buffers: a quarter of a skim's processor time.
  // Many threads would hold a GB of what nobody needs.
  if (threads <= MANY) setFlagsFromString("--initial-heap-size=100");
  const url = new URL("./worker.js", import.meta.url);
  for (let i = 1; i < threads; i++) {
    const worker = new Worker(url, { workerData: { name, task } });
    worker.on("message", (reply: Reply) => {
      const answered = asked.get(reply.id);
      asked.delete(reply.id);
      load.set(worker, (load.get(worker) ?? 1) - 1);
      feed();
      if ("result" in reply) answered?.resolve(reply.result as never);
      else answered?.reject(unpackError(reply.error));
    });
    worker.on("error", fail);
    worker.on("exit", (code) => fail(new Error(`a worker ended with code ${code}`)));
    load.set(worker, 0);
  }
  return {
    threads,
    // To encode is less than half of the work.
    ahead: Math.ceil(threads / 2) + 1,
    ask: (question) => send({ question }, [], false),
    // Before new questions: what waits here is memory.
    encode: (group) => send<EncodedGroup>({ group }, buffersOf(group.pieces), true),
    join(job) {
      here = job;
      feed();
    },
    helped: () => helped,
    async close() {
      signal.removeEventListener("abort", onAbort);
      fail(new Error("the pool is closed"));
      await Promise.all([helping, ...[...load.keys()].map((worker) => worker.terminate())]);
    },
  };
}

/** The answer to a request, each of its arrays with memory of its own, which is added to `memory`. */
export async function answer(
  job: Job<unknown, unknown>,
  { question, group }: Omit<Request, "id">,
  memory = new Set<ArrayBufferLike>(),
): Promise<unknown> {
  if (group === undefined) return handOver(await job.process(question), memory);
  const { schema, pieces, isFirst } = group;
  return handOver(encodeGroup(schema, joinPieces(schema, pieces), isFirst, await nodeCodecs()), memory);
}

/** The answers in the order of the questions, of which at most `ahead` are asked before their answer is used. */
export async function* inOrder<Q, R>(
  questions: Iterable<Q> | AsyncIterable<Q>,
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

/** How many questions are asked ahead: each worker has its next one, and some answers wait for their turn. */
export function aheadOf(pool: Pool<never, unknown> | undefined): number {
  return pool === undefined ? 2 : AT_ONCE * pool.threads + 1;
}
