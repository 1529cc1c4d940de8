/** Whether an output may be written, and may replace what is there: decided here for all commands. */
import { basename, dirname, join, resolve, sep } from "node:path";
import { OutputError } from "../../core/index.js";
import type { Effects } from "./effects.js";
import { checkNotLost } from "./leftovers.js";

/** What an output is, and how something of the same kind is known that this program wrote. */
export interface OutputKind {
  readonly is: "file" | "folder";
  /** Of a file: its format, as in "HDF5". */
  readonly format?: string;
  /**
   * Why what is at the path, a file or a folder as this one, must not be replaced: it is of another kind, or holds what this program did
   * not write. Undefined when nothing speaks against it. The text goes on after the name of the output.
   */
  foreign(path: string): Promise<string | undefined>;
}

export interface Target {
  /** As the user named it. */
  readonly shown: string;
  /** Where it is written. */
  readonly path: string;
  /** The same through all links. */
  readonly real: string;
}

/** OutputError for a link out of its folder: what it points to could be anybody's. Links within it are followed. */
export async function resolveTarget(shown: string, effects: Effects): Promise<Target> {
  if (shown === "") throw new OutputError("the output has no name: its path is empty");
  const path = resolve(shown);
  if ((await effects.kind(path)) !== "link") return { shown, path, real: await realPath(path, effects) };
  const target = await effects.realpath(path).catch(() => undefined);
  const folder = await effects.realpath(dirname(path));
  if (target === undefined || !isInside(target, folder)) {
    const where = target === undefined ? "nothing" : `${target}, out of its folder`;
    throw new OutputError(`${shown} is a link to ${where}: name the place itself as the output`);
  }
  return { shown, path: target, real: target };
}

/** OutputError when the output is, holds or lies in something that the command reads, or in another one of its outputs. */
export async function checkApart(
  { shown, real }: Target,
  inputs: readonly string[],
  outputs: readonly Target[],
  effects: Effects,
): Promise<void> {
  for (const input of inputs) {
    const other = await realPath(resolve(input), effects);
    const how = overlap(real, other);
    if (how === undefined) continue;
    throw new OutputError(
      how === "is"
        ? `${shown} is an input of this command: an output does not replace it, choose another name`
        : `${shown} ${how} ${input}, an input of this command: choose a place outside of it`,
    );
  }
  for (const other of outputs) {
    const how = overlap(real, other.real);
    if (how === undefined) continue;
    throw new OutputError(
      `${shown} ${how} ${how === "is" ? "also the other output" : `${other.shown}, the other output`}: choose a place outside of it`,
    );
  }
}

/** OutputError when something is there that must not be replaced, with `force` or without. */
export async function checkTarget(
  { shown, path }: Target,
  kind: OutputKind,
  force: boolean,
  effects: Effects,
): Promise<void> {
  const found = await effects.kind(path);
  if (found === undefined) return checkNotLost(path, effects);
  if (!force) throw new OutputError(`${shown} exists already: use --force to replace it, or choose another name`);
  if (found !== kind.is) {
    const what = found === "other" ? "neither a file nor a folder" : `a ${found}`;
    throw new OutputError(`${shown} is ${what}, expected a ${kind.is}: --force does not replace it`);
  }
  const foreign = await kind.foreign(path);
  if (foreign !== undefined) {
    throw new OutputError(`${shown} ${foreign}: --force does not replace it, choose another name`);
  }
}

function overlap(output: string, other: string): "is" | "holds" | "lies in" | undefined {
  if (output === other) return "is";
  if (isInside(other, output)) return "holds";
  return isInside(output, other) ? "lies in" : undefined;
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Through all links of the part of the path that exists. */
async function realPath(path: string, effects: Effects): Promise<string> {
  try {
    return await effects.realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realPath(parent, effects), basename(path));
  }
}
