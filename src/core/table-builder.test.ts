import { expect, test } from "vitest";
import { checkTable, createTable, sliceTable } from "./table.js";
import { TableBuilder } from "./table-builder.js";

const SCHEMA = {
  entry: { type: "int32", unit: "", doc: "" },
  event: { type: "int64", unit: "", doc: "" },
  pt: { type: "float", unit: "GeV", doc: "" },
  is: { type: "boolean", unit: "", doc: "" },
  name: { type: "string", unit: "", doc: "" },
} as const;

/** Row k has k in all its columns, as far as they can. */
function filled(builder: TableBuilder<typeof SCHEMA>, sizes: readonly number[]): void {
  for (const n of sizes) {
    const at = builder.add(n);
    const { entry, event, pt, is, name } = builder.columns;
    for (let k = at; k < at + n; k++) [entry[k], event[k], pt[k], is[k], name[k]] = [k, BigInt(k), k / 2, k % 2, `n${k}`];
  }
} // prettier-ignore
const rowsOf = ({ rows, columns }: ReturnType<TableBuilder<typeof SCHEMA>["finish"]>) => {
  for (const column of Object.values(columns)) expect(column.length).toBe(rows);
  return Array.from({ length: rows }, (_, k) => [columns.entry[k], columns.event[k], columns.pt[k], columns.is[k], columns.name[k]]); // prettier-ignore
};
const wanted = (n: number) => Array.from({ length: n }, (_, k) => [k, BigInt(k), k / 2, k % 2, `n${k}`]);

test.each([[[1, 1, 1, 1, 1]], [[4]], [[3, 2]], [[0, 40, 0, 1]], [[4, 4, 1]], [[]]])(
  "rows added %j at a time to room for four are all there, in their order",
  (sizes) => {
    const builder = new TableBuilder(SCHEMA, 4);
    filled(builder, sizes);
    const n = sizes.reduce((sum, each) => sum + each, 0);
    expect(builder.rows).toBe(n);
    expect(rowsOf(builder.finish())).toEqual(wanted(n));
    // Empty, to begin anew; what was finished stays as it is.
    expect(builder.rows).toBe(0);
    filled(builder, [2]);
    expect(rowsOf(builder.finish())).toEqual(wanted(2));
  },
);

test("the room doubles, so that a row at a time does not copy everything each time", () => {
  const builder = new TableBuilder(SCHEMA, 4);
  const rooms = new Set<number>();
  for (let k = 0; k < 100; k++) {
    builder.add(1);
    rooms.add(builder.columns.entry.length);
  }
  expect([...rooms]).toEqual([4, 8, 16, 32, 64, 128]);
});

test("rows of another table, all or some, come behind those that are there; slices look at the same memory", () => {
  const source = new TableBuilder(SCHEMA);
  filled(source, [5]);
  const table = source.finish();
  const builder = new TableBuilder(SCHEMA, 2);
  builder.append(table, 3, 5);
  builder.append(table);
  const rows = rowsOf(builder.finish());
  expect(rows).toEqual([...wanted(5).slice(3), ...wanted(5)]);
  const slice = sliceTable(table, 1, 3);
  expect(rowsOf(slice)).toEqual(wanted(5).slice(1, 3));
  slice.columns.entry[0] = 99;
  expect(table.columns.entry[1]).toBe(99);
});

test("a new table is zero everywhere; one whose columns do not fit is refused", () => {
  const table = createTable(SCHEMA, 2);
  expect(rowsOf(table)).toEqual(Array.from({ length: 2 }, () => [0, 0n, 0, 0, ""]));
  expect(checkTable(SCHEMA, table, "a")).toBeUndefined();
  expect(() => checkTable(SCHEMA, { ...table, rows: 3 }, "a")).toThrow('a: column "entry" has 2 rows, expected 3');
  const { name: _, ...less } = table.columns;
  expect(() => checkTable(SCHEMA, { rows: 2, columns: less as typeof table.columns }, "a")).toThrow('a: column "name" is missing'); // prettier-ignore
});
