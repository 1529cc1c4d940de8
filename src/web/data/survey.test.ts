/** How the entries of a survey are shared out: among workers, in steps, and what is kept in memory. */
import { expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../../chain/index.js";
import { createTable, InputError } from "../../core/index.js";
import { ASSIGNMENT, CL3D, CLUSTERS, ENTRIES, GEN, RECORDS, type SampleBatch, SEEDS, TC } from "../../events/index.js";
import { type Clusterer } from "./clusterer.js";
import { type EventSource } from "./event-source.js";
import { BatchCache, partsOf, survey } from "./survey.js";

const words = (parts: ReturnType<typeof partsOf>): string[] =>
  parts.map(({ batch, from, to }) => `${batch}: ${from} to ${to}`);

test.each([
  { name: "whole batches in turn where there are two for each", batchFirst: [0, 3, 7, 8, 20], shards: 2, want: [["0: 0 to 3", "2: 0 to 1"], ["1: 0 to 4", "3: 0 to 12"]] },
  { name: "pieces of each where there are fewer", batchFirst: [0, 3, 7, 8], shards: 2, want: [["0: 0 to 1", "1: 0 to 2"], ["0: 1 to 3", "1: 2 to 4", "2: 0 to 1"]] },
  { name: "nothing for those for whom there is no entry", batchFirst: [0, 2], shards: 4, want: [[], ["0: 0 to 1"], [], ["0: 1 to 2"]] },
  { name: "no batch that begins at the limit", batchFirst: [0, 3, 7], limit: 3, shards: 1, want: [["0: 0 to 3"]] },
  { name: "a batch up to the limit", batchFirst: [0, 3, 7], limit: 4, shards: 1, want: [["0: 0 to 3", "1: 0 to 1"]] },
])("workers get $name", ({ batchFirst, limit = 1000, shards, want }) => {
  expect(want.map((_, shard) => words(partsOf(batchFirst, limit, shard, shards)))).toEqual(want);
}); // prettier-ignore

test("batches are kept up to 200 MB, 120 bytes a trigger cell; smaller ones go on to be", async () => {
  const rows = [1_000_000, 700_000, 666_000, 667];
  const read: number[] = [];
  const readBatch = (batch: number): Promise<SampleBatch> => {
    read.push(batch);
    return Promise.resolve({ tc: { rows: rows[batch] } } as unknown as SampleBatch);
  };
  const cache = new BatchCache({ readBatch } as unknown as EventSource);
  for (const batch of [0, 1, 2, 3, 0, 1, 2, 3]) expect((await cache.read(batch)).tc.rows).toBe(rows[batch]);
  expect(read).toEqual([0, 1, 2, 3, 1, 3]);
});

/** Entries of so many trigger cells, whose values no chain takes: the rows, step by step, of entries [from, to). */
async function stepsOf(tc_rows: readonly number[], from: number, to: number): Promise<string[]> {
  const zeros = new Int32Array(tc_rows.length);
  const columns = { entry: zeros, tc_rows: Int32Array.from(tc_rows), tc_first: zeros, gen_first: zeros, gen_rows: zeros };
  const batch = { entries: { rows: tc_rows.length, columns }, gen: { columns: {} }, tc: { rows: 0 } } as unknown as SampleBatch;
  const run = (): never => {
    throw new InputError("no number");
  };
  const cache = new BatchCache({ readBatch: () => Promise.resolve(batch) } as unknown as EventSource);
  const steps: string[] = [];
  for await (const rows of survey(cache, [0, 10], [{ batch: 1, from, to }], { run } as unknown as Clusterer, null)) {
    for (const row of rows) expect(row).toMatchObject({ bad: "no number", b: null, differing: 0, share: 0, particle: null });
    steps.push(rows.map(({ index, nTc }) => `${index}: ${nTc}`).join(", "));
  }
  return steps;
} // prettier-ignore

test("a step ends with the entry that has its 100,000th trigger cell; those that cannot be run are told one by one", async () => {
  const tcs = [5, 60_000, 40_000, 1, 99_998, 200_000, 7, 8];
  expect(await stepsOf(tcs, 1, 7)).toEqual([
    "11: 60000, 12: 40000",
    "13: 1, 14: 99998, 15: 200000",
    "16: 7",
  ]); // prettier-ignore
});

test("of each entry its own seeds, cells and particles, one after another", async () => {
  const [entries, tc] = [createTable(ENTRIES, 3), createTable(TC, 4)];
  entries.columns.entry.set([4, 5, 7]);
  entries.columns.tc_first.set([0, 2, 4]);
  entries.columns.tc_rows.set([2, 2, 0]);
  tc.columns.tc_energy.fill(1);
  const batch: SampleBatch = { entries, gen: createTable(GEN, 0), cl3d: createTable(CL3D, 0), tc };
  const seeds = createTable(SEEDS, 4);
  seeds.columns.entry.set([4, 5, 5, 7]);
  const events = createTable(RECORDS, 4);
  events.columns.entry.set([4, 4, 7, 7]);
  events.columns.geneta.set([1.5, 2, -2.5, 3]);
  events.columns.is_split.set([0, 1, 0, 1]);
  events.columns.n_matched.set([1, 2, 0, 1]);
  const assignment = createTable(ASSIGNMENT, 2);
  assignment.columns.entry.set([4, 5]);
  assignment.columns.tc_row.set([1, 0]);
  assignment.columns.seed_idx.set([0, 1]);
  const tables = { seeds, clusters: createTable(CLUSTERS, 0), assignment, events };
  const side = (of: object, covers: (entry: number) => boolean = () => true) => ({ params: DEFAULT_PARAMS, covers, run: () => ({ ...tables, ...of }) }) as unknown as Clusterer;
  const cache = new BatchCache({ readBatch: () => Promise.resolve(batch) } as unknown as EventSource);
  const rowsOf = async (b: Clusterer | null) => {
    const all = [];
    for await (const rows of survey(cache, [0, 3], [{ batch: 0, from: 0, to: 3 }], side({}), b)) all.push(...rows);
    return all;
  };
  const rows = await rowsOf(null);
  expect(rows.map(({ index, nTc, a }) => [index, nTc, a.seeds, a.clusters, ...a.particles.map(({ eta, isSplit, isMatched }) => [eta, isSplit, isMatched])])).toEqual([
    [0, 2, 1, 0, [1.5, false, true], [2, true, true]],
    [1, 2, 2, 0],
    [2, 0, 1, 0, [-2.5, false, false], [3, true, true]],
  ]);
  expect(rows.every(({ a, b }) => b === null && a.particles.every(({ truth }) => truth === null))).toBe(true);
  // Nothing is assigned on side B, which knows nothing of the first entry: the one cell of a cluster differs in the second.
  const compared = await rowsOf(side({ assignment: createTable(ASSIGNMENT, 0) }, (entry) => entry > 4));
  expect(compared.map(({ b, differing, share }) => [b?.seeds, differing, share])).toEqual([[undefined, 0, 0], [2, 1, 1], [1, 0, 0]]);
}); // prettier-ignore
