/** A SAMPLE as a source of events. */
import { type SampleBatch } from "../../events/index.js";
import { type Made, type SampleReader } from "../../io/index.js";
import { type EventSource } from "./event-source.js";

/** Wherever its files are. */
export function fromSample(sample: SampleReader, name: string): EventSource {
  const { run, lumi, event, zside, tc_rows } = sample.entries.columns;
  // The batch read last: the next event is most often in it. It stays when another cannot be read.
  let last: { readonly index: number; readonly batch: SampleBatch } | undefined;
  const readBatch = async (index: number): Promise<SampleBatch> => {
    if (last?.index === index) return last.batch;
    const batch = await sample.readBatch(index);
    last = { index, batch };
    return batch;
  };
  return {
    info: {
      name,
      description: describe(sample.made),
      run: BigInt64Array.from(run),
      lumi: BigInt64Array.from(lumi),
      event: BigInt64Array.from(event),
      zside: Int8Array.from(zside),
      nTc: Float64Array.from(tc_rows),
    },
    async read(index) {
      const batch = sample.batchFirst.findLastIndex((first) => first <= index);
      return { batch: await readBatch(batch), i: index - sample.batchFirst[batch] };
    },
    kind: kindOf(sample.made),
    batchFirst: sample.batchFirst,
    readBatch: (batch) => sample.readBatch(batch),
    geometry: sample.geometry,
    hash: sample.hash,
    close: () => sample.close(),
  };
}

function kindOf(made: Made | undefined): EventSource["kind"] {
  const { particles, pileup } = made?.options ?? {};
  return {
    ...(typeof particles === "string" ? { particles } : {}),
    ...(typeof pileup === "number" ? { pileup } : {}),
  };
}

function describe(made: Made | undefined): string {
  if (made === undefined) return "origin not recorded";
  const { command, options = {} } = made;
  const { particles, pileup, seed } = options;
  if (command === "simulate") return `fast simulation: ${particles}, pile-up ${pileup}, seed ${seed}`;
  return `${command ?? "made elsewhere"}${particles === undefined ? "" : `: ${particles}`}`;
}
