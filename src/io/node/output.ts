/**
 * Outputs that are there as a whole or not at all: written under a temporary name next to the target, renamed at the
 * end. A target that exists is replaced only with `force`, only at the end, and put back when that fails.
 */
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { ExpectedError, OutputError } from "../../core/index.js";
import type { ByteSink, OpenSink } from "../source.js";
import { type Effects, realEffects } from "./effects.js";
import { reasonOf } from "./reason.js";

export interface OutputOptions {
  /** Replace what is at the path: a file, a sample or run folder, an empty folder. Default: an OutputError. */
  readonly force?: boolean;
  readonly effects?: Effects;
  /**
   * Looks at the temporary folder of a process that was killed; true: it becomes the temporary folder of this output,
   * with all that is in it. Default: such folders are removed.
   */
  readonly adopt?: (folder: string) => Promise<boolean>;
}

export interface OutputFolder {
  /** The temporary folder, for writers that need a path. */
  readonly path: string;
  /** Creates a file in it; errors name the file as it will be called. */
  readonly open: OpenSink;
  /** Moves everything to the target. When that fails the target is as before and the new files are gone. */
  commit(): Promise<void>;
  /** Removes everything. Does nothing after `commit`. */
  abort(): Promise<void>;
}

export interface OutputFile extends Omit<OutputFolder, "open"> {
  open(): Promise<ByteSink>;
}

/** Begins a folder. OutputError when it exists and is not to be replaced, or cannot be created. */
export async function createOutputFolder(path: string, options: OutputOptions = {}): Promise<OutputFolder> {
  const { begin, ...output } = await prepare(path, "folder", options);
  await begin();
  return output;
}

/** Begins a file. OutputError when it exists and is not to be replaced, or its folder cannot be created. */
export async function createOutputFile(path: string, options: OutputOptions = {}): Promise<OutputFile> {
  const { path: temporary, open, commit, abort } = await prepare(path, "file", options);
  return { path: temporary, open: () => open(""), commit, abort };
}

/** Removes all outputs of this process that are neither committed nor aborted: for the handlers of signals. */
export async function abortOutputs(): Promise<void> {
  await Promise.all([...active.values()].map((abort) => abort()));
}

/** How to abort each output that is being written, by its temporary path. */
const active = new Map<string, () => Promise<void>>();
let count = 0;

async function prepare(
  shown: string,
  kind: "file" | "folder",
  { force = false, effects = realEffects, adopt }: OutputOptions,
): Promise<OutputFolder & { begin(): Promise<void> }> {
  const target = await named(shown, () => resolveTarget(shown, effects));
  const parent = dirname(target);
  const temporary = `${hiddenPrefix(target)}${hostname()}.${process.pid}.${count++}.tmp`;
  const created = await named(shown, () => effects.mkdir(parent));
  const sinks = new Set<ByteSink>();
  let open = true;

  const abort = async (): Promise<void> => {
    if (!open) return;
    open = false;
    // What cannot be removed now is a leftover of a dead process later, and an error here would hide the first one.
    await Promise.allSettled([...sinks].map((sink) => sink.close()));
    await effects.rm(temporary).catch(() => undefined);
    if (created !== undefined) await removeEmpty(parent, created, effects);
    active.delete(temporary);
  };
  const orAbort = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await named(shown, action);
    } catch (error) {
      await abort();
      throw error;
    }
  };

  active.set(temporary, abort);
  await orAbort(async () => {
    await removeLeftovers(target, effects, async (leftover) => {
      if (adopt === undefined || !(await adopt(leftover))) return false;
      await effects.rename(leftover, temporary);
      return true;
    });
    await checkTarget(shown, target, kind, force, effects);
  });
  return {
    path: temporary,
    begin: async () => {
      await orAbort(() => effects.mkdir(temporary));
    },
    async open(file, kept) {
      const name = join(shown, file);
      const sink = await named(name, () => effects.open(join(temporary, file), kept));
      sinks.add(sink);
      return {
        write: (bytes) => named(name, () => sink.write(bytes)),
        close: async () => {
          sinks.delete(sink);
          await named(name, () => sink.close());
        },
      };
    },
    commit: () =>
      orAbort(async () => {
        await checkTarget(shown, target, kind, force, effects);
        if (kind === "folder") await replaceFolder(temporary, target, effects);
        else await effects.rename(temporary, target);
        open = false;
        active.delete(temporary);
      }),
    abort,
  };
}

/** Runs an operation; its failure becomes an OutputError that names the path and says why. */
async function named<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof ExpectedError) throw cause;
    throw new OutputError(`cannot write ${path}: ${reasonOf(cause)}`, { cause });
  }
}

/** The absolute path, through a link at its end: so that data stay on the disk that the link points to. */
async function resolveTarget(path: string, effects: Effects): Promise<string> {
  const target = resolve(path);
  return (await effects.kind(target)) === "link" ? effects.realpath(target) : target;
}

async function checkTarget(
  shown: string,
  target: string,
  kind: "file" | "folder",
  force: boolean,
  effects: Effects,
): Promise<void> {
  const found = await effects.kind(target);
  if (found === undefined) return;
  if (!force) throw new OutputError(`${shown} exists already: use --force to replace it, or choose another name`);
  if (found !== kind) throw new OutputError(`${shown} is a ${found}, expected a ${kind}: --force does not replace it`);
  if (kind === "file") return;
  const files = await effects.list(target);
  if (files.length === 0 || files.includes("sample.json") || files.includes("run.json")) return;
  throw new OutputError(`${shown} is neither a sample nor a run nor empty: --force does not delete it`);
}

/** A folder cannot be renamed onto another: the old one steps aside, and back when the new one does not come. */
async function replaceFolder(temporary: string, target: string, effects: Effects): Promise<void> {
  if ((await effects.kind(target)) === undefined) return effects.rename(temporary, target);
  const old = temporary.replace(/tmp$/, "old");
  await effects.rename(target, old);
  try {
    await effects.rename(temporary, target);
  } catch (error) {
    await effects.rename(old, target);
    throw error;
  }
  // The output is complete: an old folder that resists is left to the next run.
  await effects.rm(old).catch(() => undefined);
}

/** Temporary names are hidden files beside the target: this, host, process, number, `tmp` or `old`. */
function hiddenPrefix(target: string): string {
  return join(dirname(target), `.${basename(target)}.`);
}

/**
 * Removes what dead processes of this host left beside the target, except what is adopted. An old output whose process died between the two
 * renames of its replacement goes back to its place.
 */
async function removeLeftovers(
  target: string,
  effects: Effects,
  adopt: (leftover: string) => Promise<boolean>,
): Promise<void> {
  let adopted = false;
  const prefix = basename(hiddenPrefix(target));
  for (const name of await effects.list(dirname(target))) {
    if (!name.startsWith(prefix)) continue;
    const parts = /^(.*)\.(\d+)\.\d+\.(tmp|old)$/.exec(name.slice(prefix.length));
    const path = join(dirname(target), name);
    if (parts === null || parts[1] !== hostname() || isAlive(Number(parts[2]), path)) continue;
    if (!adopted && parts[3] === "tmp" && (adopted = await adopt(path))) continue;
    const lost = parts[3] === "old" && (await effects.kind(target)) === undefined;
    await (lost ? effects.rename(path, target) : effects.rm(path));
  }
}

function isAlive(pid: number, temporary: string): boolean {
  // In a container the same number comes again and again.
  if (pid === process.pid) return active.has(temporary);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Removes `folder` and its parents up to `topmost`, as long as they are empty. */
async function removeEmpty(folder: string, topmost: string, effects: Effects): Promise<void> {
  try {
    for (let path = folder; path.length >= topmost.length; path = dirname(path)) await effects.rmdir(path);
  } catch {
    // Somebody else has put something there.
  }
}
