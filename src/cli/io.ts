/** What the program knows of the world outside: where it writes, what stops it. Commands get it, so that two runs in one process share nothing. */
import { availableParallelism } from "node:os";
import { printable } from "../core/index.js";
import { type Interrupt, neverInterrupted } from "./interrupt.js";

/** A stream for text: `process.stdout`, or what a test collects in. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Io {
  /** Results. */
  readonly stdout: Output;
  /** Messages and progress. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Threads that a command takes when `--workers` is not given. */
  readonly cores: number;
  readonly interrupt: Interrupt;
}

/** With what is not given: no environment, one thread, no signals. */
export function createIo(given: Pick<Io, "stdout" | "stderr"> & Partial<Io>): Io {
  return { env: {}, cores: 1, interrupt: neverInterrupted, ...given };
}

/** The program of a shell. */
export function processIo(interrupt: Interrupt): Io {
  const { stdout, stderr, env } = process;
  return { stdout, stderr, env, cores: slotCores(env) ?? availableParallelism(), interrupt };
}

/** What schedulers say that a job may use: HTCondor, Slurm, then whoever sets the variable of OpenMP. */
const SLOT = ["_CONDOR_NPROCS", "SLURM_CPUS_PER_TASK", "OMP_NUM_THREADS"];

/** Threads of the slot of a batch job; undefined outside of one. */
export function slotCores(env: Io["env"]): number | undefined {
  const text = SLOT.map((name) => env[name]).find((value) => value !== undefined && /^[1-9]\d*$/.test(value));
  return text === undefined ? undefined : Math.min(256, Number(text));
}

/** Lines of text. Whatever comes from files and arguments is made printable here, for all commands. */
export function writeLines(output: Output, lines: readonly string[]): void {
  output.write(lines.map((line) => `${printable(line)}\n`).join(""));
}

/** One message, one line. */
export function say(io: Io, message: string): void {
  writeLines(io.stderr, [message]);
}

export function warn(io: Io, message: string): void {
  say(io, `warning: ${message}`);
}
