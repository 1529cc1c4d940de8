/**
 * Outputs that are there as a whole or not at all: written under a temporary name next to the target, brought to the disk, renamed
 * at the end. What may be replaced is decided in output-target.ts; it stays until then, and comes back when the renaming fails.
 */
import { rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { ExpectedError, OutputError } from "../../core/index.js";
import type { ByteSink, OpenSink } from "../source.js";
import { type Effects, realEffects } from "./effects.js";
import { active, oldOf, removeLeftovers, temporaryOf } from "./leftovers.js";
import { checkEnding, checkOutside } from "./output-kinds.js";
import { checkApart, checkTarget, type OutputKind, resolveTarget, type Target } from "./output-target.js";
import { reasonOf } from "./reason.js";

export interface OutputOptions {
  /** Replace what is at the path when it is of the same kind and this program's, or an empty folder. Default: an OutputError. */
  readonly force?: boolean;
  /** Files and folders that are read: the output is none of them, nor above or below one. */
  readonly inputs?: readonly string[];
  /** The output is a part of the sample, run or study in whose folder it lies. Default: an OutputError for such a place. */
  readonly part?: boolean;
  /** Outputs that appear together: `commit` of each does nothing but that of the set does. */
  readonly set?: OutputSet;
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

/** Begins a folder. OutputError when it must not be written or cannot be created. */
export async function createOutputFolder(
  path: string,
  kind: OutputKind,
  options: OutputOptions = {},
): Promise<OutputFolder> {
  const { begin, ...output } = await prepare(path, kind, options);
  await begin();
  return output;
}

/** Begins a file. OutputError when it must not be written or its folder cannot be created. */
export async function createOutputFile(
  path: string,
  kind: OutputKind,
  options: OutputOptions = {},
): Promise<OutputFile> {
  const { path: temporary, open, commit, abort } = await prepare(path, kind, options);
  return { path: temporary, open: () => open(""), commit, abort };
}

/** Writes a file at once. */
export async function writeOutputFile(
  path: string,
  kind: OutputKind,
  options: OutputOptions,
  write: (sink: ByteSink) => Promise<void>,
): Promise<void> {
  const file = await createOutputFile(path, kind, options);
  try {
    const sink = await file.open();
    await write(sink);
    await sink.close();
    await file.commit();
  } finally {
    await file.abort();
  }
}

/** Removes all outputs of this process that are neither committed nor aborted: for the handlers of signals. */
export async function abortOutputs(): Promise<void> {
  await Promise.all([...active.values()].map(({ abort }) => abort()));
}

/** Sets of outputs that are being renamed. */
let renaming = 0;

/**
 * The same without waiting, for a process that ends in this very turn. False, and nothing is done, while outputs are being renamed: what is
 * at their places then is whole in a moment.
 */
export function removeOutputsNow(): boolean {
  if (renaming > 0) return false;
  for (const output of active.values()) output.removeNow();
  return true;
}

/** The renames of an output that were done. */
interface Placed {
  back(): Promise<void>;
  done(): Promise<void>;
}

interface Pending {
  readonly target: Target;
  readonly kind: OutputKind;
  seal(): Promise<void>;
  place(): Promise<Placed>;
  abort(): Promise<void>;
}

/** Several outputs that appear together or not at all: all are checked before any is renamed, and folders go back when a later one fails. */
export class OutputSet {
  readonly #outputs: Pending[] = [];

  get targets(): readonly Target[] {
    return this.#outputs.map(({ target }) => target);
  }

  /** For the outputs themselves. */
  add(output: Pending): void {
    this.#outputs.push(output);
  }

  /** `first` is done when nothing but renames is left. When it fails no output is changed, and nothing new remains. */
  async commit(first?: () => Promise<void>): Promise<void> {
    // A file replaces another in one step and cannot go back: last.
    const outputs = this.#outputs.toSorted((a, b) => Number(a.kind.is === "file") - Number(b.kind.is === "file"));
    try {
      for (const output of outputs) await output.seal();
      renaming++;
      try {
        await first?.();
        await placeAll(outputs);
      } finally {
        renaming--;
      }
    } catch (error) {
      await this.abort();
      throw error;
    }
  }

  async abort(): Promise<void> {
    for (const output of this.#outputs.toReversed()) await output.abort();
  }
}

async function placeAll(outputs: readonly Pending[]): Promise<void> {
  const placed: Placed[] = [];
  try {
    for (const output of outputs) placed.push(await output.place());
  } catch (error) {
    for (const each of placed.toReversed()) await each.back();
    throw error;
  }
  for (const each of placed) await each.done();
}

async function prepare(
  shown: string,
  kind: OutputKind,
  { force = false, inputs = [], part = false, set, effects = realEffects, adopt }: OutputOptions,
): Promise<OutputFolder & { begin(): Promise<void> }> {
  const target = await named(shown, () => resolveTarget(shown, effects));
  await named(shown, () => checkApart(target, inputs, set?.targets ?? [], effects));
  checkEnding(shown, kind);
  if (!part) await checkOutside(target);
  const { path } = target;
  const parent = dirname(path);
  const temporary = temporaryOf(path);
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

  active.set(temporary, {
    abort,
    removeNow() {
      rmSync(temporary, { recursive: true, force: true });
      if (created !== undefined) removeEmptyNow(parent, created);
    },
  });
  await orAbort(async () => {
    await removeLeftovers(path, effects, async (leftover) => {
      if (adopt === undefined || !(await adopt(leftover))) return false;
      await effects.rename(leftover, temporary);
      return true;
    });
    await checkTarget(target, kind, force, effects);
  });
  const group = set ?? new OutputSet();
  group.add({
    target,
    kind,
    seal: () =>
      named(shown, async () => {
        await syncAll(temporary, kind.is, effects);
        await checkTarget(target, kind, force, effects);
      }),
    place: () =>
      named(shown, async () => {
        const placed = await replace(temporary, path, kind.is, effects);
        return {
          async back() {
            await placed.back();
          },
          async done() {
            open = false;
            await effects.sync(parent).catch(() => undefined);
            await placed.done();
            active.delete(temporary);
          },
        };
      }),
    abort,
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
    commit: async () => {
      if (set === undefined) await group.commit();
    },
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

async function syncAll(path: string, is: OutputKind["is"], effects: Effects): Promise<void> {
  if (is === "folder") for (const name of await effects.list(path)) await effects.sync(join(path, name));
  await effects.sync(path);
}

/** A folder cannot be renamed onto another: the old one steps aside, and back when the new one does not come. */
async function replace(temporary: string, target: string, is: OutputKind["is"], effects: Effects): Promise<Placed> {
  if (is === "file") {
    await effects.rename(temporary, target);
    return { back: async () => undefined, done: async () => undefined };
  }
  const old = (await effects.kind(target)) === undefined ? undefined : oldOf(temporary);
  if (old !== undefined) await effects.rename(target, old);
  const restore = async (): Promise<void> => {
    if (old !== undefined) await effects.rename(old, target);
  };
  try {
    await effects.rename(temporary, target);
  } catch (error) {
    await restore();
    throw error;
  }
  return {
    async back() {
      await effects.rename(target, temporary);
      await restore();
    },
    // The output is complete: an old folder that resists is left to the next run.
    done: async () => (old === undefined ? undefined : effects.rm(old).catch(() => undefined)),
  };
}

function removeEmptyNow(folder: string, topmost: string): void {
  try {
    for (let path = folder; path.length >= topmost.length; path = dirname(path)) rmdirSync(path);
  } catch {
    // As below.
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
