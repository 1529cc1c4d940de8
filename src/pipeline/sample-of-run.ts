/** Where the sample of a run is: as run.json says it, and found again. */
import { basename, relative, resolve } from "node:path";
import { type RunInfo, type StoredSample } from "../chain/index.js";
import { ExpectedError, InputError } from "../core/index.js";
import { type Run, type SampleReader } from "../io/index.js";
import { openSampleFolder } from "../io/node/index.js";
import { moveCells } from "./tc-map.js";

/** What run.json in the folder `run` says about its sample. */
export function storeSample(run: string, sample: string, hash: string): StoredSample {
  const absolute = resolve(sample);
  return { path: relative(resolve(run), absolute), absolute, hash };
}

/** The same for a run in `out` that is made of `run`: both places of the sample stay what they are. */
export function handOnSample(run: Run, stored: StoredSample, out: string): StoredSample {
  const { path, absolute, hash } = stored;
  if (absolute === undefined) return storeSample(out, path, hash);
  return { path: relative(resolve(out), resolve(run.name, path)), absolute, hash };
}

/** As people call it. */
export function sampleName({ absolute, path }: StoredSample): string {
  return basename(absolute ?? path);
}

/** Where run.json says that the sample is. */
export function samplePlaces({ name }: Pick<Run, "name">, { path, absolute }: StoredSample): string[] {
  return [...new Set([resolve(name, path), absolute ?? resolve(path)])];
}

/**
 * Opens the sample of a run: in `folder`, or else where run.json says; its trigger cells are where the run had them. InputError when it
 * is not there, or another one is.
 */
export async function openSampleOf(
  run: Pick<Run, "name" | "kind">,
  { sample: stored, tcMap }: Pick<RunInfo, "sample" | "tcMap">,
  folder?: string,
): Promise<SampleReader> {
  const { hash } = stored;
  const places = folder === undefined ? samplePlaces(run, stored) : [folder];
  const problems: string[] = [];
  for (const place of places) {
    try {
      const sample = await openSampleFolder(place);
      if (sample.hash === hash) {
        return tcMap === undefined ? sample : await moveCells(sample, tcMap, run.name);
      }
      await sample.close();
      problems.push(
        `${place} is not the sample of ${run.name}: its hash is ${sample.hash}, ${run.kind}.json has ${hash}`,
      );
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      problems.push(error.message);
    }
  }
  if (folder !== undefined) throw new InputError(problems.join("; "));
  throw new InputError(`${problems.join("; ")}; say with --sample where the sample of ${run.name} is`);
}
