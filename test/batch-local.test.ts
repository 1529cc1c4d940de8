/** `submit` and `jobs` with the engine of this machine. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { env, fakePrograms, jobFolder, play, SEED, tasksOf } from "./batch-jobs.js";
import { longTest } from "./long.js";
import { byeSplits, main, runCli, scratch, startByeSplits, tableHashes } from "./cli.js";

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
    "2 of 8 tasks submitted in 1 batch job (htcondor as 12); 5 are done, 1 failed for good",
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
    expect(changed.stderr).toContain("1 of 4 tasks is missing (task 3 is not done:");
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
    `bye-splits: 1 of 5 tasks is not done: bye-splits jobs resume '${join(cwd, "my job")}' goes on\n`,
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
    expect.stringMatching(`^its marker cannot be read: ${broken}: not JSON `) as string,
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
  expect(stderr).toContain(`warning: ${join(cwd, "jobs/bad/job.json")}: not JSON (`);
});

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
