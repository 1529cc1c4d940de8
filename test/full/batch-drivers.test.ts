/** Drivers of the local engine that are killed, and what goes on without them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { env, jobFolder, SEED } from "../batch-jobs.js";
import { runCli, startByeSplits } from "../cli.js";

test("a driver that is killed, and five resumptions at once: no task is started twice, and all are done", async () => {
  const cwd = jobFolder(
    SEED.replace("args_per_batch: 4", "args_per_batch: 1"),
    '#!/bin/sh\necho "$2" >> started\nsleep 2\n',
  );
  const first = startByeSplits(["submit", "--config", "job.yaml", "--engine", "local", "--jobs", "3", "--quiet"], cwd);
  const began = (): string[] =>
    existsSync(join(cwd, "started")) ? readFileSync(join(cwd, "started"), "utf8").trim().split("\n") : [];
  while (began().length < 2) await new Promise((done) => setTimeout(done, 50));
  first.kill("SIGKILL");
  const five = Array.from({ length: 5 }, () => startByeSplits(["jobs", "resume", "JOB", "--quiet"], cwd));
  await Promise.all(five.map((child) => new Promise((done) => child.on("close", done))));
  for (let tries = 0; tries < 20; tries++) {
    const { status } = await runCli(["jobs", "resume", "JOB", "--quiet"], cwd, { env, cores: 2 });
    if (status === 0) break;
    await new Promise((done) => setTimeout(done, 500));
  }
  expect((await runCli(["jobs", "status", "JOB"], cwd, { env })).status).toBe(0);
  expect(began().toSorted()).toEqual(["12.9", "3.14", "9", "False", "broke", "gen", "hello", "work"]);
});

/** The processes of this machine with a text in their command line. */
function processesWith(text: string): number[] {
  const isIt = (pid: string): boolean => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(text);
    } catch {
      return false;
    }
  };
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && isIt(name)).map(Number); // prettier-ignore
}

test("batch jobs that a killed driver left behind before they said what they are at begin nothing twice", async () => {
  const cwd = jobFolder(SEED, '#!/bin/sh\necho "$2" >> started\nsleep 0.5\n');
  const args = ["submit", "--config", "job.yaml", "--engine", "local", "--jobs", "2", "--quiet"];
  const driver = startByeSplits(args, cwd);
  const logs = join(cwd, "JOB/logs");
  while (!existsSync(logs) || readdirSync(logs).length < 4) await new Promise((done) => setTimeout(done, 10));
  driver.kill("SIGKILL");
  // As on a machine that is so busy that a process takes seconds to start.
  const slow = processesWith(join(cwd, "JOB"));
  expect(slow.length).toBeGreaterThan(0);
  for (const pid of slow) process.kill(pid, "SIGSTOP");
  const resumed = startByeSplits(["jobs", "resume", "JOB", "--quiet"], cwd);
  while (!existsSync(join(cwd, "started"))) await new Promise((done) => setTimeout(done, 10));
  for (const pid of slow) process.kill(pid, "SIGCONT");
  await new Promise((done) => resumed.on("close", done));
  expect((await runCli(["jobs", "status", "JOB"], cwd, { env })).status).toBe(0);
  expect(readFileSync(join(cwd, "started"), "utf8").trim().split("\n")).toHaveLength(8);
});
