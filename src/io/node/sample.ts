/** Sample folders on disk. */
import { type SampleReader, openSample } from "../sample-read.js";
import { type SampleInfo, SampleWriter } from "../sample-write.js";
import { nodeCodecs } from "./codecs.js";
import { openFolder } from "./file.js";
import { type OutputOptions, createOutputFolder } from "./output.js";

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
  const folder = await createOutputFolder(path, options);
  try {
    const sample = await SampleWriter.create(folder.open, await nodeCodecs());
    const info = await sample.finish(await fill(sample));
    await folder.commit();
    return info;
  } catch (error) {
    await folder.abort();
    throw error;
  }
}
