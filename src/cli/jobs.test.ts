/** Jobs as commands tell them: exit codes, lists, tasks. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { toyJob } from "../batch/job.test-data.js";
import { type OpenJob } from "../batch/folder.js";
import { EndWith } from "./end.js";
import { createIo } from "./io.js";
import { jobsCommand } from "./jobs.js";

async function jobs(...words: string[]) {
  let [stdout, stderr] = ["", ""];
  const io = createIo({
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env: { PATH: "/usr/bin:/bin" },
  });
  const command = jobsCommand(io).exitOverride();
  const exit = await command.parseAsync(words, { from: "user" }).then(
    () => 0,
    (error: unknown) => {
      if (error instanceof EndWith) return error.exit;
      throw error;
    },
  );
  return { exit, stdout, stderr };
}

/** Markers of the tasks that ended. */
function ended(job: OpenJob, exits: readonly (number | undefined)[]): OpenJob {
  for (const [index, exit] of exits.entries()) {
    const marker = {
      hash: `h${index}`,
      index,
      exit,
      seconds: 1,
      host: "here",
      versions: job.info.versions,
      log: "why",
    };
    if (exit !== undefined) writeFileSync(join(job.folder, "done", `h${index}.json`), JSON.stringify(marker));
  }
  return job;
}

test.each([
  { exits: [0, 0], exit: 0 },
  { exits: [0, undefined], exit: 3 },
  { exits: [0, 1, undefined], exit: 2 },
])("a job whose tasks ended with $exits: the status ends with $exit", async ({ exits, exit }) => {
  const { folder } = ended(toyJob(exits.map(() => ({}))), exits);
  const status = await jobs("status", folder);
  expect(status.exit).toBe(exit);
  expect(status.stdout).toContain("done");
  // Nothing runs or waits: there is nothing to watch for.
  expect((await jobs("status", folder, "--watch")).exit).toBe(exit);
});

test("tasks on a worker: 2 where one failed for good, 75 where one is to be done again", async () => {
  const shell = (exit: number) => ({ argv: ["/bin/sh", "-c", `exit ${exit}`] });
  const { folder } = toyJob([shell(0), shell(1), shell(75), shell(3), shell(0)]);
  const task = (list: string) => jobs("task", folder, list);
  expect((await task("0,4")).exit).toBe(0);
  const failed = await task("1,2,3");
  expect([failed.exit, failed.stderr.includes("bye-splits: tasks 1, 3 failed for good")]).toEqual([2, true]);
  expect(failed.stderr).toContain("bye-splits: task 2 to be done again");
  expect((await task("2")).exit).toBe(75);
  await expect(task("all")).rejects.toThrow('jobs task: "all": expected numbers of tasks, as in 0,1');
  await expect(task("0,,1")).rejects.toThrow("expected numbers of tasks, as in 0,1,5");
});

test("jobs in a folder; one that cannot be read is told, and the others are listed", async () => {
  const { folder } = ended(toyJob([{}, {}, {}]), [0, 0, 1]);
  const list = await jobs("list", folder);
  expect(list.exit).toBe(0);
  const [head, row] = list.stdout.trim().split("\n").filter((line) => /job|toy/.test(line)); // prettier-ignore
  expect(head.split(/\s+/).slice(0, 4)).toEqual(["job", "name", "engine", "tasks"]);
  expect(row.trim().split(/\s+/).slice(1, 5)).toEqual(["toy", "local", "3", "2"]);
  const empty = join(folder, "logs");
  expect((await jobs("list", empty)).stdout).toBe(`no jobs in ${empty}\n`);
  mkdirSync(join(empty, "broken"));
  writeFileSync(join(empty, "broken/job.json"), "{");
  const broken = await jobs("list", empty);
  expect([broken.exit, broken.stderr.startsWith("warning: ")]).toEqual([2, true]);
});

test("without anything under way there is nothing to cancel; what is done is collected by its folder", async () => {
  const { folder } = ended(toyJob([{}, {}]), [0, undefined]);
  expect((await jobs("cancel", folder)).stdout).toBe("nothing is under way\n");
  await expect(jobs("collect", folder)).rejects.toThrow(`1 of 2 tasks is missing (task 1 is not done): bye-splits jobs resume ${folder}, or collect with --allow-partial`); // prettier-ignore
  const partial = await jobs("collect", folder, "--allow-partial");
  expect([partial.stderr, partial.stdout]).toEqual(["warning: 1 of 2 tasks is missing: task 1 is not done\n", "1 of 2 tasks collected\n"]); // prettier-ignore
  const failed = ended(toyJob(Array.from({ length: 7 }, () => ({}))), [1, 1, 1, 1, 1, 1, 0]);
  await expect(jobs("collect", failed.folder)).rejects.toThrow(/^6 of 7 tasks are missing \(task 0 failed with 1: why; .*task 4 failed with 1: why; and 1 more\)/); // prettier-ignore
  const none = ended(toyJob([{}]), []);
  expect((await jobs("collect", none.folder, "--allow-partial")).stdout).toBe("nothing is done yet\n0 of 1 task collected\n"); // prettier-ignore
  await expect(jobs("collect", dirname(folder))).rejects.toThrow("is no job");
});

test("outputs that nothing merges are counted", async () => {
  const job = toyJob([0, 1].map((k) => ({ output: { path: `/nowhere/${k}`, kind: "whole" as const } })));
  const { stdout } = await jobs("collect", ended(job, [0, 0]).folder);
  expect(stdout).toBe("nothing to merge; 2 outputs, the first is /nowhere/0\n2 of 2 tasks collected\n");
});
