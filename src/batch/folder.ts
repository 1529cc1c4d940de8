/** The JOB folder: what is in it and how it is read. It is the truth about a job; a scheduler only explains. */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { FormatError, InputError, OutputError, parseRecord, quote, readFields } from "../core/index.js";
import { reasonOf } from "../io/node/disk/index.js";
import { JOB, RUN, RUN_IDS, TASK } from "./fields.js";
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
  const info = parseInfo(text, infoPath);
  const lines = textOf(tasksPath)?.split("\n").filter(Boolean);
  if (lines === undefined) throw new FormatError(`${tasksPath} is missing: submit the job again to a new folder`);
  const tasks = lines.map((line, i) => {
    const name = `${tasksPath}:${i + 1}`;
    const task = readFields(name, "what a task is", parseRecord(line, name), TASK);
    if (task.index !== i) throw new FormatError(`${name}: expected the task ${i}`);
    const unknown = task.needs?.find((index) => index >= lines.length);
    if (unknown !== undefined) throw new FormatError(`${name}: it needs the task ${unknown}, which is not there`);
    return task;
  });
  return { folder, info, tasks };
}

function parseInfo(text: string, path: string): JobInfo {
  const json = parseRecord(text, path);
  const { format, formatVersion } = json;
  if (format !== "bye-splits job") throw new FormatError(`${path}: its "format" is not "bye-splits job"`);
  if (formatVersion !== 1) {
    throw new FormatError(`${path}: format version ${quote(formatVersion)}; this program reads version 1`);
  }
  return readFields(path, "what the job is", json, JOB);
}

/** What job.json and tasks.jsonl hold. */
export function jobTexts({ folder, info, tasks }: OpenJob) {
  const { info: infoPath, tasks: tasksPath } = paths(folder);
  return [
    { path: tasksPath, text: tasks.map((task) => `${JSON.stringify(task)}\n`).join("") },
    { path: infoPath, text: `${JSON.stringify(info, null, 2)}\n` },
  ];
}

/** The submissions so far. A line that was cut off by a kill counts for nothing. FormatError for a whole one that is something else. */
export function readRuns(folder: string): Run[] {
  const path = paths(folder).runs;
  const runs = new Map<number, Run>();
  for (const [i, line] of (textOf(path) ?? "").split("\n").entries()) {
    if (!line.startsWith("{") || !line.endsWith("}")) continue;
    const [name, what] = [`${path}:${i + 1}`, "what was submitted"];
    const json = parseRecord(line, name);
    const { run, ids } = readFields(name, what, json, RUN_IDS);
    const before = runs.get(run);
    if (before !== undefined) runs.set(run, { ...before, ids: [...before.ids, ...ids] });
    else if (Object.hasOwn(json, "batches")) runs.set(run, readFields(name, what, json, RUN));
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
