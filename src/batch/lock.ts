/** One driver of a JOB at a time: a file with owner, host and process. */
import { linkSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { OutputError, TransientError } from "../core/index.js";
import { reasonOf } from "../io/node/disk/index.js";
import { textOf } from "./files.js";
import { paths } from "./folder.js";
import { lifeOf, myself, type Worker } from "./processes.js";

export interface LockOptions {
  /** Takes the lock of a process on another host, of which nobody can tell whether it lives. */
  readonly takeOver?: boolean;
  readonly onNotice?: (line: string) => void;
}

interface Holder extends Worker {
  readonly time: string;
}

/** Who drives the job now. A lock that cannot be read is nobody's. */
export function holderOf(folder: string): Worker | undefined {
  const text = textOf(paths(folder).lock);
  return text === undefined ? undefined : parse(text);
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

/** TransientError that names who drives the job already. The function that is returned gives the lock back. */
export function lockJob(folder: string, options: LockOptions = {}): () => void {
  const path = paths(folder).lock;
  const mine = `${JSON.stringify({ ...myself(), time: new Date().toISOString() } satisfies Holder)}\n`;
  const fresh = `${path}.${process.pid}.${process.hrtime.bigint()}`;
  write(fresh, mine);
  try {
    for (let tries = 0; tries < 5; tries++) {
      try {
        // A link appears with its content: nobody reads an empty lock.
        linkSync(fresh, path);
        const release = (): void => {
          process.off("exit", release);
          if (textOf(path) === mine) rmSync(path, { force: true });
        };
        // A second signal ends the process at once.
        process.on("exit", release);
        return release;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const text = textOf(path);
      if (text !== undefined) takeAway(path, text, options);
    }
  } catch (cause) {
    if (cause instanceof TransientError) throw cause;
    throw new OutputError(`cannot write ${path}: ${reasonOf(cause)}`, { cause });
  } finally {
    rmSync(fresh, { force: true });
  }
  throw new TransientError(`${folder} is driven by other commands at the same time: try again when they are done`);
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: "wx", flush: true });
  } catch (cause) {
    // On a full disk the file is there, and empty.
    rmSync(path, { force: true });
    throw new OutputError(`cannot write ${path}: ${reasonOf(cause)}`, { cause });
  }
}

/** Removes a stale lock. TransientError for one that is not. */
function takeAway(path: string, text: string, { takeOver = false, onNotice }: LockOptions): void {
  const holder = parse(text);
  const life = holder === undefined ? "dead" : lifeOf(holder);
  const who =
    holder === undefined
      ? "nobody that it names"
      : `${holder.owner} on ${holder.host} (process ${holder.pid}, since ${holder.time})`;
  if (life === "alive") {
    throw new TransientError(`the job is driven by ${who}: wait for it, or stop that process`);
  }
  if (life === "elsewhere" && !takeOver) {
    throw new TransientError(
      `the job is driven by ${who}, another host: wait for it; if that process is gone for sure, say --take-over`,
    );
  }
  const aside = `${path}.${process.pid}.old`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (textOf(aside) !== text) {
    // Another command took the stale one first: this is its own.
    try {
      linkSync(aside, path);
    } finally {
      rmSync(aside, { force: true });
    }
    return;
  }
  rmSync(aside, { force: true });
  onNotice?.(`the ${basename(path)} of ${who} was left behind: taken over`);
}
