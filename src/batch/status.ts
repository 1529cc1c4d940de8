/** How a job stands: markers decide, the scheduler explains. */
import { join } from "node:path";
import { ExpectedError } from "../core/index.js";
import { askAll } from "./ask.js";
import { type DriveOptions } from "./drive.js";
import { namesIn, textOf } from "./files.js";
import { openJob, paths, readRuns } from "./folder.js";
import { readStates } from "./marker.js";
import { type Said } from "./spec.js";

export const STATES = ["done", "failed", "running", "waiting", "held", "missing"] as const;
export type State = (typeof STATES)[number];
type Counts = Record<State, number>;

export interface JobStatus extends Counts {
  readonly folder: string;
  readonly name: string;
  readonly engine: string;
  readonly tasks: number;
  readonly stages: readonly ({ readonly name: string; readonly tasks: number } & Counts)[];
  readonly failures: readonly { readonly index: number; readonly exit: number; readonly log: string }[];
  /** Why tasks are held, or missing, where somebody says. */
  readonly reasons: readonly { readonly index: number; readonly state: State; readonly reason: string }[];
  readonly slowest: readonly { readonly index: number; readonly seconds: number; readonly host: string }[];
  /** Why the scheduler's word is missing here. */
  readonly problem?: string;
}

/** Tasks that are named. */
const SLOWEST = 3;
/** Missing tasks of which nobody says why, whose logs are read. */
const TRIES = 10;

export async function jobStatus(folder: string, options: Pick<DriveOptions, "world">): Promise<JobStatus> {
  const job = openJob(folder);
  let said: Said = { tasks: new Map(), ended: new Map() };
  let problem: string | undefined;
  try {
    said = await askAll(job, options);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    problem = error.message;
  }
  // Read after the scheduler was asked: a task that ended in between is done, not missing.
  const states = readStates(job);
  const stages = new Map<string, { name: string; tasks: number } & Counts>();
  const total = zero();
  const failures: { index: number; exit: number; log: string }[] = [];
  const reasons: { index: number; state: State; reason: string }[] = [];
  for (const { task, state: own, marker, fault } of states) {
    const { index, stage } = task;
    const word = said.tasks.get(index);
    const state: State = own === "open" ? (word?.state ?? "missing") : own;
    const counts = stages.get(stage) ?? { name: stage, tasks: 0, ...zero() };
    stages.set(stage, counts);
    counts.tasks++;
    counts[state]++;
    total[state]++;
    if (state === "failed") failures.push({ index, exit: marker?.exit ?? 0, log: marker?.log ?? "" });
    const needs = (task.needs ?? []).find((need) => states[need].state === "failed");
    const reason =
      word?.reason ??
      fault ??
      said.ended.get(index) ??
      (needs === undefined ? undefined : `needs task ${needs}, which failed`);
    if ((state === "held" || state === "missing") && reason !== undefined) reasons.push({ index, state, reason });
  }
  const untold = states.flatMap(({ task: { index }, state, fault }) =>
    state === "open" && fault === undefined && !said.tasks.has(index) && !said.ended.has(index) ? [index] : [],
  );
  const logsOf = untold.length === 0 ? () => [] : logReader(folder);
  for (const index of untold.slice(0, TRIES)) {
    const reason = lastTry(logsOf, index);
    if (reason !== undefined && !reasons.some((each) => each.index === index))
      reasons.push({ index, state: "missing", reason });
  }
  const slowest = states
    .flatMap(({ task, state, marker }) =>
      state === "done" && marker !== undefined
        ? [{ index: task.index, seconds: marker.seconds, host: marker.host }]
        : [],
    )
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, SLOWEST);
  return {
    ...{ folder, name: job.info.name, engine: job.info.engine, tasks: states.length },
    ...total,
    ...{ stages: [...stages.values()], failures, reasons, slowest },
    ...(problem === undefined ? {} : { problem }),
  };
}

function zero(): Counts {
  return { done: 0, failed: 0, running: 0, waiting: 0, held: 0, missing: 0 };
}

/** How a task ended that is to be done again, by its log, with what its program said last; undefined where no log tells. */
function lastTry(logsOf: ReturnType<typeof logReader>, index: number): string | undefined {
  const own = `bye-splits: task ${index}: `;
  for (const { path, text } of logsOf(index).toReversed()) {
    const lines = path.endsWith(".err") ? text.split("\n") : [];
    const at = lines.findLastIndex((line) => line.startsWith(own) && line.endsWith(": to be done again"));
    if (at < 0) continue;
    const before = lines[at - 1] ?? "";
    const word = lines[at].slice(own.length);
    return before === "" || before.startsWith("bye-splits: task") ? word : `${word}; it said last: ${before}`;
  }
  return undefined;
}

/** Reads the logs that batch jobs with a task have written, newest last, without empty ones. */
function logReader(folder: string): (index: number) => { readonly path: string; readonly text: string }[] {
  const { logs } = paths(folder);
  const names = namesIn(logs).filter((name) => !name.endsWith(".log"));
  const runs = readRuns(folder);
  return (index) =>
    runs.flatMap(({ ids, batches, engine }) => {
      const at = batches.findIndex((batch) => batch.includes(index));
      if (at < 0) return [];
      const endings =
        engine === "local"
          ? [`_L${batches[at][0]}`]
          : ids.map((id) =>
              engine === "htcondor" ? `_C${id}P${at}` : `_A${id.split("@")[0]}_T${at - Number(id.split("@")[1] ?? 0)}`,
            );
      return names
        .filter((name) => endings.some((ending) => name.includes(`${ending}.`)))
        .map((name) => ({ path: join(logs, name), text: textOf(join(logs, name)) ?? "" }))
        .filter(({ text }) => text !== "");
    });
}
