/** The rows of an entry, wherever its row group is. */
import { expect, test } from "vitest";
import { type Schema, type Table } from "../../core/index.js";
import { MemoryFolder, testCodecs } from "../memory.test-data.js";
import { openParquet } from "../parquet/read.js";
import { TableWriter } from "../parquet/table-write.js";
import { EntryTable } from "./entry-table.js";

const codecs = await testCodecs();
const SCHEMA = {
  entry: { type: "int32", unit: "", doc: "" },
  value: { type: "int32", unit: "", doc: "" },
} as const satisfies Schema;

/** Rows of entries 0 (2), 2 (1), 3 (3), 6 (1) and 7 (2) in groups of at most three. */
const ENTRIES = [0, 0, 2, 3, 3, 3, 6, 7, 7];
async function open(isWithout = false) {
  const folder = new MemoryFolder();
  const writer = new TableWriter(SCHEMA, await folder.create("t"), codecs, { groupRows: 3 });
  const table: Table<typeof SCHEMA> = {
    rows: ENTRIES.length,
    columns: { entry: Int32Array.from(ENTRIES), value: Int32Array.from(ENTRIES, (_, row) => row) },
  };
  await writer.append(table);
  await writer.finish();
  const file = await openParquet(folder.source("t"), codecs);
  // As of other programs, whose row groups do not say which entries they hold.
  const foreign = {
    groups: file.groups,
    range: () => undefined,
    read: file.read.bind(file),
    close: () => file.close(),
  };
  return new EntryTable(isWithout ? (foreign as unknown as typeof file) : file, SCHEMA);
}

test.each([{ isWithout: false }, { isWithout: true }])("entries in any order have their rows, others none; statistics are missing: $isWithout", async ({ isWithout }) => {
  const file = await open(isWithout);
  for (const entry of [7, 0, 1, 3, 6, 2, 3, 5, -1, 8]) {
    const { rows, columns } = await file.rows(entry);
    const wanted = ENTRIES.flatMap((each, row) => (each === entry ? [row] : []));
    expect([entry, rows, [...columns.value]]).toEqual([entry, wanted.length, wanted]);
  }
  await file.close();
}); // prettier-ignore
