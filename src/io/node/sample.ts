/** Sample folders on disk. */
import { type SampleReader, openSample } from "../folders/sample-read.js";
import { type SampleInfo, type SampleState, SampleWriter } from "../folders/sample-write.js";
import type { WriteOptions } from "../parquet/table-write.js";
import { CheckedFiles, findCheckpoint, type Found } from "./checkpoint.js";
import { nodeCodecs } from "./codecs.js";
import { openFolder } from "./file.js";
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
  options: OutputOptions & WriteOptions,
  fill: (sample: SampleWriter) => Promise<Readonly<Record<string, unknown>>>,
): Promise<SampleInfo> {
  const folder = await createOutputFolder(path, SAMPLE_FOLDER, options);
  return committed(folder, async () => {
    const sample = await SampleWriter.create(folder.open, await nodeCodecs(), options);
    return sample.finish(await fill(sample));
  });
}

/** One part of a job after another, each kept when it is done. */
export interface Checkpoint<T> {
  /** What was saved last by a process that was killed; undefined at the beginning. */
  readonly saved: T | undefined;
  /** Keeps all that was appended so far, and `progress`, for a process that comes after a kill and for `back`. */
  save(progress: T): Promise<void>;
  /** The sample as it was at the last `save`, or at the beginning: what was appended since then is gone. */
  back(): Promise<{ readonly sample: SampleWriter; readonly saved: T | undefined }>;
}

export interface PartsOptions extends OutputOptions, WriteOptions {
  /** Called with one line when what a killed process left is damaged: it is thrown away. */
  readonly onDamaged?: (message: string) => void;
}

/**
 * Like writeSample, but what a killed process saved of the same job (`key` says which) is not done again, if all of it
 * has the checksums that it was saved with. Stopped in any other way, it leaves nothing either.
 */
export async function writeSampleInParts<T>(
  path: string,
  options: PartsOptions,
  key: string,
  fill: (sample: SampleWriter, checkpoint: Checkpoint<T>) => Promise<Readonly<Record<string, unknown>>>,
): Promise<SampleInfo> {
  let found: Exclude<Found, string> | undefined;
  const folder = await createOutputFolder(path, SAMPLE_FOLDER, {
    ...options,
    async adopt(leftover) {
      const checked = await findCheckpoint(leftover, key);
      if (checked === "damaged") {
        options.onDamaged?.(
          `what a killed command left of ${path} is damaged: it is thrown away, and all is done again`,
        );
      }
      if (typeof checked === "string") return false;
      found = checked;
      return true;
    },
  });
  type Saved = { readonly state: SampleState; readonly progress: T } | undefined;
  return committed(folder, async () => {
    const codecs = await nodeCodecs();
    const files = new CheckedFiles(folder.path, folder.open, found);
    const before = found?.saved as Saved;
    let sample = await SampleWriter.create(files.open, codecs, { ...options, state: before?.state });
    const made = await fill(sample, {
      saved: before?.progress,
      save: async (progress) => files.save(key, { state: await sample.state(), progress } satisfies Saved),
      async back() {
        // What other threads still encode is written, and goes then.
        await sample.state();
        const saved = (await files.back()) as Saved;
        sample = await SampleWriter.create(files.open, codecs, { ...options, state: saved?.state });
        return { sample, saved: saved?.progress };
      },
    });
    await files.end();
    return sample.finish(made);
  });
}

/** Commits the folder when all is written, else nothing remains. */
async function committed<T>(folder: OutputFolder, write: () => Promise<T>): Promise<T> {
  try {
    const result = await write();
    await folder.commit();
    return result;
  } catch (error) {
    await folder.abort();
    throw error;
  }
}
