/** From values to tasks: grids, names of outputs, hashes, batches. Pure. */
import { createHash } from "node:crypto";
import { ConfigError, InputError, quote } from "../core/index.js";
import { type Argument, type JobInput, type Output, type Program, type Task } from "./spec.js";

/** An argument whose values are taken one after the other. */
export interface Axis {
  readonly name: string;
  readonly values: readonly string[];
}

/** All combinations; the first axis is the slowest. Without axes one combination of nothing. */
export function gridOf(axes: readonly Axis[]): (readonly (readonly [name: string, value: string])[])[] {
  let grid: (readonly (readonly [string, string])[])[] = [[]];
  for (const { name, values } of axes) {
    grid = grid.flatMap((point) => values.map((value) => [...point, [name, value] as const]));
  }
  return grid;
}

/** 32 hexadecimal digits. */
export function hashOf(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 32);
}

/** The same for the same work: the order of arguments and where the output goes do not matter. */
export function taskHash(
  program: Program,
  args: readonly Argument[],
  output: readonly string[],
  needs: readonly string[],
): string {
  const what = program.kind === "command" ? program.words : [program.path];
  const sorted = args.filter(([name]) => !output.includes(name)).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return hashOf([program.kind, what, sorted, needs.toSorted()]);
}

/** A value as a part of a file name: itself where it can be one, else digits that stand for it. */
export function fileNameOf(value: string): string {
  return /^[\w+=@][\w.+=@-]{0,99}$/.test(value) ? value : `h${hashOf(value).slice(0, 12)}`;
}

/** Fills `{name}` in the name of an output. ConfigError for a name that is not there. */
export function fillPlaceholders(template: string, values: ReadonlyMap<string, string>): string {
  return template.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) {
      throw new ConfigError(
        `${quote(template)}: there is no argument ${quote(name)}; there are ${[...values.keys()].join(", ")}`,
      );
    }
    return fileNameOf(value);
  });
}

/** InputError for two tasks that are the same, or would write the same output. */
function checkApart(tasks: readonly Task[], added: readonly Task[]): void {
  const owner = new Map<string, Task>();
  for (const task of [...tasks, ...added]) {
    if (task.output?.kind !== "whole") continue;
    const other = owner.get(task.output.path);
    if (other !== undefined && other.hash !== task.hash) {
      throw new InputError(
        `the tasks ${other.index} and ${task.index} would both write ${task.output.path}: name the output with {${task.arguments[0]?.[0] ?? "name"}} in it`,
      );
    }
    owner.set(task.output.path, task);
  }
}

/** Names of arguments that say where the output goes. */
const OUTPUT_NAMES = ["out"];

export interface Planned {
  /** All tasks of the folder: those that it had, and new ones behind them, or in the place of those that they replace. */
  readonly tasks: readonly Task[];
  /** Numbers of the tasks of this description, by stage. */
  readonly stages: readonly (readonly number[])[];
}

/** Numbers the tasks of a description: those that the folder has already keep theirs. */
export function planTasks({ stages }: JobInput, existing: readonly Task[]): Planned {
  const all = [...existing];
  const byHash = new Map(existing.map((task) => [task.hash, task]));
  const byOutput = new Map(
    existing.flatMap((task) => {
      const place = placeOf(task.stage, task.output);
      return place === undefined ? [] : [[place, task.index]];
    }),
  );
  let needs: readonly Task[] = [];
  /** What tasks that need them depend on. */
  let hashes: readonly string[] = [];
  const numbers: number[][] = [];
  for (const { name, program, tasks } of stages) {
    const own: Task[] = [];
    const ownHashes: string[] = [];
    const seen = new Set<string>();
    const hashOfArguments = (args: readonly Argument[]): string =>
      taskHash(program, args, program.kind === "command" ? OUTPUT_NAMES : [], hashes);
    for (const { open = [], ...input } of tasks) {
      const hash = hashOfArguments(input.arguments);
      // A value that is given twice is one task.
      if (seen.has(hash)) continue;
      seen.add(hash);
      const index = byOutput.get(placeOf(name, input.output) ?? "") ?? all.length;
      const task = byHash.get(hash) ?? {
        ...{ index, hash, stage: name, kind: program.kind, ...input },
        ...(needs.length === 0 ? {} : { needs: needs.map((each) => each.index) }),
      };
      byHash.set(hash, task);
      all[task.index] = task;
      own.push(task);
      const isOpen = open.length > 0;
      ownHashes.push(isOpen ? hashOfArguments(input.arguments.filter(([each]) => !open.includes(each))) : hash);
    }
    numbers.push(own.map(({ index }) => index));
    needs = own;
    hashes = ownHashes;
  }
  checkApart(existing, all.slice(existing.length));
  return { tasks: all, stages: numbers };
}

/**
 * Where a stage begins a study, or writes its tables: a task of other arguments takes the place of the one before it, whose
 * result would be replaced. Undefined for all others.
 */
function placeOf(stage: string, output: Output | undefined): string | undefined {
  return output?.kind === "exists" || output?.kind === "files" ? `${stage} ${output.path}` : undefined;
}

/** `perBatch` after `perBatch`; the last one may have fewer. */
export function batchesOf(numbers: readonly number[], perBatch: number): number[][] {
  const n = Math.ceil(numbers.length / perBatch);
  return Array.from({ length: n }, (_, i) => numbers.slice(i * perBatch, (i + 1) * perBatch));
}

/** "0,1" as a batch job is told its tasks. */
export function parseNumbers(text: string): number[] {
  const numbers = text.split(",").map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN));
  if (numbers.some(Number.isNaN)) throw new InputError(`${quote(text)}: expected numbers of tasks, as in 0,1,5`);
  return numbers;
}
