/** `jobs collect` of samples: one of each kind of particles. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fakePrograms } from "./batch-jobs.js";
import { runCli, scratch } from "./cli.js";

/** Simulates by a job with these arguments, and collects. */
async function collected(iterOver: string, values: Readonly<Record<string, string>>) {
  const cwd = scratch();
  const given = Object.entries(values).map(([name, value]) => `    ${name}: ${value}\n`);
  writeFileSync(
    join(cwd, "job.yaml"),
    `job:\n  submit_dir: JOB\n  command: simulate\n  iterOver: ${iterOver}\n  arguments:\n    events: 2\n${given.join("")}`,
  );
  const env = fakePrograms(cwd, { condor_submit: 'echo "12.0 - 12.1"', condor_q: "" });
  const submitted = await runCli(["submit", "--config", "job.yaml", "--engine", "htcondor"], cwd, { env });
  expect(submitted.status).toBe(0);
  // What its tasks would do, in this process.
  for (const line of readFileSync(join(cwd, "JOB/tasks.jsonl"), "utf8").trim().split("\n")) {
    const { argv, hash, index } = JSON.parse(line) as { argv: string[]; hash: string; index: number };
    expect((await runCli(argv, cwd)).status).toBe(0);
    const marker = { hash, index, exit: 0, seconds: 1, host: "h", versions: {} };
    writeFileSync(join(cwd, `JOB/done/${hash}.json`), JSON.stringify(marker));
  }
  const { status, stdout } = await runCli(["jobs", "collect", "JOB", "--out", "all", "--json"], cwd, { env });
  expect(status).toBe(0);
  const { merged } = JSON.parse(stdout) as { merged: { particles: string; samples: number; out: string }[] };
  return merged.map(({ particles, samples, out }) => [particles, samples, out.slice(cwd.length + 1)]);
}

test("samples of one kind of particles become the output itself, those of several stand in it by their names", async () => {
  expect(await collected("seed", { seed: "[1, 2]", particles: "photons" })).toEqual([["photons", 2, "all"]]);
  expect(await collected("particles", { particles: "[photons, pions]" })).toEqual([
    ["photons", 1, "all/photons"],
    ["pions", 1, "all/pions"],
  ]);
});
