/** Submitting and resuming: what is left to do is decided here, from markers and the scheduler's word, for all engines. */
import { randomBytes } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../core/index.js";
import { type Effects, realEffects } from "../io/node/disk/index.js";
import { askAll, schedulerOf, SCHEDULERS } from "./ask.js";
import { checkInstalled, type Launch, type World } from "./engine.js";
import { namesIn, type NewFile, textOf, Versions, writeAll } from "./files.js";
import { addRun, isJob, jobTexts, type OpenJob, openJob, paths, readRuns } from "./folder.js";
import { runLocal } from "./local.js";
import { holderOf, lockJob, type LockOptions, takeAway } from "./lock.js";
import { markerPath, readStates, runningPath, type TaskState } from "./marker.js";
import { isAlive, lifeOf, myself } from "./processes.js";
import { partPrefix } from "./run-tasks.js";
import { type EngineName, type JobInfo, type JobInput, type Runtime } from "./spec.js";
import { batchesOf, planTasks } from "./tasks.js";
import { execText } from "./texts.js";

export interface DriveOptions extends LockOptions {
  readonly world: World;
  /** Local engine: batch jobs at the same time, and threads of this machine. */
  readonly jobs: number;
  readonly cores: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly effects?: Effects;
}

export interface Driven {
  readonly folder: string;
  readonly engine: EngineName;
  readonly tasks: number;
  /** Numbers of tasks that were launched. */
  readonly launched: readonly number[];
  readonly batches: number;
  /** What the scheduler calls them. */
  readonly ids: readonly string[];
  readonly files: readonly string[];
  /** Why others were not. */
  readonly done: number;
  readonly failed: readonly number[];
  readonly busy: number;
  /** Tasks that need failed ones. */
  readonly blocked: readonly number[];
}

/** The job as it will stand in its folder: what is there already keeps its numbers. */
export function describeJob(input: JobInput, runtime: Runtime): { job: OpenJob; wanted: readonly number[] } {
  const before = isJob(input.folder) ? openJob(input.folder) : undefined;
  if (before === undefined) {
    const ours = ["tasks.jsonl", "runs.jsonl", "done"].filter((name) => namesIn(input.folder).includes(name));
    if (ours.length > 0) {
      throw new InputError(
        `${input.folder} has ${ours.join(", ")} but no job.json: it is no job that can be continued, choose another folder`,
      );
    }
  }
  const { tasks, stages } = planTasks(input, before?.tasks ?? []);
  const described = input.stages.map(({ name, program, perBatch }) => ({ name, program, perBatch }));
  const names = new Set(described.map(({ name }) => name));
  const info: JobInfo = {
    format: "bye-splits job",
    formatVersion: 1,
    id: before?.info.id ?? randomBytes(8).toString("hex"),
    name: input.name,
    engine: input.engine,
    task: input.stages
      .map(({ program }) => (program.kind === "command" ? program.words.join(" ") : program.path))
      .join("; "),
    options: { cwd: input.cwd, resources: input.resources },
    stages: [...(before?.info.stages.filter(({ name }) => !names.has(name)) ?? []), ...described],
    runtime,
    versions: { "bye-splits": runtime.version, node: process.version },
  };
  const job = { folder: input.folder, info, tasks };
  if (before === undefined) checkOutputsFree(job);
  return { job, wanted: stages.flat() };
}

/** InputError for an output that somebody else has put there. */
function checkOutputsFree({ tasks }: OpenJob): void {
  const listed = new Map<string, Set<string>>();
  for (const { output } of tasks) {
    if (output?.kind !== "whole") continue;
    const folder = dirname(output.path);
    const names = listed.get(folder) ?? new Set(namesIn(folder));
    listed.set(folder, names);
    if (names.has(output.path.slice(folder.length + 1))) {
      throw new InputError(
        `the output ${output.path} exists already, and no task of this job wrote it: choose another name for \`out\``,
      );
    }
  }
}

export interface Preview {
  readonly files: readonly NewFile[];
  readonly commands: readonly string[];
  readonly launched: readonly number[];
}

/** Everything that a submission would write and call; writes and asks nothing. */
export function previewJob(job: OpenJob, wanted: readonly number[]): Preview {
  const states = readStates(job);
  const todo = wanted.filter((index) => states[index].state === "open");
  const versions = new Versions();
  const { launch, exec } = planLaunch(job, todo, versions);
  return {
    files: [...jobTexts(job), ...versions.fresh],
    commands: todo.length === 0 ? [] : (launch?.commands ?? [`${exec} TASKS`]),
    launched: todo,
  };
}

function planLaunch(job: OpenJob, todo: readonly number[], versions: Versions) {
  const exec = versions.place(
    paths(job.folder).subs,
    `${job.info.name}_exec`,
    ".sh",
    execText(job.info, job.folder),
    true,
  );
  const stages = stagesOf(job, todo);
  const scheduler = schedulerOf(job.info.engine);
  const launch: Launch | undefined = stages.length === 0 ? undefined : scheduler?.plan({ job, exec, versions, stages });
  return { exec, stages, launch };
}

/** Batches of the stages that have something to do. */
function stagesOf({ info, tasks }: OpenJob, todo: readonly number[]): number[][][] {
  return info.stages
    .map(({ name, perBatch }) =>
      batchesOf(
        todo.filter((index) => tasks[index].stage === name),
        perBatch,
      ),
    )
    .filter((batches) => batches.length > 0);
}

/** Writes the job, launches what is new of it. InputError, OutputError or TransientError when nothing was begun. */
export async function submitJob(job: OpenJob, wanted: readonly number[], options: DriveOptions): Promise<Driven> {
  const scheduler = schedulerOf(job.info.engine);
  if (scheduler !== undefined) checkInstalled(scheduler.needs, options.world.env);
  const effects = options.effects ?? realEffects;
  const created = await makeFolder(job.folder, effects);
  let unlock: (() => void) | undefined;
  try {
    unlock = lockJob(job.folder, options);
    // Another command may have added tasks since the job was described.
    if (isJob(job.folder) && openJob(job.folder).tasks.length > job.tasks.length) {
      throw new InputError(`${job.folder} has got new tasks in this very moment: submit again`);
    }
    return await drive(job, wanted, jobTexts(job), options);
  } finally {
    unlock?.();
    if (created !== undefined && !isJob(job.folder)) await removeEmpty(job.folder, created, effects);
  }
}

async function makeFolder(folder: string, effects: Effects): Promise<string | undefined> {
  const missing: string[] = [];
  for (let at = folder; (await effects.kind(at)) === undefined; at = dirname(at)) missing.push(at);
  if (missing.length === 0) return undefined;
  // With a first file, so that errors read like those of all other files.
  const probe = join(folder, `.bye-splits.${process.pid}`);
  await writeAll([{ path: probe, text: "" }], effects);
  await effects.rm(probe);
  return missing[missing.length - 1];
}

async function removeEmpty(folder: string, topmost: string, effects: Effects): Promise<void> {
  try {
    for (let path = folder; path.length >= topmost.length; path = dirname(path)) await effects.rmdir(path);
  } catch {
    // It holds something.
  }
}

export interface ResumeOptions extends DriveOptions {
  /** Also tasks that failed for good. */
  readonly failed?: boolean;
}

/** Launches what has no valid marker and is not with the scheduler. */
export async function resumeJob(folder: string, options: ResumeOptions): Promise<Driven> {
  const { info } = openJob(folder);
  const scheduler = schedulerOf(info.engine);
  if (scheduler !== undefined) checkInstalled(scheduler.needs, options.world.env);
  const unlock = lockJob(folder, options);
  try {
    const job = openJob(folder);
    if (options.failed === true) {
      const { tasks } = await askAll(job, options);
      for (const { task, state } of readStates(job)) {
        if (state === "failed" && !tasks.has(task.index)) rmSync(markerPath(folder, task.hash), { force: true });
      }
    }
    return await drive(
      job,
      job.tasks.map(({ index }) => index),
      [],
      options,
    );
  } finally {
    unlock();
  }
}

/** With the lock. */
async function drive(
  job: OpenJob,
  wanted: readonly number[],
  texts: readonly NewFile[],
  options: DriveOptions,
): Promise<Driven> {
  const { folder, info } = job;
  const { world, effects = realEffects } = options;
  const states = readStates(job);
  const said = await askAll(job, options);
  const failed = wanted.filter((index) => states[index].state === "failed");
  const busy = wanted.filter((index) => states[index].state === "open" && said.tasks.has(index));
  const open = wanted.filter((index) => states[index].state === "open" && !said.tasks.has(index));
  const blocked = blockedBy(job, states, open);
  const todo = open.filter((index) => !blocked.has(index));
  const versions = new Versions();
  const { exec, stages, launch } = planLaunch(job, todo, versions);
  const fresh = todo.length === 0 ? [] : versions.fresh;
  await writeAll([...fresh, ...texts], effects);
  const batches = stages.flat();
  const ids: string[] = [];
  const files = launch?.files ?? [];
  if (todo.length > 0) {
    for (const path of [paths(folder).logs, paths(folder).done, paths(folder).running]) await effects.mkdir(path);
    cleanUp(job, todo);
    const run = Math.max(0, ...readRuns(folder).map((each) => each.run)) + 1;
    const { host } = myself();
    const time = new Date().toISOString();
    addRun(folder, { run, engine: info.engine, files: [exec, ...files], batches, host, time, ids: [] });
    if (launch === undefined) {
      await runLocal(
        { job, exec, stages, jobs: options.jobs, cores: options.cores, onProgress: options.onProgress ?? (() => {}) },
        world,
      );
    } else {
      await launch.start(world, run, (id) => {
        ids.push(id);
        addRun(folder, { run, ids: [id] });
      });
    }
  }
  return {
    ...{ folder, engine: info.engine, tasks: job.tasks.length, launched: todo, batches: batches.length, ids, files },
    done: wanted.filter((index) => states[index].state === "done").length,
    ...{ failed, busy: busy.length, blocked: [...blocked] },
  };
}

/** Open tasks that need, at some remove, one that failed for good. */
function blockedBy({ tasks }: OpenJob, states: readonly TaskState[], open: readonly number[]): Set<number> {
  const blocked = new Set<number>();
  // What a task needs may stand behind it: a stage that was described again keeps its number. Stages are few.
  for (let before = -1; before < blocked.size;) {
    before = blocked.size;
    for (const index of open) {
      const needs = tasks[index].needs ?? [];
      if (needs.some((need) => states[need].state === "failed" || blocked.has(need))) blocked.add(index);
    }
  }
  return blocked;
}

/** What killed attempts left of tasks that nobody is at. */
function cleanUp({ folder, tasks }: OpenJob, todo: readonly number[]): void {
  const prefixes = new Map<string, Set<string>>();
  const running = new Set(namesIn(paths(folder).running));
  for (const index of todo) {
    if (running.has(`${tasks[index].hash}.json`)) removeDead(runningPath(folder, tasks[index].hash));
    const { output } = tasks[index];
    if (output?.kind !== "whole") continue;
    const parent = dirname(output.path);
    prefixes.set(parent, (prefixes.get(parent) ?? new Set()).add(partPrefix(tasks[index])));
  }
  for (const [parent, starts] of prefixes) {
    for (const name of namesIn(parent)) {
      const start = /^\.part\.[0-9a-f]+\./.exec(name)?.[0];
      if (start !== undefined && starts.has(start)) rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
  for (const place of [paths(folder).done, paths(folder).running]) {
    for (const name of readdirSync(place)) {
      const pid = /^\..*\.(\d+)\.\d+\.tmp$/.exec(name)?.[1];
      if (pid !== undefined && lifeOf({ ...myself(), pid: Number(pid), began: "" }) === "dead")
        rmSync(join(place, name), { force: true });
    }
  }
}

/** Removes what says that a process is at a task, unless it is: it may have begun since the processes were asked. */
function removeDead(path: string): void {
  const text = textOf(path);
  if (text !== undefined && !isAlive(text)) takeAway(path, text);
}

/** Stops what is under way: with the schedulers, or the command that drives the local engine. Returns what it did, in words. */
export async function cancelJob(folder: string, world: World): Promise<string[]> {
  const job = openJob(folder);
  const runs = readRuns(folder);
  const told: string[] = [];
  for (const scheduler of SCHEDULERS) {
    const own = runs.filter(({ engine }) => engine === scheduler.name);
    if (own.length === 0) continue;
    await scheduler.cancel(job, own, world);
    told.push(`${scheduler.needs[1]} was told to remove the jobs of this JOB`);
  }
  const holder = holderOf(folder);
  if (holder !== undefined && lifeOf(holder) === "alive" && holder.pid !== process.pid) {
    process.kill(holder.pid, "SIGTERM");
    told.push(`process ${holder.pid} of ${holder.owner}, which drives the job, was told to stop`);
  }
  return told;
}
