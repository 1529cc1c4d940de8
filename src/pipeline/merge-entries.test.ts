import { expect, test } from "vitest";
import { createTable, type Table } from "../core/index.js";
import { ASSIGNMENT } from "../events/index.js";
import { mergeEntries } from "./merge-entries.js";

function table(chain: string, entries: number[]): Table {
  const result = createTable(ASSIGNMENT, entries.length);
  for (const [i, entry] of entries.entries()) {
    result.columns.entry[i] = entry;
    result.columns.chain[i] = chain;
    result.columns.tc_row[i] = i;
  }
  return result;
}

test.each([
  {
    name: "entries alternate",
    a: [0, 0, 1, 3],
    b: [0, 1, 1, 2],
    want: "0a 0a 0b 1a 1b 1b 2b 3a",
    rows: [0, 1, 0, 2, 1, 2, 3, 3],
  },
  { name: "one is empty", a: [], b: [4, 5], want: "4b 5b", rows: [0, 1] },
])("rows of an entry stand together: $name", ({ a, b, want, rows }) => {
  const { columns } = mergeEntries(ASSIGNMENT, [table("a", a), table("b", b)]);
  const entry = columns["entry"] as Int32Array;
  const chain = columns["chain"] as string[];
  expect([...entry].map((value, i) => `${value}${chain[i]}`).join(" ")).toBe(want);
  expect([...(columns["tc_row"] as Int32Array)]).toEqual(rows);
});
