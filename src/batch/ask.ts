/** What is known of the tasks of a job beside their markers: from schedulers, and from processes on this machine. */
import { CONDOR } from "./condor.js";
import { type Scheduler, type World } from "./engine.js";
import { type OpenJob, readRuns } from "./folder.js";
import { holderOf } from "./lock.js";
import { readRunning } from "./marker.js";
import { lifeOf } from "./processes.js";
import { SLURM } from "./slurm.js";
import { type EngineName, type Run, type Said, type Word } from "./spec.js";

export const SCHEDULERS: readonly Scheduler[] = [CONDOR, SLURM];

export function schedulerOf(engine: EngineName): Scheduler | undefined {
  return SCHEDULERS.find(({ name }) => name === engine);
}

/** What all engines that the job was submitted to know of its tasks, and who is at them on this machine. */
export async function askAll(
  job: OpenJob,
  { world, takeOver = false }: { readonly world: World; readonly takeOver?: boolean | undefined },
): Promise<Said> {
  const runs = readRuns(job.folder);
  const tasks = new Map<number, Word>();
  const ended = new Map<number, string>();
  for (const scheduler of SCHEDULERS) {
    const own = runs.filter(({ engine }) => engine === scheduler.name);
    if (own.length === 0) continue;
    const said = await scheduler.ask(job, own, world);
    for (const [index, word] of said.tasks) tasks.set(index, word);
    for (const [index, text] of said.ended) ended.set(index, text);
  }
  addLocal(job, runs, tasks, takeOver);
  return { tasks, ended };
}

function addLocal(
  { folder, info, tasks: all }: OpenJob,
  runs: readonly Run[],
  tasks: Map<number, Word>,
  takeOver: boolean,
): void {
  const running = readRunning(folder);
  for (const { index, hash } of all) {
    const worker = running.get(hash);
    const word = tasks.get(index);
    // A batch job is at one of its tasks at a time.
    if (word?.state === "running" && worker === undefined && isInBatch(runs, index))
      tasks.set(index, { state: "waiting" });
    if (word !== undefined || worker === undefined) continue;
    const isElsewhere = worker.life === "elsewhere" && info.engine === "local" && !takeOver;
    if (worker.life === "alive" || isElsewhere) {
      tasks.set(index, {
        state: "running",
        ...(isElsewhere ? { reason: `on ${worker.host}, process ${worker.pid}` } : {}),
      });
    }
  }
  const holder = holderOf(folder);
  const last = runs.findLast(({ engine }) => engine === "local");
  if (holder === undefined || last === undefined || runs.at(-1) !== last) return;
  if (lifeOf(holder) === "dead" || holder.pid === process.pid) return;
  for (const index of last.batches.flat()) if (!tasks.has(index)) tasks.set(index, { state: "waiting" });
}

function isInBatch(runs: readonly Run[], index: number): boolean {
  const batch = runs
    .findLast(({ batches }) => batches.some((each) => each.includes(index)))
    ?.batches.find((each) => each.includes(index));
  return (batch?.length ?? 1) > 1;
}
