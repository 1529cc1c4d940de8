import { expect, test } from "vitest";
import { checkTable, createTable, type Schema, sliceTable } from "./table.js";

const spec = <T extends Schema[string]["type"]>(type: T) => ({ type, unit: "", doc: "" }) as const;
const ALL = { i: spec("int32"), l: spec("int64"), f: spec("float"), d: spec("double"), b: spec("boolean"), s: spec("string") }; // prettier-ignore

test("a new table has an array of its type for each column, all zero or empty", () => {
  const { rows, columns } = createTable(ALL, 2);
  const { i, l, f, d, b, s } = columns;
  expect([rows, i, l, f, d, b, s]).toEqual([2, new Int32Array(2), new BigInt64Array(2), new Float64Array(2), new Float64Array(2), new Uint8Array(2), ["", ""]]); // prettier-ignore
});

test("a slice is on the same memory, but for texts", () => {
  const table = createTable(ALL, 4);
  table.columns.i.set([1, 2, 3, 4]);
  const part = sliceTable(table, 1, 3);
  expect([part.rows, [...part.columns.i], part.columns.s]).toEqual([2, [2, 3], ["", ""]]);
  part.columns.i[0] = 9;
  part.columns.s[0] = "x";
  expect([table.columns.i[1], table.columns.s[1]]).toEqual([9, ""]);
});

test("a table lacks nothing of its schema, and all columns are as long as it says", () => {
  const table = createTable(ALL, 2);
  expect(checkTable(ALL, table, "group")).toBe(undefined);
  const { i: _, ...less } = table.columns;
  expect(() => checkTable(ALL, { rows: 2, columns: less as typeof table.columns }, "group")).toThrow('group: column "i" is missing'); // prettier-ignore
  const longer = { ...table.columns, d: new Float64Array(3) };
  expect(() => checkTable(ALL, { rows: 2, columns: longer }, "group")).toThrow('group: column "d" has 3 rows, expected 2'); // prettier-ignore
});
