/** Run folders on disk. */
import { join } from "node:path";
import type { Schema } from "../../core/index.js";
import type { FolderInfo } from "../folder-info.js";
import { type Run, openRun } from "../run-read.js";
import { RunWriter } from "../run-write.js";
import { nodeCodecs } from "./codecs.js";
import { openFolder } from "./file.js";
import { type OutputFile, type OutputOptions, createOutputFile, createOutputFolder } from "./output.js";

type Schemas = Readonly<Record<string, Schema>>;

/** Opens the run in a folder. */
export async function openRunFolder(path: string): Promise<Run> {
  return openRun(await openFolder(path), await nodeCodecs());
}

/**
 * Writes a run folder: `fill` appends the tables and returns the content of run.json. The folder appears when all is
 * written; when anything fails nothing remains.
 */
export async function writeRun<T extends Schemas>(
  path: string,
  schemas: T,
  options: OutputOptions,
  fill: (run: RunWriter<T>) => Promise<object>,
): Promise<FolderInfo> {
  const folder = await createOutputFolder(path, options);
  try {
    const run = await RunWriter.create(schemas, folder.open, await nodeCodecs());
    const info = await run.finish(await fill(run));
    await folder.commit();
    return info;
  } catch (error) {
    await folder.abort();
    throw error;
  }
}

/**
 * Adds tables to a run folder, for steps that run alone: `fill` appends to them and returns the new content of
 * run.json. A table that is there already is replaced only with `force`.
 */
export async function extendRun<T extends Schemas>(
  path: string,
  schemas: T,
  options: OutputOptions,
  fill: (run: RunWriter<T>) => Promise<object>,
): Promise<FolderInfo> {
  const before = await openRunFolder(path);
  const outputs: OutputFile[] = [];
  const open = async (file: string): ReturnType<OutputFile["open"]> => {
    const replace = file === "run.json" ? { ...options, force: true } : options;
    const output = await createOutputFile(join(path, file), replace);
    outputs.push(output);
    return output.open();
  };
  try {
    const run = await RunWriter.create(schemas, open, await nodeCodecs());
    const info = await run.finish(await fill(run), before.info.tables);
    for (const output of outputs) await output.commit();
    return info;
  } catch (error) {
    for (const output of outputs) await output.abort();
    throw error;
  }
}
