/** Job files and fake programs for the tests of `submit` and `jobs`. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCli, scratch } from "./cli.js";

/** Says its arguments, one a line, as JSON. */
export const ECHO = "#!/usr/bin/env node\nconsole.log(JSON.stringify(process.argv.slice(2)));\n";

export const SEED = `job:
    user: iehle
    queue: short
    local: False
    script: SCRIPT
    iterOver: gen_arg
    arguments:
        float_arg: 0.11
        str_arg: a_string
        gen_arg: [gen, 3.14, work, broke, 9, False, 12.9, hello]
    test:
        submit_dir: JOB
        args_per_batch: 4
`;

export function jobFolder(yaml = SEED, script = ECHO): string {
  const cwd = scratch();
  writeFileSync(join(cwd, "dummy_submit.mjs"), script);
  writeFileSync(join(cwd, "job.yaml"), yaml.replaceAll("SCRIPT", join(cwd, "dummy_submit.mjs")));
  return cwd;
}

export const env = { PATH: process.env["PATH"] ?? "" };

interface Line {
  readonly arguments: readonly (readonly [string, readonly string[]])[];
}

export function tasksOf(folder: string): Line[] {
  return readFileSync(join(folder, "tasks.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

/** What a scheduler would do with the last submission: its batch jobs, one after the other, in this process. */
export async function play(cwd: string, job = "JOB"): Promise<(number | null)[]> {
  const runs = readFileSync(join(cwd, job, "runs.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line.includes('"batches"'));
  const { batches } = JSON.parse(runs.at(-1) ?? "") as { batches: number[][] };
  const codes: (number | null)[] = [];
  for (const batch of batches) codes.push((await runCli(["jobs", "task", job, batch.join()], cwd, { env })).status);
  return codes;
}

export const SECOND = `job:
user: iehle
queue: short
local: False
script: /grid_mnt/bye_splits/scripts/cluster_size/condor/run_cluster.py
iterOver: radius
arguments:
    radius: [0.001, 0.002,
            0.01 , 0.050]
    particles: pions
    pileup: PU0
    in: SAMPLE
photons:
    submit_dir: PU0/photons/
    args_per_batch: 10
pions:
    submit_dir: PU0/pions/
    args_per_batch: 10
`;

/** Programs that write down how they were called, and answer. */
export function fakePrograms(cwd: string, programs: Readonly<Record<string, string>>): typeof env {
  const bin = join(cwd, "bin");
  mkdirSync(bin);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\necho ${name} "$@" >> ${cwd}/calls\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return { PATH: `${bin}:${process.env["PATH"] ?? ""}` };
}
