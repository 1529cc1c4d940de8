/** The files of a skim, looked at before it begins: which tree, how many events, and which files are bad. */
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { ExpectedError, InputError } from "../core/index.js";
import { findNtuple, ntupleSteps, openRootFile } from "../io/index.js";
import { openFile, rootCodecs } from "../io/node/index.js";

/** What sample.json tells of an input file. */
export interface InputRecord {
  readonly path: string;
  readonly tree: string;
  readonly size: number;
  readonly mtime: string;
  readonly uuid: string;
  readonly treeRecord: string;
}

/** A file that cannot be read, and why. */
export interface BadFile {
  readonly path: string;
  readonly reason: string;
}

export interface SkimInput {
  readonly record: InputRecord;
  /** Of the file as it was looked at: who opens it too must find the same. */
  readonly identity: string | undefined;
  readonly entries: number;
  /** Its events in steps. */
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}

export interface InputOptions {
  readonly tree?: string | undefined;
  /** Files behind this many events are not looked at; negative: all are. */
  readonly events: number;
  readonly skipBadFiles: boolean;
  readonly signal: AbortSignal;
}

/** Uncompressed bytes of a step: baskets at its ends are unpacked twice; memory holds a few steps a worker. */
const STEP_BYTES = 8e6;
const AT_ONCE = 16;

/**
 * The files that can be read, in order, and the others. InputError that names every bad file unless they are skipped, or
 * when there is no good one; and for two files that are copies of one.
 */
export async function openInputs(
  paths: readonly string[],
  options: InputOptions,
): Promise<{ inputs: SkimInput[]; bad: BadFile[] }> {
  const inputs: SkimInput[] = [];
  const bad: BadFile[] = [];
  const errors: ExpectedError[] = [];
  let left = options.events < 0 ? Infinity : options.events;
  for (let at = 0; at < paths.length && left > 0; at += AT_ONCE) {
    options.signal.throwIfAborted();
    const some = paths.slice(at, at + AT_ONCE);
    const opened = await Promise.allSettled(some.map((path) => openInput(path, options.tree)));
    for (const [i, result] of opened.entries()) {
      if (left <= 0) break;
      if (result.status === "fulfilled") {
        inputs.push(result.value);
        left -= result.value.entries;
        continue;
      }
      if (!(result.reason instanceof ExpectedError)) throw result.reason;
      errors.push(result.reason);
      bad.push({ path: some[i], reason: result.reason.message });
    }
  }
  if (bad.length > 0 && (!options.skipBadFiles || inputs.length === 0)) throw badFiles(errors, paths.length);
  checkCopies(inputs);
  return { inputs, bad };
}

function badFiles(errors: readonly ExpectedError[], files: number): ExpectedError {
  if (files === 1) return errors[0];
  const some =
    errors.length === files
      ? `none of the ${files} input files can be read`
      : `${errors.length} of ${files} input files cannot be read; use --skip-bad-files to leave such files out`;
  return new InputError(`${some}: ${errors.map(({ message }) => message).join("; ")}`, { cause: errors[0] });
}

/** InputError for files of one content: a copy under another name. */
function checkCopies(inputs: readonly SkimInput[]): void {
  const known = new Map<string, string>();
  for (const { record } of inputs) {
    const id = `${record.uuid} ${record.treeRecord}`;
    const other = known.get(id);
    if (other !== undefined) {
      throw new InputError(
        `${other} and ${record.path} are copies of the same file (UUID ${record.uuid}); its events would be counted twice: leave one of them out`,
      );
    }
    known.set(id, record.path);
  }
}

async function openInput(path: string, treePath: string | undefined): Promise<SkimInput> {
  const source = await openFile(path);
  try {
    const file = await openRootFile(source, await rootCodecs());
    const tree = await findNtuple(file, treePath);
    const { start, end } = file.treeRange(tree.path);
    const record = {
      path,
      tree: tree.path,
      size: source.size,
      mtime: (await stat(path)).mtime.toISOString(),
      uuid: file.uuid,
      treeRecord: createHash("sha256")
        .update(await source.read(start, end))
        .digest("hex"),
    };
    const { entries } = tree;
    return { record, identity: source.identity, entries, ranges: ntupleSteps(tree, entries, STEP_BYTES) };
  } finally {
    await source.close?.();
  }
}
