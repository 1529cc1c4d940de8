/** The files that a command's inputs stand for: paths, folders, globs, lists `@files.txt`. */
import { type Stats } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { InputError } from "../core/index.js";
import { reasonOf } from "../io/node/index.js";

/**
 * Paths in order. What exists is itself, whatever characters its name has: a file, or the *.root files of a folder; else a
 * glob is the files that match. Those of a folder and a glob are sorted. Paths in a list are relative to the list.
 * InputError for a list that cannot be read, a folder or glob without files, an address of the network.
 */
export async function expandInputs(inputs: readonly string[]): Promise<string[]> {
  return expand(inputs, "", []);
}

async function expand(inputs: readonly string[], from: string, lists: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const input of inputs) {
    if (/^[a-z][a-z\d+.-]*:\/\//i.test(input))
      throw new InputError(`${input} is not read yet: copy the file to a disk first`);
    const [isList, name] = input.startsWith("@") ? [true, input.slice(1)] : [false, input];
    const path = from === "" || isAbsolute(name) ? name : join(from, name);
    if (isList && lists.includes(path)) throw new InputError(`the list of inputs ${path} contains itself`);
    if (isList) files.push(...(await expand(await readList(path), dirname(path), [...lists, path])));
    else files.push(...(await expandPath(path)));
  }
  return files;
}

async function expandPath(path: string): Promise<string[]> {
  const info = await stat(path).catch(() => undefined);
  if (info?.isDirectory() === true) {
    const found = await filesOf(path, "*.root");
    if (found.length === 0) throw new InputError(`${path} is a folder without *.root files`);
    return found;
  }
  if (info !== undefined || !isDynamicPattern(path)) return [path];
  // Folders that exist are themselves, too: only what follows them is a pattern.
  const parts = path.split("/");
  let known = 0;
  while (known < parts.length - 1 && (await isFolder(parts.slice(0, known + 1).join("/") || "/"))) known++;
  const found = await filesOf(parts.slice(0, known).join("/"), parts.slice(known).join("/"), path.startsWith("/"));
  if (found.length === 0) throw new InputError(`no file matches ${path}`);
  return found;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** Files in or below a folder ("": the working folder, or with `fromRoot` the topmost one), sorted. */
async function filesOf(folder: string, pattern: string, fromRoot = false): Promise<string[]> {
  const cwd = folder === "" ? (fromRoot ? "/" : ".") : folder;
  const found = await glob(pattern, { cwd, absolute: false, expandDirectories: false });
  const prefix = folder === "" ? cwd.replace(".", "") : `${folder.replace(/\/$/, "")}/`;
  return found.toSorted().map((file) => `${prefix}${file}`);
}

/** InputError when two of the paths are one file. */
export function checkSameFile(paths: readonly string[], infos: readonly (Stats | undefined)[]): void {
  const known = new Map<string, string>();
  for (const [i, info] of infos.entries()) {
    const id = info === undefined ? paths[i] : `${info.dev} ${info.ino}`;
    const other = known.get(id);
    if (other !== undefined) {
      const as = other === paths[i] ? paths[i] : `${other} and ${paths[i]}`;
      throw new InputError(
        `the same file is given twice: ${as}; its events would be counted twice: leave one of them out`,
      );
    }
    known.set(id, paths[i]);
  }
}

/** Lines of a list; empty ones and those that start with # do not count. */
async function readList(path: string): Promise<string[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new InputError(`cannot read the list of inputs ${path}: ${reasonOf(cause)}`, { cause });
  }
  if (text.includes("\0")) throw new InputError(`the list of inputs ${path} is no text: give the file without the @`);
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (lines.length === 0) throw new InputError(`the list of inputs ${path} is empty`);
  return lines;
}
