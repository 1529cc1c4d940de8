/** `submit`: job files, what is taken with a word and what is refused. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { env, fakePrograms, jobFolder, SECOND, SEED } from "./batch-jobs.js";
import { root, runCli, scratch } from "./cli.js";

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
