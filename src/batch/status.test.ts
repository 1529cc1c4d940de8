/** Jobs as their folders tell them: tasks and markers by hand, nobody is asked. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { cancelJob } from "./drive.js";
import { type World } from "./engine.js";
import { addRun, jobTexts, openJob, readRuns } from "./folder.js";
import { type JobInfo, type Task } from "./spec.js";
import { jobStatus } from "./status.js";

const info: JobInfo = {
  ...{ format: "bye-splits job", formatVersion: 1, id: "x", name: "x", engine: "local", task: "x" },
  options: { cwd: "/", resources: { site: "none", retries: 0, options: [] } },
  stages: [],
  runtime: { node: "node", program: "bye-splits", version: "0" },
  versions: { "bye-splits": "0", node: "20" },
};
const world: World = { env: {}, signal: new AbortController().signal, onNotice: () => undefined };

/** A folder with a task for each exit code, undefined for none yet; `needs` by task. */
function jobOf(exits: readonly (number | undefined)[], needs: readonly (readonly number[])[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), "bye-splits-status-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ["done", "running"]) mkdirSync(join(folder, name));
  const tasks = exits.map((_, index): Task => ({
    ...{ index, hash: `h${index}`, stage: index === 0 ? "init" : "run", kind: "script", arguments: [], argv: ["a"] },
    ...(needs[index] && { needs: needs[index] }),
  }));
  for (const { path, text } of jobTexts({ folder, info, tasks })) writeFileSync(path, text);
  for (const [index, exit] of exits.entries()) {
    const marker = { hash: `h${index}`, index, exit, seconds: 10 + index, host: "here", versions: info.versions, log: `l${index}` }; // prettier-ignore
    if (exit !== undefined) writeFileSync(join(folder, "done", `h${index}.json`), JSON.stringify(marker));
  }
  return folder;
}

test("tasks are counted by what their markers say, by stage and all together", async () => {
  const status = await jobStatus(jobOf([0, 0, 3, undefined, undefined]), { world });
  expect(status).toMatchObject({ tasks: 5, done: 2, failed: 1, missing: 2, held: 0, running: 0, waiting: 0 });
  expect(status.stages).toMatchObject([
    { name: "init", tasks: 1, done: 1, failed: 0, missing: 0 },
    { name: "run", tasks: 4, done: 1, failed: 1, missing: 2 },
  ]);
  expect(status.failures).toEqual([{ index: 2, exit: 3, log: "l2" }]);
});

test("a missing task that needs a failed one says so; one that has failed itself, or is done, has nothing to say", async () => {
  const { reasons } = await jobStatus(jobOf([1, undefined, 1, 0, undefined, 0], [[], [0], [0], [0], [3, 2], []]), { world }); // prettier-ignore
  expect(reasons).toEqual([
    { index: 1, state: "missing", reason: "needs task 0, which failed" },
    { index: 4, state: "missing", reason: "needs task 2, which failed" },
  ]);
});

test("a task with a marker that cannot be read is missing, and its marker is the reason", async () => {
  const folder = jobOf([undefined, 0]);
  writeFileSync(join(folder, "done", "h0.json"), '{"hash":"h0"');
  const { reasons, missing } = await jobStatus(folder, { world });
  expect([missing, reasons.length, reasons[0].index]).toEqual([1, 1, 0]);
  expect(reasons[0].reason).toContain("cannot be read");
});

test("the three slowest tasks are told, the slowest first", async () => {
  const { slowest } = await jobStatus(jobOf([0, 0, 1, 0, 0]), { world });
  expect(slowest.map(({ index, seconds }) => [index, seconds])).toEqual([[4, 14], [3, 13], [1, 11]]); // prettier-ignore
});

test.each([
  { name: "a number that is another line's", more: { index: 2 }, says: "tasks.jsonl:2: expected the task 1" },
  { name: "no hash", more: { hash: undefined }, says: 'tasks.jsonl:2 does not say what a task is: no "hash"' },
  { name: "one word for a list", more: { argv: "a" }, says: 'tasks.jsonl:2: "argv" is "a", expected a list of words' },
  { name: "an output that is a path", more: { output: "a" }, says: 'tasks.jsonl:2: "output" is "a", expected a record with path and kind' },
  { name: "an argument that is a name", more: { arguments: ["a"] }, says: 'tasks.jsonl:2: "arguments" is ["a"], expected a list of names with their words' },
  { name: "a need that is none of the tasks", more: { needs: [2] }, says: "tasks.jsonl:2: it needs the task 2, which is not there" },
])("a task with $name is refused, by its line", ({ more, says }) => {
  const folder = jobOf([0, 0]);
  const path = join(folder, "tasks.jsonl");
  const [first, second] = readFileSync(path, "utf8").split("\n");
  expect(openJob(folder).tasks).toHaveLength(2);
  writeFileSync(path, `${first}\n${JSON.stringify({ ...(JSON.parse(second) as object), ...more })}\n`);
  expect(() => openJob(folder)).toThrow(`${folder}/${says}`);
}); // prettier-ignore

test.each([
  { more: { engine: "pbs" }, says: ': "engine" is "pbs", expected one of local, htcondor, slurm' },
  { more: { options: { cwd: "/" } }, says: 'expected a record with cwd, and resources with site, retries and options' },
  { more: { stages: [{ name: "run" }] }, says: "expected a list of stages with name, program and perBatch" },
  { more: { runtime: undefined }, says: ' does not say what the job is: no "runtime"' },
  { more: { formatVersion: 9 }, says: ": format version 9; this program reads version 1" },
  { more: { format: 1 }, says: ': its "format" is not "bye-splits job"' },
])("a job that says $more is refused", ({ more, says }) => {
  const folder = jobOf([0]);
  const path = join(folder, "job.json");
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, "utf8")) as object), ...more }));
  expect(() => openJob(folder)).toThrow(says);
  expect(() => openJob(folder)).toThrow(path);
}); // prettier-ignore

test.each([
  { line: '{"run":1,"files":[]', wanted: [] },
  { line: "null", wanted: [] },
  { line: '{"run":1,"ids":["7"]}', wanted: [] },
])("a line '$line' of the submissions counts for nothing", ({ line, wanted }) => {
  const folder = jobOf([undefined]);
  writeFileSync(join(folder, "runs.jsonl"), line);
  expect(readRuns(folder)).toEqual(wanted);
});

test.each([
  { line: '{"run":"1","ids":[]}', says: '"run" is "1", expected the number of a submission' },
  { line: '{"run":1,"ids":[],"batches":[[0]]}', says: 'does not say what was submitted: no "engine"' },
  { line: '{"run":1,"ids":[7]}', says: '"ids" is [7], expected a list of names' },
])("a line '$line' of the submissions is refused", ({ line, says }) => {
  const folder = jobOf([undefined]);
  writeFileSync(join(folder, "runs.jsonl"), `\n${line}\n`);
  expect(() => readRuns(folder)).toThrow(says);
  expect(() => readRuns(folder)).toThrow(`${folder}/runs.jsonl:2`);
});

test.each([
  { marker: { exit: "0" }, says: '"exit" is "0", expected an exit code' },
  { marker: { outputs: [{ path: "a" }] }, says: "expected a list of outputs with path, files and sha256" },
  { marker: { hash: "h1" }, says: "h0.json: it is of another task" },
  { marker: { seconds: undefined }, says: 'does not say how a task ended: no "seconds"' },
])("a task whose marker says $marker is missing, and the member is the reason", async ({ marker, says }) => {
  const folder = jobOf([0]);
  const path = join(folder, "done", "h0.json");
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, "utf8")) as object), ...marker }));
  const { missing, reasons } = await jobStatus(folder, { world });
  expect(missing).toBe(1);
  expect(reasons[0].reason).toContain(`its marker cannot be read: ${path}`);
  expect(reasons[0].reason).toContain(says);
});

test("to cancel a job that ran on this machine alone asks no scheduler; one whose jobs it has is asked", async () => {
  const folder = jobOf([undefined]);
  const run = { run: 1, files: [], batches: [[0]], host: "here", time: "now", ids: [] };
  addRun(folder, { ...run, engine: "local" });
  expect(await cancelJob(folder, world)).toEqual([]);
  addRun(folder, { ...run, run: 2, engine: "slurm" });
  addRun(folder, { run: 2, ids: ["7"] });
  expect(readRuns(folder).map(({ engine, ids }) => [engine, ids])).toEqual([["local", []], ["slurm", ["7"]]]); // prettier-ignore
  await expect(cancelJob(folder, { ...world, env: { PATH: folder } })).rejects.toThrow("cannot call squeue");
});

/** The word of the logs on task 1 of a job, run as [0, 4], [1, 2] by each engine; logs by their names. */
async function saidOf(
  engine: "local" | "htcondor" | "slurm",
  ids: readonly string[],
  logs: Readonly<Record<string, string>>,
) {
  const folder = jobOf([0, undefined]);
  mkdirSync(join(folder, "logs"));
  for (const [name, text] of Object.entries(logs)) writeFileSync(join(folder, "logs", name), text);
  addRun(folder, { run: 1, files: [], batches: [[0, 4], [2, 1]], host: "here", time: "now", ids: [], engine }); // prettier-ignore
  addRun(folder, { run: 1, ids: [...ids] });
  const { reasons } = await jobStatus(folder, { world: { ...world, env: { PATH: folder } } });
  return reasons.map(({ index, state, reason }) => `${index} ${state}: ${reason}`);
}
const again = (index: number, word = "ended with 143 after 2 s"): string => `bye-splits: task ${index}: ${word}: to be done again\n`; // prettier-ignore

test.each<{ name: string; logs: Record<string, string>; want: string[] }>([
  { name: "its line, and what its program said last", logs: { "a_L2.err": `x\ndisk is full\n${again(1)}` }, want: ["ended with 143 after 2 s: to be done again; it said last: disk is full"] },
  { name: "its line alone at the beginning of a log", logs: { "a_L2.err": again(1) }, want: ["ended with 143 after 2 s: to be done again"] },
  { name: "its line alone after one of another task", logs: { "a_L2.err": `${again(2)}${again(1)}` }, want: ["ended with 143 after 2 s: to be done again"] },
  { name: "its last line", logs: { "a_L2.err": `${again(1, "one")}y\n${again(1, "two")}z\n` }, want: ["two: to be done again; it said last: y"] },
  { name: "of what it printed nothing", logs: { "a_L2.out": again(1) }, want: [] },
  { name: "of the scheduler's log nothing", logs: { "a_L2.err.log": again(1) }, want: [] },
  { name: "of other tasks, and of those that are done, nothing", logs: { "a_L2.err": again(2), "a_L0.err": `${again(0)}${again(1)}` }, want: [] },
  { name: "of a line without an end nothing", logs: { "a_L2.err": "bye-splits: task 1: ended with 1\n" }, want: [] },
  { name: "the newest log, empty ones aside", logs: { "1_L2.err": again(1, "old"), "2_L2.err": again(1, "new"), "3_L2.err": "" }, want: ["new: to be done again"] },
])("the logs of a task tell $name", async ({ logs, want }) => {
  expect(await saidOf("local", [], logs)).toEqual(want.map((word) => `1 missing: ${word}`));
}); // prettier-ignore

test.each([
  { engine: "htcondor", ids: ["7"], log: "a_C7P1.err" },
  { engine: "slurm", ids: ["7"], log: "a_A7_T1.err" },
  { engine: "slurm", ids: ["7@1"], log: "a_A7_T0.err" },
] as const)("a log of $engine, $ids, is found by its number: $log", async ({ engine, ids, log }) => {
  const want = ["1 missing: here: to be done again"];
  expect(await saidOf(engine, ids, { [log]: again(1, "here") })).toEqual(want);
  expect(await saidOf(engine, ids, { [log.replace(/.\.err/, "2.err")]: again(1, "here") })).toEqual([]);
});

test("logs of ten missing tasks are read", async () => {
  const folder = jobOf(Array.from({ length: 12 }, () => undefined));
  mkdirSync(join(folder, "logs"));
  const batches = Array.from({ length: 12 }, (_, index) => [index]);
  addRun(folder, { run: 1, files: [], batches, host: "here", time: "now", ids: [], engine: "local" });
  for (const [index] of batches) writeFileSync(join(folder, "logs", `a_L${index}.err`), again(index));
  const { reasons } = await jobStatus(folder, { world });
  expect(reasons.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
