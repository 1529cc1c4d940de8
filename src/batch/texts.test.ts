/** Submit files and scripts, compared whole with test/golden/batch; BYE_SPLITS_UPDATE=1 writes them anew. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { condorNodeText, condorText, dagText } from "./condor-text.js";
import { slurmText } from "./slurm-text.js";
import { type JobInfo, type Resources, type StageInput } from "./spec.js";
import { planTasks } from "./tasks.js";
import { type Task } from "./spec.js";
import { execText, valueLines } from "./texts.js";

const golden = fileURLToPath(new URL("../../test/golden/batch/", import.meta.url));

function expectGolden(name: string, text: string): void {
  const path = `${golden}${name}`;
  if (process.env["BYE_SPLITS_UPDATE"] === "1") writeFileSync(path, text);
  expect(existsSync(path), `${path} is missing`).toBe(true);
  expect(text).toBe(readFileSync(path, "utf8"));
}

function infoOf(resources: Partial<Resources>): JobInfo {
  return {
    format: "bye-splits job",
    formatVersion: 1,
    id: "0123456789abcdef",
    name: "dummy_submit",
    engine: "htcondor",
    task: "/home/me/dummy_submit.py",
    options: { cwd: "/home/me", resources: { site: "none", retries: 3, options: [], ...resources } },
    stages: [],
    runtime: { node: "/opt/node/bin/node", program: "/opt/bye splits/dist/cli/main.js", version: "0.1.0" },
    versions: { "bye-splits": "0.1.0", node: "v20.19.0" },
  };
}

const values = ["gen", "3.14", "it's", 'say "no"; $(rm) \\', "False", "", "two\nlines", "größe"];

function stage(name: string, some: readonly string[]): StageInput {
  return {
    name,
    program: { kind: "script", path: "/home/me/dummy_submit.py", interpreter: ["/usr/bin/env", "python3"] },
    perBatch: 2,
    tasks: some.map((value) => ({
      arguments: [
        ["gen_arg", [value]],
        ["float_arg", ["0.11"]],
      ],
      argv: ["/home/me/dummy_submit.py", "--gen_arg", value, "--float_arg", "0.11"],
    })),
  };
}

function fileOf(resources: Partial<Resources> = {}, stages: readonly StageInput[] = [stage("run", values)]) {
  const job = infoOf(resources);
  const folder = "/data/me/PU0 100%/$test";
  const { tasks } = planTasks(
    { name: "dummy_submit", folder, cwd: "/home/me", engine: "htcondor", resources: job.options.resources, stages },
    [],
  );
  return { job, folder, exec: `${folder}/subs/dummy_submit_exec_v1.sh`, tasks };
}

const pairs = [
  [0, 1],
  [2, 3],
  [4, 5],
  [6, 7],
];

test.each([
  { name: "a job of LLR, with the lines of the seed", file: "llr.sub", resources: { site: "llr", queue: "long" } },
  {
    name: "a job of CERN with a flavour",
    file: "cern.sub",
    resources: { site: "cern", flavour: "workday", wnTag: "el9" },
  },
  {
    name: "a job of CERN with a time, memory, disk and a line of its own",
    file: "cern-runtime.sub",
    resources: {
      site: "cern",
      maxRuntime: "7200",
      memory: "4GB",
      disk: "10GB",
      cpus: 2,
      options: [["+AccountingGroup", '"group_u_CMS"']],
    },
  },
  { name: "a job anywhere else", file: "none.sub", resources: { retries: 1 } },
] as const)("HTCondor: $name", ({ file, resources }) => {
  expectGolden(file, condorText({ ...fileOf(resources as Partial<Resources>), batches: pairs }));
});

test("HTCondor: a DAG of three stages, and the submit file of its nodes", () => {
  const file = fileOf({}, [stage("init", ["begin"]), stage("run", ["1", "2", "3"]), stage("combine", ["end"])]);
  const batches = [[0], [1, 2], [3], [4]];
  expectGolden("stages.dag", dagText({ ...file, batches }, "dummy_submit_v1.sub", [[0], [1, 2], [3]]));
  expectGolden("stages.sub", condorNodeText({ ...file, batches }));
});

test.each([
  {
    name: "an array with all that a site may want",
    file: "site.sbatch",
    resources: {
      partition: "short",
      account: "cms",
      qos: "normal",
      time: "01:00:00",
      memory: "2G",
      cpus: 4,
      maxRunning: 20,
      options: [["constraint", "el9|el8"]],
    },
  },
  { name: "an array without wishes", file: "plain.sbatch", resources: {} },
] as const)("Slurm: $name", ({ file, resources }) => {
  expectGolden(file, slurmText({ ...fileOf(resources as Partial<Resources>), batches: pairs }));
});

test.each([
  {
    name: "with the exports of LLR and a proxy",
    file: "llr.sh",
    info: infoOf({ site: "llr", proxy: "/home/me/.t3/proxy.cert" }),
  },
  {
    name: "that unpacks a bundle on the worker",
    file: "bundle.sh",
    info: { ...infoOf({}), runtime: { ...infoOf({}).runtime, bundle: "/data/me/bye-splits.tar.gz" } },
  },
])("the script of a batch job $name", ({ file, info }) => {
  expectGolden(file, execText(info, "/data/me/it's here"));
});

test("a path with a line break is refused: a submit file cannot name it", () => {
  const file = { ...fileOf(), folder: "/data/a\nb", batches: pairs };
  expect(() => condorText(file)).toThrow(
    '"/data/a b/logs/dummy_submit" has a line break: a submit file cannot name it',
  );
  expect(() => slurmText(file)).toThrow("has a line break: a batch script cannot name it");
});

test("values of batch jobs for people: one that all tasks share stands once, others in a list", () => {
  const task = (index: number, ...values: readonly (readonly [string, ...string[]])[]): Task => ({
    ...{ index, hash: "h", stage: "run", kind: "script", argv: [] },
    arguments: values.map(([name, ...words]) => [name, words] as const),
  });
  const tasks = [task(0, ["a", "1"], ["b", "x", "y"]), task(1, ["a", "1"], ["b", "z"]), task(2, ["a", "2"], ["b", "z"]), task(3, ["a", "c\\"])];
  expect(valueLines(tasks, [[0, 1], [1, 2, 0], [2], [3]])).toEqual([
    "# 0,1: a = 1, b = [x y;z]", "# 1,2,0: a = [1;2;1], b = [z;z;x y]", "# 2: a = 2, b = z", "# 3: a = c\\.",
  ]);
  const many = Array.from({ length: 5000 }, () => [0]);
  const lines = valueLines(tasks, many);
  expect(lines.at(-1)).toBe(`# and ${5000 - (lines.length - 1)} more: see tasks.jsonl`);
}); // prettier-ignore
