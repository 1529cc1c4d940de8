/** What a batch job does on its worker: its tasks one after the other, each with a marker when it ends. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { constants, hostname } from "node:os";
import { dirname, extname, join } from "node:path";
import { type Fields, InputError, isListOf, isText, parseRecord, readFields } from "../core/index.js";
import { reasonOf } from "../io/node/disk/index.js";
import { writeWhole } from "./files.js";
import { type OpenJob } from "./folder.js";
import { claim } from "./lock.js";
import {
  describeOutput,
  type Marker,
  markerPath,
  outputFault,
  readMarker,
  runningPath,
  type StoredOutput,
} from "./marker.js";
import { isAlive, myself } from "./processes.js";
import { type Runtime, type Task, type Versions } from "./spec.js";

/** Exit code of what may pass when it is done again. */
export const RETRY = 75;

export interface TaskJob {
  readonly job: OpenJob;
  readonly numbers: readonly number[];
  /** The program on this machine. */
  readonly runtime: Pick<Runtime, "node" | "program">;
  readonly versions: Versions;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** What tasks say, and one line a task. */
  readonly write: (text: string | Uint8Array, to: "stdout" | "stderr") => void;
}

export interface TasksResult {
  /** Numbers. */
  readonly done: readonly number[];
  readonly failed: readonly number[];
  readonly retry: readonly number[];
}

/** Runs tasks. A task that is done already is passed over; one whose needs are not done wants a retry. */
export async function runTasks(work: TaskJob): Promise<TasksResult> {
  const done: number[] = [];
  const failed: number[] = [];
  const retry: number[] = [];
  for (const number of work.numbers) {
    if (work.job.tasks[number] === undefined) {
      throw new InputError(
        `${work.job.folder} has the tasks 0 to ${work.job.tasks.length - 1}: there is no task ${number}`,
      );
    }
  }
  for (const number of work.numbers) {
    work.signal.throwIfAborted();
    const exit = await runTask(work, work.job.tasks[number]);
    (exit === 0 ? done : exit === RETRY ? retry : failed).push(number);
  }
  return { done, failed, retry };
}

async function runTask(work: TaskJob, task: Task): Promise<number> {
  const { job, signal, write, versions } = work;
  const { folder, tasks } = job;
  const tell = (line: string): void => write(`bye-splits: task ${task.index}: ${line}\n`, "stderr");
  if (isDone(folder, task)) {
    tell("done already");
    return 0;
  }
  const missing = (task.needs ?? []).filter((index) => !isDone(folder, tasks[index]));
  if (missing.length > 0) {
    tell(
      `waits for ${missing.length === 1 ? `task ${missing[0]}` : `${missing.length} tasks, the first is ${missing[0]}`}`,
    );
    return RETRY;
  }
  const release = await claimTask(work, task, tell);
  if (typeof release === "number") return release;
  const start = performance.now();
  const part = partOf(task);
  try {
    const ended = await runChild(work, task, part);
    signal.throwIfAborted();
    let { exit } = ended;
    let outputs: StoredOutput[] = [];
    let log = ended.tail;
    if (exit === 0) {
      try {
        if (part !== undefined && task.output !== undefined) publish(part, task.output.path, folder, task);
        outputs = outputsOf(task, ended.stdout);
      } catch (error) {
        log = `${log}\n${(error as Error).message}`.trim();
        exit = error instanceof InputError ? 2 : RETRY;
        tell((error as Error).message);
      }
    }
    const seconds = Math.round(performance.now() - start) / 1000;
    if (exit === RETRY || ended.isKilled) {
      tell(`ended with ${exit} after ${seconds} s: to be done again`);
      return RETRY;
    }
    const marker: Marker = {
      ...{ hash: task.hash, index: task.index, exit, seconds, host: hostname(), versions },
      ...(outputs.length === 0 ? {} : { outputs }),
      ...(exit === 0 ? {} : { log }),
    };
    // What another one did meanwhile counts.
    if (exit === 0 || !isDone(folder, task)) {
      await writeWhole({ path: markerPath(folder, task.hash), text: `${JSON.stringify(marker)}\n` });
    }
    tell(exit === 0 ? `done in ${seconds} s` : `failed with ${exit} after ${seconds} s`);
    return exit;
  } finally {
    if (part !== undefined) rmSync(part, { recursive: true, force: true });
    release();
  }
}

/** [ms] Between two looks at who is at a task. */
const LOOK = 200;

/**
 * Says that this process is at the task. Another one of this machine that is at it already is waited for: a driver that was killed leaves
 * its batch jobs behind, and who resumes may not see yet what they begin. Returns how to take it back, or the exit code where there is nothing left to do.
 */
async function claimTask(
  { job: { folder }, signal }: TaskJob,
  task: Task,
  tell: (line: string) => void,
): Promise<(() => void) | number> {
  const path = runningPath(folder, task.hash);
  const mine = `${JSON.stringify({ hash: task.hash, ...myself(), start: new Date().toISOString() })}\n`;
  mkdirSync(dirname(path), { recursive: true });
  for (let waits = 0; ; waits++) {
    const release = claim(path, mine, (text) => !isAlive(text));
    const exit = isDone(folder, task) ? 0 : waits > 0 ? readMarker(folder, task)?.exit : undefined;
    if (exit !== undefined) {
      release?.();
      tell(exit === 0 ? "done already" : `failed with ${exit} already`);
      return exit;
    }
    if (release !== undefined) return release;
    if (waits === 0) tell("waits for another process that is at it");
    await new Promise((done) => setTimeout(done, LOOK));
    signal.throwIfAborted();
  }
}

/** Exit codes by which programs and shells say that a signal stopped them. */
const KILLED = [130, 137, 143];

function isDone(folder: string, task: Task): boolean {
  const marker = readMarker(folder, task);
  return marker?.exit === 0 && outputFault(marker) === undefined;
}

/** Where a command of ours writes until it is done: beside the output, under a name that no other attempt has. */
function partOf({ output, argv, hash }: Task): string | undefined {
  if (output?.kind !== "whole" || !argv.includes("--out")) return undefined;
  return join(dirname(output.path), `.part.${hash}.${randomBytes(6).toString("hex")}${extname(output.path)}`);
}

/** How the names of unfinished outputs of a task begin. */
export function partPrefix({ hash }: Task): string {
  return `.part.${hash}.`;
}

/** Puts a new output in its place. What another attempt has put there and said so stays. */
function publish(part: string, path: string, folder: string, task: Task): void {
  if (isDone(folder, task) || !existsSync(part)) return;
  const old = `${part}.old`;
  try {
    if (existsSync(path)) renameSync(path, old);
    renameSync(part, path);
  } catch (cause) {
    throw new Error(`cannot put the output at ${path}: ${reasonOf(cause)}`, { cause });
  } finally {
    rmSync(old, { recursive: true, force: true });
  }
}

const PARTS: Fields<{ readonly folders: readonly string[] }> = {
  folders: ["a list of names", isListOf(isText), true],
};

function outputsOf({ output }: Task, stdout: string): StoredOutput[] {
  if (output === undefined) return [];
  const { path, kind } = output;
  if (kind === "parts") {
    const said = "what the program has printed";
    const { folders } = readFields(said, "which parts it has computed", parseRecord(stdout, said), PARTS);
    return folders.map((folder) => describeOutput(join(path, folder), "whole"));
  }
  if (!existsSync(path)) throw new InputError(`the program ended with 0, but its output ${path} is not there`);
  return [describeOutput(path, kind)];
}

/** Bytes of what a program said last. */
const TAIL = 2000;
/** Bytes of results that are read. */
const RESULT = 1 << 24;

/** [ms] that the output of a program that has ended is waited for. */
const HELD = 1000;

interface Ended {
  readonly exit: number;
  /** By a signal: nothing is known of the task itself. */
  readonly isKilled: boolean;
  readonly stdout: string;
  readonly tail: string;
}

async function runChild({ job, runtime, env, signal, write }: TaskJob, task: Task, part?: string): Promise<Ended> {
  const words = [...task.argv];
  if (part !== undefined) words[words.indexOf("--out") + 1] = part;
  const [command, ...args] = task.kind === "command" ? [runtime.node, runtime.program, ...words] : words;
  if (task.output !== undefined) mkdirSync(dirname(task.output.path), { recursive: true });
  const child = spawn(command, args, {
    cwd: job.info.options.cwd,
    env: { ...env } as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = (): void => void child.kill("SIGTERM");
  signal.addEventListener("abort", stop);
  let stdout = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  const take = (data: Buffer, to: "stdout" | "stderr"): void => {
    write(data, to);
    if (to === "stdout" && task.output?.kind === "parts" && stdout.length < RESULT)
      stdout = Buffer.concat([stdout, data]);
    tail = Buffer.concat([tail, data]).subarray(-TAIL);
  };
  child.stdout.on("data", (data: Buffer) => take(data, "stdout"));
  child.stderr.on("data", (data: Buffer) => take(data, "stderr"));
  try {
    const [exit, name] = await new Promise<[number, NodeJS.Signals | null]>((resolve) => {
      child.on("error", (error: NodeJS.ErrnoException) => {
        take(Buffer.from(`cannot start ${command}: ${reasonOf(error)}\n`), "stderr");
        // The disk of a worker node may not be there yet; what is there and is no program never becomes one.
        resolve(
          error.code === "EACCES" || error.code === "ENOEXEC" || error.code === "E2BIG" ? [2, null] : [RETRY, null],
        );
      });
      const end = (code: number | null, name: NodeJS.Signals | null): void =>
        resolve([code ?? 128 + (name === null ? 0 : constants.signals[name]), name]);
      child.on("close", end);
      // What it has left running in the background may hold its output open for ever.
      child.on("exit", (code, name) => void setTimeout(() => end(code, name), HELD).unref());
    });
    const isKilled = name !== null || KILLED.includes(exit);
    return { exit, isKilled, stdout: stdout.toString(), tail: lastLines(tail.toString()) };
  } finally {
    signal.removeEventListener("abort", stop);
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

function lastLines(text: string): string {
  return text.trimEnd().split("\n").slice(-20).join("\n");
}
