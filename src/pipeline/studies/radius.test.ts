/** Seeds are found once, clusters at every radius: the steps of the study on a few entries in memory. */
import { expect, test } from "vitest";
import { chainOf, DEFAULT_PARAMS, SharedStages } from "../../chain/index.js";
import { type Column, type Table } from "../../core/index.js";
import { type SampleBatch } from "../../events/index.js";
import { type RadiusPoint, STUDY_ENTRIES, STUDY_SEEDS } from "../../studies/index.js";
import { EVERYWHERE, showerBatch } from "../../studies/entries.test-data.js";
import { RADIUS } from "./radius.js";
import { type RadiusOptions } from "./radius-digest.js";
import { type PartWriter, type StudyContext, type StudyPlan, type StudyTask } from "./spec.js";

const TASK = { chains: ["default"], params: EVERYWHERE, selection: "all", skipBadEvents: false, options: { radii: [0.01, 0.03], bins: [] } } as unknown as StudyTask<RadiusOptions>; // prettier-ignore
const SAMPLES = [{ name: "photons", particles: "photons" }, { name: "pions", particles: "pions" }] as unknown as StudyPlan["samples"]; // prettier-ignore

test("points are the radii, parts each radius with each sample; a part is named by them alone", () => {
  const { points, parts } = RADIUS.plan(TASK, SAMPLES);
  expect(points).toEqual([{ radius: 0.01 }, { radius: 0.03 }]);
  expect(parts.map(({ label, point, sample }) => [label, point, sample])).toEqual([
    ["radius 0.01, photons", 0, 0], ["radius 0.01, pions", 0, 1], ["radius 0.03, photons", 1, 0], ["radius 0.03, pions", 1, 1],
  ]);
  expect(RADIUS.grows?.partName({ points, parts } as unknown as StudyPlan<RadiusOptions, RadiusPoint>, 3)).toBe("0p030-1");
}); // prettier-ignore

test.each([
  ["two chains", { chains: ["default", "cs"] }, "study radius takes one chain"],
  ["no chain", { chains: [] }, "study radius takes one chain"],
  ["clusters of coarse seeds", { params: { ...DEFAULT_PARAMS, cluster: { ...DEFAULT_PARAMS.cluster, CSCylinder: true } } }, "cluster.CSCylinder has no meaning in it"],
  ["weights of other particles", { options: { radii: [0.01], weights: { photons: {} } } }, "pions holds pions: --weights has photons"],
])("refused: %s", (_, task, message) => {
  expect(() => RADIUS.plan({ ...TASK, ...task } as never, SAMPLES)).toThrow(message);
}); // prettier-ignore

/** Entries in two batches: 3, of which the last has its particles outside, and 2 with the numbers that follow; the second of each has none. */
function batches(): SampleBatch[] {
  const [first, second] = [showerBatch(3), showerBatch(4)];
  second.entries.columns.entry.set([3, 4, 5]);
  first.gen.columns.gen_eta.set([20, 20], 1);
  return [first, { ...second, entries: { ...second.entries, rows: 2 } }];
}
function contextOf(own: readonly SampleBatch[], plan: object, study?: object) {
  const log: unknown[] = [];
  const sample = { batches: own.length, entries: 5, read: async (b: number) => own[b], close: async () => void log.push("closed") };
  const context = {
    plan: { ...TASK, samples: SAMPLES.slice(0, 1), parts: [], ...plan },
    signal: new AbortController().signal,
    openSample: async (number: number) => (log.push(`sample ${number}`), sample),
    onProgress: (done: number, total: number) => void log.push([done, total]),
    study,
  };
  return { log, context: context as unknown as StudyContext<RadiusOptions, RadiusPoint> };
} // prettier-ignore

/** What was appended, by the name of the table. */
async function seedsOf(own: readonly SampleBatch[], plan: object = {}) {
  const { log, context } = contextOf(own, plan);
  const tables = new Map<string, Table[]>();
  const append = async (name: string, table: Table): Promise<void> => void tables.set(name, [...(tables.get(name) ?? []), table]);
  const said = await RADIUS.shared?.fill(context, { append } as unknown as PartWriter);
  return { log, said, tables };
} // prettier-ignore

test("seeds of every selected entry are saved as the chain finds them, and what was not selected is counted", async () => {
  const { log, said, tables } = await seedsOf(batches());
  const entries = tables.get("entries_0") ?? [];
  expect(entries.map(({ columns }) => [...(columns["entry"] as Int32Array)])).toEqual([[0, 1], [3, 4]]);
  const wanted = batches().map((batch) => {
    const steps = chainOf("default").create(EVERYWHERE, new SharedStages());
    return [0, 1].map((i) => {
      const { n, energy, x, y } = steps.findSeeds({ batch, i });
      return { entry: batch.entries.columns.entry[i], seeds: Array.from({ length: n }, (_, s) => [s, energy[s], x[s], y[s]]) };
    });
  });
  const found = (tables.get("seeds_0") ?? []).map(({ rows, columns }) =>
    Array.from({ length: rows }, (_, row) => ["entry", "seed_idx", "seedEn", "seedXdivZ", "seedYdivZ"].map((name) => columns[name][row])),
  );
  expect(found).toEqual(wanted.map((list) => list.flatMap(({ entry, seeds }) => seeds.map((seed) => [entry, ...seed]))));
  expect(entries.map(({ columns }) => [...(columns["n_seeds"] as Int32Array)])).toEqual(wanted.map((list) => list.map(({ seeds }) => seeds.length)));
  const seeds = wanted.flat().reduce((sum, each) => sum + each.seeds.length, 0);
  expect([seeds > 3, said]).toEqual([true, { counts: [{ entries: 5, outside: 1, withoutCl3d: 0, deselected: 0, bad: 0, selected: 4, seeds }] }]);
  expect(log).toEqual(["sample 0", [3, 5], [5, 5], "closed"]);
}); // prettier-ignore

test("an entry with values that are no numbers is an error, or is counted where such ones are passed over", async () => {
  const spoilt = batches();
  spoilt[1].tc.columns.tc_mipPt[0] = Number.NaN;
  await expect(seedsOf(spoilt)).rejects.toThrow(/tc_mipPt|NaN/);
  const { said, tables } = await seedsOf(spoilt, { skipBadEvents: true });
  expect(said).toMatchObject({ counts: [{ entries: 5, bad: 1, selected: 3 }] });
  expect(tables.get("entries_0")?.[1].rows).toBe(1);
});

/** A table in one row group. */
const fileOf = (tables: readonly Table[], log: unknown[]): object => {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const columns = Object.fromEntries(Object.keys(tables[0].columns).map((name) => [name, tables.flatMap((table) => Array.from(table.columns[name] as unknown as ArrayLike<never>))])); // prettier-ignore
  const read = async (_: unknown, first: number, end: number): Promise<Table> =>
    end > first ? { rows, columns: columns as unknown as Record<string, Column> } : { rows: 0, columns: {} };
  return {
    groups: [{ first: 0, rows }],
    missingColumns: () => [],
    read,
    close: async () => void log.push("file closed"),
  };
};

test("clusters at the radii of the parts grow with the radius; each has its point, radius and entry", async () => {
  const { tables } = await seedsOf(batches());
  const { points, parts } = RADIUS.plan(TASK, SAMPLES);
  const log: unknown[] = [];
  const openTable = async (name: string): Promise<object> => fileOf(tables.get(name) ?? expect.fail(name), log);
  const { context } = contextOf(batches(), { points, parts }, { openTable });
  const processor = await RADIUS.process?.(context, [0, 2]);
  if (processor === undefined) return expect.fail("it has no batches");
  expect([processor.batches, processor.entries]).toEqual([2, 5]);
  const found = [await processor.process(0), await processor.process(1)];
  expect(found.map(({ entries, parts: each }) => [entries, each.length])).toEqual([[3, 2], [2, 2]]);
  for (const [b, { parts: each }] of found.entries()) {
    const sums = each.map(({ tables: { clusters, events }, counts }, k) => {
      const own = clusters.columns as Record<string, ArrayLike<number>>;
      for (let row = 0; row < clusters.rows; row++)
        expect([own["point"][row], own["radius"][row], own["sample"][row]]).toEqual([k, [0.01, 0.03][k], 0]);
      expect(new Set(Array.from(own["entry"]))).toEqual(new Set(b === 0 ? [0, 1] : [3, 4]));
      // One row a particle, and one of an entry without.
      expect([events.rows, counts]).toEqual([2, { withoutPosition: 0 }]);
      return Array.from(own["n_tc"]).reduce((sum, n) => sum + n, 0);
    });
    expect(sums[0]).toBeGreaterThan(0);
    expect(sums[1]).toBeGreaterThan(sums[0]);
  }
  await processor.close();
  expect(log).toEqual(["file closed", "file closed"]);
}); // prettier-ignore

test("tables of seeds and entries for each sample", () => {
  const schemas = RADIUS.shared?.schemas({ samples: SAMPLES } as unknown as StudyPlan<RadiusOptions, RadiusPoint>);
  expect(Object.keys(schemas ?? {})).toEqual(["entries_0", "seeds_0", "entries_1", "seeds_1"]);
  expect([schemas?.["entries_1"], schemas?.["seeds_1"]]).toEqual([STUDY_ENTRIES, STUDY_SEEDS]);
});
