/** `submit` and `jobs` with fake HTCondor and Slurm. Real ones are in test/full/batch.test.ts. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../src/chain/index.js";
import { fakePrograms, jobFolder, play, SECOND, SEED, tasksOf } from "./batch-jobs.js";
import { main, runCli } from "./cli.js";

test("a value more and another args_per_batch: only what is new runs, and nothing is removed", async () => {
  const cwd = jobFolder(SEED.replace(/gen_arg: \[.*\]/, "gen_arg: [gen, 3.14]"), "#!/bin/sh\n");
  const own = fakePrograms(cwd, { condor_submit: 'echo "12.0 - 12.1"', condor_q: "" });
  const submit = ["submit", "--config", "job.yaml", "--engine", "htcondor"];
  await runCli(submit, cwd, { env: own });
  expect(await play(cwd)).toEqual([0]);
  const words = ["--set", "test.args_per_batch=1", "--", "--gen_arg", "3.14", "new"];
  const { stdout } = await runCli([...submit, ...words], cwd, { env: own });
  expect(stdout).toContain("1 of 3 tasks submitted in 1 batch job (htcondor as 12); 1 is done");
  expect(tasksOf(join(cwd, "JOB")).map((task) => task.arguments[0][1][0])).toEqual(["gen", "3.14", "new"]);
});

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
    expect.stringContaining("4 of 8 tasks submitted in 1 batch job"),
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

/** run.json of a run of a sample of this hash. */
const runInfo = (hash: string) => ({
  ...{ format: "bye-splits run", formatVersion: 1, program: "p 1", sample: { path: "sample", hash }, tables: {} },
  ...{ chains: ["default"], config: DEFAULT_PARAMS, selection: "all", skipBadEvents: false },
});

test.each([
  {
    name: "a sample that was replaced between tasks: collect says which tasks have read which, and what to do; inputs that are not there are warned of",
    damaged: -1,
    says: /^bye-splits: the sample sample was replaced between tasks: tasks 0, 2 and task 1 have read different ones; remove the outputs of the old one, such as \S+JOB\/out\/\w+, and bye-splits jobs resume \S+JOB does them again\n$/,
  },
  {
    name: "a task whose run.json does not say which sample it has read: collect names file and member",
    damaged: 2,
    says: /^bye-splits: \S+JOB\/out\/\w+\/run\.json: "sample" is 7, expected a record with path and hash\n$/,
  },
])("$name", async ({ damaged, says }) => {
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
    const info = runInfo(index === 1 ? "new" : "old");
    writeFileSync(join(output.path, "run.json"), JSON.stringify(index === damaged ? { ...info, sample: 7 } : info));
    const marker = { hash, index, exit: 0, seconds: 1, host: "h", versions: {} };
    writeFileSync(join(cwd, `JOB/done/${hash}.json`), JSON.stringify(marker));
  }
  const { status, stderr } = await runCli(["jobs", "collect", "JOB"], cwd, { env });
  expect(status).toBe(2);
  expect(stderr).toMatch(says);
});
