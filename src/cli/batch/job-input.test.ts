/** From job files to tasks, for scripts and for commands of a program of this test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, expect, test } from "vitest";
import { type JobInput } from "../../batch/index.js";
import { createIo } from "../io.js";
import { parseWords, readJobFile } from "./job-file.js";
import { home, nameOfScript } from "./job-input.js";
import { jobOf, runsCommands } from "./job-program.js";

const folder = mkdtempSync(join(tmpdir(), "bye-splits-job-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const program = new Command("prog");
const run = program.command("run").argument("<chain>", "").option("--in <folder>", "").option("--out <folder>", "");
run.option("--particles <name>", "").option("--first <n>", "");
const radius = program.command("study").command("radius");
for (const verb of ["init", "run", "combine"]) {
  const command = radius.command(verb);
  if (verb === "init")
    command.option("--radii <list>", "").option("--extend", "").requiredOption("--in <samples...>", "").requiredOption("--out <folder>", ""); // prettier-ignore
  else command.argument("<study>", "");
  if (verb === "run") command.option("--radius <r>", "").option("--particles <name>", "").option("--pileup <n>", "");
}
program.command("skim").option("--input <files...>", "").option("--tree <name>", "").option("--particles <name>", "").option("--out <folder>", "").option("--config <file>", "").option("--events <n>", ""); // prettier-ignore

let files = 0;
function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
}
const script = write("task.sh", "#!/bin/sh -e\nexit 0\n");

interface How {
  readonly set?: readonly string[];
  readonly words?: readonly string[];
  readonly out?: string;
}

/** The jobs of the sections of a file, and what was said. */
function read(yaml: string, { set = [], words = [], out }: How = {}) {
  const path = write(`job${files++}.yaml`, yaml);
  let said = "";
  const io = createIo({ stdout: { write: () => true }, stderr: { write: (text) => (said += text) } });
  const file = readJobFile(io, path, set, words);
  const jobs = file.sections.map((section) =>
    jobOf({ io, file, program, ...(out === undefined ? {} : { out }) }, section),
  );
  return { file, jobs, path, said: said.replaceAll(folder, "F") };
}
const fails = (yaml: string, how?: How): string => {
  try {
    read(yaml, how);
    return "no error";
  } catch (error) {
    return (error as Error).message.replaceAll(folder, "F");
  }
};
const tasksOf = ({ stages }: JobInput): string[] => stages.flatMap(({ tasks }) => tasks.map(({ argv }) => argv.join(" ").replaceAll(folder, "F"))); // prettier-ignore
const job = (lines: string): string => `job:\n${lines.split("\n").map((line) => `  ${line}\n`).join("")}`; // prettier-ignore
const base = `submit_dir: ${folder}/out\nscript: ${script}\n`;

test("a script runs once for each value that is iterated over, the first one the slowest", () => {
  const { jobs } = read(job(`${base}iterOver: [b, a]\nargs_per_batch: 3\narguments: {x: [1, 2], a: [5, 6], b: [7, 8], flag: }`));
  expect(tasksOf(jobs[0])).toEqual([[7, 5], [7, 6], [8, 5], [8, 6]].map(([b, a]) => `/bin/sh -e F/task.sh --b ${b} --a ${a} --x 1 2 --flag`)); // prettier-ignore
  expect(jobs[0].stages.map(({ perBatch, program: of }) => [perBatch, of])).toEqual([
    [3, { kind: "script", path: script, interpreter: ["/bin/sh", "-e"] }],
  ]);
  expect(jobs[0]).toMatchObject({ name: "task", folder: join(folder, "out"), engine: "htcondor" });
}); // prettier-ignore

test("equal values are one task, and that is said; what cannot be a value is refused", () => {
  const { jobs, said } = read(job(`${base}iterOver: a\narguments: {a: [1, 2, 1, 1, 2]}`));
  expect(tasksOf(jobs[0]).length).toBe(2);
  expect(said).toContain('arguments.a: "1", "1", "2" given again: equal values are one task');
  expect(read(job(`${base}iterOver: a\narguments: {a: [1, 2, 2]}`)).said).toContain('arguments.a: "2" given again');
  expect(read(job(`${base}iterOver: a\narguments: {a: [1, 2]}`)).said).not.toContain("given again");
  const of = (value: string): string => fails(job(`${base}arguments: {a: ${value}}`)).replace(/.*arguments\.a: /, "");
  expect(of("[]")).toBe("the list is empty: it needs at least one value");
  expect(of("[1, ~]")).toMatch(/^a value is missing/);
  expect(of("[[1]]")).toMatch(/^expected a value or a list of values/);
  expect(of('"\\0"')).toContain("NUL");
  expect(fails(job(`${base}arguments: {a: }`))).toBe("no error");
  expect(of(`"${"x".repeat(131_000)}"`)).toBe("no error");
  expect(of(`"${"x".repeat(131_001)}"`)).toBe("a value of 131001 bytes; at most 131000 can be given to a program");
});

test("what is iterated over is there, and makes no more tasks than anybody can have", () => {
  expect(fails(job(`${base}iterOver: radiu\narguments: {radius: 1, x: 2}`))).toContain('no argument "radiu"; did you mean radius? There are radius, x'); // prettier-ignore
  const list = (n: number): string => `[${Array.from({ length: n }, (_, k) => k).join()}]`;
  expect(fails(job(`${base}iterOver: [a, b]\narguments: {a: ${list(1001)}, b: ${list(1000)}}`))).toContain("iterOver makes 1001000 tasks, at most 1000000 are"); // prettier-ignore
});

test("a job has a folder: its own, or the one of the command line, of each section in it", () => {
  expect(fails(job(`script: ${script}`))).toContain("submit_dir is missing");
  const [one] = read(job(base), { out: join(folder, "given") }).jobs;
  expect(one.folder).toBe(join(folder, "given"));
  const two = read(job(`script: ${script}\nphotons: {submit_dir: ${folder}/p}\npions: {args_per_batch: 2}`), { out: join(folder, "given") });
  expect(two.jobs.map((each) => [each.folder, each.stages[0].perBatch])).toEqual([[join(folder, "given/photons"), 1], [join(folder, "given/pions"), 2]]);
  expect([home("~"), home("~/a"), home("~a"), home("/b")]).toEqual([homedir(), join(homedir(), "a"), "~a", "/b"]);
  expect(nameOfScript("/a/b.c.py")).toBe("b.c");
}); // prettier-ignore

test("what schedulers are asked for is what the file says; switches of engines", () => {
  const [one] = read(job(`${base}site: cern\nqueue: long\ncpus: 4\nretries: 0\nmemory: 2GB\nmax_running: 7\nname: my job\nengine: slurm\noptions: {a: b}`)).jobs; // prettier-ignore
  expect(one.resources).toEqual({ site: "cern", queue: "long", cpus: 4, retries: 0, memory: "2GB", maxRunning: 7, options: [["a", "b"]] }); // prettier-ignore
  expect([one.engine, one.name.startsWith("h")]).toEqual(["slurm", true]);
  const engine = (lines: string): string => read(job(`${base}${lines}`)).jobs[0].engine;
  expect([engine("local: True"), engine("local: False"), engine("local: False\nengine: local")]).toEqual(["local", "htcondor", "local"]); // prettier-ignore
  expect(read(job(`${base}site: llr`)).jobs[0].resources).toEqual({ site: "llr", retries: 3, options: [] });
  expect(fails(job(`${base}wn_tag: el7`))).toContain("take el8 or el9");
  expect(fails(job(`${base}wn_tag: el9`))).toBe("no error");
  expect(fails(job(`${base}options: {a: [b]}`))).toContain("options.a: expected a text of one line");
});

test("a script is run by its first line, by its ending, or not at all", () => {
  const of = (name: string, text: string): string => {
    const path = write(name, text);
    try {
      const { jobs, said } = read(job(`submit_dir: ${folder}/o\nscript: ${path}`));
      return `${tasksOf(jobs[0]).join()}${said === "" ? "" : ` (${said.trim().split("; ").at(-1)})`}`;
    } catch (error) {
      return (error as Error).message.replaceAll(folder, "F").replace(/^.*job: /, "");
    }
  };
  expect(of("a", "#! /usr/bin/env -S python3 -u\n")).toBe("/usr/bin/env -S python3 -u F/a");
  expect(of("b.py", "print()\n")).toBe("/usr/bin/env python3 F/b.py (it is run by python3)");
  expect(of("c.sh", "#!/bin/dash\r\n")).toBe("/bin/dash F/c.sh");
  expect(of("d", "\x7fELF...")).toBe("F/d");
  expect(of("e.txt", "hello\n")).toContain("script: F/e.txt has no first line");
  expect(fails(job(`submit_dir: x\nscript: ${folder}/nowhere`))).toContain("cannot be read; is it the path of the script?");
  expect(fails(job(`submit_dir: x\nscript: ${folder}`))).toContain("is no file");
}); // prettier-ignore

test("outputs are named by the arguments of their task", () => {
  const [{ stages }] = read(job(`${base}output: ${folder}/o/{a}_{x}.txt\niterOver: a\narguments: {a: [1, "2 3"], x: [4, 5]}`)).jobs; // prettier-ignore
  const [first, second] = stages[0].tasks.map(({ output }) => output);
  expect(first).toEqual({ path: join(folder, "o/1_4_5.txt"), kind: "whole" });
  expect(second?.path).toMatch(/\/o\/h[0-9a-f]{12}_4_5\.txt$/);
});

test("a script says which arguments it takes; switches have no value, particles are those of the section", () => {
  const own = write("own.sh", "#!/bin/sh\n");
  write("own.sh.args.yaml", "--particles: {required: true}\nn: {type: int}\nr: {type: float}\nfast: {action: store_true}\nmany: {nargs: '+'}\nkind: {choices: [a, 1]}\nsure: {type: bool}\n"); // prettier-ignore
  const of = (lines: string): string => {
    const yaml = `job:\n  script: ${own}\n  photons:\n    submit_dir: ${folder}/o\n    arguments: {${lines}}\n`;
    try {
      return tasksOf(read(yaml).jobs[0]).join();
    } catch (error) {
      return (error as Error).message.replace(/^.*photons: /, "");
    }
  };
  const words = (text: string): string => `/bin/sh F/own.sh ${text}--particles photons`;
  expect([of(""), of("n: -3"), of("r: .5e-3"), of("r: inf"), of("fast: True"), of("fast: no"), of("fast: ")]).toEqual([
    words(""), words("--n -3 "), words("--r .5e-3 "), words("--r inf "), words("--fast "), words(""), words("--fast "),
  ]);
  expect([of("many: [1, 2]"), of("kind: 1"), of("sure: off")]).toEqual([words("--many 1 2 "), words("--kind 1 "), words("--sure off ")]);
  expect([of("n: 1.5"), of("r: x"), of("kind: b"), of("sure: 2"), of("fast: 2")]).toEqual([
    'n: expected a whole number, got "1.5"', 'r: expected a number, got "x"', 'kind: expected one of a, 1, got "b"',
    'sure: expected True or False, got "2"', 'fast: expected True or False, got "2"',
  ]);
  expect([of("n: [1, 2]"), of("n: ")]).toEqual(['n: expected one value, got ["1","2"]', "n: expected one value, got none"]);
  expect(of("kin: a")).toContain('takes no argument "kin"; did you mean kind?');
  expect(fails(`job: {script: ${own}, submit_dir: ${folder}/o}`)).toContain("needs the argument particles");
}); // prettier-ignore

test.each([
  ["a: 3", "a: expected keys such as type, required; got 3"],
  ["a: {typ: int}", "a: unknown key typ; did you mean type?"],
  ["a: {type: double}", 'a: type: expected one of int, float, str, bool, got "double"'],
  ["a: {choices: b}", 'a: choices: expected a list, got "b"'],
  ["[a, b]", "expected names of arguments"],
])("a description of arguments that says %s is refused", (text, wanted) => {
  const own = write("bad.sh", "#!/bin/sh\n");
  write("bad.sh.args.yaml", text);
  expect(fails(job(`submit_dir: x\nscript: ${own}`))).toContain(wanted);
});

test("a command of ours has an output of its own for each task", () => {
  const lines = `submit_dir: ${folder}/o\ncommand: run cs\niterOver: first\n`;
  const many = read(job(`${lines}arguments: {in: s, first: [1, 2]}`)).jobs[0];
  expect(tasksOf(many)).toEqual([1, 2].map((n) => `run cs --first ${n} --in s --out F/o/out/${n}`));
  expect(many.name).toBe("run_cs");
  const named = read(job(`${lines}arguments: {first: [1, 2], out: "${folder}/r{first}"}`)).jobs[0];
  expect(tasksOf(named)).toEqual([1, 2].map((n) => `run cs --first ${n} --out F/r${n}`));
  expect(named.stages[0].tasks.map(({ output }) => output?.kind)).toEqual(["whole", "whole"]);
  expect(tasksOf(read(job(`${lines}arguments: {first: 1, out: "${folder}/r"}`)).jobs[0])).toEqual(["run cs --first 1 --out F/r"]); // prettier-ignore
  // Particles are those of the section, unless it says otherwise.
  const section = (lines: string): string[] => tasksOf(read(`job:\n  command: run cs\n  photons: {submit_dir: ${folder}/o, arguments: {${lines}}}\n`).jobs[0]); // prettier-ignore
  expect([section(""), section("particles: photons")]).toEqual([0, 1].map(() => ["run cs --particles photons --out F/o/out"])); // prettier-ignore
  const { said, jobs } = read(`job:\n  command: run cs\n  photons: {submit_dir: ${folder}/o, arguments: {particles: pions}}\n`); // prettier-ignore
  expect([said.includes('arguments.particles is "pions", the section is photons'), tasksOf(jobs[0])]).toEqual([true, ["run cs --particles photons --out F/o/out"]]); // prettier-ignore
});

test("a job has a script or a command, one of the two", () => {
  expect(fails(job(`submit_dir: x`))).toContain("script is missing");
  expect(fails(job(`${base}command: run cs`))).toContain("both script and command are given");
  const sections = (yaml: string): boolean[] => read(yaml, { words: ["--in", "s"] }).file.sections.map(runsCommands);
  expect(sections(job(`submit_dir: x\ncommand: run cs`))).toEqual([true]);
  expect(sections(job(base))).toEqual([false]);
});

test("scripts of the reference are commands here, and arguments have our names", () => {
  const { jobs, said, path } = read(job(`submit_dir: ${folder}/o\nscript: x/produce.py\narguments: {nevents: 5}`));
  expect(tasksOf(jobs[0])).toEqual([`skim --events 5 --config ${path.replaceAll(folder, "F")} --out F/o/out`]);
  expect(said).toContain("produce.py is bye-splits skim here, nevents is --events");
  const own = read(job(`submit_dir: ${folder}/o\nscript: produce.py\narguments: {input: a}`));
  expect([tasksOf(own.jobs[0]), own.said.includes("nevents")]).toEqual([["skim --input a --out F/o/out"], false]);
  const chain = read(job(`submit_dir: ${folder}/o\nscript: run_chain.py\niterOver: nevents\narguments: {nevents: [3, 4]}`)); // prettier-ignore
  expect(tasksOf(chain.jobs[0])).toEqual([3, 4].map((n) => `run default --first ${n} --out F/o/out/${n}`));
});

test("a study of radii begins in a stage of its own, with all radii, and is combined by another", () => {
  const yaml = job(`submit_dir: ${folder}/s\ncommand: study radius run\niterOver: radius\nargs_per_batch: 2\narguments: {radius: [0.01, 0.02, 0.010], in: [${folder}/a, ${folder}/b]}`); // prettier-ignore
  const { jobs, said } = read(yaml);
  expect(jobs[0].stages.map(({ name, perBatch }) => [name, perBatch])).toEqual([["init", 1], ["run", 2], ["combine", 1]]);
  expect(tasksOf(jobs[0])).toEqual([
    "study radius init --radii 0.01,0.02 --in F/a --in F/b --extend --out F/s/study",
    "study radius run F/s/study --radius 0.01 --json",
    "study radius run F/s/study --radius 0.02 --json",
    "study radius combine F/s/study",
  ]);
  expect(jobs[0].stages.map(({ tasks }) => [tasks[0].open, tasks[0].output?.kind])).toEqual([[["radii"], "exists"], [undefined, "parts"], [undefined, "files"]]);
  expect(said).toContain("the study F/s/study is made by a stage of its own, and combined by another");
  expect(fails(job(`submit_dir: ${folder}/s\ncommand: study radius run\narguments: {in: a}`))).toContain("name its radii");
}); // prettier-ignore

test("what a study is settled with goes to its beginning, what its parts are picked by to its tasks", () => {
  const of = (lines: string, command = "study radius run") => {
    const { jobs, said } = read(job(`submit_dir: ${folder}/u\ncommand: ${command}\n${lines}`));
    return { tasks: tasksOf(jobs[0]), said };
  };
  const picked = of(`iterOver: radius\narguments: {radius: [0.01, 0.02], in: ${folder}/a, particles: photons, pileup: 200}`);
  expect(picked.tasks).toEqual([
    "study radius init --radii 0.01,0.02 --in F/a --extend --out F/u/study",
    ...[0.01, 0.02].map((r) => `study radius run --radius ${r} --particles photons --pileup 200 F/u/study --json`),
    "study radius combine F/u/study",
  ].map((line) => expect.stringMatching(wordsOf(line)) as unknown));
  expect(picked.said).not.toContain("begins again");
  // One radius for all tasks; and numbers of parts, with radii that are settled.
  const one = of(`arguments: {radius: 0.01, in: ${folder}/a}`).tasks;
  expect(one).toEqual([expect.stringContaining("init --radii 0.01 "), expect.stringMatching(wordsOf("study radius run F/u/study --radius 0.01 --json")), "study radius combine F/u/study"]);
  const settled = of(`arguments: {radii: "0.01,0.02", in: ${folder}/a}`).tasks;
  expect(settled[0]).toMatch(wordsOf("study radius init --radii 0.01,0.02 --in F/a --out F/u/study"));
  expect(settled[1]).toMatch(wordsOf("study radius run F/u/study --json"));
}); // prettier-ignore

/** These words in any order. */
const wordsOf = (line: string): RegExp => new RegExp(`^${line.split(" ").map((word) => `(?=(?:.* )?${word.replaceAll(".", String.raw`\.`)}(?: |$))`).join("")}.{${line.length}}$`); // prettier-ignore

test("of a study that is there already nothing can be settled any more", () => {
  const there = join(folder, "there");
  mkdirSync(there);
  const of = (more: string): string =>
    fails(job(`submit_dir: ${folder}/v\ncommand: study radius run\narguments: {study: ${there}, radius: 0.01${more}}`));
  expect(of(", radii: 0.01")).toContain("arguments.radii is settled when a study begins, and F/there is there already: leave it out, or name another study"); // prettier-ignore
  expect(of("")).toBe("no error");
});

test("a skim is of the particles of the section, else of those of the source, else of any", () => {
  const skimOf = (source: string, lines = ""): string | undefined => {
    const yaml = `job:\n  submit_dir: ${folder}/w\n  command: study radius run\n  arguments: {radius: 0.01, source: s${lines}}\nsources:\n  s: {infile: ${folder}/a.root${source}}\n`;
    return /--particles \w+/.exec(tasksOf(read(yaml).jobs[0])[0])?.[0];
  };
  expect([skimOf(", particles: pions", ", particles: photons"), skimOf(", particles: pions"), skimOf("")]).toEqual([
    "--particles photons",
    "--particles pions",
    undefined,
  ]);
});

test("what a study begins with are the sources of its particles and pile-up: samples as they are, files by a skim", () => {
  mkdirSync(join(folder, "ready"), { recursive: true });
  write("ready/sample.json", "{}");
  const sources = `sources:\n  gammaPU0: {infile: ${folder}/a.root, tree: T, particles: photons}\n  gammaPU200: {infile: [${folder}/ready], particles: photons}\n  pi: {infile: ${folder}/c.root, particles: pions}\n`; // prettier-ignore
  const of = (lines: string): string[] => {
    const yaml = `job:\n  command: study radius run\n  iterOver: radius\n  photons:\n    submit_dir: ${folder}/t\n    arguments: {radius: [0.01], ${lines}}\n${sources}`; // prettier-ignore
    try {
      return tasksOf(read(yaml).jobs[0]);
    } catch (error) {
      return [(error as Error).message.replace(/^.*photons: /, "").slice(0, 60)];
    }
  };
  const init = (...samples: string[]): string => `study radius init --radii 0.01 ${samples.map((each) => `--in ${each} `).join("")}--extend --out F/t/study`; // prettier-ignore
  const skim = "skim --input F/a.root --tree T --particles photons --out F/t/samples/gammaPU0";
  expect(of("").slice(0, -2)).toEqual([skim, init("F/t/samples/gammaPU0", "F/ready")]);
  expect(of("pileup: PU200").slice(0, -2)).toEqual([init("F/ready")]);
  expect(of("pileup: pu0").slice(0, -2)).toEqual([skim, init("F/t/samples/gammaPU0")]);
  expect(of("source: gammaPU200")[0]).toBe(init("F/ready"));
  expect(of("source: nowhere")).toEqual([expect.stringContaining('arguments.source: "nowhere" is no source of')]);
  expect(of("pileup: PU7")).toEqual([expect.stringContaining("there is no study, and no source with particles: photons")]); // prettier-ignore
});

test("settings of the command line: of all jobs, of a section, of an argument; the nearest one counts", () => {
  const yaml = `job:\n  script: ${script}\n  photons: {submit_dir: ${folder}/p, queue: short, arguments: {a: 1}}\n  pions: {submit_dir: ${folder}/q}\n`; // prettier-ignore
  const { jobs } = read(yaml, { set: ["photons.cpus=3", "cpus=2", "job.arguments.a=[7, 8]", "queue=long"], words: ["--b", "x"] }); // prettier-ignore
  expect(jobs.map(({ resources: { cpus, queue } }) => [cpus, queue])).toEqual([[3, "long"], [2, "long"]]); // prettier-ignore
  expect(jobs.map(tasksOf)).toEqual([0, 1].map(() => ["/bin/sh -e F/task.sh --a 7 8 --b x"]));
  const set = (...all: string[]): string => fails(yaml, { set: all });
  expect(set("queue")).toContain("expected KEY=VALUE");
  expect(set("quee=1")).toContain("unknown key quee; did you mean queue?");
  expect(set("photons.quee=1")).toContain("unknown key quee");
  expect(set("electrons.queue=1")).toContain("there is no section electrons: there are photons, pions");
  expect(set("arguments=3", "arguments.a=1")).toContain("--set arguments.a: arguments has a value itself");
  expect(set("queue=a", "queue.b=c")).toContain("--set queue.b: queue has a value itself");
});

test.each([
  { words: ["--a", "1"], wanted: { a: "1" } },
  { words: ["--a", "1", "2", "--b"], wanted: { a: ["1", "2"], b: null } },
  { words: ["--a=--x", "y"], wanted: { a: ["--x", "y"] } },
  { words: ["--a=", "--a", "3"], wanted: { a: "3" } },
  { words: ["--a", "1", "2", "3"], wanted: { a: ["1", "2", "3"] } },
])("words behind --: $words", ({ words, wanted }) => {
  expect(parseWords(words)).toEqual(wanted);
});

test("words without a name are nobody's", () => {
  expect(() => parseWords(["0.01"])).toThrow('"0.01": arguments of the task stand behind -- and have names');
});

test("a file without a job, or with one that is misplaced, says so", () => {
  expect(fails("a: 1\n")).toContain("there is no `job:` section");
  expect(fails("- 1\n")).toContain("there is no `job:` section");
  expect(fails("job: 3\n")).toContain("F/job");
  expect(fails("job:\n")).toContain("`job:` is empty");
  const flat = read(`job:\nscript: ${script}\nsubmit_dir: ${folder}/f\nother: {x: 1}\n`);
  expect([flat.jobs.length, flat.said.includes("its keys stand beside it")]).toEqual([1, true]);
  const beside = read(`job:\n  script: ${script}\nphotons: {submit_dir: ${folder}/g}\nsources: {a: {infile: b}}\n`);
  expect([beside.jobs[0].folder, beside.said.includes("photons stand beside `job:`")]).toEqual([join(folder, "g"), true]);
  expect(Object.keys(beside.file.sources)).toEqual(["a"]);
  expect(fails(job(`${base}argumets: {a: 1}`))).toContain("job.argumets: unknown key; did you mean arguments?");
  expect(fails(job(`${base}arguments: 3`))).toContain('job.arguments: expected names with values, got "3"');
  expect(read(job(`${base}queue: a\nqueue: b`)).said).toContain("the key queue (line 4, again in line 5) is given twice");
}); // prettier-ignore

test("a wrong value is told with the line that it stands in", () => {
  expect(fails(job(`${base}cpus: none`))).toMatch(/^F\/job\d+\.yaml:4: job\.cpus: expected a whole number/);
  expect(fails(`job:\n  script: ${script}\n  photons:\n    submit_dir: ${folder}/o\n    cpus: 0\n`)).toMatch(/^F\/job\d+\.yaml:5: job\.photons\.cpus: expected a whole number of at least 1, got "0"/); // prettier-ignore
  expect(fails(`job:\n  script: ${script}\n  cpus: x\n  photons:\n    submit_dir: ${folder}/o\n`)).toMatch(/^F\/job\d+\.yaml:3: job\.cpus/); // prettier-ignore
});
