/** What a job, its tasks and its submissions are; what the files of a JOB folder say. */

export const ENGINES = ["local", "htcondor", "slurm"] as const;
export type EngineName = (typeof ENGINES)[number];

export const SITES = ["llr", "cern", "none"] as const;
export type Site = (typeof SITES)[number];

/** A command of ours by its words, as in ["study", "radius", "run"], or a script and what its first line runs it with. */
export type Program =
  | { readonly kind: "command"; readonly words: readonly string[] }
  | { readonly kind: "script"; readonly path: string; readonly interpreter: readonly string[] };

/** A name and its words: none for a switch, one for a value, several for a list. */
export type Argument = readonly [name: string, words: readonly string[]];

/**
 * What of the output tells that it is whole: everything in it; that it is there; the files directly in it; the parts of a study
 * that the command names on stdout.
 */
export type OutputKind = "whole" | "exists" | "files" | "parts";

export interface Output {
  /** Absolute. */
  readonly path: string;
  readonly kind: OutputKind;
}

/** One line of tasks.jsonl. */
export interface Task {
  readonly index: number;
  /** Of program, arguments and what is needed before; not of the output. */
  readonly hash: string;
  readonly stage: string;
  readonly kind: Program["kind"];
  readonly arguments: readonly Argument[];
  /** Of a command of ours what stands after the program, of a script everything. */
  readonly argv: readonly string[];
  readonly output?: Output;
  /** Tasks that must be done before. */
  readonly needs?: readonly number[];
}

/** A task before it has a number. */
export interface TaskInput {
  readonly arguments: readonly Argument[];
  readonly argv: readonly string[];
  readonly output?: Output;
  /** Names of arguments on which tasks that need this one do not depend: they are what they were when such a one changes. */
  readonly open?: readonly string[];
}

export interface StageInput {
  readonly name: string;
  readonly program: Program;
  readonly tasks: readonly TaskInput[];
  /** Tasks in a batch job, at least 1. */
  readonly perBatch: number;
}

/** What schedulers are asked for. Times, sizes and names are handed on as written. */
export interface Resources {
  readonly site: Site;
  readonly queue?: string;
  readonly wnTag?: string;
  readonly flavour?: string;
  /** [s] */
  readonly maxRuntime?: string;
  readonly partition?: string;
  readonly account?: string;
  readonly qos?: string;
  readonly time?: string;
  readonly memory?: string;
  readonly disk?: string;
  readonly cpus?: number;
  /** Jobs of an array that run at the same time. */
  readonly maxRunning?: number;
  readonly retries: number;
  /** Absolute path of a certificate. */
  readonly proxy?: string;
  /** Lines of the submit file, `key = value` or `#SBATCH --key=value`. */
  readonly options: readonly (readonly [string, string])[];
}

/** The node program and ours, of the submission; or a bundle that has both. */
export interface Runtime {
  readonly node: string;
  readonly program: string;
  readonly bundle?: string;
  readonly version: string;
}

/** A job as described, before anything is written. */
export interface JobInput {
  /** Of its files. */
  readonly name: string;
  /** Absolute path of the JOB folder. */
  readonly folder: string;
  /** Working folder of the tasks. */
  readonly cwd: string;
  readonly engine: EngineName;
  readonly resources: Resources;
  readonly stages: readonly StageInput[];
}

/** job.json */
export interface JobInfo {
  readonly format: "bye-splits job";
  readonly formatVersion: 1;
  /** Tells its jobs from others in a scheduler. */
  readonly id: string;
  readonly name: string;
  readonly engine: EngineName;
  readonly task: string;
  readonly options: { readonly cwd: string; readonly resources: Resources };
  readonly stages: readonly { readonly name: string; readonly program: Program; readonly perBatch: number }[];
  readonly runtime: Runtime;
  readonly versions: Versions;
}

export interface Versions {
  readonly "bye-splits": string;
  readonly node: string;
}

/** A line of runs.jsonl, written before the scheduler is asked. */
export interface Run {
  readonly run: number;
  readonly engine: EngineName;
  /** Generated files below the JOB. */
  readonly files: readonly string[];
  /** Tasks of each batch job. */
  readonly batches: readonly (readonly number[])[];
  readonly host: string;
  readonly time: string;
  /** What the scheduler called them; empty when the submission was stopped in between. */
  readonly ids: readonly string[];
}

/** What a scheduler says of a task. */
export interface Word {
  readonly state: "running" | "waiting" | "held";
  readonly reason?: string;
}

export interface Said {
  readonly tasks: ReadonlyMap<number, Word>;
  /** Of tasks that it no longer has, how they ended. */
  readonly ended: ReadonlyMap<number, string>;
}
