/** Files of a JOB: each appears whole or not at all. */
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ExpectedError, OutputError } from "../core/index.js";
import { type Effects, realEffects, reasonOf } from "../io/node/disk/index.js";

export interface NewFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly executable?: boolean;
}

let count = 0;

function temporaryOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.${count++}.tmp`);
}

/** Writes a file under a temporary name, brings it to the disk, renames it. OutputError that names it. */
export async function writeWhole(file: NewFile, effects: Effects = realEffects): Promise<void> {
  await writeAll([file], effects);
}

/**
 * Writes several files, with their folders; renames them when all are on the disk, in the order given. OutputError when one cannot be
 * written: then none of them is there, nor a folder that was not there before.
 */
export async function writeAll(files: readonly NewFile[], effects: Effects = realEffects): Promise<void> {
  const temporaries: string[] = [];
  const folders: string[] = [];
  let at = files[0];
  try {
    for (const file of files) {
      at = file;
      const created = await effects.mkdir(dirname(file.path));
      if (created !== undefined) folders.push(created);
      const temporary = temporaryOf(file.path);
      temporaries.push(temporary);
      const sink = await effects.open(temporary);
      try {
        await sink.write(new TextEncoder().encode(file.text));
      } finally {
        await sink.close();
      }
      await effects.sync(temporary);
      if (file.executable === true) chmodSync(temporary, 0o755);
    }
    for (const [i, file] of files.entries()) {
      at = file;
      await effects.rename(temporaries[i], file.path);
    }
    for (const folder of new Set(files.map(({ path }) => dirname(path))))
      await effects.sync(folder).catch(() => undefined);
  } catch (cause) {
    for (const temporary of temporaries) await effects.rm(temporary).catch(() => undefined);
    for (const folder of folders.toReversed()) await removeEmptyFolders(folder, effects);
    if (cause instanceof ExpectedError) throw cause;
    throw new OutputError(`cannot write ${at.path}: ${reasonOf(cause)}`, { cause });
  }
}

/** The folder and those in it, when they hold nothing else. */
async function removeEmptyFolders(folder: string, effects: Effects): Promise<void> {
  try {
    for (const name of await effects.list(folder)) await removeEmptyFolders(join(folder, name), effects);
    await effects.rmdir(folder);
  } catch {
    // Somebody else has put something there.
  }
}

/** The names in a folder; none where there is no folder. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** The text of a file; undefined where there is none. */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

/**
 * Names of generated files: `PREFIX_vN.ENDING`. A text that is there already keeps its name, a new one gets the next number. One object for
 * the files of a submission, so that two new ones do not get the same.
 */
export class Versions {
  readonly #texts = new Map<string, string>();

  /** Where the text is, or is to be written: then it is in `fresh`. */
  place(folder: string, prefix: string, ending: string, text: string, executable = false): string {
    let last = 0;
    for (const name of new Set([...namesIn(folder), ...this.#names(folder)])) {
      const number = versionOf(name, prefix, ending);
      if (number === undefined) continue;
      const path = join(folder, name);
      if ((this.#texts.get(path) ?? textOf(path)) === text) return path;
      last = Math.max(last, number);
    }
    const path = join(folder, `${prefix}_v${last + 1}${ending}`);
    this.#texts.set(path, text);
    this.fresh.push({ path, text, ...(executable ? { executable } : {}) });
    return path;
  }

  readonly fresh: NewFile[] = [];

  #names(folder: string): string[] {
    return [...this.#texts.keys()].filter((path) => dirname(path) === folder).map((path) => basename(path));
  }
}

function versionOf(name: string, prefix: string, ending: string): number | undefined {
  if (!name.startsWith(`${prefix}_v`) || !name.endsWith(ending)) return undefined;
  const digits = name.slice(prefix.length + 2, name.length - ending.length);
  return /^\d+$/.test(digits) ? Number(digits) : undefined;
}
