/** One driver of a JOB at a time: a file with owner, host and process. */
import { constants, copyFileSync, linkSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { ExpectedError, type Fields, isText, OutputError, TransientError } from "../core/index.js";
import { reasonOf } from "../io/node/disk/index.js";
import { textOf } from "./files.js";
import { paths } from "./folder.js";
import { lifeOf, myself, parseWorker, WORKER, type Worker } from "./processes.js";

export interface LockOptions {
  /** Takes the lock of a process on another host, of which nobody can tell whether it lives. */
  readonly takeOver?: boolean;
  readonly onNotice?: (line: string) => void;
}

interface Holder extends Worker {
  readonly time: string;
}

const HOLDER: Fields<Holder> = { ...WORKER, time: ["a time", isText, true] };

/** Who drives the job now. A lock that cannot be read is nobody's. */
export function holderOf(folder: string): Worker | undefined {
  const text = textOf(paths(folder).lock);
  return text === undefined ? undefined : parse(text);
}

const parse = (text: string): Holder | undefined => parseWorker(text, HOLDER);

/** TransientError that names who drives the job already. The function that is returned gives the lock back. */
export function lockJob(folder: string, options: LockOptions = {}): () => void {
  const path = paths(folder).lock;
  const mine = `${JSON.stringify({ ...myself(), time: new Date().toISOString() } satisfies Holder)}\n`;
  const release = claim(path, mine, (text) => checkStale(text, options), options.onNotice);
  if (release === undefined) {
    throw new TransientError(`${folder} is driven by other commands at the same time: try again when they are done`);
  }
  const releaseAtExit = (): void => {
    process.off("exit", releaseAtExit);
    release();
  };
  // A second signal ends the process at once.
  process.on("exit", releaseAtExit);
  return releaseAtExit;
}

/**
 * Puts a file there that says whose a thing is: of several processes one. `isFree` looks at the text that is there already: true takes it
 * away; it may throw. The function that is returned removes the file while it is still that one; undefined: it is another's.
 */
export function claim(
  path: string,
  mine: string,
  isFree: (text: string) => boolean,
  onNotice?: (line: string) => void,
): (() => void) | undefined {
  const fresh = `${path}.${process.pid}.${process.hrtime.bigint()}`;
  write(fresh, mine);
  try {
    for (let tries = 0; tries < 5; tries++) {
      try {
        appear(fresh, path);
        return () => {
          if (textOf(path) === mine) rmSync(path, { force: true });
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const text = textOf(path);
      if (text === undefined) continue;
      if (!isFree(text)) return undefined;
      if (takeAway(path, text))
        onNotice?.(`the ${basename(path)} of ${nameOf(parse(text))} was left behind: taken over`);
    }
    return undefined;
  } catch (cause) {
    if (cause instanceof ExpectedError) throw cause;
    throw new OutputError(`cannot write ${path}: ${reasonOf(cause)}`, { cause });
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** What file systems say that have no links. */
const NO_LINKS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];

/** Where nothing is yet. A link appears with its content: nobody reads an empty file. */
export function appear(from: string, path: string, link = linkSync): void {
  try {
    link(from, path);
  } catch (error) {
    if (!NO_LINKS.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    copyFileSync(from, path, constants.COPYFILE_EXCL);
  }
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

const nameOf = (holder: Holder | undefined): string =>
  holder === undefined
    ? "nobody that it names"
    : `${holder.owner} on ${holder.host} (process ${holder.pid}, since ${holder.time})`;

/** TransientError for a lock that is not stale. */
function checkStale(text: string, { takeOver = false }: LockOptions): true {
  const holder = parse(text);
  const life = holder === undefined ? "dead" : lifeOf(holder);
  if (life === "alive") {
    throw new TransientError(`the job is driven by ${nameOf(holder)}: wait for it, or stop that process`);
  }
  if (life === "elsewhere" && !takeOver) {
    throw new TransientError(
      `the job is driven by ${nameOf(holder)}, another host: wait for it; if that process is gone for sure, say --take-over`,
    );
  }
  return true;
}

/** Removes a file that holds this text; false when it is another one meanwhile, or none. */
export function takeAway(path: string, text: string): boolean {
  const aside = `${path}.${process.pid}.old`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
  const isIt = textOf(aside) === text;
  try {
    // Another process took the stale one first: this is its own.
    if (!isIt) appear(aside, path);
  } finally {
    rmSync(aside, { force: true });
  }
  return isIt;
}
