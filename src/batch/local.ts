/** The local engine: batch jobs as processes of this machine, some at a time. */
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../core/index.js";
import { reasonOf } from "../io/node/disk/index.js";
import { type World } from "./engine.js";
import { type OpenJob, paths } from "./folder.js";
import { RETRY } from "./run-tasks.js";

export interface LocalJob {
  readonly job: OpenJob;
  readonly exec: string;
  /** Batches of the stages, in order. */
  readonly stages: readonly (readonly (readonly number[])[])[];
  /** Batch jobs at the same time. */
  readonly jobs: number;
  /** Threads of this machine. */
  readonly cores: number;
  readonly onProgress: (done: number, total: number) => void;
}

/** Runs all batches, a stage after the other; those that want it again, as often as the job allows. Ends early, with its processes, when it is interrupted. */
export async function runLocal(local: LocalJob, world: World): Promise<void> {
  const { job, stages, jobs } = local;
  mkdirSync(paths(job.folder).logs, { recursive: true });
  const total = stages.flat(2).length;
  let done = 0;
  for (const stage of stages) {
    const queue = stage.map((batch) => ({ batch, tries: 0 }));
    const work = async (): Promise<void> => {
      for (let next; (next = queue.shift()) !== undefined;) {
        world.signal.throwIfAborted();
        const exit = await runBatch(local, next.batch, world);
        if (exit === RETRY && next.tries < job.info.options.resources.retries) {
          queue.push({ ...next, tries: next.tries + 1 });
          continue;
        }
        done += next.batch.length;
        local.onProgress(done, total);
      }
    };
    const workers = Array.from({ length: Math.min(jobs, stage.length) }, work);
    const ended = await Promise.allSettled(workers);
    for (const each of ended) if (each.status === "rejected") throw each.reason;
  }
}

async function runBatch({ job, exec, jobs, cores }: LocalJob, batch: readonly number[], world: World): Promise<number> {
  const name = join(paths(job.folder).logs, `${job.info.name}_L${batch[0]}`);
  const out = openSync(`${name}.out`, "a");
  const err = openSync(`${name}.err`, "a");
  try {
    const threads = Math.max(1, Math.floor(cores / jobs));
    const child = spawn(exec, [batch.join()], {
      cwd: job.info.options.cwd,
      env: { OMP_NUM_THREADS: String(threads), ...world.env } as NodeJS.ProcessEnv,
      stdio: ["ignore", out, err],
    });
    const stop = (): void => void child.kill("SIGTERM");
    world.signal.addEventListener("abort", stop);
    try {
      return await new Promise<number>((resolve, reject) => {
        child.on("error", (cause) => reject(new InputError(`cannot start ${exec}: ${reasonOf(cause)}`, { cause })));
        child.on("close", (code) => resolve(code ?? RETRY));
      });
    } finally {
      world.signal.removeEventListener("abort", stop);
      world.signal.throwIfAborted();
    }
  } finally {
    closeSync(out);
    closeSync(err);
  }
}
