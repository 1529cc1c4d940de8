/**
 * Temporary names of outputs, and what processes that were killed left under them. They are hidden files beside the target: its name,
 * this program, host, process, number; `tmp` for what is being written, `old` for what it replaces.
 */
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { OutputError } from "../../core/index.js";
import type { Effects } from "./effects.js";

/** What a skim saved for the same skim after a kill: a folder with it belongs to that one, not to others. */
export const CHECKPOINT = "checkpoint";

export interface Leftover {
  readonly path: string;
  /** Of the output that it was to become, or was. */
  readonly target: string;
  readonly host: string;
  readonly pid: number;
  readonly type: "tmp" | "old";
  /** Whether its process is at work; of other hosts nobody can tell. */
  readonly process: "dead" | "alive" | "elsewhere";
}

/** An output that is neither committed nor aborted. */
export interface Unfinished {
  abort(): Promise<void>;
  /** The same without waiting for what is under way. */
  removeNow(): void;
}

/** Temporary paths that this process is writing to. */
export const active = new Map<string, Unfinished>();
let count = 0;

export function temporaryOf(target: string): string {
  return join(dirname(target), `.${basename(target)}.bye-splits.${hostname()}.${process.pid}.${count++}.tmp`);
}

export function oldOf(temporary: string): string {
  return temporary.replace(/tmp$/, "old");
}

/** What a path says by its name; undefined for files of others. */
export function parseLeftover(path: string): Leftover | undefined {
  const parts = /^\.(.+)\.bye-splits\.(.+)\.(\d+)\.\d+\.(tmp|old)$/.exec(basename(path));
  if (parts === null) return undefined;
  const [, name, host, number, type] = parts;
  const pid = Number(number);
  const state = host !== hostname() ? "elsewhere" : isAlive(pid, path) ? "alive" : "dead";
  return { path, target: join(dirname(path), name), host, pid, type: type as "tmp" | "old", process: state };
}

function isAlive(pid: number, path: string): boolean {
  // In a container the same number comes again and again.
  if (pid === process.pid) return active.has(path.replace(/old$/, "tmp"));
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Removes what dead processes of this host left in the folder of `target`, whatever they were writing. Kept are folders of skims that can
 * go on, except of this target, which `adopt` takes or leaves; and both versions of an output that is in neither place.
 */
export async function removeLeftovers(
  target: string,
  effects: Effects,
  adopt: (leftover: string) => Promise<boolean>,
): Promise<void> {
  let adopted = false;
  const all = await leftoversIn(dirname(target), effects);
  for (const leftover of all) {
    if (leftover.process !== "dead" || (await isLost(leftover, all, effects))) continue;
    if (leftover.type === "tmp") {
      if (leftover.target !== target) {
        const held = await effects.list(leftover.path).catch((): string[] => []);
        if (held.includes(CHECKPOINT)) continue;
      } else if (!adopted && (adopted = await adopt(leftover.path))) continue;
    }
    // What resists stands in nobody's way.
    await effects.rm(leftover.path).catch(() => undefined);
  }
}

/** Whether it is a version of an output that was just being replaced. */
async function isLost({ path, target }: Leftover, all: readonly Leftover[], effects: Effects): Promise<boolean> {
  const old = path.replace(/tmp$/, "old");
  return all.some((each) => each.path === old) && (await effects.kind(target)) === undefined;
}

/**
 * What happened to an output that is not there because a process was killed between the two renames that replace it, where both
 * versions are, and what to do. Undefined when that is not what happened.
 */
export async function lostBetween(target: string, effects: Effects): Promise<string | undefined> {
  const all = await leftoversIn(dirname(target), effects).catch((): Leftover[] => []);
  const old = all.find((each) => each.target === target && each.type === "old" && each.process !== "alive");
  if (old === undefined || (await effects.kind(target)) !== undefined) return undefined;
  const fresh = all.find(({ path }) => path === old.path.replace(/old$/, "tmp"));
  const news = fresh === undefined ? "" : `, the new one, complete, is ${fresh.path}`;
  const sure = old.process === "dead" ? "" : " (if it still runs there, wait for it)";
  return (
    `process ${old.pid} on ${old.host} was stopped while it replaced ${target}${sure}: ` +
    `the version before is ${old.path}${news}; move the one that you want back, as in: mv ${quoted((fresh ?? old).path)} ${quoted(target)}`
  );
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

/** OutputError when the target is in neither place. */
export async function checkNotLost(target: string, effects: Effects): Promise<void> {
  const message = await lostBetween(target, effects);
  if (message !== undefined) throw new OutputError(message);
}

async function leftoversIn(folder: string, effects: Effects): Promise<Leftover[]> {
  return (await effects.list(folder)).flatMap((name) => parseLeftover(join(folder, name)) ?? []);
}
