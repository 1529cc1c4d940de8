/** Samples that batch tasks made of parts of the inputs to one: their entries one after another. */
import { type Made } from "../io/index.js";
import { InputError } from "../core/index.js";
import { openSampleFolder, writeSample } from "../io/node/index.js";

export interface MergeSamplesJob {
  /** SAMPLE folders; their entries keep this order. */
  readonly samples: readonly string[];
  /** Folder to write. */
  readonly out: string;
  readonly force: boolean;
  readonly signal: AbortSignal;
}

export interface SamplesReport {
  readonly out: string;
  readonly entries: number;
}

/** What a sample.json says of how the sample was made. */
export async function madeOf(path: string): Promise<Made> {
  const sample = await openSampleFolder(path);
  await sample.close();
  return sample.made ?? {};
}

/** Which particles were generated in a sample; "unknown" where it does not say. */
export async function particlesOf(path: string): Promise<string> {
  const particles = (await madeOf(path)).options?.["particles"];
  return typeof particles === "string" ? particles : "unknown";
}

/** Options in which parts of one sample may differ. */
const PARTS = ["events", "seed"];

/** One sample is in memory at a time, batch by batch. InputError for samples that were made in different ways: of other particles, cuts, geometry or version. */
export async function mergeSamples({ samples, out, force, signal }: MergeSamplesJob): Promise<SamplesReport> {
  let entries = 0;
  await writeSample(out, { force, inputs: samples }, async (writer) => {
    let first: Made = {};
    for (const [i, path] of samples.entries()) {
      signal.throwIfAborted();
      const sample = await openSampleFolder(path);
      try {
        const made = sample.made ?? {};
        if (i === 0) first = made;
        else checkAlike(samples[0], first, path, made);
        for (let batch = 0; batch < sample.batches; batch++) await writer.append(await sample.readBatch(batch));
        entries += sample.nEntries;
      } finally {
        await sample.close();
      }
    }
    const options = Object.fromEntries(Object.entries(first.options ?? {}).filter(([name]) => !PARTS.includes(name)));
    const { program, command, geometry } = first;
    return {
      ...{ program, command, options },
      ...(geometry === undefined ? {} : { geometry }),
      merged: samples.length,
    };
  });
  return { out, entries };
}

function checkAlike(firstPath: string, first: Made, path: string, made: Made): void {
  const what = ({ program, command, options = {}, geometry }: Made): [string, unknown][] => [
    ...Object.entries({ program, command, geometry }),
    ...Object.entries(options).filter(([name]) => !PARTS.includes(name)),
  ];
  const own = new Map(what(made));
  for (const [name, value] of what(first)) {
    const other = own.get(name);
    if (JSON.stringify(other) === JSON.stringify(value)) continue;
    throw new InputError(
      `${firstPath} and ${path} were made with different ${name} (${JSON.stringify(value)}, ${JSON.stringify(other)}): they are no parts of one sample`,
    );
  }
}
