/** What schedulers print, read with tolerance: unknown fields and lines are passed over. Pure. */
import { FormatError, isRecord, isText, type Json, printable } from "../core/index.js";

/** A job of HTCondor. */
export interface CondorJob {
  /** 1 idle, 2 running, 3 removing, 4 completed, 5 held, 6 transferring, 7 suspended. */
  readonly status: number;
  readonly holdReason?: string;
  /** Our attributes: numbers of tasks, and the number of the submission. */
  readonly tasks?: string;
  readonly run?: number;
  /** How it ended, and why somebody removed it. */
  readonly exit?: number;
  readonly signal?: number;
  readonly removeReason?: string;
}

/** `condor_q -json`, `condor_history -json`: for no jobs some versions print nothing, others an empty list. */
export function parseCondorJson(text: string): CondorJob[] {
  if (text.trim() === "") return [];
  return listOf(jsonOf(text, "HTCondor"), "HTCondor").map((job) => {
    const { HoldReason: reason, ByeSplitsTasks: tasks, ByeSplitsRun: run, RemoveReason: removeReason } = job;
    const [exit, signal] = [numberOf(job["ExitCode"]), numberOf(job["ExitSignal"])];
    return {
      status: numberOf(job["JobStatus"]) ?? 0,
      ...(isText(reason) ? { holdReason: reason } : {}),
      ...(isText(tasks) ? { tasks } : {}),
      ...(run === undefined ? {} : { run: Number(run) }),
      ...(exit === undefined ? {} : { exit }),
      ...(signal === undefined ? {} : { signal }),
      ...(isText(removeReason) ? { removeReason } : {}),
    };
  });
}

/** FormatError where what `who` has printed is no JSON. */
function jsonOf(text: string, who: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FormatError(`what ${who} says of its jobs is not JSON (${printable((cause as Error).message)})`, {
      cause,
    });
  }
}

function listOf(value: unknown, who: string): readonly Json[] {
  if (Array.isArray(value) && value.every(isRecord)) return value;
  throw new FormatError(`what ${who} says of its jobs is not a list of them`);
}

/** "123.0 - 123.5" of `condor_submit -terse`, or the sentence of the others. */
export function parseCluster(text: string): string | undefined {
  return /^(\d+)\.\d+ - \d+\.\d+/m.exec(text)?.[1] ?? /submitted to cluster (\d+)/.exec(text)?.[1];
}

export interface LogEvent {
  readonly code: number;
  readonly cluster: number;
  readonly process: number;
  readonly time: string;
  /** The rest of the first line, and the lines below it. */
  readonly text: string;
}

const FIRST_LINE =
  /^(\d{3}) \((\d+)\.(\d+)\.(\d+)\) (\d\d\/\d\d|\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d{3})?(?:Z?) (.*)$/;

/** The event log of HTCondor. An event that is still being written, or a damaged line, is passed over. */
export function parseEventLog(text: string): LogEvent[] {
  return text.split(/^\.\.\.\r?\n/m).flatMap((part, i, all) => {
    if (i === all.length - 1) return [];
    const [first, ...rest] = part.split("\n");
    const match = FIRST_LINE.exec(first.trimEnd());
    if (match === null) return [];
    const [, code, cluster, process, , date, time, said] = match;
    const lines = [said, ...rest.map((line) => line.trim())].filter((line) => line !== "");
    return [
      {
        code: Number(code),
        cluster: Number(cluster),
        process: Number(process),
        time: `${date} ${time}`,
        text: lines.join("; "),
      },
    ];
  });
}

export type LogState =
  | { readonly state: "waiting" | "running" }
  | { readonly state: "held" | "removed"; readonly reason: string }
  | { readonly state: "ended"; readonly exit?: number; readonly signal?: number };

/** What the events of one job say of it now; undefined for none. */
export function stateOfEvents(events: readonly LogEvent[]): LogState | undefined {
  let state: LogState | undefined;
  for (const { code, text } of events) {
    if (code === 0 || code === 4 || code === 7 || code === 13) state = { state: "waiting" };
    else if (code === 1) state = { state: "running" };
    else if (code === 9) state = { state: "removed", reason: text };
    else if (code === 12) state = { state: "held", reason: text.replace(/^Job was held\.; /, "") };
    else if (code === 5) {
      const exit = /\(1\) Normal termination \(return value (-?\d+)\)/.exec(text)?.[1];
      const signal = /\(0\) Abnormal termination \(signal (\d+)\)/.exec(text)?.[1];
      state = {
        state: "ended",
        ...(exit === undefined ? {} : { exit: Number(exit) }),
        ...(signal === undefined ? {} : { signal: Number(signal) }),
      };
    }
  }
  return state;
}

/** A job, or an element of an array, of Slurm. */
export interface SlurmJob {
  readonly job: string;
  readonly element: number;
  readonly state: string;
  readonly reason: string;
  readonly comment: string;
}

/** Columns of `squeue -o`, as parseSqueue reads them. */
export const SQUEUE_FORMAT = "%F|%K|%T|%r|%k";

/** Lines of SQUEUE_FORMAT, or `squeue --json` of any version. Elements that are written as a list count one by one. */
export function parseSqueue(text: string): SlurmJob[] {
  if (text.trimStart().startsWith("{")) return parseSqueueJson(text);
  return text.split("\n").flatMap((line) => {
    const [job, elements, state, reason, ...comment] = line.split("|");
    if (reason === undefined) return [];
    return elementsOf(elements).map((element) => ({ job, element, state, reason, comment: comment.join("|").trim() }));
  });
}

function parseSqueueJson(text: string): SlurmJob[] {
  const said = jsonOf(text, "Slurm");
  return listOf((isRecord(said) ? said["jobs"] : undefined) ?? [], "Slurm").flatMap((job) => {
    const array = numberOf(job["array_job_id"]);
    const id = String(array === undefined || array === 0 ? (numberOf(job["job_id"]) ?? "") : array);
    const list = typeof job["array_task_string"] === "string" ? job["array_task_string"] : "";
    const elements = list === "" ? [numberOf(job["array_task_id"]) ?? 0] : elementsOf(list);
    const state = [job["job_state"]].flat()[0];
    return elements.map((element) => ({
      job: id,
      element,
      state: typeof state === "string" ? state : "",
      reason: typeof job["state_reason"] === "string" ? job["state_reason"] : "",
      comment: textOf(job["comment"]),
    }));
  });
}

/** Newer versions wrap numbers: {set, infinite, number}. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (!isRecord(value) || value["set"] === false) return undefined;
  return typeof value["number"] === "number" ? value["number"] : undefined;
}

/** Newer versions have comments of the job, of administrators and of the system. */
function textOf(value: unknown): string {
  const text = isRecord(value) ? value["job"] : value;
  return isText(text) ? text : "";
}

/** "3", "0-2,5%4", "[0,2]" -> numbers; of a job that is no array: 0. */
export function elementsOf(text: string): number[] {
  const list = text.replace(/%\d+$/, "").replace(/^\[(.*?)(?:%\d+)?\]$/, "$1");
  if (!/^\d/.test(list)) return [0];
  return list.split(",").flatMap((part) => {
    const [from, to = from] = part.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i).filter(Number.isFinite);
  });
}

export interface SlurmRecord {
  readonly job: string;
  readonly element: number;
  readonly state: string;
  readonly exit: number;
  readonly signal: number;
}

/** `sacct -n -P -X -o JobID,State,ExitCode`: a header and steps of jobs are passed over. */
export function parseSacct(text: string): SlurmRecord[] {
  return text.split("\n").flatMap((line) => {
    const [id, state = "", code = ""] = line.split("|");
    const match = /^(\d+)(?:_(\d+|\[.*\]))?$/.exec(id.trim());
    if (match === null) return [];
    const [exit, signal] = code.split(":").map(Number);
    return elementsOf(match[2] ?? "").map((element) => ({
      job: match[1],
      element,
      state: state.split(" ")[0],
      exit: exit || 0,
      signal: signal || 0,
    }));
  });
}

/** `scontrol -o show job`: where there is no database for sacct. */
export function parseScontrol(text: string): (SlurmRecord & { readonly reason: string })[] {
  return text.split("\n").flatMap((line) => {
    const field = (name: string): string => new RegExp(`(?:^|\\s)${name}=(\\S*)`).exec(line)?.[1] ?? "";
    const job = field("ArrayJobId") || field("JobId");
    if (job === "") return [];
    const [exit, signal] = field("ExitCode").split(":").map(Number);
    return elementsOf(field("ArrayTaskId")).map((element) => ({
      job,
      element,
      state: field("JobState"),
      exit: exit || 0,
      signal: signal || 0,
      reason: field("Reason"),
    }));
  });
}
