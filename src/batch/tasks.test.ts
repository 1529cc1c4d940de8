import { expect, test } from "vitest";
import { type Argument, type Program } from "./spec.js";
import { batchesOf, planTasks, taskHash } from "./tasks.js";

const run: Program = { kind: "command", words: ["run", "default"] };
const args: readonly Argument[] = [
  ["in", ["sample"]],
  ["radius", ["0.010"]],
  ["out", ["a"]],
];
const hash = taskHash(run, args, ["out"], ["n1", "n2"]);

test.each([
  { name: "another order of the arguments", other: taskHash(run, args.toReversed(), ["out"], ["n1", "n2"]) },
  { name: "another output", other: taskHash(run, [...args.slice(0, 2), ["out", ["b"]]], ["out"], ["n1", "n2"]) },
  { name: "another order of what it needs", other: taskHash(run, args, ["out"], ["n2", "n1"]) },
])("$name is the same task", ({ other }) => {
  expect(other).toBe(hash);
});

test.each([
  {
    name: "a value written in another way",
    other: taskHash(run, [args[0], ["radius", ["0.01"]], args[2]], ["out"], ["n1", "n2"]),
  },
  { name: "another command", other: taskHash({ kind: "command", words: ["run", "cs"] }, args, ["out"], ["n1", "n2"]) },
  { name: "other work before it", other: taskHash(run, args, ["out"], ["n1"]) },
])("$name is another task", ({ other }) => {
  expect(other).not.toBe(hash);
});

test("work that comes behind other work of before is not what was done before: its stage is planned anew", () => {
  const stagesOf = (first: string) => [
    { name: "init", program: run, perBatch: 1, tasks: [{ arguments: [["in", [first]]] as Argument[], argv: [] }] },
    { name: "combine", program: run, perBatch: 1, tasks: [{ arguments: [] as Argument[], argv: [] }] },
  ];
  const plan = (first: string, existing: Parameters<typeof planTasks>[1]) =>
    planTasks({ stages: stagesOf(first) } as unknown as Parameters<typeof planTasks>[0], existing);
  const before = plan("a", []);
  expect(before.stages).toEqual([[0], [1]]);
  expect(plan("a", before.tasks).stages).toEqual([[0], [1]]);
  const after = plan("b", before.tasks);
  expect(after.stages).toEqual([[2], [3]]);
  expect(after.tasks[3].needs).toEqual([2]);
});

test("a study that gets more radii: its beginning and its tables are made again in their places, of the rest what is new", () => {
  const command = (...words: string[]): Program => ({ kind: "command", words });
  const plan = (radii: readonly string[], existing: Parameters<typeof planTasks>[1], window = "1") =>
    planTasks(
      {
        stages: [
          {
            name: "init",
            program: command("study", "radius", "init"),
            perBatch: 1,
            tasks: [
              {
                arguments: [
                  ["window", [window]],
                  ["radii", [radii.join()]],
                ],
                argv: [...radii],
                output: { path: `study-${window}`, kind: "exists" },
                open: ["radii"],
              },
            ],
          },
          {
            name: "run",
            program: command("study", "radius", "run"),
            perBatch: 1,
            tasks: radii.map((radius) => ({
              arguments: [["radius", [radius]]],
              argv: [],
              output: { path: `study-${window}`, kind: "parts" },
            })),
          },
          {
            name: "combine",
            program: command("study", "radius", "combine"),
            perBatch: 1,
            tasks: [{ arguments: [], argv: [], output: { path: `study-${window}`, kind: "files" } }],
          },
        ],
      } as unknown as Parameters<typeof planTasks>[0],
      existing,
    );
  const before = plan(["0.01", "0.02"], []);
  expect(before.stages).toEqual([[0], [1, 2], [3]]);
  expect(before.tasks.map((task) => Object.keys(task))).not.toContain("open");
  const after = plan(["0.01", "0.015", "0.02"], before.tasks);
  expect(after.stages).toEqual([[0], [1, 4, 2], [3]]);
  // A marker tells by the hash of its task: these are done, or not, as they were.
  expect(after.tasks.map(({ hash }, i) => hash === before.tasks[i]?.hash)).toEqual([false, true, true, false, false]);
  expect(after.tasks.map(({ needs }) => needs)).toEqual([undefined, [0], [0], [1, 4, 2], [0]]);
  expect(after.tasks[0].argv).toEqual(["0.01", "0.015", "0.02"]);
  // Another window is another study, and all of it is new.
  expect(plan(["0.01", "0.02"], after.tasks, "2").stages).toEqual([[5], [6, 7], [8]]);
});

test.each([
  { n: 5, perBatch: 2, want: [[0, 1], [2, 3], [4]] },
  { n: 4, perBatch: 2, want: [[0, 1], [2, 3]] },
  { n: 2, perBatch: 9, want: [[0, 1]] },
  { n: 0, perBatch: 2, want: [] },
])("$n tasks in batches of $perBatch", ({ n, perBatch, want }) => {
  expect(batchesOf(Array.from({ length: n }, (_, k) => k), perBatch)).toEqual(want);
}); // prettier-ignore
