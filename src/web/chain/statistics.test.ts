import { expect, test } from "vitest";
import { createChain, createNtupleClusters, DEFAULT_PARAMS, SummaryBuilder } from "../../chain/index.js";
import { createGeometry } from "../../detector/index.js";
import { createSkim, DEFAULT_SKIM, type SampleBatch, simulateEvents } from "../../events/index.js";
import { type Clusterer, createLiveClusterer } from "../data/clusterer.js";
import { type EventSource } from "../data/event-source.js";
import { type SurveyRow } from "../data/protocol.js";
import { BatchCache, partsOf, survey } from "../data/survey.js";
import { linesOf } from "./statistics-lines.js";
import { NO_SELECTION } from "../model/selection.js";
import { leftOutInWords, statisticsOf } from "../model/statistics.js";

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

const BATCH = (() => {
  const chunk = simulateEvents({ particles: "photons", pileup: 0, seed: 4, geometry: createGeometry("V11") }, 1, 120);
  return createSkim({ ...DEFAULT_SKIM, particles: "photons" }).skim(createNtupleClusters()(chunk));
})();

async function surveyOf(batch: SampleBatch, a: Clusterer, b: Clusterer | null): Promise<SurveyRow[]> {
  const batchFirst = [0, batch.entries.rows];
  const source: Pick<EventSource, "readBatch"> = { readBatch: () => Promise.resolve(batch) };
  const cache = new BatchCache(source as EventSource);
  const rows: SurveyRow[] = [];
  for (const shard of [0, 1]) {
    for await (const more of survey(cache, batchFirst, partsOf(batchFirst, 1000, shard, 2), a, b)) rows.push(...more);
  }
  return rows.toSorted((one, other) => one.index - other.index);
}

const { base } = DEFAULT_PARAMS;
const live = createLiveClusterer("default", DEFAULT_PARAMS);
const coarse = createLiveClusterer("cs", DEFAULT_PARAMS);

test("the statistics of a survey are the summary of a run, with its acceptance; of two settings each has its own", async () => {
  const rows = await surveyOf(BATCH, live, coarse);
  const { a, b, events, differing, leftOut } = statisticsOf(rows, base, true);
  expect(events).toBe(BATCH.entries.rows);
  expect(differing).toBeGreaterThan(0);
  for (const [side, chain] of [
    [a, "default"],
    [b, "cs"],
  ] as const) {
    const summary = new SummaryBuilder(chain);
    summary.add(createChain(chain, DEFAULT_PARAMS, { selection: { kind: "all" } })(BATCH));
    const { chain: _chain, counts, selectionEfficiency: _selected, ...wanted } = summary.finish();
    expect(side).toMatchObject({ ...wanted, lost: counts.particles - counts.matched });
    expect(wanted.trueEfficiency).toBeGreaterThan(0.8);
    expect(counts.particles + leftOut.outside).toBe(BATCH.gen.rows);
  }
  expect(leftOut.outside).toBeGreaterThan(0);
  expect(a.response).not.toBe(b?.response);
});

/** Entry 3 has a cell that is no number, the particle of entry 5 no energy. */
function damaged(): SampleBatch {
  const { entries, gen, tc } = BATCH;
  const tc_mipPt = tc.columns.tc_mipPt.slice();
  tc_mipPt[entries.columns.tc_first[3]] = Number.NaN;
  const gen_en = gen.columns.gen_en.slice();
  gen_en[entries.columns.gen_first[5]] = 0;
  return {
    ...BATCH,
    gen: { ...gen, columns: { ...gen.columns, gen_en } },
    tc: { ...tc, columns: { ...tc.columns, tc_mipPt } },
  };
}

test("entries that no chain can be run on are rows that say so, and count nowhere; the others are as before", async () => {
  const all = { EtaMin: 0, EtaMax: Infinity };
  const [good, rows] = [await surveyOf(BATCH, live, coarse), await surveyOf(damaged(), live, coarse)];
  expect(rows.length).toBe(good.length);
  expect(rows[3]).toMatchObject({ index: 3, a: { seeds: Number.NaN, particles: [] }, b: null });
  expect(rows[3].bad).toContain("tc_mipPt");
  const others = (from: SurveyRow[]): SurveyRow[] => from.filter(({ index }) => index !== 3 && index !== 5);
  expect(others(rows)).toEqual(others(good));
  const statistics = statisticsOf(rows, all, true);
  const without = statisticsOf(others(good), all, true);
  expect(statistics.a).toEqual(without.a);
  expect(statistics.b).toEqual(without.b);
  expect(statistics.leftOut).toEqual({ bad: 1, notInB: 0, outside: 0, withoutEnergy: 1, deselected: 0 });
  expect(leftOutInWords(statistics, all)).toBe(
    "Left out: 1 event with values that are no numbers; 1 particle without generated energy.",
  );
});

test("entries that the run on side B did not select count on neither side", async () => {
  const run: Clusterer = { ...coarse, covers: (entry) => entry < 10 };
  const rows = await surveyOf(BATCH, live, run);
  expect(rows.filter(({ b }) => b !== null).map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(rows.slice(10).every(({ differing, share }) => differing === 0 && share === 0)).toBe(true);
  const statistics = statisticsOf(rows, base, true);
  const first = statisticsOf((await surveyOf(BATCH, live, coarse)).slice(0, 10), base, true);
  expect(statistics).toEqual({ ...first, leftOut: { ...first.leftOut, notInB: BATCH.entries.rows - 10 } });
  expect(leftOutInWords(statistics, base)).toContain(`${BATCH.entries.rows - 10} events that the run B did not select`);
});

test("a particle that the selection leaves out is counted once, however little energy it has; one without any is not", () => {
  const particle = { eta: 2, pt: 1, phi: 0, isMatched: true, isSplit: false, truth: null, response: 1, responsePt: 1, controls: 0, controlsMatched: 0, controlsSplit: 0 }; // prettier-ignore
  const side = { seeds: 1, clusters: 1, falseClusters: 0 };
  const rowOf = (energy: number) => ({
    ...{ index: 0, bad: "", b: null, differing: 0, share: 0 },
    a: { ...side, particles: [{ ...particle, energy }] },
  });
  const rows = [0.25, 1, 100, 0, -1].map(rowOf) as unknown as SurveyRow[];
  const { leftOut, a, events } = statisticsOf(rows, base, false, { ...NO_SELECTION, pt: "5:10" });
  expect([events, a.particles]).toEqual([5, 0]);
  expect(leftOut).toEqual({ bad: 0, notInB: 0, outside: 0, withoutEnergy: 2, deselected: 3 });
  expect(statisticsOf(rows, base, false).a).toMatchObject({ particles: 3, matched: 3, split: 0, lost: 0 });
});

test("the rows of the table: what no particle says is a dash, without a unit and without an interval", () => {
  const none = statisticsOf([], base, false).a;
  expect(linesOf([none]).map(({ name, text }) => `${name}: ${text(none)}`)).toEqual([
    "split: –",
    "68 % interval: –",
    "matched: –",
    "response: –",
    "resolution: –",
    "without a cluster: 0",
  ]);
  const found = { response: 0.98765, resolution: 0.0341, efficiency: 0.975, lost: 1 };
  const two = { ...none, particles: 40, splitFraction: 0.05, splitInterval: { low: 0.0172, high: 0.111 }, ...found };
  expect(linesOf([two]).map(({ text }) => text(two))).toEqual(["5 %", "1.7 to 11 %", "97.5 %", "0.988", "3.41 %", "1"]);
});
