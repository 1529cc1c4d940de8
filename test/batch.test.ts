/** `submit` and `jobs`: job files, the local engine, fake schedulers. Real ones are in test/full/batch.test.ts. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { longTest } from "./long.js";
import { byeSplits, main, root, runCli, scratch, startByeSplits, tableHashes } from "./cli.js";

/** Says its arguments, one a line, as JSON. */
const ECHO = "#!/usr/bin/env node\nconsole.log(JSON.stringify(process.argv.slice(2)));\n";

const SEED = `job:
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

function jobFolder(yaml = SEED, script = ECHO): string {
  const cwd = scratch();
  writeFileSync(join(cwd, "dummy_submit.mjs"), script);
  writeFileSync(join(cwd, "job.yaml"), yaml.replaceAll("SCRIPT", join(cwd, "dummy_submit.mjs")));
  return cwd;
}

const env = { PATH: process.env["PATH"] ?? "" };

interface Line {
  readonly arguments: readonly (readonly [string, readonly string[]])[];
}

function tasksOf(folder: string): Line[] {
  return readFileSync(join(folder, "tasks.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

test("the seed's first example runs on this machine, and every value arrives as written", async () => {
  const cwd = jobFolder();
  const { status, stdout, stderr } = await runCli(
    ["submit", "--config", "job.yaml", "--engine", "local", "--quiet"],
    cwd,
    { env, cores: 2 },
  );
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(stdout).toContain("8 of 8 tasks run in 2 batch jobs (local)");
  const job = join(cwd, "JOB");
  expect(readdirSync(job).toSorted()).toEqual([
    "done",
    "job.json",
    "logs",
    "running",
    "runs.jsonl",
    "subs",
    "tasks.jsonl",
  ]);
  expect(readdirSync(join(job, "subs"))).toEqual(["dummy_submit_exec_v1.sh"]);
  const said = [0, 4].flatMap((first) =>
    readFileSync(join(job, `logs/dummy_submit_L${first}.out`), "utf8")
      .trim()
      .split("\n"),
  );
  expect(said).toEqual(
    ["gen", "3.14", "work", "broke", "9", "False", "12.9", "hello"].map((value) =>
      JSON.stringify(["--gen_arg", value, "--float_arg", "0.11", "--str_arg", "a_string"]),
    ),
  );
  const after = await runCli(["jobs", "status", "JOB", "--json"], cwd, { env });
  expect(after.status).toBe(0);
  expect(JSON.parse(after.stdout)).toMatchObject({
    tasks: 8,
    done: 8,
    failed: 0,
    running: 0,
    waiting: 0,
    held: 0,
    missing: 0,
  });
});

test("a failure for good, one that passes, and a resumption of what was deleted", async () => {
  const script = `#!/bin/sh
echo "$2" >> started
if [ "$2" = broke ]; then echo "it broke" >&2; echo "for good" >&2; exit 7; fi
if [ "$2" = 9 ] && [ ! -e seen ]; then touch seen; exit 75; fi
`;
  const cwd = jobFolder(SEED, script);
  const own = fakePrograms(cwd, { condor_submit: 'echo "12.0 - 12.1"', condor_q: "" });
  await runCli(["submit", "--config", "job.yaml", "--engine", "htcondor"], cwd, { env: own });
  // For good counts more than again.
  expect(await play(cwd)).toEqual([2, 75]);
  const status = async () =>
    JSON.parse((await runCli(["jobs", "status", "JOB", "--json"], cwd, { env: own })).stdout) as object;
  expect(await status()).toMatchObject({
    ...{ done: 6, failed: 1, missing: 1 },
    failures: [{ index: 3, exit: 7, log: "it broke\nfor good" }],
  });
  const { hash } = tasksOf(join(cwd, "JOB"))[5] as unknown as { hash: string };
  rmSync(join(cwd, `JOB/done/${hash}.json`));
  expect(await status()).toMatchObject({ done: 5, failed: 1, missing: 2 });
  writeFileSync(join(cwd, "started"), "");
  const again = await runCli(["jobs", "resume", "JOB"], cwd, { env: own });
  expect(again.stdout).toContain(
    "2 of 8 tasks submitted in 1 batch jobs (htcondor as 12); 5 are done, 1 failed for good",
  );
  expect(await play(cwd)).toEqual([0]);
  expect(readFileSync(join(cwd, "started"), "utf8")).toBe("9\nFalse\n");
  const people = await runCli(["jobs", "status", "JOB"], cwd, { env: own });
  expect(people.status).toBe(2);
  expect(people.stdout).toContain("task 3 failed with 7; it said last:\n    it broke\n    for good");
  // Failures are done again only when that is asked for.
  expect((await runCli(["jobs", "resume", "JOB", "--failed"], cwd, { env: own })).stdout).toContain(
    "1 of 8 tasks submitted",
  );
});

test("a task ends with its program, whatever that has left running", async () => {
  const cwd = jobFolder(SEED.replace(/gen_arg: \[.*\]/, "gen_arg: [gen]"), "#!/bin/sh\nsleep 6 &\n");
  const own = fakePrograms(cwd, { condor_submit: 'echo "12.0 - 12.0"', condor_q: "" });
  await runCli(["submit", "--config", "job.yaml", "--engine", "htcondor"], cwd, { env: own });
  expect(await play(cwd)).toEqual([0]);
  const marker = readFileSync(join(cwd, "JOB/done", readdirSync(join(cwd, "JOB/done"))[0]), "utf8");
  expect((JSON.parse(marker) as { seconds: number }).seconds).toBeLessThan(5);
});

test("an output that is cut off or lost makes its task missing again, and a program that writes none has failed", async () => {
  const yaml = SEED.replace(/gen_arg: \[.*\]/, "gen_arg: [a, b, none]").replace(
    "iterOver",
    "output: out/{gen_arg}.txt\n    iterOver",
  );
  const cwd = jobFolder(yaml, '#!/bin/sh\n[ "$2" = none ] || echo "$2" > "out/$2.txt"\n');
  const own = fakePrograms(cwd, { condor_submit: 'echo "12.0 - 12.1"', condor_q: "" });
  await runCli(["submit", "--config", "job.yaml", "--engine", "htcondor"], cwd, { env: own });
  expect(await play(cwd)).toEqual([2]);
  const status = async () =>
    JSON.parse((await runCli(["jobs", "status", "JOB", "--json"], cwd, { env: own })).stdout) as object;
  expect(await status()).toMatchObject({
    ...{ done: 2, failed: 1, missing: 0 },
    failures: [{ index: 2, log: `the program ended with 0, but its output ${cwd}/out/none.txt is not there` }],
  });
  truncateSync(join(cwd, "out/a.txt"), 1);
  rmSync(join(cwd, "out/b.txt"));
  expect(await status()).toMatchObject({
    ...{ done: 0, failed: 1, missing: 2 },
    reasons: [{ reason: `${cwd}/out/a.txt has 1 bytes, 2 were written` }, { reason: `${cwd}/out/b.txt is missing` }],
  });
});

longTest("a task that two hosts run at the same time leaves one whole output", async () => {
  const yaml =
    "job:\n  command: simulate\n  submit_dir: JOB\n  arguments: {particles: photons, seed: 1, events: 3, workers: 1}\n";
  const cwd = jobFolder(yaml);
  const own = fakePrograms(cwd, { condor_submit: 'echo "12.0 - 12.0"', condor_q: "" });
  await runCli(["submit", "--config", "job.yaml", "--engine", "htcondor"], cwd, { env: own });
  const both = [0, 1].map(() => startByeSplits(["jobs", "task", "JOB", "0"], cwd));
  const codes = await Promise.all(both.map((child) => new Promise((done) => child.on("close", done))));
  expect(codes).toEqual([0, 0]);
  expect(readdirSync(join(cwd, "JOB")).filter((name) => name.startsWith("."))).toEqual([]);
  expect((await runCli(["inspect", "--verify", "JOB/out"], cwd)).status).toBe(0);
  expect((await runCli(["jobs", "collect", "JOB"], cwd, { env: own })).status).toBe(0);
});

test("a value more and another args_per_batch: only what is new runs, and nothing is removed", async () => {
  const cwd = jobFolder(SEED.replace(/gen_arg: \[.*\]/, "gen_arg: [gen, 3.14]"), "#!/bin/sh\n");
  const own = fakePrograms(cwd, { condor_submit: 'echo "12.0 - 12.1"', condor_q: "" });
  const submit = ["submit", "--config", "job.yaml", "--engine", "htcondor"];
  await runCli(submit, cwd, { env: own });
  expect(await play(cwd)).toEqual([0]);
  const words = ["--set", "test.args_per_batch=1", "--", "--gen_arg", "3.14", "new"];
  const { stdout } = await runCli([...submit, ...words], cwd, { env: own });
  expect(stdout).toContain("1 of 3 tasks submitted in 1 batch jobs (htcondor as 12); 1 are done");
  expect(tasksOf(join(cwd, "JOB")).map((task) => task.arguments[0][1][0])).toEqual(["gen", "3.14", "new"]);
});

/** What a scheduler would do with the last submission: its batch jobs, one after the other, in this process. */
async function play(cwd: string, job = "JOB"): Promise<(number | null)[]> {
  const runs = readFileSync(join(cwd, job, "runs.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line.includes('"batches"'));
  const { batches } = JSON.parse(runs.at(-1) ?? "") as { batches: number[][] };
  const codes: (number | null)[] = [];
  for (const batch of batches) codes.push((await runCli(["jobs", "task", job, batch.join()], cwd, { env })).status);
  return codes;
}

const SECOND = `job:
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

test("the seed's second example: taken with a warning that shows the right form, and the section wins", async () => {
  const cwd = jobFolder(SECOND);
  const { status, stdout, stderr } = await runCli(
    ["submit", "--config", "job.yaml", "--engine", "htcondor", "--dry-run"],
    cwd,
    { env },
  );
  expect(status).toBe(0);
  expect(stderr).toContain(
    "warning: job.yaml: `job:` is empty and its keys stand beside it; taken as if they were indented below it:\n  job:\n      user: iehle\n",
  );
  expect(stderr).toContain('arguments.particles is "pions", the section is photons: its tasks get photons');
  expect(stderr).not.toContain("its tasks get pions");
  expect(stderr).toContain("run_cluster.py is bye-splits study radius run here");
  expect(stdout).toContain(
    `"argv":["study","radius","run","--radius","0.050","--particles","photons","--pileup","PU0","--study","${cwd}/PU0/photons/study","--json"]`,
  );
  expect(stdout).toContain(
    `"study","radius","init","--radii","0.001,0.002,0.01,0.050","--in","${cwd}/SAMPLE","--extend"`,
  );
  expect(existsSync(join(cwd, "PU0"))).toBe(false);
});

test("a radius more for a study that a job began: it, the list of the radii and the tables are what is launched", async () => {
  const cwd = jobFolder(SECOND.slice(0, SECOND.indexOf("pions:\n    submit_dir")));
  const own = fakePrograms(cwd, {
    condor_submit_dag: 'echo "12.0 - 12.0"',
    condor_submit: 'echo "13.0"',
    condor_q: "",
  });
  const submit = async (radii: string, ...more: string[]) => {
    const yaml = readFileSync(join(cwd, "job.yaml"), "utf8").replace(/radius: \[[^\]]*\]/, `radius: [${radii}]`);
    writeFileSync(join(cwd, "job.yaml"), yaml);
    return runCli(["submit", "--config", "job.yaml", "--engine", "htcondor", ...more], cwd, { env: own });
  };
  const job = join(cwd, "PU0/photons");
  const tasks = () =>
    readFileSync(join(job, "tasks.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { index: number; hash: string; argv: string[]; needs?: number[] });
  expect((await submit("0.001, 0.002, 0.01, 0.050")).stdout).toContain("6 of 6 tasks submitted");
  const versions = { "bye-splits": "0", node: "v20" };
  for (const { hash, index } of tasks()) {
    const marker = { hash, index, exit: 0, seconds: 1, host: "h", versions };
    writeFileSync(join(job, `done/${hash}.json`), JSON.stringify(marker));
  }
  expect((await submit("0.001, 0.002, 0.01, 0.050")).stdout).toContain("6 are done");

  // 0.05 is the same as 0.050, and what is left out stays.
  const { stdout } = await submit("0.05, 0.03, 0.001");
  expect(stdout).toContain("3 of 7 tasks submitted");
  expect(tasks()[0].argv.join(" ")).toContain("--radii 0.001,0.002,0.01,0.050,0.03 ");
  expect(tasks()[6].argv.join(" ")).toContain("study radius run --radius 0.03 ");
  expect(tasks()[5]).toMatchObject({ argv: ["study", "radius", "combine", "--study", join(job, "study")] });
  expect(tasks()[5].needs?.toSorted()).toEqual([1, 2, 3, 4, 6]);
  const runs = readFileSync(join(job, "runs.jsonl"), "utf8");
  expect(runs).toContain('"batches":[[0],[6],[5]]');
  const status = await runCli(["jobs", "status", "PU0/photons", "--json"], cwd, { env: own });
  expect(JSON.parse(status.stdout)).toMatchObject({ tasks: 7, done: 4, missing: 3 });
  // A setting is another study.
  const other = await submit("0.001", "--set", "arguments.sel=above_eta_2.7");
  expect([other.stderr, other.stdout].join()).toContain("study-2");
});

test("a study that is not there begins with the source that has the particles and the pile-up", async () => {
  const source = (name: string, particles: string): string =>
    `    ${name}:\n        infile: ${name}.root\n        particles: ${particles}\n`;
  const sources = `sources:\n${source("photons_PU0", "photons")}${source("photons_PU200", "photons")}${source("pions_PU0", "pions")}`;
  const cwd = jobFolder(SECOND.replace("    in: SAMPLE\n", "") + sources);
  const { status, stdout, stderr } = await runCli(
    ["submit", "--config", "job.yaml", "--engine", "local", "--dry-run"],
    cwd,
    { env },
  );
  expect(status).toBe(0);
  expect(stderr).toContain("is made by a stage of its own from the source photons_PU0, and combined by another");
  expect(stdout).toContain(
    `"argv":["skim","${cwd}/photons_PU0.root","--particles","photons","--out","${cwd}/PU0/photons/samples/photons_PU0"]`,
  );
  // The sample is chosen already, and says no pile-up itself.
  expect(stdout).toContain(
    `"argv":["study","radius","run","--radius","0.001","--study","${cwd}/PU0/photons/study","--json"]`,
  );
  expect(stdout).not.toContain("photons_PU200");
});

test.each([
  {
    script: "produce.py",
    args: "{nevents: -1, particles: photons}",
    argv: '"skim","--events=-1","--particles","photons","--config"',
    told: "produce.py is bye-splits skim here, nevents is --events",
  },
  {
    script: "run_chain.py",
    args: "{in: s}",
    argv: '"run","default","--in","s","--out"',
    told: "run_chain.py is bye-splits run default here",
  },
  {
    script: "run_combine.py",
    args: "{study: S}",
    argv: '"study","radius","combine","--study"',
    told: "run_combine.py is bye-splits study radius combine here",
  },
  {
    script: "run_init_tasks.py",
    args: "{in: s, radii: '0.01,0.02'}",
    argv: '"study","radius","init","--in","s","--radii","0.01,0.02","--out"',
    told: "run_init_tasks.py is bye-splits study radius init here",
  },
])("$script of the reference is a command of ours, and a line says so", async ({ script, args, argv, told }) => {
  const cwd = jobFolder(`job:\n  script: /ref/${script}\n  submit_dir: JOB\n  arguments: ${args}\n`);
  mkdirSync(join(cwd, "s"));
  const { status, stdout, stderr } = await runCli(
    ["submit", "--config", "job.yaml", "--engine", "local", "--dry-run"],
    cwd,
    { env },
  );
  expect(stderr).toBe(`job.yaml: job: ${told}\n`);
  expect(status).toBe(0);
  expect(stdout).toContain(argv);
});

/** [what is wrong, job file, words behind submit, part of the message] */
const WRONG: readonly (readonly [string, string, readonly string[], string])[] = [
  [
    "an empty list",
    SEED.replace("[gen, 3.14, work, broke, 9, False, 12.9, hello]", "[]"),
    [],
    "arguments.gen_arg: the list is empty",
  ],
  [
    "args_per_batch of 0",
    SEED.replace("args_per_batch: 4", "args_per_batch: 0"),
    [],
    'job.yaml:13: job.test.args_per_batch: expected a whole number of at least 1, got "0"',
  ],
  ["an unknown key", SEED.replace("queue: short", "que: short"), [], "job.que: unknown key; did you mean queue?"],
  [
    "a name to iterate over that is no argument",
    SEED.replace("iterOver: gen_arg", "iterOver: gen_ar"),
    [],
    'there is no argument "gen_ar"; did you mean gen_arg?',
  ],
  ["a script that is not there", SEED.replace("SCRIPT", "/nowhere/x.py"), [], "script: /nowhere/x.py cannot be read"],
  [
    "a proxy that is not there",
    SEED.replace("user: iehle", "proxy: /nowhere/proxy"),
    ["--engine", "htcondor"],
    "job.proxy: /nowhere/proxy is missing or cannot be read: make one with voms-proxy-init",
  ],
  [
    "HTCondor that is not installed",
    SEED,
    ["--engine", "htcondor"],
    "HTCondor is not installed here: condor_submit is not on the PATH",
  ],
  [
    "Slurm that is not installed",
    SEED,
    ["--engine", "slurm"],
    "Slurm is not installed here: sbatch is not on the PATH",
  ],
  [
    "an option that a command of ours does not have",
    SEED.replace("script: SCRIPT", "command: skim"),
    [],
    "bye-splits skim has no option --gen_arg",
  ],
  [
    "a value that a command of ours refuses",
    "job:\n  command: simulate\n  iterOver: seed\n  submit_dir: JOB\n  arguments: {seed: [1, x], events: 1, particles: photons}\n",
    [],
    'arguments.seed: "x": expected a whole number',
  ],
  [
    "a missing argument of a command of ours",
    "job:\n  command: run default\n  submit_dir: JOB\n",
    [],
    "bye-splits run default needs --in among the arguments",
  ],
  [
    "a command that there is not",
    "job:\n  command: simulat\n  submit_dir: JOB\n",
    [],
    'unknown command "simulat"; did you mean simulate?',
  ],
  ["no job", "io: {}\n", [], "there is no `job:` section"],
  [
    "an output folder that cannot be written",
    SEED.replace("submit_dir: JOB", "submit_dir: /proc/JOB"),
    ["--engine", "local"],
    "cannot write /proc/JOB",
  ],
];

test.each(WRONG)("%s is told in one line, and nothing is left", async (_, yaml, words, message) => {
  const cwd = jobFolder(yaml);
  const before = readdirSync(cwd);
  const { status, stderr } = await runCli(["submit", "--config", "job.yaml", ...words], cwd, {
    env: { PATH: "/nowhere" },
  });
  expect(stderr.trim().split("\n").at(-1)).toContain(message);
  expect(status).toBe(2);
  expect(readdirSync(cwd)).toEqual(before);
});

/** A certificate that was valid on the first of January 2020, without its key. */
const EXPIRED = `-----BEGIN CERTIFICATE-----
MIIBCjCBsgIBATAKBggqhkjOPQQDAjASMRAwDgYDVQQDDAdleHBpcmVkMB4XDTIw
MDEwMTAwMDAwMFoXDTIwMDEwMjAwMDAwMFowEjEQMA4GA1UEAwwHZXhwaXJlZDBZ
MBMGByqGSM49AgEGCCqGSM49AwEHA0IABPOUtMecPvfYcnY3Sqn7hCuyPE0NR2+B
t1M64DdU+2PyyhQ6L/aBS54RP8VgOkMeNXnX9UjeKmopQXmUkDoL98IwCgYIKoZI
zj0EAwIDRwAwRAIgM/ZKmH2NB1IvkaY4F/QE4VcrwpOsDqsi+IF9TxCvidECIAbj
ymlLyBoHyuHKaYr7UFKPCbzoJ82aEVJxRF1ViOKP
-----END CERTIFICATE-----
`;

test("a proxy that has expired is told before anything is submitted; this machine goes on without", async () => {
  const cwd = jobFolder(SEED.replace("user: iehle", "proxy: proxy.pem"));
  writeFileSync(join(cwd, "proxy.pem"), EXPIRED);
  const own = fakePrograms(cwd, { condor_submit: 'echo "12.0 - 12.1"', condor_q: "" });
  const { status, stderr } = await runCli(["submit", "--config", "job.yaml", "--engine", "htcondor"], cwd, {
    env: own,
  });
  expect([status, stderr]).toEqual([
    2,
    `bye-splits: job.yaml: job.proxy: ${cwd}/proxy.pem has expired on 2020-01-02T00:00:00.000Z: make one with voms-proxy-init --voms cms --out ${cwd}/proxy.pem\n`,
  ]);
  expect(existsSync(join(cwd, "calls"))).toBe(false);
  const local = await runCli(["submit", "--config", "job.yaml", "--engine", "local", "--dry-run"], cwd, { env });
  expect(local.status).toBe(0);
  expect(local.stderr).toContain("has expired on 2020-01-02T00:00:00.000Z");
});

const SIDECAR =
  "gen_arg: {required: true, choices: [gen, hello]}\n--float_arg: {type: float}\nverbose: {action: store_true}\ncount: {type: int}\n";

test.each([
  { name: "an argument that it does not take", words: ["--str", "x"], message: 'takes no argument "str"' },
  { name: "a value of another type", words: ["--count", "1.5"], message: 'count: expected a whole number, got "1.5"' },
  {
    name: "a value that is no choice",
    words: ["--gen_arg", "other"],
    message: 'gen_arg: expected one of gen, hello, got "other"',
  },
])("a script with a sidecar refuses $name", async ({ words, message }) => {
  const cwd = jobFolder(
    SEED.replace("str_arg: a_string", "verbose: True").replace(/gen_arg: \[.*\]/, "gen_arg: [gen]"),
  );
  writeFileSync(join(cwd, "dummy_submit.mjs.args.yaml"), SIDECAR);
  const { status, stderr } = await runCli(["submit", "--config", "job.yaml", "--dry-run", "--", ...words], cwd, {
    env,
  });
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});

/** Programs that write down how they were called, and answer. */
function fakePrograms(cwd: string, programs: Readonly<Record<string, string>>): typeof env {
  const bin = join(cwd, "bin");
  mkdirSync(bin);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\necho ${name} "$@" >> ${cwd}/calls\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return { PATH: `${bin}:${process.env["PATH"] ?? ""}` };
}

test("HTCondor: submitted once, asked for its word, held jobs with their reason, removed by cancel", async () => {
  const cwd = jobFolder();
  const own = fakePrograms(cwd, {
    condor_submit: 'echo "12.0 - 12.1"',
    condor_q: `cat ${cwd}/queue 2>/dev/null`,
    condor_rm: "",
  });
  const submit = () => runCli(["submit", "--config", "job.yaml", "--engine", "htcondor"], cwd, { env: own });
  const { status, stdout } = await submit();
  expect(status).toBe(0);
  expect(stdout).toContain("8 of 8 tasks submitted in 2 batch jobs (htcondor as 12)");
  expect(readdirSync(join(cwd, "JOB/jobs"))).toEqual(["dummy_submit_v1.sub"]);
  writeFileSync(
    join(cwd, "queue"),
    JSON.stringify([
      {
        ClusterId: 12,
        ProcId: 0,
        JobStatus: 5,
        HoldReason: "via condor_hold",
        ByeSplitsTasks: "0,1,2,3",
        ByeSplitsRun: 1,
      },
      { ClusterId: 12, ProcId: 1, JobStatus: 1, ByeSplitsTasks: "4,5,6,7", ByeSplitsRun: 1 },
    ]),
  );
  const held = await runCli(["jobs", "status", "JOB", "--json"], cwd, { env: own });
  expect(held.status).toBe(3);
  expect(JSON.parse(held.stdout)).toMatchObject({
    held: 4,
    waiting: 4,
    missing: 0,
    reasons: [{ index: 0, reason: "via condor_hold" }, {}, {}, {}],
  });
  expect((await submit()).stdout).toContain("0 of 8 tasks submitted in 0 batch jobs (htcondor); 8 are under way");
  writeFileSync(join(cwd, "queue"), "[\n]\n");
  const resumed = await runCli(["jobs", "resume", "JOB"], cwd, { env: own });
  expect(resumed.stdout).toContain("8 of 8 tasks submitted");
  // The same text keeps its name.
  expect(readdirSync(join(cwd, "JOB/jobs"))).toEqual(["dummy_submit_v1.sub"]);
  writeFileSync(
    join(cwd, "queue"),
    JSON.stringify([{ ClusterId: 13, ProcId: 0, JobStatus: 2, ByeSplitsTasks: "0,1,2,3" }]),
  );
  await runCli(["jobs", "cancel", "JOB"], cwd, { env: own });
  const calls = readFileSync(join(cwd, "calls"), "utf8");
  expect(calls.match(/^condor_submit /gm)?.length).toBe(2);
  expect(calls).toMatch(/^condor_rm -constraint ByeSplitsJob == "[0-9a-f]{16}"$/m);
});

test("HTCondor: of jobs that have left the queue its history says how they ended; without it nothing is lost", async () => {
  const cwd = jobFolder(SECOND.slice(0, SECOND.indexOf("pions:\n    submit_dir")));
  const own = fakePrograms(cwd, {
    condor_submit: "",
    condor_submit_dag: 'echo "1 job(s) submitted to cluster 12."',
    condor_q: "",
    condor_history: `cat ${cwd}/history 2>/dev/null`,
  });
  await runCli(["submit", "--config", "job.yaml", "--engine", "htcondor", "--set", "photons.args_per_batch=2"], cwd, {
    env: own,
  });
  const status = async () =>
    JSON.parse((await runCli(["jobs", "status", "PU0/photons", "--json"], cwd, { env: own })).stdout) as {
      missing: number;
      reasons: object[];
    };
  expect(await status()).toMatchObject({ missing: 6, reasons: [] });
  const node = { ClusterId: 13, ProcId: 0, ByeSplitsRun: 1 };
  writeFileSync(
    join(cwd, "history"),
    JSON.stringify([
      { ...node, JobStatus: 4, ExitCode: 75, ByeSplitsTasks: "1,2" },
      // An earlier attempt at the same tasks.
      { ...node, JobStatus: 4, ExitCode: 3, ByeSplitsTasks: "1,2" },
      { ...node, JobStatus: 3, RemoveReason: "via condor_rm (by user me)", ByeSplitsTasks: "3,4" },
      { ...node, JobStatus: 4, ExitBySignal: true, ExitSignal: 9, ByeSplitsTasks: "0" },
      { ...node, JobStatus: 3, RemoveReason: "the DAG" },
    ]),
  );
  const missing = { state: "missing" };
  expect((await status()).reasons).toEqual([
    { ...missing, index: 0, reason: "the batch job ended with signal 9" },
    { ...missing, index: 1, reason: "the batch job ended with 75" },
    { ...missing, index: 2, reason: "the batch job ended with 75" },
    { ...missing, index: 3, reason: "removed: via condor_rm (by user me)" },
    { ...missing, index: 4, reason: "removed: via condor_rm (by user me)" },
  ]);
  const calls = readFileSync(join(cwd, "calls"), "utf8");
  expect(calls).toMatch(
    /^condor_history -json -attributes [\w,]+ExitCode[\w,]+ -constraint ByeSplitsJob == "[0-9a-f]{16}"$/m,
  );
  // Where all have markers nobody is asked.
  const before = calls.match(/^condor_history/gm)?.length;
  const lines = readFileSync(join(cwd, "PU0/photons/tasks.jsonl"), "utf8").trim().split("\n");
  for (const line of lines) {
    const { hash, index } = JSON.parse(line) as { hash: string; index: number };
    const marker = { hash, index, exit: 0, seconds: 1, host: "h", versions: {} };
    writeFileSync(join(cwd, `PU0/photons/done/${hash}.json`), JSON.stringify(marker));
  }
  expect(await status()).toMatchObject({ missing: 0 });
  expect(readFileSync(join(cwd, "calls"), "utf8").match(/^condor_history/gm)?.length).toBe(before);
});

test("HTCondor: a DAG of which a node failed goes on with that node and what needs it, from the markers and no rescue file", async () => {
  const cwd = jobFolder(SECOND.slice(0, SECOND.indexOf("pions:\n    submit_dir")));
  const own = fakePrograms(cwd, { condor_submit: "", condor_submit_dag: 'echo "12.0 - 12.0"', condor_q: "" });
  const run = (...args: string[]) => runCli(args, cwd, { env: own });
  await run("submit", "--config", "job.yaml", "--engine", "htcondor", "--set", "photons.args_per_batch=1");
  const job = join(cwd, "PU0/photons");
  const lines = readFileSync(join(job, "tasks.jsonl"), "utf8").trim().split("\n");
  for (const line of lines.slice(0, 5)) {
    const { hash, index } = JSON.parse(line) as { hash: string; index: number };
    const marker = { hash, index, exit: index === 2 ? 2 : 0, log: "it broke", seconds: 1, host: "h", versions: {} };
    writeFileSync(join(job, `done/${hash}.json`), JSON.stringify(marker));
  }
  // As DAGMan leaves it beside the DAG.
  const [dag] = readdirSync(join(job, "jobs")).filter((name) => name.endsWith(".dag"));
  writeFileSync(join(job, `jobs/${dag}.rescue001`), "DONE init0\n");
  const status = await run("jobs", "status", "PU0/photons", "--json");
  expect(status.status).toBe(2);
  expect(JSON.parse(status.stdout)).toMatchObject({
    ...{ done: 4, failed: 1, missing: 1 },
    failures: [{ index: 2, exit: 2, log: "it broke" }],
    reasons: [{ index: 5, state: "missing", reason: "needs task 2, which failed" }],
  });
  expect((await run("jobs", "resume", "PU0/photons")).stdout).toContain("0 of 6 tasks submitted");
  expect((await run("jobs", "resume", "PU0/photons", "--failed")).stdout).toContain("2 of 6 tasks submitted");
  const text = readFileSync(join(job, "jobs/run_cluster_v2.dag"), "utf8");
  expect(text.split("\n").filter((line) => !line.startsWith("#"))).toEqual([
    "JOB run0 run_cluster_v1.sub",
    'VARS run0 tasks="2"',
    "RETRY run0 3 UNLESS-EXIT 2",
    "JOB combine1 run_cluster_v1.sub",
    'VARS combine1 tasks="5"',
    "RETRY combine1 3 UNLESS-EXIT 2",
    "PARENT run0 CHILD combine1",
    "",
  ]);
  expect(readFileSync(join(cwd, "calls"), "utf8")).toMatch(/^condor_submit_dag -force .*run_cluster_v2\.dag$/m);
});

test("a submission that was killed before the scheduler answered leaves a job that resume takes up, once", async () => {
  const cwd = jobFolder();
  const own = fakePrograms(cwd, {
    // Killed while the scheduler is asked: the job, its files and the submission are written, no number is.
    condor_submit: `[ -e ${cwd}/alive ] || kill -9 $PPID; echo "12.0 - 12.1"`,
    condor_q: `cat ${cwd}/queue 2>/dev/null`,
  });
  const killed = spawnSync(process.execPath, [main, "submit", "--config", "job.yaml", "--engine", "htcondor"], {
    cwd,
    env: own,
  });
  expect(killed.signal).toBe("SIGKILL");
  writeFileSync(join(cwd, "alive"), "");
  const run = (...args: string[]) => runCli(args, cwd, { env: own });
  expect(JSON.parse((await run("jobs", "status", "JOB", "--json")).stdout)).toMatchObject({ tasks: 8, missing: 8 });
  // HTCondor had taken it all the same: its jobs say whose they are.
  writeFileSync(
    join(cwd, "queue"),
    JSON.stringify([{ ClusterId: 12, ProcId: 0, JobStatus: 1, ByeSplitsTasks: "0,1,2,3", ByeSplitsRun: 1 }]),
  );
  const resumed = await run("jobs", "resume", "JOB");
  expect([resumed.status, resumed.stdout]).toEqual([
    0,
    expect.stringContaining("4 of 8 tasks submitted in 1 batch jobs"),
  ]);
  expect(resumed.stdout).toContain("4 are under way");
  expect(readFileSync(join(cwd, "JOB/runs.jsonl"), "utf8")).toContain('"batches":[[4,5,6,7]]');
});

test("Slurm: stages depend on each other by afterany, and jobs are known by their comment", async () => {
  const cwd = jobFolder(SECOND.replace(/^photons:\n.*\n.*\n/m, ""));
  const own = fakePrograms(cwd, {
    sbatch: `n=$(cat ${cwd}/n 2>/dev/null || echo 40); n=$((n+1)); echo $n > ${cwd}/n; echo "$n;cluster"`,
    squeue: `cat ${cwd}/queue 2>/dev/null`,
    sacct: "exit 1",
    scontrol: "exit 1",
  });
  const { status, stdout } = await runCli(
    ["submit", "--config", "job.yaml", "--engine", "slurm", "--set", "pions.args_per_batch=2"],
    cwd,
    { env: own },
  );
  expect(status).toBe(0);
  expect(stdout).toContain("6 of 6 tasks submitted in 4 batch jobs (slurm as 41, 42, 43)");
  const calls = readFileSync(join(cwd, "calls"), "utf8");
  const id = (JSON.parse(readFileSync(join(cwd, "PU0/pions/job.json"), "utf8")) as { id: string }).id;
  expect(calls).toContain(`sbatch --parsable --comment=bye-splits:${id}:1:0 `);
  expect(calls).toContain(`sbatch --parsable --dependency=afterany:41 --comment=bye-splits:${id}:1:1 `);
  expect(calls).toContain(`sbatch --parsable --dependency=afterany:42 --comment=bye-splits:${id}:1:3 `);
  writeFileSync(
    join(cwd, "queue"),
    `42|0|PENDING|JobHeldUser|bye-splits:${id}:1:1\n42|1|RUNNING|None|bye-splits:${id}:1:1\n43|0|PENDING|Dependency|(null)\n`,
  );
  const told = await runCli(["jobs", "status", "PU0/pions", "--json"], cwd, { env: own });
  expect(JSON.parse(told.stdout)).toMatchObject({
    held: 2,
    waiting: 3,
    missing: 1,
    stages: [
      { name: "init", missing: 1 },
      { name: "run", held: 2, waiting: 2 },
      { name: "combine", waiting: 1 },
    ],
  });
  const early = await runCli(["jobs", "task", "PU0/pions", "5"], cwd, { env: own });
  expect(early.status).toBe(75);
  expect(early.stderr).toContain("bye-splits: task 5: waits for 4 tasks, the first is 1\n");
  expect(readdirSync(join(cwd, "PU0/pions/done"))).toEqual([]);
});

longTest(
  "collect merges samples of particles by themselves, in the order of tasks, and names what has changed",
  async () => {
    const yaml =
      "job:\n  command: simulate\n  iterOver: [particles, seed]\n  submit_dir: JOB\n  args_per_batch: 4\n  arguments: {particles: [photons, pions], seed: [1, 2], events: 3, workers: 1, quiet: True}\n";
    const cwd = jobFolder(yaml);
    const { status, stderr } = await runCli(["submit", "--config", "job.yaml", "--engine", "local", "--quiet"], cwd, {
      env,
    });
    expect([status, stderr]).toEqual([0, ""]);
    expect(readdirSync(join(cwd, "JOB/out")).toSorted()).toEqual(["photons_1", "photons_2", "pions_1", "pions_2"]);
    const { stdout } = await runCli(["jobs", "collect", "JOB", "--out", "all"], cwd, { env });
    expect(stdout).toContain("photons: 6 entries of 2 samples merged to");
    expect(readdirSync(join(cwd, "all")).toSorted()).toEqual(["photons", "pions"]);
    const file = join(cwd, "JOB/out/pions_2/tc.parquet");
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(file, bytes);
    const changed = await runCli(["jobs", "collect", "JOB", "--out", "again"], cwd, { env });
    expect(changed.status).toBe(2);
    expect(changed.stderr).toContain("1 of 4 tasks are missing (task 3 is not done:");
    expect(changed.stderr).toContain("pions_2 is not what was written: its content has changed");
  },
);

longTest("runs of ranges are collected to the bytes of one run", async () => {
  const yaml =
    'job:\n  command: run default\n  iterOver: entries\n  submit_dir: JOB\n  args_per_batch: 3\n  arguments: {in: sample, entries: ["0:2", "2:4", "4:"], workers: 1}\n';
  const cwd = jobFolder(yaml);
  await runCli(["simulate", "--particles", "photons", "--events", "6", "--out", "sample", "--quiet"], cwd);
  await runCli(["run", "default", "--in", "sample", "--out", "single", "--quiet"], cwd);
  const { status, stderr } = await runCli(["submit", "--config", "job.yaml", "--engine", "local", "--quiet"], cwd, {
    env,
  });
  expect([status, stderr]).toEqual([0, ""]);
  const { stdout } = await runCli(["jobs", "collect", "JOB"], cwd, { env });
  expect(stdout).toContain("the runs of entries 0:6 merged to");
  expect(tableHashes(join(cwd, "JOB/collected"))).toEqual(tableHashes(join(cwd, "single")));
});

test("a job that another process drives is left alone; one that a dead process drove is taken over, with a line", async () => {
  const cwd = jobFolder();
  const env = fakePrograms(cwd, { condor_submit: 'echo "12.0 - 12.1"', condor_q: "" });
  await runCli(["submit", "--config", "job.yaml", "--engine", "htcondor"], cwd, { env });
  const lock = (holder: object): void =>
    writeFileSync(join(cwd, "JOB/lock"), JSON.stringify({ owner: "me", time: "now", ...holder }));
  lock({ host: hostname(), pid: process.ppid });
  const busy = await runCli(["jobs", "resume", "JOB"], cwd, { env });
  expect([busy.status, busy.stderr]).toEqual([
    75,
    `bye-splits: the job is driven by me on ${hostname()} (process ${process.ppid}, since now): wait for it, or stop that process\n`,
  ]);
  lock({ host: "elsewhere", pid: 1 });
  const far = await runCli(["jobs", "resume", "JOB"], cwd, { env });
  expect(far.status).toBe(75);
  expect(far.stderr).toContain(
    "on elsewhere (process 1, since now), another host: wait for it; if that process is gone for sure, say --take-over",
  );
  expect((await runCli(["jobs", "resume", "JOB", "--take-over"], cwd, { env })).status).toBe(0);
  // A process with this number began at another time: the number came again.
  lock({ host: hostname(), pid: process.pid, began: "earlier" });
  const taken = await runCli(["jobs", "resume", "JOB"], cwd, { env });
  expect([taken.status, taken.stderr]).toEqual([
    0,
    `warning: the lock of me on ${hostname()} (process ${process.pid}, since now) was left behind: taken over\n`,
  ]);
  expect(existsSync(join(cwd, "JOB/lock"))).toBe(false);
});

test.each([
  ["a key of all sections", ["--set", "args_per_batch=8"]],
  ["one of a section, in any order", ["--set", "test.args_per_batch=8", "--set", "args_per_batch=1"]],
])("the command line counts more than the keys of a section: %s", async (_, words) => {
  const cwd = jobFolder();
  const args = ["submit", "--config", "job.yaml", "--engine", "htcondor", "--dry-run", ...words];
  const { status, stdout, stderr } = await runCli(args, cwd, { env });
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("queue tasks from (\n0,1,2,3,4,5,6,7\n)");
});

test("arguments behind -- count more than those of a section", async () => {
  const cwd = jobFolder(SEED.replace("args_per_batch: 4", "arguments: {gen_arg: [a, b]}"));
  const args = ["submit", "--config", "job.yaml", "--engine", "htcondor", "--dry-run", "--", "--gen_arg", "x"];
  const { status, stdout, stderr } = await runCli(args, cwd, { env });
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain('"arguments":[["gen_arg",["x"]]]');
});

test.each([
  ["--set of an unknown key", [], "--set", "foo=bar", `--set "foo=bar": unknown key foo; did you mean`],
  [
    "--set of an unknown key in a section",
    [],
    "--set",
    "test.quue=long",
    `--set "test.quue=long": unknown key quue; did you mean queue?`,
  ],
  [
    "--set of an unknown section",
    [],
    "--set",
    "tset.queue=long",
    `--set "tset.queue=long": there is no section tset: there are test`,
  ],
  [
    "arguments with a letter too few, which look like a section",
    ["arguments:", "argumnts:"],
    "",
    "",
    "job.yaml: job.argumnts: unknown key; did you mean arguments?",
  ],
  [
    "a value that is missing in a list",
    ["broke", "null"],
    "",
    "",
    `job.yaml: job.test: arguments.gen_arg: a value is missing: write "" for a text without characters, or quote the word, as in "null"`,
  ],
])("refused in one line, and nothing is written: %s", async (_, [from, to], option, value, message) => {
  const cwd = jobFolder(from === undefined ? SEED : SEED.replace(from, to));
  const args = ["submit", "--config", "job.yaml", "--engine", "local", ...(option === "" ? [] : [option, value])];
  const { status, stdout, stderr } = await runCli(args, cwd, { env });
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(`bye-splits: ${message}`);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(existsSync(join(cwd, "JOB"))).toBe(false);
});

test("values that are given again are one task, with a line", async () => {
  const cwd = jobFolder(SEED.replace("hello]", "hello, gen, 9, gen]"));
  const { stdout, stderr } = await runCli(
    ["submit", "--config", "job.yaml", "--engine", "htcondor", "--dry-run"],
    cwd,
    { env },
  );
  expect(stderr).toBe(
    'job.yaml: job.test: arguments.gen_arg: "gen", "9", "gen" given again: equal values are one task\n',
  );
  expect(stdout).toContain("queue tasks from (\n0,1,2,3\n4,5,6,7\n)");
});

test("status says why a task is to be done again: by its log, by an unreadable marker; hints can be pasted into a shell", async () => {
  const script = '#!/bin/sh\nif [ "$2" = 9 ]; then echo "no quota today" >&2; exit 75; fi\n';
  const cwd = jobFolder(
    SEED.replace("JOB", "my job")
      .replace("[gen, 3.14, work, broke,", "[gen,")
      .replace("4\n", "1\n        retries: 0\n"),
    script,
  );
  const { status, stderr } = await runCli(["submit", "--config", "job.yaml", "--engine", "local", "--quiet"], cwd, {
    env,
  });
  expect(status).toBe(75);
  expect(stderr).toBe(
    `bye-splits: 1 of 5 tasks are not done: bye-splits jobs resume '${join(cwd, "my job")}' goes on\n`,
  );
  const markers = readdirSync(join(cwd, "my job/done"));
  expect(markers).toHaveLength(4);
  const broken = join(cwd, "my job/done", markers[0]);
  writeFileSync(broken, "");
  const told = JSON.parse((await runCli(["jobs", "status", "my job", "--json"], cwd, { env })).stdout) as {
    reasons: { reason: string }[];
  };
  expect(told).toMatchObject({ done: 3, missing: 2 });
  expect(told.reasons.map(({ reason }) => reason.replace(/\d+\.?\d* s/, "N s")).toSorted()).toEqual([
    "ended with 75 after N s: to be done again; it said last: no quota today",
    `its marker ${broken} cannot be read`,
  ]);
  const refused = await runCli(["jobs", "collect", "my job"], cwd, { env });
  expect(refused.stderr).toContain(
    `bye-splits jobs resume '${join(cwd, "my job")}', or collect with --allow-partial\n`,
  );
});

test("a full disk: one line that names the file, and nothing is left of a new job, nor beside an old one", async () => {
  const cwd = jobFolder();
  const env = fakePrograms(cwd, { condor_submit: 'echo "12.0 - 12.1"', condor_q: "" });
  const words = ["submit", "--config", "job.yaml", "--engine", "htcondor"];
  // No file may be longer than nothing; the signal that says so is passed over.
  const full = () =>
    spawnSync("sh", ["-c", 'trap "" XFSZ; ulimit -f 0; exec "$@"', "sh", process.execPath, main, ...words], {
      cwd,
      env,
      encoding: "utf8",
    });
  const fresh = full();
  expect([fresh.status, fresh.stderr]).toEqual([
    2,
    expect.stringMatching(/^bye-splits: cannot write \S+JOB\/\S+: the file is too large for this file system\n$/),
  ]);
  expect(existsSync(join(cwd, "JOB"))).toBe(false);
  expect((await runCli(words, cwd, { env })).status).toBe(0);
  const before = readdirSync(join(cwd, "JOB"));
  expect(full().stderr).toMatch(/^bye-splits: cannot write \S+JOB\/lock\.\S+: .*\n$/);
  expect(readdirSync(join(cwd, "JOB"))).toEqual(before);
});

test("a sample that was replaced between tasks: collect says which tasks have read which, and what to do; inputs that are not there are warned of", async () => {
  const yaml =
    'job:\n  command: run default\n  iterOver: entries\n  submit_dir: JOB\n  arguments: {in: sample, entries: ["0:2", "2:4", "4:"]}\n';
  const cwd = jobFolder(yaml);
  const env = fakePrograms(cwd, { condor_submit: 'echo "12.0 - 12.2"', condor_q: "" });
  const submitted = await runCli(["submit", "--config", "job.yaml", "--engine", "htcondor"], cwd, { env });
  expect([submitted.status, submitted.stderr]).toEqual([
    0,
    "warning: run_default: sample is not there: tasks that read from there will fail\n",
  ]);
  for (const line of readFileSync(join(cwd, "JOB/tasks.jsonl"), "utf8").trim().split("\n")) {
    const { hash, index, output } = JSON.parse(line) as { hash: string; index: number; output: { path: string } };
    mkdirSync(output.path, { recursive: true });
    writeFileSync(join(output.path, "run.json"), JSON.stringify({ sample: { hash: index === 1 ? "new" : "old" } }));
    const marker = { hash, index, exit: 0, seconds: 1, host: "h", versions: {} };
    writeFileSync(join(cwd, `JOB/done/${hash}.json`), JSON.stringify(marker));
  }
  const { status, stderr } = await runCli(["jobs", "collect", "JOB"], cwd, { env });
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^bye-splits: the sample sample was replaced between tasks: tasks 0, 2 and task 1 have read different ones; remove the outputs of the old one, such as \S+JOB\/out\/\w+, and bye-splits jobs resume \S+JOB does them again\n$/,
  );
});

test("a driver that is interrupted says how to go on", async () => {
  const cwd = jobFolder(SEED, "#!/bin/sh\ntouch began\nsleep 20\n");
  const child = startByeSplits(["submit", "--config", "job.yaml", "--engine", "local", "--quiet"], cwd);
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  while (!existsSync(join(cwd, "began"))) await new Promise((done) => setTimeout(done, 20));
  child.kill("SIGINT");
  expect(await new Promise((done) => child.on("close", done))).toBe(130);
  expect(stderr).toBe(
    `what is done stays: bye-splits jobs resume ${join(cwd, "JOB")} goes on\nbye-splits: interrupted; nothing was left behind\n`,
  );
});

test("jobs list: one that cannot be read is named, the others are listed", async () => {
  const cwd = jobFolder(SEED.replace("JOB", "jobs/good"));
  const env = fakePrograms(cwd, { condor_submit: 'echo "12.0 - 12.1"', condor_q: "" });
  await runCli(["submit", "--config", "job.yaml", "--engine", "htcondor"], cwd, { env });
  mkdirSync(join(cwd, "jobs/bad"));
  writeFileSync(join(cwd, "jobs/bad/job.json"), "{");
  const { status, stdout, stderr } = await runCli(["jobs", "list", "jobs"], cwd, { env });
  expect(status).toBe(2);
  expect(stdout).toMatch(/^\S+jobs\/good +dummy_submit +htcondor +8 /m);
  expect(stderr).toContain(`warning: ${join(cwd, "jobs/bad/job.json")}: no JSON: `);
});

test("the example of the package is accepted, with its sidecar", async () => {
  const { status, stdout, stderr } = await runCli(
    ["submit", "--config", "examples/dummy_submit.yaml", "--engine", "htcondor", "--dry-run", "--out", scratch()],
    root,
    { env },
  );
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("queue tasks from (\n0,1\n2,3\n4,5\n6,7\n)\n");
  expect(stdout).toContain("would call: condor_submit -terse ");
});

longTest(
  "a driver that is killed, and five resumptions at once: no task is started twice, and all are done",
  async () => {
    const cwd = jobFolder(
      SEED.replace("args_per_batch: 4", "args_per_batch: 1"),
      '#!/bin/sh\necho "$2" >> started\nsleep 2\n',
    );
    const first = startByeSplits(
      ["submit", "--config", "job.yaml", "--engine", "local", "--jobs", "3", "--quiet"],
      cwd,
    );
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
  },
);

longTest("a bundle runs from any folder without an environment", async () => {
  const cwd = scratch();
  const { status, stdout } = byeSplits(["bundle", "--out", "b.tar.gz"], cwd);
  expect(status).toBe(0);
  expect(stdout).toMatch(/MB written to b\.tar\.gz/);
  execFileSync("tar", ["-xzf", "b.tar.gz"], { cwd });
  const home = join(cwd, "bye-splits");
  const args = [
    join(home, "dist/cli/main.js"),
    "simulate",
    "--particles",
    "photons",
    "--events",
    "2",
    "--out",
    "s",
    "--quiet",
  ];
  execFileSync(join(home, "bin/node"), args, { cwd, env: {} });
  expect(existsSync(join(cwd, "s/tc.parquet"))).toBe(true);
});
