/** The files that a command's inputs stand for: paths, globs, lists `@files.txt`. */
import { readFile } from "node:fs/promises";
import { glob, isDynamicPattern } from "tinyglobby";
import { InputError } from "../core/index.js";

/** Paths in order; a glob's files are sorted. InputError for a list that cannot be read or a glob without files. */
export async function expandInputs(inputs: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const input of inputs) {
    if (input.startsWith("@")) files.push(...(await expandInputs(await readList(input.slice(1)))));
    else if (!isDynamicPattern(input)) files.push(input);
    else {
      const found = await glob(input, { absolute: false, expandDirectories: false });
      if (found.length === 0) throw new InputError(`no file matches ${input}`);
      files.push(...found.toSorted());
    }
  }
  return files;
}

/** Lines of a list; empty ones and those that start with # do not count. */
async function readList(path: string): Promise<string[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new InputError(`cannot read the list of inputs ${path}: ${(cause as Error).message}`, { cause });
  }
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (lines.length === 0) throw new InputError(`the list of inputs ${path} is empty`);
  return lines;
}
