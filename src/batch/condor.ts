/** HTCondor: one cluster of jobs, or a DAG of them when the job has stages. */
import { basename, join } from "node:path";
import { InputError, TransientError } from "../core/index.js";
import { condorNodeText, condorText, dagText, type SubmitFile } from "./condor-text.js";
import { call, callOk, type LaunchContext, oneLine, type Scheduler } from "./engine.js";
import { namesIn, textOf } from "./files.js";
import { type OpenJob, paths } from "./folder.js";
import { type CondorJob, parseCluster, parseCondorJson, parseEventLog, stateOfEvents } from "./parse.js";
import { shellLine } from "./shell.js";
import { type Run, type Word } from "./spec.js";
import { parseNumbers } from "./tasks.js";

const ATTRIBUTES = "ClusterId,ProcId,JobStatus,HoldReason,ByeSplitsTasks,ByeSplitsRun";
const ENDED_ATTRIBUTES = `${ATTRIBUTES},ExitCode,ExitSignal,RemoveReason`;

export const CONDOR: Scheduler = {
  name: "htcondor",
  needs: ["condor_submit", "HTCondor"],

  plan(context) {
    const { file, words } = context.stages.length === 1 ? planCluster(context) : planDag(context);
    const call = [...words, file];
    return {
      files: [file],
      commands: [shellLine(call)],
      async start(world, run, onId) {
        // The scheduler knows whose job it is even when we are killed before we have read its number.
        const own = [`MY.ByeSplitsRun=${run}`, `MY.ByeSplitsJob="${context.job.info.id}"`];
        const append = own.flatMap((line) => ["-append", line]);
        const said = await callOk([...words, ...append, file], world, paths(context.job.folder).jobs);
        const id = parseCluster(said);
        if (id === undefined) throw new InputError(`${words[0]} did not say the number of the job: ${oneLine(said)}`);
        onId(id);
      },
    };
  },

  async ask(job, runs, world) {
    const found = await query(job, world);
    const tasks = new Map<number, Word>();
    const dags = new Map<number, CondorJob>();
    for (const each of found) {
      if (each.tasks === undefined) {
        if (each.run !== undefined && each.status < 3) dags.set(each.run, each);
        continue;
      }
      const word = wordOf(each);
      if (word === undefined) continue;
      for (const index of parseNumbers(each.tasks)) tasks.set(index, word);
    }
    // Nodes that a DAG has still to submit.
    for (const run of runs) {
      const dag = dags.get(run.run);
      if (dag === undefined) continue;
      for (const index of run.batches.flat())
        if (!tasks.has(index)) tasks.set(index, { state: "waiting", reason: "DAG" });
    }
    for (const { run, status, holdReason } of found) {
      if (run === undefined || status !== 5) continue;
      const isDag = !found.some((each) => each.run === run && each.tasks !== undefined && each.status === 5);
      const batches = runs.find((each) => each.run === run)?.batches ?? [];
      if (isDag) {
        for (const index of batches.flat()) {
          if (!tasks.has(index))
            tasks.set(index, { state: "held", ...(holdReason === undefined ? {} : { reason: holdReason }) });
        }
      }
    }
    const ended = endedBy(job, runs, tasks);
    if (isAnyUnknown(job, runs, tasks, ended)) addHistory(await history(job, world), tasks, ended);
    return { tasks, ended };
  },

  async cancel(job, _runs, world) {
    const found = await query(job, world);
    if (found.length === 0) return;
    await callOk(["condor_rm", "-constraint", constraint(job)], world);
  },
};

function constraint({ info }: OpenJob): string {
  return `ByeSplitsJob == "${info.id}"`;
}

async function query(job: OpenJob, world: Parameters<Scheduler["ask"]>[2]): Promise<CondorJob[]> {
  const words = ["condor_q", "-json", "-attributes", ATTRIBUTES, "-constraint", constraint(job)];
  const { exit, stdout, stderr } = await call(words, world);
  if (exit !== 0) throw new TransientError(`condor_q ended with ${exit}: ${oneLine(stderr)}`);
  return parseCondorJson(stdout);
}

/** Whether of a task without a marker neither the queue nor an event log says anything, as of nodes of DAGs and of logs that were removed. */
function isAnyUnknown(
  { folder, tasks }: OpenJob,
  runs: readonly Run[],
  known: ReadonlyMap<number, Word>,
  ended: ReadonlyMap<number, string>,
): boolean {
  const done = new Set(namesIn(paths(folder).done));
  return runs.some(({ batches }) =>
    batches.some((batch) =>
      batch.some((index) => !known.has(index) && !ended.has(index) && !done.has(`${tasks[index]?.hash}.json`)),
    ),
  );
}

/** Jobs that have left the queue. It only explains: where it cannot be asked, nothing is said. */
async function history(job: OpenJob, world: Parameters<Scheduler["ask"]>[2]): Promise<CondorJob[]> {
  const words = ["condor_history", "-json", "-attributes", ENDED_ATTRIBUTES, "-constraint", constraint(job)];
  try {
    const { exit, stdout } = await call(words, world);
    return exit === 0 ? parseCondorJson(stdout) : [];
  } catch {
    return [];
  }
}

/** The newest job of a task counts: the history begins with it. */
function addHistory(jobs: readonly CondorJob[], known: ReadonlyMap<number, Word>, ended: Map<number, string>): void {
  for (const each of jobs) {
    const text = endOf(each);
    if (each.tasks === undefined || text === undefined) continue;
    for (const index of parseNumbers(each.tasks)) if (!known.has(index) && !ended.has(index)) ended.set(index, text);
  }
}

function endOf({ status, exit, signal, removeReason }: CondorJob): string | undefined {
  if (status === 3) return `removed: ${removeReason ?? "HTCondor gives no reason"}`;
  if (status !== 4) return undefined;
  return `the batch job ended with ${exit ?? `signal ${signal ?? "?"}`}`;
}

function wordOf({ status, holdReason }: CondorJob): Word | undefined {
  if (status === 1) return { state: "waiting" };
  if (status === 2 || status === 6 || status === 7) return { state: "running" };
  if (status === 5) return { state: "held", ...(holdReason === undefined ? {} : { reason: holdReason }) };
  return undefined;
}

/** From the event logs of jobs that the scheduler no longer has. Which tasks a process had is known by its number, of nodes of DAGs not. */
function endedBy(
  { folder, info }: OpenJob,
  runs: readonly Run[],
  known: ReadonlyMap<number, Word>,
): Map<number, string> {
  const ended = new Map<number, string>();
  const { logs } = paths(folder);
  const there = new Set(namesIn(logs));
  for (const { ids, batches } of runs) {
    for (const [process, batch] of batches.entries()) {
      if (ids[0] === undefined || batch.every((index) => known.has(index))) continue;
      const name = `${info.name}_C${ids[0]}P${process}.log`;
      if (!there.has(name)) continue;
      const state = stateOfEvents(parseEventLog(textOf(join(logs, name)) ?? ""));
      const text =
        state?.state === "removed"
          ? `removed: ${state.reason}`
          : state?.state === "ended"
            ? `the batch job ended with ${state.exit ?? `signal ${state.signal ?? "?"}`}`
            : undefined;
      if (text !== undefined) for (const index of batch) ended.set(index, text);
    }
  }
  return ended;
}

function planCluster({ job, exec, versions, stages }: LaunchContext): { file: string; words: string[] } {
  const text = condorText({ job: job.info, folder: job.folder, exec, tasks: job.tasks, batches: stages[0] });
  return {
    file: versions.place(paths(job.folder).jobs, job.info.name, ".sub", text),
    words: ["condor_submit", "-terse"],
  };
}

function planDag({ job, exec, versions, stages }: LaunchContext): { file: string; words: string[] } {
  const batches = stages.flat();
  const file: SubmitFile = { job: job.info, folder: job.folder, exec, tasks: job.tasks, batches };
  const { jobs } = paths(job.folder);
  const node = versions.place(jobs, job.info.name, ".sub", condorNodeText(file));
  let first = 0;
  const numbers = stages.map((stage) => stage.map(() => first++));
  return {
    file: versions.place(jobs, job.info.name, ".dag", dagText(file, basename(node), numbers)),
    // The files of an earlier submission of the same DAG: our markers say what is left to do, not its rescue.
    words: ["condor_submit_dag", "-force"],
  };
}
