/** A worker thread of a pool: does one job, and encodes row groups. */
import { parentPort, workerData } from "node:worker_threads";
import { type EncodedGroup, type GroupRequest } from "../io/index.js";
import { encodeGroup, joinPieces, nodeCodecs } from "../io/node/index.js";
import { handOver } from "./hand-over.js";
import { type Job } from "./job.js";
import { type JobName, JOBS } from "./jobs.js";
import { type Reply, type Request } from "./pool.js";
import { packError } from "./worker-error.js";

const port = parentPort;
if (port === null) throw new Error("worker.js runs in worker threads only");

const { name, task } = workerData as { readonly name: JobName; readonly task: never };
const codecs = nodeCodecs();
const job = JOBS[name](task) as Promise<Job<unknown, unknown>>;
// Told with the first answer; unhandled, it would end the thread without a word.
job.catch(() => {});

async function encode({ schema, pieces, isFirst }: GroupRequest): Promise<EncodedGroup> {
  return encodeGroup(schema, joinPieces(schema, pieces), isFirst, await codecs);
}

port.on("message", ({ id, question, group }: Request) => {
  (group === undefined ? job.then((each) => each.process(question)) : encode(group)).then(
    (result) => {
      const memory = new Set<ArrayBufferLike>();
      const owned = handOver(result, memory);
      port.postMessage({ id, result: owned } satisfies Reply, [...memory] as ArrayBuffer[]);
    },
    (error: unknown) => port.postMessage({ id, error: packError(error) } satisfies Reply),
  );
});
