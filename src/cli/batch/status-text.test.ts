/** A job's status in words, and how it ends. */
import { expect, test } from "vitest";
import { type JobStatus, STATES } from "../../batch/index.js";
import { InputError, TransientError } from "../../core/index.js";
import { statusEnd, statusText } from "./status-text.js";

const none = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<(typeof STATES)[number], number>;
const status = (more: Partial<JobStatus>): JobStatus => ({
  ...{ folder: "jobs/a", name: "a", engine: "local", tasks: 3, ...none },
  ...{ stages: [{ name: "run", tasks: 3, ...none }], failures: [], reasons: [], slowest: [] },
  ...more,
});
/** Below the table. */
const said = (more: Partial<JobStatus>): string[] => statusText(status(more)).slice(3);

test("one stage is all there is; of several each has its line, above that of all", () => {
  const first = (lines: readonly string[]): string[] => lines.slice(2).map((line) => line.split(" ")[0]);
  expect(first(statusText(status({})))).toEqual(["all"]);
  const stages = ["init", "run"].map((name, k) => ({ name, tasks: 1 + k, ...none, done: 1 }));
  const lines = statusText(status({ stages, done: 2 }));
  expect(first(lines)).toEqual(["init", "run", "all"]);
  const at = lines[0].trim().split(/\s+/).indexOf("done");
  expect(lines.slice(2).map((line) => line.trim().split(/\s+/)).map((cells) => [cells[1], cells[at]])).toEqual([
    ["1", "1"], ["2", "1"], ["3", "2"],
  ]);
}); // prettier-ignore

test("the slowest tasks are named where there are any", () => {
  expect(said({})).toEqual([]);
  const slowest = [{ index: 2, seconds: 7, host: "h" }, { index: 0, seconds: 5, host: "g" }];
  expect(said({ slowest })).toEqual(["slowest: task 2 7 s on h, task 0 5 s on g"]);
}); // prettier-ignore

test("failures with the last five lines of their logs, reasons in one line; ten of each, then how many more", () => {
  const log = [1, 2, 3, 4, 5, 6].join("\n");
  expect(said({ failures: [{ index: 4, exit: 2, log }] })).toEqual([
    "task 4 failed with 2; it said last:", "    2", "    3", "    4", "    5", "    6",
  ]);
  const failures = (n: number) => Array.from({ length: n }, (_, index) => ({ index, exit: 1, log: "" }));
  const reasons = (n: number) => failures(n).map(({ index }) => ({ index, state: STATES[0], reason: "r" }));
  const told = (lines: readonly string[]) => [lines.filter((line) => line.startsWith("task")).length, lines.at(-1)];
  expect(told(said({ failures: failures(10) }))).toEqual([10, "    "]);
  expect(told(said({ failures: failures(11) }))).toEqual([10, "and 1 more failed"]);
  expect(told(said({ reasons: reasons(10) }))).toEqual([10, `task 9 is ${STATES[0]}: r`]);
  expect(told(said({ reasons: reasons(12) }))).toEqual([10, "and 2 more with reasons: see --json"]);
  expect(said({ problem: "no condor_q" })).toEqual(["the scheduler cannot be asked (no condor_q): tasks that it may have are counted as missing"]);
}); // prettier-ignore

test("a job ends well when all is done, for good where a task failed, else it may be gone on with", () => {
  expect(statusEnd(status({ done: 3 }))).toBe(undefined);
  const failed = statusEnd(status({ done: 2, failed: 1 }));
  expect([failed instanceof InputError, failed?.message]).toEqual([true, "1 of 3 tasks failed for good"]);
  const open = statusEnd(status({ done: 2 }));
  expect([open instanceof TransientError, open?.message]).toEqual([true, "1 of 3 tasks is not done: bye-splits jobs resume jobs/a goes on"]);
}); // prettier-ignore
