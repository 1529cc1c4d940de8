/** Run folders on disk. */
import { join } from "node:path";
import { InputError, type Schema } from "../../core/index.js";
import { type FolderInfo, writeInfo } from "../folders/info.js";
import { type Run, openRun } from "../folders/run-read.js";
import { RunWriter } from "../folders/run-write.js";
import type { ByteSink } from "../source.js";
import type { GroupEncoder, WriteOptions } from "../parquet/table-write.js";
import { nodeCodecs } from "./codecs.js";
import { realEffects } from "./effects.js";
import { openFolder } from "./file.js";
import { PARQUET_FILE, PART_FOLDER, RUN_FOLDER, STUDY_FOLDER } from "./output-kinds.js";
import type { OutputKind } from "./output-target.js";
import { type OutputFile, type OutputOptions, createOutputFile, createOutputFolder, OutputSet } from "./output.js";

type Schemas = Readonly<Record<string, Schema>>;

type Kind = Run["kind"];

const FOLDERS: Readonly<Record<Kind, OutputKind>> = { run: RUN_FOLDER, study: STUDY_FOLDER, part: PART_FOLDER };

/** Opens the run, or study, or part of one, in a folder. */
export async function openRunFolder(path: string, kind: Kind = "run"): Promise<Run> {
  return openRun(await openFolder(path), await nodeCodecs(), kind);
}

/** What a folder of tables is, and how many rows its writers hold. */
export interface FolderOptions extends OutputOptions {
  readonly kind?: Kind;
  readonly groupRows?: number;
}

/** A file that a run has beside its tables, made from them; `write` gets the run as it will be, and the path to write to. */
export interface RunExtra {
  readonly file: string;
  write(run: Run, path: string, shown: string): Promise<void>;
}

/**
 * Writes a run folder, or one of another kind: `fill` appends the tables and returns the content of its json. The folder
 * appears when all is written, `extra` included; when anything fails nothing remains.
 */
export async function writeRun<T extends Schemas>(
  path: string,
  schemas: T,
  options: FolderOptions & WriteOptions,
  fill: (run: RunWriter<T>) => Promise<object>,
  extra?: RunExtra,
): Promise<FolderInfo> {
  const folder = await createOutputFolder(path, FOLDERS[options.kind ?? "run"], options);
  try {
    const run = await RunWriter.create(schemas, folder.open, await nodeCodecs(), options);
    const content = await fill(run);
    const info = await run.finish(extra === undefined ? content : { ...content, files: [extra.file] });
    await extra?.write(await openRunFolder(folder.path), join(folder.path, extra.file), join(path, extra.file));
    await folder.commit();
    return info;
  } catch (error) {
    await folder.abort();
    throw error;
  }
}

/** Of a run that goes on: it is written again. */
const JSON_OF_FOLDER: OutputKind = { is: "file", foreign: async () => undefined };

/** Begins a file beside the tables of a folder that is extended: it appears with them, and its json lists it. */
export type Beside = (file: string, kind: OutputKind) => Promise<OutputFile>;

/**
 * Adds tables to a run folder, for steps that run alone: `fill` appends to them and returns the new content of
 * run.json. A table that is there already is replaced only with `force`. Killed in the middle of the replacement, the run is one without
 * that table; it is never one of which run.json and the tables differ. `run`: as it was opened to read;
 * InputError when it is another one by now. Tables and files beside them that `keeps` refuses are no longer listed.
 */
export async function extendRun<T extends Schemas>(
  { kind: folderKind, name: path, info: before }: Run,
  schemas: T,
  { encoder, ...options }: OutputOptions & { readonly encoder?: GroupEncoder | undefined },
  fill: (run: RunWriter<T>, beside: Beside) => Promise<object>,
  keeps: (name: string) => boolean = () => true,
): Promise<FolderInfo> {
  const check = async (): Promise<void> => {
    const { info } = await openRunFolder(path, folderKind);
    if (JSON.stringify(info) === JSON.stringify(before)) return;
    throw new InputError(`${path} was changed or replaced while it was read: run the command again`);
  };
  const { kind, realpath } = options.effects ?? realEffects;
  // A link may lead elsewhere by the end: all files are of the folder that it leads to now.
  const folder = (await kind(path)) === "link" ? await realpath(path) : path;
  const isListed = (table: string): boolean => Object.hasOwn(before.tables, table);
  const set = new OutputSet();
  const kept = Object.fromEntries(Object.entries(before.tables).filter(([name]) => keeps(name)));
  const json = `${folderKind}.json`;
  const create = async (file: string): Promise<OutputFile> => {
    // A table that the json does not list is what a killed step left, or somebody's.
    const replace = isListed(file.replace(/\.parquet$/, "")) ? options : { ...options, force: true };
    return createOutputFile(join(folder, file), file === json ? JSON_OF_FOLDER : PARQUET_FILE, {
      ...replace,
      part: true,
      set,
    });
  };
  const files = new Set((before as { readonly files?: readonly string[] }).files?.filter(keeps));
  const beside: Beside = async (file, as) => {
    files.add(file);
    return createOutputFile(join(folder, file), as, { ...options, part: true, set });
  };
  try {
    const open = async (file: string): Promise<ByteSink> => (await create(file)).open();
    const run = await RunWriter.create(schemas, open, await nodeCodecs(), { kind: folderKind, encoder });
    const content = await fill(run, beside);
    const info = await run.finish(files.size === 0 ? content : { ...content, files: [...files] }, kept);
    await check();
    const replaced = Object.keys(schemas).filter(isListed);
    await set.commit(async () => {
      if (replaced.length > 0) await unlist(folder, folderKind, before, replaced, options);
    });
    return info;
  } finally {
    await set.abort();
  }
}

/** Takes tables out of the json of a folder. */
async function unlist(
  path: string,
  kind: Kind,
  { tables, ...content }: FolderInfo,
  replaced: readonly string[],
  { effects }: OutputOptions,
): Promise<void> {
  const kept = Object.fromEntries(Object.entries(tables).filter(([name]) => !replaced.includes(name)));
  const output = await createOutputFile(join(path, `${kind}.json`), JSON_OF_FOLDER, {
    force: true,
    part: true,
    ...(effects === undefined ? {} : { effects }),
  });
  try {
    await writeInfo(() => output.open(), kind, kept, content, await nodeCodecs());
    await output.commit();
  } finally {
    await output.abort();
  }
}
