/** A job's status for people. */
import { type JobStatus, shellWord, STATES } from "../../batch/index.js";
import { counted, type ExpectedError, InputError, noun, TransientError } from "../../core/index.js";
import { formatTable } from "../globals.js";

/** Failures, held and missing tasks that are told one by one. */
const TOLD = 10;
const LOG_LINES = 5;

export function statusText(status: JobStatus): string[] {
  const rows = [...(status.stages.length > 1 ? status.stages : []), { ...status, name: "all" }].map((stage) => [
    stage.name,
    String(stage.tasks),
    ...STATES.map((state) => String(stage[state])),
  ]);
  const lines = formatTable(["stage", "tasks", ...STATES], rows);
  const [slowest] = status.slowest;
  if (slowest !== undefined) {
    const all = status.slowest.map(({ index, seconds, host }) => `task ${index} ${seconds} s on ${host}`);
    lines.push(`slowest: ${all.join(", ")}`);
  }
  for (const { index, exit, log } of status.failures.slice(0, TOLD)) {
    lines.push(
      `task ${index} failed with ${exit}; it said last:`,
      ...log
        .split("\n")
        .slice(-LOG_LINES)
        .map((line) => `    ${line}`),
    );
  }
  if (status.failures.length > TOLD) lines.push(`and ${status.failures.length - TOLD} more failed`);
  for (const { index, state, reason } of status.reasons.slice(0, TOLD))
    lines.push(`task ${index} is ${state}: ${reason}`);
  if (status.reasons.length > TOLD) lines.push(`and ${status.reasons.length - TOLD} more with reasons: see --json`);
  if (status.problem !== undefined)
    lines.push(`the scheduler cannot be asked (${status.problem}): tasks that it may have are counted as missing`);
  return lines;
}

/** What is wrong with a job that nobody is at any more; undefined when all is done. */
export function statusEnd({ tasks, done, failed, folder }: JobStatus): ExpectedError | undefined {
  if (failed > 0) return new InputError(`${failed} of ${counted(tasks, "task")} failed for good`);
  if (done < tasks)
    return new TransientError(
      `${tasks - done} of ${counted(tasks, "task")} ${noun(tasks - done, "is", "are")} not done: bye-splits jobs resume ${shellWord(folder)} goes on`,
    );
  return undefined;
}
