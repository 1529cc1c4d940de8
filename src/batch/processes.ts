/** Processes of this machine: who is at work, and whether still. */
import { readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { type Fields, FormatError, isCount, isText, parseRecord, readFields } from "../core/index.js";

export interface Worker {
  readonly owner: string;
  readonly host: string;
  readonly pid: number;
  /** When the process began, in the machine's own clock: tells a process from a later one with its number. Absent where nobody says. */
  readonly began?: string;
}

/** What a file must say of a process. */
export const WORKER: Fields<Worker> = {
  owner: ["the name of a user", isText, true],
  host: ["the name of a machine", isText, true],
  // 0 and less are groups of processes, which live as long as we do.
  pid: ["the number of a process", (value) => isCount(value) && value !== 0, true],
  began: ["a text", isText, false],
};

/** This process. */
export function myself(): Worker {
  const began = beganAt(process.pid);
  return { owner: userName(), host: hostname(), pid: process.pid, ...(began === undefined ? {} : { began }) };
}

/** The user; a number where the system knows no name. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}

export function lifeOf({ host, pid, began }: Worker): "alive" | "dead" | "elsewhere" {
  if (host !== hostname()) return "elsewhere";
  const now = beganAt(pid);
  if (began !== undefined && now !== undefined) return began === now ? "alive" : "dead";
  try {
    process.kill(pid, 0);
    return "alive";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" ? "alive" : "dead";
  }
}

/** Who a text says that it is of; undefined where it says something else, or is being written. */
export function parseWorker<T extends Worker>(text: string, fields: Fields<T>): T | undefined {
  try {
    return readFields("the text of a process", "whose it is", parseRecord(text, "the text of a process"), fields);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** Whether a text is that of a worker who lives on this machine. */
export function isAlive(text: string): boolean {
  const worker = parseWorker(text, WORKER);
  return worker !== undefined && lifeOf(worker) === "alive";
}

/** Boot and tick of the start; undefined where there is no such process, or no /proc. */
function beganAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program may hold anything; state is the first field behind it, the start the 20th.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z") return undefined;
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}.${fields[19]}`;
  } catch {
    return undefined;
  }
}
