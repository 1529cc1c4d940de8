import fc from "fast-check";
import { expect, test } from "vitest";
import { type Schema, type Table, sliceTable } from "../../core/index.js";
import { MemoryFolder, testCodecs } from "../memory.test-data.js";
import { openParquet } from "./read.js";
import { TableWriter } from "./table-write.js";

const codecs = await testCodecs();
const WITH_ENTRY = {
  entry: { type: "int32", unit: "", doc: "" },
  chain: { type: "string", unit: "", doc: "" },
  value: { type: "double", unit: "", doc: "" },
} as const satisfies Schema;
const { entry: _entry, ...WITHOUT_ENTRY } = WITH_ENTRY;
const GROUP = 10;

/** A table of entries with the given numbers of rows. */
function tableOf(counts: readonly number[]): Table<typeof WITH_ENTRY> {
  const entry = Int32Array.from(counts.flatMap((rows, i) => Array.from({ length: rows }, () => i)));
  const value = Float64Array.from(entry, (_, i) => i / 3);
  return { rows: entry.length, columns: { entry, chain: Array.from(entry, (e) => (e % 2 ? "cs" : "default")), value } };
}

/** Appends the table in pieces that end at the given rows, overwriting each piece once it is appended. */
async function fileOf<S extends Schema>(schema: S, table: Table<S>, cuts: readonly number[]): Promise<MemoryFolder> {
  const folder = new MemoryFolder();
  const writer = new TableWriter(schema, await folder.create("t"), codecs, { groupRows: GROUP });
  const ends = [...cuts.map((cut) => cut % (table.rows + 1)), table.rows].toSorted((a, b) => a - b);
  let start = 0;
  for (const end of ends) {
    const piece = structuredClone(sliceTable(table, start, end));
    await writer.append(piece);
    for (const column of Object.values(piece.columns)) if (!Array.isArray(column)) column.fill(0 as never);
    start = end;
  }
  expect((await writer.finish()).rows).toBe(table.rows);
  return folder;
}

const entries = fc.array(fc.nat({ max: 25 }), { maxLength: 20 });
const cuts = fc.array(fc.nat(), { maxLength: 8 });

test("the bytes do not depend on how the rows were cut into tables", async () => {
  await fc.assert(
    fc.asyncProperty(entries, cuts, async (counts, where) => {
      const table = tableOf(counts);
      expect((await fileOf(WITH_ENTRY, table, where)).files).toEqual((await fileOf(WITH_ENTRY, table, [])).files);
      expect((await fileOf(WITHOUT_ENTRY, table, where)).files).toEqual((await fileOf(WITHOUT_ENTRY, table, [])).files);
    }),
  );
});

test("row groups hold whole entries, and no entry more than they need", async () => {
  await fc.assert(
    fc.asyncProperty(entries, cuts, async (counts, where) => {
      const table = tableOf(counts);
      const file = await openParquet((await fileOf(WITH_ENTRY, table, where)).source("t"), codecs);
      const { columns } = await file.read(WITH_ENTRY);
      expect(columns).toEqual(table.columns);
      for (const { first, rows } of file.groups) {
        const end = first + rows;
        expect(columns.entry[end]).not.toBe(columns.entry[end - 1]);
        if (end < table.rows) expect(rows).toBeGreaterThanOrEqual(GROUP);
        const beforeLast = columns.entry.indexOf(columns.entry[end - 1]) - first;
        expect(beforeLast).toBeLessThan(GROUP);
      }
    }),
  );
});

test("tables without entries have row groups of equal size", async () => {
  const file = await openParquet((await fileOf(WITHOUT_ENTRY, tableOf([17, 8]), [3])).source("t"), codecs);
  expect(file.groups.map(({ rows }) => rows)).toEqual([10, 10, 5]);
});

test("a table that lacks a column is refused", async () => {
  const writer = new TableWriter(WITH_ENTRY, await new MemoryFolder().create("t"), codecs);
  const { chain: _chain, ...columns } = tableOf([1]).columns;
  await expect(writer.append({ rows: 1, columns: columns as never })).rejects.toThrow('column "chain" is missing');
});
