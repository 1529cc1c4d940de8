/** What is left to do of a job, and what is called for it. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeJob, previewJob, resumeJob, submitJob } from "./drive.js";
import { type World } from "./engine.js";
import { openJob, readRuns } from "./folder.js";
import { isThere, scratch, toyPrograms } from "./job.test-data.js";
import { realEffects } from "../io/node/disk/index.js";
import { markerPath, runningPath } from "./marker.js";
import { myself } from "./processes.js";
import { type EngineName, type JobInput, type TaskInput } from "./spec.js";

const runtime = { node: "/bin/echo", program: "p", version: "0" };
const RESOURCES = { site: "none", retries: 0, options: [] } as const;
const program = { kind: "script", path: "/bin/sh", interpreter: [] } as const;

function inputOf(
  folder: string,
  stages: Record<string, readonly Partial<TaskInput>[]>,
  engine: EngineName = "htcondor",
): JobInput {
  return {
    ...{ name: "toy", folder: join(folder, "JOB"), cwd: folder, engine, resources: RESOURCES },
    stages: Object.entries(stages).map(([name, tasks]) => ({
      ...{ name, program, perBatch: 2 },
      tasks: tasks.map((task, k) => ({ arguments: [["n", [String(k)]]] as const, argv: ["/bin/true"], ...task })),
    })),
  };
}
const optionsOf = (answers: Parameters<typeof toyPrograms>[0] = {}) => {
  const PATH = toyPrograms({
    condor_q: ["[]"],
    condor_history: ["[]"],
    condor_submit: ["8.0 - 8.1\n"],
    condor_submit_dag: ["submitted to cluster 9"],
    ...answers,
  });
  const world: World = { env: { PATH }, signal: new AbortController().signal, onNotice: () => undefined };
  return {
    world,
    jobs: 1,
    cores: 1,
    calls: (): string => (isThere(PATH, "calls") ? readFileSync(join(PATH, "calls"), "utf8") : ""),
  };
};
const mark = (folder: string, index: number, exit: number): void => {
  const { hash } = openJob(folder).tasks[index];
  mkdirSync(join(folder, "done"), { recursive: true });
  writeFileSync(markerPath(folder, hash), JSON.stringify({ hash, index, exit, seconds: 1, host: "a", versions: {} }));
};

test("a job of one stage is a cluster, one of several a DAG; the submission is written down with its number", async () => {
  const one = describeJob(inputOf(scratch(), { run: [{}, {}, {}] }), runtime);
  const options = optionsOf();
  const driven = await submitJob(one.job, one.wanted, options);
  expect(driven).toMatchObject({
    launched: [0, 1, 2],
    batches: 2,
    ids: ["8"],
    done: 0,
    failed: [],
    busy: 0,
    blocked: [],
    tasks: 3,
  });
  expect(options.calls()).toMatch(
    /condor_submit -terse -append MY\.ByeSplitsRun=1 -append MY\.ByeSplitsJob="[0-9a-f]{16}" .*toy_v1\.sub/,
  );
  expect(readRuns(one.job.folder)).toMatchObject([{ run: 1, engine: "htcondor", batches: [[0, 1], [2]], ids: ["8"] }]);
  const two = describeJob(inputOf(scratch(), { init: [{}], run: [{}] }), runtime);
  const dag = optionsOf();
  expect((await submitJob(two.job, two.wanted, dag)).ids).toEqual(["9"]);
  expect(dag.calls()).toContain("condor_submit_dag -force");
});

test("what is done, failed, with the scheduler, or needs what failed is not launched", async () => {
  const { job, wanted } = describeJob(inputOf(scratch(), { init: [{}, {}], run: [{}] }), runtime);
  await submitJob(job, wanted, optionsOf());
  mark(job.folder, 0, 1);
  const resume = (queue: object[], failed = false) =>
    resumeJob(job.folder, { ...optionsOf({ condor_q: [JSON.stringify(queue)] }), failed });
  const waiting = [{ ClusterId: 9, ProcId: 0, JobStatus: 1, ByeSplitsTasks: "1", ByeSplitsRun: 1 }];
  expect(await resume(waiting)).toMatchObject({
    launched: [],
    failed: [0],
    busy: 1,
    blocked: [2],
    batches: 0,
    files: [],
    ids: [],
  });
  // Nothing was launched: nothing is written down.
  expect(readRuns(job.folder).length).toBe(1);
  expect(await resume([])).toMatchObject({ launched: [1], failed: [0], busy: 0, blocked: [2] });
  expect(readRuns(job.folder).map(({ run }) => run)).toEqual([1, 2]);
  mark(job.folder, 1, 0);
  expect(await resume([], true)).toMatchObject({ launched: [0, 2], failed: [], done: 1, blocked: [] });
});

test("a preview says what would be written and called, and writes nothing", () => {
  const folder = scratch();
  const { job, wanted } = describeJob(inputOf(folder, { run: [{}] }), runtime);
  const { files, commands, launched } = previewJob(job, wanted);
  expect([launched, commands[0].startsWith("condor_submit -terse "), readdirSync(folder)]).toEqual([[0], true, []]);
  expect(files.map(({ path }) => path.replace(/^.*JOB\//, "")).toSorted()).toEqual([
    "job.json",
    "jobs/toy_v1.sub",
    "subs/toy_exec_v1.sh",
    "tasks.jsonl",
  ]);
  const local = describeJob(inputOf(folder, { run: [{}] }, "local"), runtime);
  expect(previewJob(local.job, local.wanted).commands).toEqual([`${join(folder, "JOB/subs/toy_exec_v1.sh")} TASKS`]);
});

test("outputs that others have made, and folders that are half a job, are refused; a scheduler that is not there too", async () => {
  const folder = scratch();
  writeFileSync(join(folder, "taken"), "");
  const output = (name: string) => ({ run: [{ output: { path: join(folder, name), kind: "whole" } as const }] });
  expect(() => describeJob(inputOf(folder, output("taken")), runtime)).toThrow(
    "exists already, and no task of this job wrote it",
  );
  const { job, wanted } = describeJob(inputOf(folder, output("free")), runtime);
  const nowhere: World = { env: { PATH: folder }, signal: new AbortController().signal, onNotice: () => undefined };
  await expect(submitJob(job, wanted, { world: nowhere, jobs: 1, cores: 1 })).rejects.toThrow(
    "HTCondor is not installed here: condor_submit is not on the PATH",
  );
  expect(isThere(folder, "JOB")).toBe(false);
  mkdirSync(join(folder, "JOB/done"), { recursive: true });
  expect(() => describeJob(inputOf(folder, output("free")), runtime)).toThrow("has done but no job.json");
});

test("what killed attempts left of tasks is gone before they are launched again; what others are at stays", async () => {
  const folder = scratch();
  const { job, wanted } = describeJob(
    inputOf(folder, { run: [{ output: { path: join(folder, "o/a"), kind: "whole" } }] }),
    runtime,
  );
  await submitJob(job, wanted, optionsOf());
  const [{ hash }] = job.tasks;
  mkdirSync(join(folder, "o"));
  for (const name of [`.part.${hash}.0123`, ".part.ffff.0123", "b"]) writeFileSync(join(folder, "o", name), "");
  writeFileSync(join(job.folder, "running", `${hash}.json`), "{}");
  for (const place of ["done", "running"])
    for (const pid of [process.pid, 999_999_999]) writeFileSync(join(job.folder, place, `.x.${pid}.1.tmp`), "");
  await resumeJob(job.folder, optionsOf());
  expect(readdirSync(join(folder, "o")).toSorted()).toEqual([".part.ffff.0123", "b"]);
  expect(readdirSync(join(job.folder, "running"))).not.toContain(`${hash}.json`);
  for (const place of ["done", "running"])
    expect(readdirSync(join(job.folder, place))).not.toContain(".x.999999999.1.tmp");
});

test("a process that has begun a task since processes were asked stays known", async () => {
  const folder = scratch();
  const { job, wanted } = describeJob(inputOf(folder, { run: [{}, {}] }), runtime);
  await submitJob(job, wanted, optionsOf());
  const running = job.tasks.map(({ hash }) => runningPath(job.folder, hash));
  // What is still to be made when it is known what there is to do.
  const mkdir: typeof realEffects.mkdir = async (path) => {
    for (const [k, file] of running.entries()) writeFileSync(file, JSON.stringify(k === 0 ? myself() : { ...myself(), pid: 2 ** 22 + 1, began: "before" })); // prettier-ignore
    return realEffects.mkdir(path);
  };
  expect((await resumeJob(job.folder, { ...optionsOf(), effects: { ...realEffects, mkdir } })).launched).toEqual([
    0, 1,
  ]);
  expect(running.map((file) => isThere(file))).toEqual([true, false]);
});
