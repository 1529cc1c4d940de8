/** Opens a sample for a live study. */
import { type SourceSpec } from "../data/protocol.js";
import { openSource } from "../data/source.js";
import { BatchCache } from "../data/survey.js";
import { type LiveSample } from "./live.js";

export async function openLiveSample(spec: SourceSpec): Promise<LiveSample> {
  const source = await openSource(spec);
  return { source, cache: new BatchCache(source) };
}
