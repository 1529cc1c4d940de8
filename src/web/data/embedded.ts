/** The sample that is there without any file: photons of the fast simulation, each event made when it is looked at. */
import { createNtupleClusters } from "../../chain/index.js";
import { createGeometry, DEFAULT_GEOMETRY } from "../../detector/index.js";
import { createSkim, DEFAULT_SKIM, type SampleBatch, simulateEvents } from "../../events/index.js";
import embedded from "virtual:embedded";
import { type EventSource } from "./event-source.js";

/** Events [first, first + n) as a batch; the same numbers as `bye-splits simulate` with the embedded options. */
function simulate(first: number, n: number): SampleBatch {
  const { particles, pileup, seed } = embedded;
  const { skim } = createSkim({ ...DEFAULT_SKIM, particles });
  return skim(
    createNtupleClusters()(
      simulateEvents({ particles, pileup, seed, geometry: createGeometry(DEFAULT_GEOMETRY) }, first, n),
    ),
  );
}

/** Events simulated at a time by a survey. */
const CHUNK = 10;

export function openEmbedded(): EventSource {
  const { events, particles, pileup, seed } = embedded;
  const batchFirst = Array.from({ length: Math.ceil(events.length / CHUNK) + 1 }, (_, b) =>
    Math.min(b * CHUNK, events.length),
  );
  return {
    info: {
      name: "embedded sample",
      description: `fast simulation: ${particles}, pile-up ${pileup}, seed ${seed}`,
      run: new BigInt64Array(events.length).fill(1n),
      lumi: new BigInt64Array(events.length).fill(1n),
      event: BigInt64Array.from(events, BigInt),
      zside: new Int8Array(events.length).fill(1),
      nTc: new Float64Array(events.length).fill(Number.NaN),
    },
    async read(index) {
      return { batch: simulate(events[index], 1), i: 0 };
    },
    kind: { particles, pileup },
    batchFirst,
    async readBatch(batch) {
      const [from, end] = [batchFirst[batch], batchFirst[batch + 1]];
      return simulate(events[from], events[end - 1] - events[from] + 1);
    },
    geometry: DEFAULT_GEOMETRY,
    hash: undefined,
    async close() {},
  };
}
