/** Processes of this machine: who is at work, and whether still. */
import { readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";

export interface Worker {
  readonly owner: string;
  readonly host: string;
  readonly pid: number;
  /** When the process began, in the machine's own clock: tells a process from a later one with its number. Absent where nobody says. */
  readonly began?: string;
}

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

/** Whether a text is that of a worker who lives on this machine. */
export function isAlive(text: string): boolean {
  try {
    return lifeOf(JSON.parse(text) as Worker) === "alive";
  } catch {
    return false;
  }
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
