import { expect, test } from "vitest";
import { createChain, createNtupleClusters, DEFAULT_PARAMS, SummaryBuilder } from "../../chain/index.js";
import { createGeometry } from "../../detector/index.js";
import { createSkim, DEFAULT_SKIM, simulateEvents } from "../../events/index.js";
import { createLiveClusterer } from "../data/clusterer.js";
import { type EventSource } from "../data/event-source.js";
import { type SurveyRow } from "../data/protocol.js";
import { BatchCache, partsOf, survey } from "../data/survey.js";
import { statisticsOf } from "./statistics.js";

test.each([
  { name: "more batches than workers", batchFirst: [0, 3, 7, 8, 20, 21], limit: 21, shards: 2 },
  { name: "one batch for all", batchFirst: [0, 17], limit: 17, shards: 4 },
  { name: "fewer entries than workers", batchFirst: [0, 2], limit: 2, shards: 4 },
  { name: "a limit within a batch", batchFirst: [0, 10, 20, 30, 40], limit: 25, shards: 2 },
  { name: "a limit beyond the end", batchFirst: [0, 10, 20], limit: 1000, shards: 3 },
])("the parts of all workers are each entry once: $name", ({ batchFirst, limit, shards }) => {
  const entries = Array.from({ length: shards }, (_, shard) => partsOf(batchFirst, limit, shard, shards))
    .flat()
    .flatMap(({ batch, from, to }) => Array.from({ length: to - from }, (_, k) => batchFirst[batch] + from + k));
  const wanted = Math.min(limit, batchFirst[batchFirst.length - 1]);
  expect(entries.toSorted((a, b) => a - b)).toEqual(Array.from({ length: wanted }, (_, entry) => entry));
});

test("the statistics of a survey are the summary of a run; of two settings each has its own", async () => {
  const chunk = simulateEvents({ particles: "photons", pileup: 0, seed: 4, geometry: createGeometry() }, 1, 120);
  const batch = createSkim({ ...DEFAULT_SKIM, particles: "photons" }).skim(createNtupleClusters()(chunk));
  const batchFirst = [0, batch.entries.rows];
  const source: Pick<EventSource, "readBatch"> = { readBatch: () => Promise.resolve(batch) };
  const cache = new BatchCache(source as EventSource);
  const sides = [createLiveClusterer("default", DEFAULT_PARAMS), createLiveClusterer("cs", DEFAULT_PARAMS)] as const;
  const rows: SurveyRow[] = [];
  for (const shard of [0, 1]) {
    for await (const more of survey(cache, batchFirst, partsOf(batchFirst, 1000, shard, 2), ...sides))
      rows.push(...more);
  }
  const { a, b, events, differing } = statisticsOf(rows);
  expect(events).toBe(batch.entries.rows);
  expect(differing).toBeGreaterThan(0);
  const everyEta = { ...DEFAULT_PARAMS, base: { ...DEFAULT_PARAMS.base, EtaMin: -1, EtaMax: Infinity } };
  for (const [side, chain] of [
    [a, "default"],
    [b, "cs"],
  ] as const) {
    const summary = new SummaryBuilder(chain);
    summary.add(createChain(chain, everyEta, { selection: { kind: "all" } })(batch));
    const { counts, chain: _, selectionEfficiency: __, ...performance } = summary.finish();
    expect(side).toMatchObject({ ...performance, lost: counts.particles - counts.matched });
  }
  expect(a.response).not.toBe(b?.response);
});
