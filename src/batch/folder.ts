/** The JOB folder: what is in it and how it is read. It is the truth about a job; a scheduler only explains. */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { FormatError, InputError, OutputError } from "../core/index.js";
import { reasonOf } from "../io/node/disk/index.js";
import { namesIn, textOf } from "./files.js";
import { type JobInfo, type Run, type Task } from "./spec.js";

export interface OpenJob {
  /** Absolute. */
  readonly folder: string;
  readonly info: JobInfo;
  readonly tasks: readonly Task[];
}

export const paths = (folder: string) => ({
  info: join(folder, "job.json"),
  tasks: join(folder, "tasks.jsonl"),
  runs: join(folder, "runs.jsonl"),
  done: join(folder, "done"),
  running: join(folder, "running"),
  logs: join(folder, "logs"),
  subs: join(folder, "subs"),
  jobs: join(folder, "jobs"),
  lock: join(folder, "lock"),
});

/** Whether there is a job in the folder. */
export function isJob(folder: string): boolean {
  return namesIn(folder).includes("job.json");
}

/** InputError where there is no job, FormatError for one that cannot be read. */
export function openJob(folder: string): OpenJob {
  const { info: infoPath, tasks: tasksPath } = paths(folder);
  const text = textOf(infoPath);
  if (text === undefined)
    throw new InputError(`${folder} is no job: there is no job.json in it; bye-splits submit makes one`);
  const info = parse(text, infoPath) as JobInfo;
  if (info.format !== "bye-splits job") throw new FormatError(`${infoPath}: its "format" is not "bye-splits job"`);
  if (info.formatVersion !== 1) {
    throw new FormatError(`${infoPath}: format version ${String(info.formatVersion)}; this program reads version 1`);
  }
  const lines = textOf(tasksPath)?.split("\n").filter(Boolean);
  if (lines === undefined) throw new FormatError(`${tasksPath} is missing: submit the job again to a new folder`);
  const tasks = lines.map((line, i) => parse(line, `${tasksPath}:${i + 1}`) as Task);
  const wrong = tasks.findIndex(({ index, hash }, i) => index !== i || typeof hash !== "string");
  if (wrong >= 0) throw new FormatError(`${tasksPath}:${wrong + 1}: expected the task ${wrong} with its hash`);
  return { folder, info, tasks };
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FormatError(`${name}: no JSON: ${(cause as Error).message}`, { cause });
  }
}

/** What job.json and tasks.jsonl hold. */
export function jobTexts({ folder, info, tasks }: OpenJob) {
  const { info: infoPath, tasks: tasksPath } = paths(folder);
  return [
    { path: tasksPath, text: tasks.map((task) => `${JSON.stringify(task)}\n`).join("") },
    { path: infoPath, text: `${JSON.stringify(info, null, 2)}\n` },
  ];
}

/** The submissions so far. A line that was cut off by a kill counts for nothing. */
export function readRuns(folder: string): Run[] {
  const runs = new Map<number, Run>();
  for (const line of (textOf(paths(folder).runs) ?? "").split("\n")) {
    let entry: Partial<Run> & { run: number };
    try {
      entry = JSON.parse(line) as typeof entry;
    } catch {
      continue;
    }
    const before = runs.get(entry.run);
    if (before !== undefined) runs.set(entry.run, { ...before, ids: [...before.ids, ...(entry.ids ?? [])] });
    else if (entry.batches !== undefined) runs.set(entry.run, { ids: [], ...entry } as Run);
  }
  return [...runs.values()];
}

/** Adds a submission, or what the scheduler called it. OutputError when it cannot be written. */
export function addRun(folder: string, entry: Run | Pick<Run, "run" | "ids">): void {
  const path = paths(folder).runs;
  try {
    // The line before may have been cut off.
    appendFileSync(path, `\n${JSON.stringify(entry)}\n`, { flush: true });
  } catch (cause) {
    throw new OutputError(`cannot write ${path}: ${reasonOf(cause)}`, { cause });
  }
}
