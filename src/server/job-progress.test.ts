import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratch, toyJob, VERSIONS } from "../batch/job.test-data.js";
import { describeJob } from "./job-progress.js";

test("a job is told by its markers: what is done, has failed, and is at work, as far as anybody can say", () => {
  const { folder } = toyJob(Array.from({ length: 8 }, () => ({})));
  for (const [index, exit] of [0, 0, 0, 4].entries()) {
    const marker = { hash: `h${index}`, index, exit, seconds: 1, host: "a", versions: VERSIONS };
    writeFileSync(join(folder, "done", `h${index}.json`), JSON.stringify(marker));
  }
  const here = { owner: "a", host: hostname(), pid: process.pid };
  const workers = { h1: here, h4: here, h5: { ...here, host: "elsewhere" }, h6: { ...here, pid: 2 ** 30 } };
  for (const [hash, worker] of Object.entries(workers))
    writeFileSync(join(folder, "running", `${hash}.json`), JSON.stringify(worker));
  // h1 is done; h6 is at work nowhere any more.
  const counts = { tasks: 8, done: 3, failed: 1, running: 2 };
  expect(describeJob("jobs/a", folder)).toEqual({ id: "jobs/a", name: "toy", engine: "local", ...counts });
});

test("one that cannot be read says why, without the path of its folder, and counts nothing", () => {
  const folder = scratch();
  expect(describeJob("jobs/b", folder)).toEqual({
    ...{ id: "jobs/b", name: "jobs/b", engine: "", tasks: 0, done: 0, failed: 0, running: 0 },
    problem: "jobs/b is no job: there is no job.json in it; bye-splits submit makes one",
  });
});
