/** What schedulers say of tasks, with programs of this test in their place. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { askAll } from "./ask.js";
import { cancelJob } from "./drive.js";
import { type World } from "./engine.js";
import { addRun, type OpenJob } from "./folder.js";
import { toyJob, toyPrograms } from "./job.test-data.js";
import { type EngineName } from "./spec.js";

const worldOf = (PATH: string): World => ({
  env: { PATH },
  signal: new AbortController().signal,
  onNotice: () => undefined,
});

function submitted(engine: EngineName, batches: number[][], ids: string[], n = 6): OpenJob {
  const job = toyJob(
    Array.from({ length: n }, () => ({})),
    engine,
  );
  addRun(job.folder, { run: 1, engine, files: [], batches, host: "here", time: "now", ids });
  return job;
}

async function ask(job: OpenJob, answers: Parameters<typeof toyPrograms>[0]) {
  const programs = toyPrograms(answers);
  const { tasks, ended } = await askAll(job, { world: worldOf(programs) });
  const words = [...tasks]
    .toSorted(([a], [b]) => a - b)
    .map(([index, { state, reason }]) => `${index} ${state}${reason === undefined ? "" : `: ${reason}`}`);
  return {
    words,
    ended: [...ended].toSorted(([a], [b]) => a - b).map(([index, text]) => `${index} ${text}`),
    programs,
  };
}
const condor = (...jobs: object[]): [string] => [
  JSON.stringify(jobs.map((job, k) => ({ ClusterId: 7, ProcId: k, ByeSplitsRun: 1, ...job }))),
];

test("HTCondor: jobs in the queue by their status, with the tasks that they carry", async () => {
  const job = submitted("htcondor", [[0, 1], [2], [3], [4], [5]], ["7"]);
  const queue = condor(
    { JobStatus: 1, ByeSplitsTasks: "0,1" },
    { JobStatus: 2, ByeSplitsTasks: "2" },
    { JobStatus: 5, ByeSplitsTasks: "3", HoldReason: "no disk" },
    { JobStatus: 6, ByeSplitsTasks: "4" },
    { JobStatus: 4, ByeSplitsTasks: "5" },
  );
  const { words, ended, programs } = await ask(job, { condor_q: queue, condor_history: ["[]"] });
  expect(words).toEqual(["0 waiting", "1 waiting", "2 running", "3 held: no disk", "4 running"]);
  expect(ended).toEqual([]);
  expect(readFileSync(join(programs, "calls"), "utf8")).toContain('-constraint ByeSplitsJob == "abc"');
});

test("HTCondor: a job of several tasks that runs is at one of them; the others wait", async () => {
  const job = submitted("htcondor", [[0, 1], [2]], ["7"]);
  const { words } = await ask(job, {
    condor_q: condor({ JobStatus: 2, ByeSplitsTasks: "0,1" }, { JobStatus: 7, ByeSplitsTasks: "2" }),
    condor_history: ["[]"],
  });
  expect(words).toEqual(["0 waiting", "1 waiting", "2 running"]);
});

test("HTCondor: what a DAG has not submitted waits for it, or is held with it", async () => {
  const job = submitted("htcondor", [[0], [1], [2]], ["7"]);
  const one = { JobStatus: 2, ByeSplitsTasks: "0" };
  expect((await ask(job, { condor_q: condor({ JobStatus: 2 }, one), condor_history: ["[]"] })).words).toEqual([
    "0 running",
    "1 waiting: DAG",
    "2 waiting: DAG",
  ]);
  expect(
    (await ask(job, { condor_q: condor({ JobStatus: 5, HoldReason: "by hand" }, one), condor_history: ["[]"] })).words,
  ).toEqual(["0 running", "1 held: by hand", "2 held: by hand"]);
  // A node that is held is no DAG that is.
  const held = condor({ JobStatus: 2 }, { JobStatus: 5, ByeSplitsTasks: "0", HoldReason: "no disk" });
  expect((await ask(job, { condor_q: held, condor_history: ["[]"] })).words).toEqual([
    "0 held: no disk",
    "1 waiting: DAG",
    "2 waiting: DAG",
  ]);
  expect((await ask(job, { condor_q: condor({ JobStatus: 3 }), condor_history: ["[]"] })).words).toEqual([]);
});

test("HTCondor: how jobs ended is told by their event logs, and by the history where there are none", async () => {
  const job = submitted("htcondor", [[0], [1], [2], [3], [4]], ["7"]);
  const log = (process: number, ...events: string[]): void =>
    writeFileSync(join(job.folder, "logs", `toy_C7P${process}.log`), events.map((event) => `${event}\n...\n`).join(""));
  const event = (code: string, text: string): string => `${code} (7.0.0) 2026-11-29 10:00:00 ${text}`;
  log(
    0,
    event("001", "Job executing on host"),
    event("005", "Job terminated.\n\t(1) Normal termination (return value 3)"),
  );
  log(1, event("005", "Job terminated.\n\t(0) Abnormal termination (signal 9)"));
  log(2, event("009", "Job was aborted.\n\tby the user"));
  const history = condor(
    { JobStatus: 4, ByeSplitsTasks: "3", ExitCode: 5 },
    { JobStatus: 4, ByeSplitsTasks: "3", ExitCode: 6 },
    { JobStatus: 3, ByeSplitsTasks: "4,0" },
    { JobStatus: 1, ByeSplitsTasks: "4" },
  );
  const { ended } = await ask(job, { condor_q: [""], condor_history: history });
  expect(ended).toEqual([
    "0 the batch job ended with 3",
    "1 the batch job ended with signal 9",
    "2 removed: Job was aborted.; by the user",
    "3 the batch job ended with 5",
    "4 removed: HTCondor gives no reason",
  ]);
  // The history only explains: where it cannot be asked nothing is said.
  expect((await ask(job, { condor_q: [""] })).ended.length).toBe(3);
  expect((await ask(job, { condor_q: [""], condor_history: ["", 1] })).ended.length).toBe(3);
  await expect(ask(job, { condor_q: ["", 1] })).rejects.toThrow("condor_q ended with 1");
});

const squeue = (...lines: string[]): [string] => [`${lines.join("\n")}\n`];
const ours = (first = 0): string => `bye-splits:abc:1:${first}`;

test("Slurm: elements of arrays are batches, by their comment or by the number of the job", async () => {
  const job = submitted("slurm", [[0], [1], [2], [3], [4], [5]], ["40@0", "41@3"]);
  const { words } = await ask(job, {
    squeue: squeue(
      `40|0|RUNNING|None|${ours()}`,
      `40|1|PENDING|Priority|${ours()}`,
      `40|2|PENDING|JobHeldUser|${ours()}`,
      "41|0|COMPLETING|None|",
      "41|1|REQUEUE_HOLD|None|",
      `41|2|COMPLETED|None|${ours(3)}`,
      "99|0|RUNNING|None|bye-splits:other:1:0",
      "98|0|RUNNING|None|",
    ),
    sacct: [""],
  });
  expect(words).toEqual(["0 running", "1 waiting: Priority", "2 held: JobHeldUser", "3 running", "4 held"]);
});

test("Slurm: where squeue knows no format its JSON is read; how jobs ended is told by sacct, else by scontrol", async () => {
  const job = submitted("slurm", [[0], [1], [2]], ["40"]);
  const records = "40_0|FAILED|3:0\n40_1|TIMEOUT|0:15\n40_2|COMPLETED|0:0\n";
  expect((await ask(job, { squeue: [""], sacct: [records] })).ended).toEqual([
    "0 FAILED, exit code 3, signal 0",
    "1 TIMEOUT, exit code 0, signal 15",
  ]);
  // What is in the queue has not ended.
  const both = await ask(job, { squeue: squeue(`40|0|PENDING|None|${ours()}`), sacct: [records] });
  expect([both.words, both.ended]).toEqual([["0 waiting"], ["1 TIMEOUT, exit code 0, signal 15"]]);
  const shown = "JobId=40 ArrayJobId=40 ArrayTaskId=1 JobState=OUT_OF_MEMORY Reason=None ExitCode=0:125\n";
  for (const sacct of [
    ["", 0],
    ["x", 1],
  ] as const) {
    expect((await ask(job, { squeue: [""], sacct, scontrol: [shown] })).ended).toEqual([
      "1 OUT_OF_MEMORY, exit code 0, signal 125",
    ]);
  }
  expect((await ask(job, { squeue: [""], scontrol: ["", 1] })).ended).toEqual([]);
  await expect(ask(job, { squeue: ["", 1] })).rejects.toThrow("squeue ended with 1");
});

test("to cancel is to tell the scheduler, when it has something", async () => {
  const job = submitted("htcondor", [[0]], ["7"]);
  const condorOf = toyPrograms({ condor_q: condor({ JobStatus: 1, ByeSplitsTasks: "0" }), condor_rm: [""] });
  expect(await cancelJob(job.folder, worldOf(condorOf))).toEqual(["HTCondor was told to remove the jobs of this JOB"]);
  expect(readFileSync(join(condorOf, "calls"), "utf8")).toContain('condor_rm -constraint ByeSplitsJob == "abc"');
  const empty = toyPrograms({ condor_q: [""], condor_rm: ["no such job", 1] });
  await cancelJob(job.folder, worldOf(empty));
  const array = submitted("slurm", [[0], [1]], ["40"]);
  const slurmOf = toyPrograms({
    squeue: squeue(`40|0|RUNNING|None|${ours()}`, `40|1|PENDING|None|${ours()}`),
    scancel: [""],
  });
  await cancelJob(array.folder, worldOf(slurmOf));
  expect(readFileSync(join(slurmOf, "calls"), "utf8").trim().split("\n").at(-1)).toMatch(/scancel 40$/);
  const refused = toyPrograms({ squeue: squeue(`40|0|RUNNING|None|${ours()}`), scancel: ["not yours", 2] });
  await expect(cancelJob(array.folder, worldOf(refused))).rejects.toThrow("scancel ended with 2: not yours");
});
