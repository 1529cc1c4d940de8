/** What the engines have in common: they launch batches of tasks, say what they know of them, and cancel them. */
import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { InputError, TransientError } from "../core/index.js";
import { Versions } from "./files.js";
import { type OpenJob } from "./folder.js";
import { type EngineName, type Run, type Said } from "./spec.js";

export interface LaunchContext {
  readonly job: OpenJob;
  /** Absolute path of the script that a batch job runs. */
  readonly exec: string;
  /** Names of generated files; new ones are written before the launch. */
  readonly versions: Versions;
  /** Batches of the stages, in order; none is empty. */
  readonly stages: readonly (readonly (readonly number[])[])[];
}

export interface Launch {
  /** Absolute paths of the submit files, new or there already. */
  readonly files: readonly string[];
  /** What is called, for people. */
  readonly commands: readonly string[];
  /** Calls it; each id is handed on as soon as it is known. `run`: number of the submission. */
  start(world: World, run: number, onId: (id: string) => void): Promise<void>;
}

export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly onNotice: (line: string) => void;
}

/** A scheduler, which goes on without us. */
export interface Scheduler {
  readonly name: EngineName;
  /** A program that it needs, and what has it. */
  readonly needs: readonly [program: string, of: string];
  plan(context: LaunchContext): Launch;
  /** What it knows of the tasks of these submissions of its own. TransientError when it cannot be asked. */
  ask(job: OpenJob, runs: readonly Run[], world: World): Promise<Said>;
  cancel(job: OpenJob, runs: readonly Run[], world: World): Promise<void>;
}

/** InputError when the program is not on the PATH. */
export function checkInstalled([program, of]: Scheduler["needs"], env: World["env"]): void {
  const found = (env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return statSync(join(folder, program)).isFile();
    } catch {
      return false;
    }
  });
  if (!found) {
    throw new InputError(
      `${of} is not installed here: ${program} is not on the PATH; submit from a machine that has it, or with --engine local`,
    );
  }
}

export interface Called {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls a program of a scheduler. TransientError when it cannot be started or takes too long. */
export function call(words: readonly string[], world: World, cwd?: string): Promise<Called> {
  const [program, ...args] = words;
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      {
        env: { ...world.env } as NodeJS.ProcessEnv,
        maxBuffer: 1 << 30,
        timeout: 300_000,
        ...(cwd === undefined ? {} : { cwd }),
      },
      (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== "number") {
          const why = error.killed === true ? "it did not answer within 5 minutes" : error.message.split("\n")[0];
          reject(new TransientError(`cannot call ${program}: ${why}`));
          return;
        }
        resolve({ exit: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
      },
    );
  });
}

/** InputError with what the program said when it failed. */
export async function callOk(words: readonly string[], world: World, cwd?: string): Promise<string> {
  const { exit, stdout, stderr } = await call(words, world, cwd);
  if (exit === 0) return stdout;
  throw new InputError(`${words[0]} ended with ${exit}: ${oneLine(`${stderr} ${stdout}`)}`);
}

export function oneLine(text: string): string {
  const line = text
    .split("\n")
    .map((each) => each.trim())
    .filter(Boolean)
    .join("; ");
  return line.length > 500 ? `${line.slice(0, 500)}...` : line;
}
