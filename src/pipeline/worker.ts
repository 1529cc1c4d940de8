/** A worker thread of a pool: does one job, and encodes row groups. */
import { parentPort, workerData } from "node:worker_threads";
import { type Job } from "./job.js";
import { type JobName, JOBS } from "./jobs.js";
import { answer, type Reply, type Request } from "./pool.js";
import { packError } from "./worker-error.js";

const port = parentPort;
if (port === null) throw new Error("worker.js runs in worker threads only");

const { name, task } = workerData as { readonly name: JobName; readonly task: never };
const starting = JOBS[name](task) as Promise<Job<unknown, unknown>>;
// Told with the first answer; unhandled, it would end the thread without a word.
starting.catch(() => {});
/** To encode one need not wait for it. */
const job: Job<unknown, unknown> = {
  process: async (question) => (await starting).process(question),
  close: async () => undefined,
};

port.on("message", ({ id, ...message }: Request) => {
  const memory = new Set<ArrayBufferLike>();
  answer(job, message, memory).then(
    (result) => port.postMessage({ id, result } satisfies Reply, [...memory] as ArrayBuffer[]),
    (error: unknown) => port.postMessage({ id, error: packError(error) } satisfies Reply),
  );
});
