/** What a batch job does on its worker. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type OpenJob } from "./folder.js";
import { isThere, scratch, toyJob, VERSIONS } from "./job.test-data.js";
import { type Marker, markerPath, readStates, runningPath } from "./marker.js";
import { myself } from "./processes.js";
import { runTasks } from "./run-tasks.js";
import { type Task } from "./spec.js";

const shell = (script: string): string[] => ["/bin/sh", "-c", script];

async function run(job: OpenJob, numbers = job.tasks.map(({ index }) => index), signal = new AbortController().signal) {
  let said = "";
  const result = await runTasks({
    ...{ job, numbers, runtime: { node: "/bin/sh", program: join(job.folder, "program") }, versions: VERSIONS },
    ...{ env: { PATH: "/usr/bin:/bin", WORD: "from outside" }, signal },
    write: (text, to) => void (said += to === "stderr" ? String(text) : `[${String(text).trim()}]`),
  });
  return { ...result, said: said.replace(/\d+(\.\d+)? s(?=$|:)/gm, "T s") };
}
const markerOf = ({ folder }: OpenJob, index: number): Marker =>
  JSON.parse(readFileSync(markerPath(folder, `h${index}`), "utf8")) as Marker;

test("tasks end as done, failed or to be done again; those that ended have a marker", async () => {
  const exits = [0, 3, 75, 143, 0];
  const job = toyJob(exits.map((exit) => ({ argv: shell(`echo out; echo err >&2; exit ${exit}`) })));
  const { done, failed, retry, said } = await run(job);
  expect([done, failed, retry]).toEqual([[0, 4], [1], [2, 3]]);
  expect([0, 1, 2, 3, 4].map((index) => isThere(job.folder, "done", `h${index}.json`))).toEqual([true, true, false, false, true]);
  expect(markerOf(job, 0)).toMatchObject({ hash: "h0", index: 0, exit: 0, versions: VERSIONS });
  expect([markerOf(job, 0).log, markerOf(job, 0).outputs]).toEqual([undefined, undefined]);
  expect(markerOf(job, 1).log?.split("\n").toSorted()).toEqual(["err", "out"]);
  expect(said).toContain("bye-splits: task 0: done in T s");
  expect(said).toContain("bye-splits: task 1: failed with 3 after T s");
  expect(said).toContain("bye-splits: task 3: ended with 143 after T s: to be done again");
  expect(readdirSync(join(job.folder, "running"))).toEqual([]);
  expect(readStates(job).map(({ state }) => state)).toEqual(["done", "failed", "open", "open", "done"]);
  // A second time what is done stays, and what failed is tried again.
  const again = await run(job, [0, 1]);
  expect([again.done, again.failed, again.said.includes("task 0: done already")]).toEqual([[0], [1], true]);
}); // prettier-ignore

test("a task stopped by a signal says nothing of itself; one that cannot start is tried again, what is no program is not", async () => {
  const job = toyJob([{ argv: shell("kill -9 $$") }, { argv: ["/nowhere/at/all"] }, { argv: ["/etc/passwd"] }]);
  const { done, failed, retry, said } = await run(job);
  expect([done, failed, retry]).toEqual([[], [2], [0, 1]]);
  expect(said).toContain("cannot start /nowhere/at/all");
  expect(markerOf(job, 2)).toMatchObject({ exit: 2, log: expect.stringContaining("cannot start /etc/passwd") as string });
}); // prettier-ignore

test("a task whose needs are not done waits for them", async () => {
  const job = toyJob([{}, { needs: [0] }, { needs: [0, 1] }, {}]);
  const first = await run(job, [2, 1]);
  expect([first.retry, first.said.trim().split("\n")]).toEqual([
    [2, 1],
    ["bye-splits: task 2: waits for 2 tasks, the first is 0", "bye-splits: task 1: waits for task 0"],
  ]);
  expect((await run(job, [0, 1, 2])).done).toEqual([0, 1, 2]);
  await expect(run(job, [0, 4])).rejects.toThrow("has the tasks 0 to 3: there is no task 4");
});

const writes = (folder: string, more: Partial<Task> = {}): Partial<Task> => ({
  argv: shell(`mkdir -p '${folder}/o/deep'; printf abc > '${folder}/o/a'; printf de > '${folder}/o/deep/b'`),
  ...more,
});

test("a marker knows the output: of a whole one all files, of tables those directly in it, else that it is there", async () => {
  const job = toyJob([{}, {}, {}, {}]);
  const path = (index: number): string => join(job.folder, `out${index}`, "o");
  const kinds = ["whole", "files", "exists"] as const;
  const tasks = job.tasks.map((task, index) => ({
    ...task,
    ...writes(join(job.folder, `out${index}`), { output: { path: path(index), kind: kinds[index] ?? "whole" } }),
  }));
  tasks[3] = { ...tasks[3], argv: shell("exit 0") };
  const told = { ...job, tasks };
  const { done, failed, said } = await run(told);
  expect([done, failed]).toEqual([[0, 1, 2], [3]]);
  expect(said).toContain(`the program ended with 0, but its output ${path(3)} is not there`);
  expect(markerOf(job, 3).exit).toBe(2);
  const files = [0, 1, 2].map((index) => markerOf(job, index).outputs?.[0].files);
  expect(files).toEqual([[["a", 3], ["deep/b", 2]], [["a", 3]], []]);
  // A file that has changed its size, or is gone, makes the task open.
  writeFileSync(join(path(0), "a"), "abcd");
  expect(readStates(told)[0]).toMatchObject({ state: "open", fault: `${join(path(0), "a")} has 4 bytes, 3 were written` });
  expect(readStates(told)[1].state).toBe("done");
}); // prettier-ignore

test("parts of a study are those that the command names", async () => {
  const job = toyJob([{}]);
  const study = join(job.folder, "study");
  const script = `mkdir -p ${study}/parts/p1; printf x > ${study}/parts/p1/f; echo '{"folders": ["parts/p1"]}'`;
  const told = { ...job, tasks: [{ ...job.tasks[0], argv: shell(script), output: { path: study, kind: "parts" } as const }] };
  expect((await run(told)).done).toEqual([0]);
  expect(markerOf(job, 0).outputs).toMatchObject([{ path: join(study, "parts/p1"), files: [["f", 1]] }]);
}); // prettier-ignore

test.each([
  { printed: "nothing", says: "what the program has printed: not JSON (" },
  { printed: "[]", says: "what the program has printed: expected a JSON object" },
  { printed: "{}", says: 'what the program has printed does not say which parts it has computed: no "folders"' },
  { printed: '{"folders":[1]}', says: 'what the program has printed: "folders" is [1], expected a list of names' },
])("a command that prints $printed for its parts is done again, and says why", async ({ printed, says }) => {
  const job = toyJob([{ argv: ["/bin/sh", "-c", `echo '${printed}'`], output: { path: scratch(), kind: "parts" } }]);
  const { retry, said } = await run(job);
  expect(retry).toEqual([0]);
  expect(said).toContain(`bye-splits: task 0: ${says}`);
});

test("a command of ours writes beside its output, which takes its place when it is whole", async () => {
  const job = toyJob([{}]);
  // Our program is a script here: it writes the place that it was given.
  writeFileSync(join(job.folder, "program"), 'mkdir "$4"; echo "$*" > "$4/args"; echo "$WORD" >> "$4/args"; exit $2\n');
  const output = { path: join(job.folder, "results/o"), kind: "whole" } as const;
  const task = (exit: number): Task => ({ ...job.tasks[0], kind: "command", argv: ["run", String(exit), "--out", output.path], output }); // prettier-ignore
  const failed = await run({ ...job, tasks: [task(4)] });
  expect([failed.failed, readdirSync(join(job.folder, "results"))]).toEqual([[0], []]);
  mkdirSync(output.path);
  writeFileSync(join(output.path, "old"), "");
  expect((await run({ ...job, tasks: [task(0)] })).done).toEqual([0]);
  expect([readdirSync(join(job.folder, "results")), readdirSync(output.path)]).toEqual([["o"], ["args"]]);
  const [words, word] = readFileSync(join(output.path, "args"), "utf8").trim().split("\n");
  expect([words.replace(/[0-9a-f]{12}$/, "RANDOM"), word]).toEqual([
    `run 0 --out ${join(job.folder, "results/.part.h0.RANDOM")}`, "from outside",
  ]);
}); // prettier-ignore

test("the first output of a command takes a place where nothing is", async () => {
  const job = toyJob([{}]);
  writeFileSync(join(job.folder, "program"), 'mkdir "$3"; exit 0\n');
  const output = { path: join(job.folder, "results/o"), kind: "whole" } as const;
  const task: Task = { ...job.tasks[0], kind: "command", argv: ["run", "--out", output.path], output };
  expect([(await run({ ...job, tasks: [task] })).done, readdirSync(join(job.folder, "results"))]).toEqual([[0], ["o"]]);
});

test("what is interrupted leaves neither a marker nor a sign that it runs", async () => {
  const job = toyJob([{ argv: shell("exec sleep 5") }, {}]);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 30);
  await expect(run(job, [0, 1], controller.signal)).rejects.toThrow("aborted");
  expect([readdirSync(join(job.folder, "running")), readdirSync(join(job.folder, "done"))]).toEqual([[], []]);
});

test("of what a failed task said the last 20 lines, of the last 2000 bytes, are kept", async () => {
  const job = toyJob([{ argv: shell("i=0; while [ $i -lt 30 ]; do i=$((i+1)); echo line $i; done; exit 1") }, { argv: shell("printf '%03000d\\n' 0; exit 1") }]); // prettier-ignore
  await run(job);
  const lines = markerOf(job, 0).log?.split("\n") ?? [];
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([20, "line 11", "line 30"]);
  expect(markerOf(job, 1).log?.length).toBe(1999);
});

test("what another attempt has done meanwhile counts, whatever becomes of this one", async () => {
  const job = toyJob([{}]);
  const marker = JSON.stringify({ hash: "h0", index: 0, exit: 0, seconds: 1, host: "elsewhere", versions: VERSIONS });
  const script = `printf '%s' '${marker}' > '${markerPath(job.folder, "h0")}'; exit 1`;
  const { failed } = await run({ ...job, tasks: [{ ...job.tasks[0], argv: shell(script) }] });
  expect([failed, markerOf(job, 0).host, markerOf(job, 0).exit]).toEqual([[0], "elsewhere", 0]);
});

test("of two processes that begin a task one does it, and the other waits for what comes of it", async () => {
  const slow = (exit: number) => ({ argv: shell(`echo "$0" >> started; sleep 0.3; exit ${exit}`) });
  const job = toyJob([slow(0), slow(3)]);
  const both = await Promise.all([run(job), run(job)]);
  expect(both.map(({ done, failed }) => [done, failed])).toEqual([[[0], [1]], [[0], [1]]]);
  expect(readFileSync(join(job.folder, "started"), "utf8").trim().split("\n")).toHaveLength(2);
  const said = both.map((each) => each.said).join("");
  for (const text of ["task 0: waits for another process that is at it", "task 0: done already", "task 1: failed with 3 already"]) expect(said).toContain(text);
  expect(readdirSync(join(job.folder, "running"))).toEqual([]);
}); // prettier-ignore

test.each([
  ["a process that is gone", { pid: 2 ** 22 + 1 }],
  ["a process of another host", { host: "elsewhere" }],
  ["a text that names nobody", undefined],
])("a task that %s was at is done", async (_, other) => {
  const job = toyJob([{}]);
  mkdirSync(join(job.folder, "running"), { recursive: true });
  const text = other === undefined ? "{" : JSON.stringify({ hash: "h0", ...myself(), began: "before", ...other });
  writeFileSync(runningPath(job.folder, "h0"), text);
  expect((await run(job)).done).toEqual([0]);
  expect(readdirSync(join(job.folder, "running"))).toEqual([]);
});
