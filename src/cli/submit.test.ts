/** What is said of jobs that were launched, and of inputs that are not there. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Driven } from "../batch/index.js";
import { scratch, toyJob } from "../batch/job.test-data.js";
import { EndWith } from "./end.js";
import { createIo, type Io } from "./io.js";
import { driveOptions, tellDriven, tellInterrupted, warnOfMissing } from "./submit.js";

function collecting(more: Partial<Io> = {}) {
  const said = { stdout: "", stderr: "" };
  const io = createIo({
    stdout: { write: (text) => (said.stdout += text) },
    stderr: { write: (text) => (said.stderr += text) },
    ...more,
  });
  return { io, said };
}
const driven = (more: Partial<Driven>): Driven => ({
  ...{ folder: "/j", engine: "htcondor", tasks: 8, launched: [0, 1], batches: 1, ids: [], files: [] },
  ...{ done: 0, failed: [], busy: 0, blocked: [] },
  ...more,
}) as unknown as Driven; // prettier-ignore

async function told(...results: readonly Partial<Driven>[]): Promise<string[]> {
  const { io, said } = collecting();
  await tellDriven(io, {}, results.map(driven));
  return said.stdout.trim().split("\n");
}
const NEXT = "bye-splits jobs status /j   shows how it goes";

test.each([
  { name: "new tasks alone", of: {}, line: "/j: 2 of 8 tasks submitted in 1 batch job (htcondor)" },
  { name: "with numbers of jobs", of: { ids: ["40@0", "41@3"], batches: 2, engine: "slurm" }, line: "/j: 2 of 8 tasks submitted in 2 batch jobs (slurm as 40, 41)" },
  { name: "one of each", of: { done: 1, busy: 1, failed: [3], blocked: [4] }, line: "/j: 2 of 8 tasks submitted in 1 batch job (htcondor); 1 is done, 1 is under way, 1 failed for good (bye-splits jobs resume --failed /j does them again), 1 needs tasks that failed" },
  { name: "several", of: { done: 2, busy: 3, blocked: [4, 5], ids: ["12"] }, line: "/j: 2 of 8 tasks submitted in 1 batch job (htcondor as 12); 2 are done, 3 are under way, 2 need tasks that failed" },
] as const)("what was launched is told: $name", async ({ of, line }) => {
  expect(await told(of)).toEqual([line, NEXT]);
}); // prettier-ignore

test("one job is an object for programs, several are a list", async () => {
  const json = async (n: number): Promise<unknown> => {
    const { io, said } = collecting();
    await tellDriven(io, { json: true }, Array.from({ length: n }, () => driven({})));
    return JSON.parse(said.stdout);
  }; // prettier-ignore
  expect([await json(1), await json(2)]).toMatchObject([{ folder: "/j" }, [{ folder: "/j" }, { folder: "/j" }]]);
});

test.each([
  { exits: [0, 0], exit: 0, said: "" },
  { exits: [0, 1], exit: 2, said: /^bye-splits: .*fail/ },
])("of a job of this machine it is told how it ended: $exits is $exit", async ({ exits, exit, said: wanted }) => {
  const job = toyJob(exits.map(() => ({})));
  for (const [index, code] of exits.entries()) {
    const marker = { hash: `h${index}`, index, exit: code, seconds: 1, host: "a", versions: job.info.versions, log: "" };
    writeFileSync(join(job.folder, "done", `h${index}.json`), JSON.stringify(marker));
  }
  const { io, said } = collecting();
  const end = tellDriven(io, {}, [driven({ folder: job.folder, engine: "local", tasks: 2 })]);
  const code = await end.then(() => 0, (error: unknown) => (error as EndWith).exit);
  expect([code, said.stderr.trim()]).toEqual([exit, wanted === "" ? "" : (expect.stringMatching(wanted) as string)]);
  expect(said.stdout).toMatch(/: 2 of 2 tasks run in 1 batch job \(local\)\n/);
  expect(said.stdout).not.toContain("shows how it goes");
}); // prettier-ignore

test("a job that was stopped in the middle goes on when one says so; what is no job does not", () => {
  const { folder } = toyJob([{}]);
  const of = (received: NodeJS.Signals | null, path: string): string => {
    const { io, said } = collecting({ interrupt: { signal: () => new AbortController().signal, received: () => received } }); // prettier-ignore
    tellInterrupted(io, path);
    return said.stderr;
  };
  expect([of("SIGINT", folder), of(null, folder), of("SIGINT", scratch())]).toEqual([
    `what is done stays: bye-splits jobs resume ${folder} goes on\n`,
    "",
    "",
  ]);
});

test("jobs run on as many cores as are said; locks of others are left to them unless one says so", () => {
  const { io } = collecting({ cores: 7 });
  expect(driveOptions(io, {})).toMatchObject({ jobs: 7, cores: 7, takeOver: false });
  expect(driveOptions(io, { jobs: 2, takeOver: true })).toMatchObject({ jobs: 2, cores: 7, takeOver: true });
});

test("inputs that are not there are told, three of them by name; addresses, lists, patterns and what tasks make are not", () => {
  const folder = scratch();
  mkdirSync(join(folder, "there"));
  const warned = (inputs: readonly string[], name = "input", task: object = {}): string => {
    const { info, ...job } = toyJob([
      { kind: "command", arguments: [[name, inputs]], ...task },
      { kind: "command", arguments: [["in", inputs.slice(0, 1)]], output: { path: join(folder, "made"), kind: "whole" } },
    ]);
    const { io, said } = collecting();
    warnOfMissing(io, { ...job, info: { ...info, name: "skim", options: { ...info.options, cwd: folder } } });
    return said.stderr;
  };
  expect(warned(["there", "made", "root://x/a.root", "@list", "x*.root", "[a].root", "a?.root"])).toBe("");
  const end = "not there: tasks that read from there will fail\n";
  expect(warned(["a", "root://x/a.root"])).toBe(`warning: skim: a is ${end}`);
  expect(warned(["a", "b", "c", "a"])).toBe(`warning: skim: a, b, c are ${end}`);
  expect(warned(["a", "b", "c", "d"], "inputs")).toBe(`warning: skim: a, b, c and 1 more are ${end}`);
  // Of arguments of another name, and of scripts, nobody knows what they mean.
  expect(warned(["there", "b"], "out")).toBe("");
  expect(warned(["there", "b"], "input", { kind: "script" })).toBe("");
}); // prettier-ignore
