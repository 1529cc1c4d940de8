/** Steps one by one, each from the tables of those before it, beside the whole chain. */
import { expect, test } from "vitest";
import { createTable, Random, type Table } from "../core/index.js";
import { RUN_TABLES, type SampleBatch, TC_TRUTH } from "../events/index.js";
import { batchOf, randomCells } from "./cells.test-data.js";
import { createChain } from "./chain.js";
import { type StepRows } from "./chain-spec.js";
import { type ChainName, chainOf } from "./chains.js";
import { createCounts } from "./counts.js";
import { type ChainParams, DEFAULT_PARAMS } from "./params.js";
import { parseSelection, selectEntry } from "./select.js";
import { createEntryTest, createSingleStep } from "./single-steps.js";

/** Entries of both endcaps with cells in a few wafers, some without any, and what the particle left in them. */
function batchAt(seed: number): SampleBatch {
  const random = new Random(seed);
  const whole = (n: number): number => Math.floor(random.between(0, n));
  const batch = batchOf(
    [120, 0, 20, 160].map((n, k) => {
      const side = k === 2 ? -1 : 1;
      const cells = randomCells(random, n).map((cell) => ({
        ...cell,
        z: side * (cell.z ?? 330),
        mipPt: 5 * (cell.mipPt ?? 1),
        wafer: [1 + whole(2), whole(3)] as const,
        cell: [whole(8), whole(8)] as const,
      }));
      // The particle flew where the first cell is.
      const { x, y, z } = cells[0] ?? { x: 90, y: 0, z: side * 330 };
      return { cells, eta: Math.asinh(z / Math.hypot(x, y)), phi: Math.atan2(y, x) };
    }),
  );
  const truth = createTable(TC_TRUTH, batch.tc.rows);
  for (let t = 0; t < truth.rows; t++) truth.columns.tc_signal[t] = random.uniform();
  return { ...batch, truth };
}

/** The rows of an entry in the tables, and none of tables that are not there. */
function rowsOf(tables: ReadonlyMap<string, Table<never>>, entry: number): StepRows {
  return Object.fromEntries(
    Object.entries(RUN_TABLES).map(([name, schema]) => {
      const { columns, rows } = (tables.get(name) ?? createTable(schema, 0)) as Table<typeof RUN_TABLES.seeds>;
      const [first, end] = [columns.entry.findIndex((each) => each === entry), columns.entry.lastIndexOf(entry) + 1];
      expect(rows).toBe(columns.entry.length);
      return [name, { columns, first: Math.max(0, first), end }];
    }),
  ) as unknown as StepRows;
}

const cylinder = { ...DEFAULT_PARAMS.cluster, CSCylinder: true };
const everywhere = { ...DEFAULT_PARAMS.seed_cs, InputName: "NoCStcOut" } as const;

test.each<[ChainName, string, Partial<ChainParams>]>([
  ["default", "default parameters", {}],
  ["default", "sums for distances", { valid_cluster: { tcDeltaRthresh: [0.1, 0.5] } }],
  ["cs", "default parameters", {}],
  ["cs", "only behind coarse seeds", { cluster: cylinder }],
  ["cs", "seeds from all cells", { seed_cs: everywhere }],
  ["cs", "seeds from all cells, clusters behind coarse seeds", { seed_cs: everywhere, cluster: cylinder }],
])("%s, %s: the steps give the tables and the counts of the whole chain", (chain, _, change) => {
  const base = { ...DEFAULT_PARAMS.base, EtaMin: 0, EtaMax: 9 };
  const params = { ...DEFAULT_PARAMS, base, cs: { ...DEFAULT_PARAMS.cs, threshold: [50, 50, 50] }, ...change };
  const selection = parseSelection("all");
  const batch = batchAt(8);
  const { counts, ...want } = createChain(chain, params, { selection, saveSteps: true })(batch);
  expect(counts.selected).toBe(4);
  for (const n of [counts.clusters, counts.matched, want.assignment.rows]) expect(n).toBeGreaterThan(0);
  const tables = new Map<string, Table<never>>();
  const sums = createCounts();
  for (const { name } of chainOf(chain).steps) {
    const step = createSingleStep(name, chain, params);
    for (let i = 0; i < batch.entries.rows; i++) {
      const { particles } = selectEntry(batch, i, selection, params.base);
      step.run({ batch, i }, particles, rowsOf(tables, i), sums);
    }
    for (const [table, found] of Object.entries(step.finish())) tables.set(table, found as Table<never>);
  }
  expect(Object.fromEntries(tables)).toEqual(want);
  const { entries, rowsIn, rowsOut, selected } = counts;
  expect({ ...sums, entries, rowsIn, rowsOut, selected }).toEqual(counts);
});

test("a step says what it reads and writes; one that a chain lacks is an error that lists what it has", () => {
  const { reads, writes } = createSingleStep("validate", "default", DEFAULT_PARAMS);
  expect([reads, writes]).toEqual([["seeds", "clusters", "assignment"], ["events"]]);
  expect(createSingleStep("validate", "cs", DEFAULT_PARAMS).reads).toContain("coarse_seeds");
  expect(createSingleStep("cluster", "cs", DEFAULT_PARAMS).reads).toEqual(["seeds"]);
  expect(() => createSingleStep("fill", "cs", DEFAULT_PARAMS)).toThrow(
    "the cs chain has no step fill; it has coarse-seed, seed-cs, cluster, validate",
  );
});

test("a chain can use an entry, or some of its steps refuse it", () => {
  const cell = { x: 60, y: 0, mipPt: 500 };
  const batch = batchOf([
    { cells: [cell] },
    { cells: [cell, { ...cell, wafer: [99, 0] }] },
    { cells: [{ ...cell, z: 0 }] },
  ]);
  const uses = (chain: string): boolean[] => [0, 1, 2].map((i) => createEntryTest(chain, DEFAULT_PARAMS)({ batch, i }));
  expect(uses("default")).toEqual([true, true, false]);
  expect(uses("cs")).toEqual([true, false, false]);
});
