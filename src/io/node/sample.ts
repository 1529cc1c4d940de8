/** Sample folders on disk. */
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { type SampleReader, openSample } from "../sample-read.js";
import { type SampleInfo, type SampleState, SampleWriter } from "../sample-write.js";
import { nodeCodecs } from "./codecs.js";
import { openFolder } from "./file.js";
import { CHECKPOINT } from "./leftovers.js";
import { SAMPLE_FOLDER } from "./output-kinds.js";
import { type OutputFolder, type OutputOptions, createOutputFolder } from "./output.js";

/** Opens the sample in a folder. */
export async function openSampleFolder(path: string): Promise<SampleReader> {
  return openSample(await openFolder(path), await nodeCodecs());
}

/**
 * Writes a sample folder: `fill` appends the batches and returns how the sample was made, for sample.json. The folder
 * appears when all is written; when anything fails nothing remains.
 */
export async function writeSample(
  path: string,
  options: OutputOptions,
  fill: (sample: SampleWriter) => Promise<Readonly<Record<string, unknown>>>,
): Promise<SampleInfo> {
  const folder = await createOutputFolder(path, SAMPLE_FOLDER, options);
  return fillSample(folder, undefined, fill);
}

/** One part of a job after another, each kept when it is done. */
export interface Checkpoint<T> {
  /** What was saved last by a process that was killed; undefined at the beginning. */
  readonly saved: T | undefined;
  /** Keeps all that was appended so far, and `progress`, for a process that comes after a kill. */
  save(progress: T): Promise<void>;
}

/**
 * Like writeSample, but what a killed process saved of the same job (`key` says which) is not done again. Stopped in
 * any other way, it leaves nothing either.
 */
export async function writeSampleInParts<T>(
  path: string,
  options: OutputOptions,
  key: string,
  fill: (sample: SampleWriter, checkpoint: Checkpoint<T>) => Promise<Readonly<Record<string, unknown>>>,
): Promise<SampleInfo> {
  let found: { readonly key: string; readonly state: SampleState; readonly progress: T } | undefined;
  const folder = await createOutputFolder(path, SAMPLE_FOLDER, {
    ...options,
    async adopt(leftover) {
      const bytes = await readFile(join(leftover, CHECKPOINT)).catch(() => undefined);
      if (bytes === undefined) return false;
      const content = deserialize(bytes) as typeof found;
      if (content?.key !== key) return false;
      found = content;
      return true;
    },
  });
  const file = join(folder.path, CHECKPOINT);
  return fillSample(folder, found?.state, async (sample) => {
    const made = await fill(sample, {
      saved: found?.progress,
      async save(progress) {
        // Whole or not at all.
        await writeFile(`${file}.new`, serialize({ key, state: sample.state, progress }));
        await rename(`${file}.new`, file);
      },
    });
    await Promise.all([file, `${file}.new`].map((path) => rm(path, { force: true })));
    return made;
  });
}

async function fillSample(
  folder: OutputFolder,
  state: SampleState | undefined,
  fill: (sample: SampleWriter) => Promise<Readonly<Record<string, unknown>>>,
): Promise<SampleInfo> {
  try {
    const sample = await SampleWriter.create(folder.open, await nodeCodecs(), state);
    const info = await sample.finish(await fill(sample));
    await folder.commit();
    return info;
  } catch (error) {
    await folder.abort();
    throw error;
  }
}
