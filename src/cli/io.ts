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
  return { stdout: process.stdout, stderr: process.stderr, env: process.env, cores: availableParallelism(), interrupt };
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
