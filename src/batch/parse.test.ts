import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  elementsOf,
  parseCluster,
  parseCondorJson,
  parseEventLog,
  parseSacct,
  parseScontrol,
  parseSqueue,
  stateOfEvents,
} from "./parse.js";

const shared = process.env["BYE_SPLITS_SHARED"] ?? fileURLToPath(new URL("../../../shared", import.meta.url));
const slurm = (name: string): string => readFileSync(`${shared}/data/slurm/${name}`, "utf8");

const SUBMITTED = "000 (012.003.000) 2026-11-28 10:00:00 Job submitted from host: <127.0.0.1:19618>\n...\n";
const STARTED = "001 (012.003.000) 2026-11-28 10:00:02 Job executing on host: <127.0.0.1:19618>\n...\n";

test.each([
  { name: "a submitted job waits", log: SUBMITTED, want: { state: "waiting" } },
  { name: "a started job runs", log: SUBMITTED + STARTED, want: { state: "running" } },
  {
    name: "an evicted job waits again",
    log: `${SUBMITTED}${STARTED}004 (012.003.000) 11/28 10:00:03 Job was evicted.\n\t(0) Job was not checkpointed.\n...\n`,
    want: { state: "waiting" },
  },
  {
    name: "a job that ended has an exit code",
    log: `${STARTED}005 (012.003.000) 2026-11-28 10:00:09.123Z Job terminated.\n\t(1) Normal termination (return value 75)\n\t\tUsr 0 00:00:00\n...\n`,
    want: { state: "ended", exit: 75 },
  },
  {
    name: "a job that was killed has a signal",
    log: `${STARTED}005 (012.003.000) 11/28 10:00:09 Job terminated.\n\t(0) Abnormal termination (signal 9)\n...\n`,
    want: { state: "ended", signal: 9 },
  },
  {
    name: "a removed job says why",
    log: `${SUBMITTED}009 (012.003.000) 11/28 10:00:09 Job was aborted.\n\tvia condor_rm (by user me)\n...\n`,
    want: { state: "removed", reason: "Job was aborted.; via condor_rm (by user me)" },
  },
  {
    name: "a held job says why",
    log: `${SUBMITTED}012 (012.003.000) 11/28 10:00:09 Job was held.\n\tvia condor_hold (by user me)\n\tCode 1 Subcode 0\n...\n`,
    want: { state: "held", reason: "via condor_hold (by user me); Code 1 Subcode 0" },
  },
  {
    name: "a released job waits",
    log: `${SUBMITTED}012 (012.003.000) 11/28 10:00:09 Job was held.\n...\n013 (012.003.000) 11/28 10:00:12 Job was released.\n...\n`,
    want: { state: "waiting" },
  },
  {
    name: "an event that is still being written counts for nothing",
    log: `${SUBMITTED}001 (012.003.000) 11/28 10:0`,
    want: { state: "waiting" },
  },
  { name: "a damaged line is passed over", log: `${SUBMITTED}garbage\n...\n${STARTED}`, want: { state: "running" } },
  { name: "no events, no state", log: "", want: undefined },
])("event log of HTCondor: $name", ({ log, want }) => {
  expect(stateOfEvents(parseEventLog(log))).toEqual(want);
});

test("an event says job, process and time", () => {
  expect(parseEventLog(STARTED)).toEqual([
    { code: 1, cluster: 12, process: 3, time: "2026-11-28 10:00:02", text: "Job executing on host: <127.0.0.1:19618>" },
  ]);
});

test.each([
  { name: "nothing at all is no jobs", text: "", want: [] },
  { name: "an empty list is no jobs", text: "[\n]\n", want: [] },
  {
    name: "a held job has its reason and its tasks",
    text: '[{"ClusterId":12,"ProcId":3,"JobStatus":5,"HoldReason":"via condor_hold","ByeSplitsTasks":"6,7","ByeSplitsRun":2,"New":1}]',
    want: [{ status: 5, holdReason: "via condor_hold", tasks: "6,7", run: 2 }],
  },
])("condor_q -json: $name", ({ text, want }) => {
  expect(parseCondorJson(text)).toEqual(want);
});

test.each([
  { text: "123.0 - 123.5\n", want: "123" },
  { text: "Submitting job(s)...\n6 job(s) submitted to cluster 45.\n", want: "45" },
  { text: "ERROR: nothing", want: undefined },
])("the number of a cluster in $text", ({ text, want }) => {
  expect(parseCluster(text)).toBe(want);
});

test.each([
  { text: "3", want: [3] },
  { text: "0-2,5", want: [0, 1, 2, 5] },
  { text: "[0,2]", want: [0, 2] },
  { text: "[1-3%4]", want: [1, 2, 3] },
  { text: "N/A", want: [0] },
  { text: "", want: [0] },
])("elements of an array, $text", ({ text, want }) => {
  expect(elementsOf(text)).toEqual(want);
});

test.each([
  {
    name: "columns, with a comment that holds the separator",
    text: "7|[0-1%2]|PENDING|JobHeldUser|bye-splits:a|b\n7|2|RUNNING|None|bye-splits:a|b\nslurm is down\n",
    want: [
      { job: "7", element: 0, state: "PENDING", reason: "JobHeldUser", comment: "bye-splits:a|b" },
      { job: "7", element: 1, state: "PENDING", reason: "JobHeldUser", comment: "bye-splits:a|b" },
      { job: "7", element: 2, state: "RUNNING", reason: "None", comment: "bye-splits:a|b" },
    ],
  },
  {
    name: "JSON of newer versions, with wrapped numbers, lists of states and comments by author",
    text: JSON.stringify({
      jobs: [
        {
          job_id: 9,
          array_job_id: { set: true, infinite: false, number: 7 },
          array_task_id: { set: true, number: 2 },
          array_task_string: "",
          job_state: ["RUNNING"],
          state_reason: "None",
          comment: { administrator: "", job: "mine", system: "" },
        },
        {
          job_id: 10,
          array_job_id: { set: true, number: 7 },
          array_task_id: { set: false, number: 0 },
          array_task_string: "3-4",
          job_state: ["PENDING"],
          state_reason: "Priority",
          comment: { job: "mine" },
        },
      ],
    }),
    want: [
      { job: "7", element: 2, state: "RUNNING", reason: "None", comment: "mine" },
      { job: "7", element: 3, state: "PENDING", reason: "Priority", comment: "mine" },
      { job: "7", element: 4, state: "PENDING", reason: "Priority", comment: "mine" },
    ],
  },
  { name: "JSON without jobs", text: "{}", want: [] },
])("squeue: $name", ({ text, want }) => {
  expect(parseSqueue(text)).toEqual(want);
});

test.each([
  {
    name: "arrays, jobs, steps and a state with its author",
    text: "JobID|State|ExitCode\n1_3|FAILED|7:0\n1_3.batch|FAILED|7:0\n3_[0,2]|CANCELLED by 0|0:0\n4|TIMEOUT|0:15\n",
    want: [
      { job: "1", element: 3, state: "FAILED", exit: 7, signal: 0 },
      { job: "3", element: 0, state: "CANCELLED", exit: 0, signal: 0 },
      { job: "3", element: 2, state: "CANCELLED", exit: 0, signal: 0 },
      { job: "4", element: 0, state: "TIMEOUT", exit: 0, signal: 15 },
    ],
  },
])("sacct: $name", ({ text, want }) => {
  expect(parseSacct(text)).toEqual(want);
});

describe.skipIf(!existsSync(`${shared}/data/slurm`))("real outputs of Slurm 22.05 [needs shared data]", () => {
  test("squeue --json: every element of the array with its state", () => {
    const jobs = parseSqueue(slurm("squeue-22.05.json")).filter(({ job }) => job === "1");
    const states = Object.fromEntries(jobs.map(({ element, state }) => [element, state]));
    expect(states).toEqual({
      0: "COMPLETED",
      1: "COMPLETED",
      2: "COMPLETED",
      3: "FAILED",
      4: "FAILED",
      5: "CANCELLED",
    });
  });

  test("scontrol: one record an element, with exit code, signal and reason", () => {
    const records = parseScontrol(slurm("scontrol-22.05-array.txt"));
    expect(records.find(({ element }) => element === 4)).toEqual({
      job: "1",
      element: 4,
      state: "FAILED",
      exit: 0,
      signal: 11,
      reason: "JobLaunchFailure",
    });
    expect(records.map(({ element }) => element).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("sacct: steps are passed over", () => {
    const records = parseSacct(slurm("sacct-22.05-steps.psv"));
    expect(records.length).toBeGreaterThan(0);
    expect(records.every(({ job }) => /^\d+$/.test(job))).toBe(true);
    expect(
      parseSacct(slurm("sacct-22.05-X.psv").replaceAll(/^([^|]*)\|[^|]*\|[^|]*\|([^|]*)\|([^|]*)\|.*$/gm, "$1|$2|$3"))
        .length,
    ).toBeGreaterThan(5);
  });
});

test("condor_q: what a job has is told, what it has not is left out", () => {
  const all = { HoldReason: "disk", ByeSplitsTasks: "0-3", ByeSplitsRun: "2", RemoveReason: "by hand", ExitCode: 1 };
  const jobs = [{ ClusterId: 12, ProcId: 3, JobStatus: 5, ExitSignal: 9, ...all }, { ClusterId: 13 }];
  expect(parseCondorJson(JSON.stringify(jobs))).toEqual([
    {
      ...{ status: 5, holdReason: "disk", tasks: "0-3", run: 2 },
      ...{ exit: 1, signal: 9, removeReason: "by hand" },
    },
    { status: 0 },
  ]);
});

test.each([
  { text: "-- Failed to fetch ads\n[]", says: /^what HTCondor says of its jobs is not JSON \(.+\)$/ },
  { text: '{"jobs":[]}', says: /^what HTCondor says of its jobs is not a list of them$/ },
  { text: "[null]", says: /^what HTCondor says of its jobs is not a list of them$/ },
])("condor_q -json: $text is refused", ({ text, says }) => {
  expect(() => parseCondorJson(text)).toThrow(says);
});

test.each([
  { text: '{"jobs":[', says: /^what Slurm says of its jobs is not JSON \(.+\)$/ },
  { text: '{"jobs":{"7":{}}}', says: /^what Slurm says of its jobs is not a list of them$/ },
  { text: '{"jobs":[7]}', says: /^what Slurm says of its jobs is not a list of them$/ },
])("squeue --json: $text is refused", ({ text, says }) => {
  expect(() => parseSqueue(text)).toThrow(says);
});
