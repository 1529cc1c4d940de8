/** From the keys of a section to a job: what its tasks are, and what is asked of schedulers. */
import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { basename, extname, join, resolve } from "node:path";
import { type Command } from "commander";
import {
  type Argument,
  type Axis,
  type EngineName,
  fillPlaceholders,
  gridOf,
  fileNameOf,
  type JobInput,
  type Output,
  type Program,
  type Resources,
  type Site,
  type TaskInput,
} from "../../batch/index.js";
import { ConfigError, nearest, quote } from "../../core/index.js";
import { PARTICLE_NAMES } from "../../events/index.js";
import { type Io, say, warn } from "../io.js";
import { type Written } from "../yaml.js";
import { commandWords, type Found, findCommand, takes } from "./command-args.js";
import { type JobFile, type JobSection } from "./job-file.js";
import { isMapping, JobReader, switchOf } from "./job-keys.js";
import { checkProxy } from "./proxy.js";
import { checkSidecar, isSwitch, readSidecar, type Sidecar } from "./sidecar.js";

export interface Context {
  readonly io: Io;
  readonly file: JobFile;
  /** The command line, whose commands tasks may be. */
  readonly program: Command;
  readonly engine?: EngineName;
  /** JOB folder in place of `submit_dir`. */
  readonly out?: string;
}

/** A section as far as it does not depend on what the task is. */
export interface Section {
  readonly name: string | undefined;
  readonly keys: JobReader;
  /** "job.yaml: job.photons". */
  readonly where: string;
  readonly folder: string;
  readonly perBatch: number;
  /** In the order of the file, iterated ones first. */
  readonly axes: readonly Axis[];
  readonly fixed: readonly Argument[];
}

/** The longest word that Linux hands to a program. */
const LONGEST_WORD = 131_000;

export function readSection({ io, file, out }: Context, { name, keys }: JobSection): Section {
  const where = `${file.path}: job${name === undefined ? "" : `.${name}`}`;
  const isOne = file.sections.length === 1;
  const outName = out === undefined ? undefined : isOne ? out : join(out, name ?? "");
  const given = outName ?? keys.text("submit_dir");
  if (given === undefined)
    throw new ConfigError(`${where}: submit_dir is missing: the folder of the job; or say --out`);
  const folder = resolve(home(given));
  if (/[\r\n]/.test(folder))
    throw new ConfigError(`${where}: submit_dir ${quote(folder)} has a line break in its path`);
  const all = { ...keys.mapping("arguments") };
  takeParticles(io, where, name, all);
  const over = keys.names("iterOver");
  for (const each of over) {
    if (Object.hasOwn(all, each)) continue;
    throw new ConfigError(
      `${where}: iterOver: there is no argument ${quote(each)}; did you mean ${nearest(each, Object.keys(all)) ?? ""}? There are ${Object.keys(all).join(", ")}`,
    );
  }
  const axes = over.map((each) => ({ name: each, values: once(io, where, each, valuesOf(where, each, all[each])) }));
  const fixed = Object.entries(all)
    .filter(([each]) => !over.includes(each))
    .map(([each, value]): Argument => [each, value === null ? [] : valuesOf(where, each, value)]);
  const points = axes.reduce((n, { values }) => n * values.length, 1);
  if (points > 1_000_000) throw new ConfigError(`${where}: iterOver makes ${points} tasks, at most 1000000 are`);
  return { name, keys, where, folder, perBatch: keys.whole("args_per_batch", 1) ?? 1, axes, fixed };
}

/** The section says which particles; an argument that says otherwise loses. */
function takeParticles(io: Io, where: string, name: string | undefined, all: Record<string, Written>): void {
  const isParticle = (PARTICLE_NAMES as readonly unknown[]).includes(name);
  if (name === undefined || !isParticle || !Object.hasOwn(all, "particles") || all["particles"] === name) return;
  warn(
    io,
    `${where}: arguments.particles is ${quote(all["particles"])}, the section is ${name}: its tasks get ${name}`,
  );
  all["particles"] = name;
}

/** Each value once: equal ones are one task. */
function once(io: Io, where: string, name: string, values: readonly string[]): string[] {
  const seen = new Set<string>();
  const again = values.filter((value) => seen.size === seen.add(value).size);
  if (again.length > 0)
    say(
      io,
      `${where}: arguments.${name}: ${again
        .map((value) => quote(value))
        .slice(0, 5)
        .join(", ")} given again: equal values are one task`,
    );
  return [...seen];
}

function valuesOf(where: string, name: string, value: Written): string[] {
  const list: readonly Written[] = Array.isArray(value) ? value : [value];
  if (list.length === 0)
    throw new ConfigError(`${where}: arguments.${name}: the list is empty: it needs at least one value`);
  return list.map((each) => {
    if (each === null)
      throw new ConfigError(
        `${where}: arguments.${name}: a value is missing: write "" for a text without characters, or quote the word, as in "null"`,
      );
    if (typeof each !== "string")
      throw new ConfigError(`${where}: arguments.${name}: expected a value or a list of values, got ${quote(each)}`);
    if (each.includes("\0"))
      throw new ConfigError(
        `${where}: arguments.${name}: ${quote(each)} holds the character NUL, which no program can be given`,
      );
    if (Buffer.byteLength(each) > LONGEST_WORD)
      throw new ConfigError(
        `${where}: arguments.${name}: a value of ${Buffer.byteLength(each)} bytes; at most ${LONGEST_WORD} can be given to a program`,
      );
    return each;
  });
}

export function home(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
}

/** Everything of a job but its stages. */
export function jobBase(context: Context, section: Section, name: string): Omit<JobInput, "stages"> {
  const { io, file } = context;
  const { keys, where, folder } = section;
  const isLocal = keys.switch("local") ?? false;
  const engine = context.engine ?? (isLocal ? "local" : (keys.engine() ?? "htcondor"));
  const own = keys.text("name") ?? name;
  const proxy = keys.text("proxy");
  if (/^(el|slc|centos)[67]$/i.test(keys.text("wn_tag") ?? "")) {
    throw new ConfigError(
      `${where}: wn_tag: ${keys.text("wn_tag")} has a glibc older than 2.28, which Node 20 needs: take el8 or el9`,
    );
  }
  const resources: Resources = {
    site: keys.site() ?? siteHere(),
    ...optional("queue", keys.text("queue")),
    ...optional("wnTag", keys.text("wn_tag")),
    ...optional("flavour", keys.text("flavour")),
    ...optional("maxRuntime", keys.text("max_runtime")),
    ...optional("partition", keys.text("partition")),
    ...optional("account", keys.text("account")),
    ...optional("qos", keys.text("qos")),
    ...optional("time", keys.text("time")),
    ...optional("memory", keys.text("memory")),
    ...optional("disk", keys.text("disk")),
    ...optional("cpus", keys.whole("cpus", 1)),
    ...optional("maxRunning", keys.whole("max_running", 1)),
    ...optional(
      "proxy",
      proxy === undefined ? undefined : checkProxy(io, `${file.path}: job.proxy`, resolve(home(proxy)), engine),
    ),
    retries: keys.whole("retries", 0) ?? 3,
    options: Object.entries(keys.mapping("options")).map(([key, value]) => {
      if (typeof value !== "string" || /[\r\n]/.test(value))
        throw new ConfigError(`${where}: options.${key}: expected a text of one line`);
      return [key, value] as const;
    }),
  };
  // What only a reader of the reference needs.
  keys.text("user");
  return { name: fileNameOf(own), folder, cwd: process.cwd(), engine, resources };
}

function optional<K extends string, T>(key: K, value: T | undefined): { [key in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { [key in K]?: T };
}

function siteHere(): Site {
  if (existsSync("/opt/exp_soft/cms/t3/t3queue")) return "llr";
  return hostname().endsWith(".cern.ch") ? "cern" : "none";
}

/** A user's script as a task. */
export function scriptStage(context: Context, section: Section, script: string): JobInput["stages"] {
  const path = resolve(home(script));
  const program = scriptProgram(context.io, section.where, path);
  const sidecar = readSidecar(path);
  const output = section.keys.text("output");
  const named = (name: string): boolean => sidecar?.has(name) ?? false;
  const particles =
    section.name !== undefined && named("particles") && (PARTICLE_NAMES as readonly string[]).includes(section.name);
  const has = [...section.fixed, ...section.axes.map(({ name }): Argument => [name, []])].some(
    ([name]) => name === "particles",
  );
  const fixed: readonly Argument[] =
    particles && !has ? [...section.fixed, ["particles", [section.name ?? ""]]] : section.fixed;
  const before = [...program.interpreter, program.path];
  const after = fixed.flatMap(([name, words]) => scriptWords(sidecar, name, words));
  const tasks = gridOf(section.axes).map((point): TaskInput => {
    const own = point.map(([name, value]): Argument => [name, [value]]);
    const args = [...own, ...fixed];
    const argv = [...before, ...own.flatMap(([name, words]) => scriptWords(sidecar, name, words)), ...after];
    if (output === undefined) return { arguments: args, argv };
    const values = new Map(args.map(([name, words]) => [name, words.join("_")]));
    const path = resolve(home(fillPlaceholders(output, values)));
    return { arguments: args, argv, output: { path, kind: "whole" } satisfies Output };
  });
  if (sidecar !== undefined) for (const task of tasks) checkSidecar(sidecar, path, task.arguments, section.where);
  return [{ name: "run", program, tasks, perBatch: section.perBatch }];
}

function scriptWords(sidecar: Sidecar | undefined, name: string, words: readonly string[]): string[] {
  if (isSwitch(sidecar, name)) return words[0] === undefined || switchOf(words[0]) === true ? [`--${name}`] : [];
  return [`--${name}`, ...words];
}

/** By its own first line, whether it may be executed or not. */
function scriptProgram(io: Io, where: string, path: string): Program & { kind: "script" } {
  let text: string;
  try {
    if (!statSync(path).isFile()) throw new ConfigError(`${where}: script: ${path} is no file`);
    accessSync(path, constants.R_OK);
    text = readFileSync(path, "latin1").slice(0, 1000);
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    throw new ConfigError(`${where}: script: ${path} cannot be read; is it the path of the script?`, { cause });
  }
  const first = /^#! *(\S+)[ \t]*([^\r\n]*)/.exec(text);
  if (first !== null) {
    const [, program, rest] = first;
    const word = rest.trim();
    // The system hands the rest over as one word; `env -S` takes it apart itself.
    return { kind: "script", path, interpreter: word === "" ? [program] : [program, word] };
  }
  if (text.startsWith("\x7fELF")) return { kind: "script", path, interpreter: [] };
  const known: Readonly<Record<string, string>> = { ".py": "python3", ".sh": "bash", ".mjs": "node", ".js": "node" };
  const name = known[extname(path)];
  if (name === undefined)
    throw new ConfigError(
      `${where}: script: ${path} has no first line such as #!/usr/bin/env python3 that says what runs it`,
    );
  warn(io, `${where}: script: ${path} has no first line such as #!/usr/bin/env ${name}; it is run by ${name}`);
  return { kind: "script", path, interpreter: ["/usr/bin/env", name] };
}

/** A command of ours as a task: each with an output of its own. */
export function commandStage(
  { program }: Pick<Context, "program">,
  section: Pick<Section, "where" | "folder" | "perBatch" | "name" | "axes" | "fixed">,
  words: readonly string[],
): JobInput["stages"][number] {
  const { where, folder, perBatch, axes } = section;
  const found = findCommand(program, words, where);
  const out = outputOf(found, words);
  const fixed = withParticles(found, section);
  const template = fixed.find(([name]) => name === "out")?.[1][0];
  const grid = gridOf(axes);
  const tasks = grid.map((point): TaskInput => {
    const given: Argument[] = [
      ...point.map(([name, value]): Argument => [name, [value]]),
      ...fixed.filter(([name]) => name !== "out"),
    ];
    if (out !== "out") {
      const study = given.find(([name]) => name === "study")?.[1][0];
      const kind = out;
      const argv = commandWords(found, given, where);
      const output = study === undefined || kind === undefined ? {} : { output: { path: resolve(study), kind } };
      return { arguments: given, argv: kind === "parts" ? [...argv, "--json"] : argv, ...output };
    }
    const path = resolve(home(outPath(template ?? join(folder, "out"), point, given, grid.length)));
    const args: Argument[] = [...given, ["out", [path]]];
    const kind = words[0] === "study" && words.includes("init") ? "exists" : "whole";
    return { arguments: args, argv: commandWords(found, args, where), output: { path, kind } };
  });
  return { name: "run", program: { kind: "command", words }, tasks, perBatch };
}

/** What of the output of a command tells that it is done. */
function outputOf(found: Found, words: readonly string[]): "out" | "parts" | "files" | undefined {
  if (words[0] === "study" && words[2] === "run") return "parts";
  if (words[0] === "study" && words[2] === "combine") return "files";
  return takes(found, "out") ? "out" : undefined;
}

function withParticles(
  found: Found,
  { name, fixed, axes }: Pick<Section, "name" | "fixed" | "axes">,
): readonly Argument[] {
  const isParticle = name !== undefined && (PARTICLE_NAMES as readonly string[]).includes(name);
  const has = fixed.some(([each]) => each === "particles") || axes.some((axis) => axis.name === "particles");
  return isParticle && !has && takes(found, "particles") ? [...fixed, ["particles", [name]]] : fixed;
}

function outPath(
  template: string,
  point: readonly (readonly [string, string])[],
  args: readonly Argument[],
  tasks: number,
): string {
  if (template.includes("{"))
    return fillPlaceholders(template, new Map(args.map(([name, words]) => [name, words.join("_")])));
  return tasks === 1 ? template : join(template, point.map(([, value]) => fileNameOf(value)).join("_"));
}

/** Of the files of a job. */
export function nameOfScript(script: string): string {
  return basename(script, extname(script));
}

export { isMapping };
