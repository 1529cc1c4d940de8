/** Jobs as their folders tell them: tasks and markers by hand, nobody is asked. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
  { name: "a number that is another line's", line: { index: 2, hash: "h1" }, ok: false },
  { name: "no hash", line: { index: 1 }, ok: false },
  { name: "its number and its hash", line: { index: 1, hash: "h1" }, ok: true },
])("a task with $name is read: $ok", ({ line, ok }) => {
  const folder = jobOf([0]);
  writeFileSync(join(folder, "tasks.jsonl"), [{ index: 0, hash: "h0" }, line].map((each) => `${JSON.stringify(each)}\n`).join("")); // prettier-ignore
  if (ok) expect(openJob(folder).tasks).toHaveLength(2);
  else expect(() => openJob(folder)).toThrow(/tasks\.jsonl:2: expected the task 1 with its hash/);
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
