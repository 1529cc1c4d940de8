import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvField, csvLine } from "./csv.js";
import { shortNumber } from "./numbers.js";
import { firstRowOf, rowsOfEntry, rowsWhere, spanOfEntry, takeRows } from "./rows.js";
import { TableBuilder } from "./table-builder.js";
import { type Schema, type Table } from "./table.js";

const SCHEMA = {
  entry: { type: "int32", unit: "", doc: "" },
  chain: { type: "string", unit: "", doc: "" },
  event: { type: "int64", unit: "", doc: "" },
  pt: { type: "double", unit: "", doc: "" },
} as const satisfies Schema;

/** Entries that ascend, with gaps and repetitions. */
const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.constantFrom("a", "b")), { maxLength: 30 });

function tableOf(list: readonly (readonly [step: number, chain: string])[]): Table<typeof SCHEMA> {
  let last = 0;
  const entry = Int32Array.from(list, ([step]) => (last += step));
  const columns = {
    entry,
    chain: list.map(([, chain]) => chain),
    event: BigInt64Array.from(entry, BigInt),
    pt: Float64Array.from(list, (_, row) => row / 7),
  };
  return { rows: list.length, columns };
}

describe("rows of an entry", () => {
  test("are those that a look at every row finds, with and without a chain", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: -1, max: 70 }), (list, entry) => {
        const table = tableOf(list);
        const all = rowsWhere(table.rows, (row) => table.columns.entry[row] === entry);
        const [first, end] = spanOfEntry(table.columns.entry, entry);
        expect(Array.from({ length: end - first }, (_, k) => first + k)).toEqual(all);
        expect(rowsOfEntry(table, entry, "b")).toEqual(all.filter((row) => table.columns.chain[row] === "b"));
      }),
    );
  });

  test.each([
    { entry: -5, want: 0 },
    { entry: 2, want: 1 },
    { entry: 3, want: 3 },
    { entry: 9, want: 4 },
  ])("the first row of entry $entry or later among 1, 2, 2, 7 is $want", ({ entry, want }) =>
    expect(firstRowOf(Int32Array.of(1, 2, 2, 7), entry)).toBe(want),
  );
});

describe("rows that are taken and added", () => {
  test("taken in any order, and put together again, they are the same rows", () => {
    fc.assert(
      fc.property(steps, fc.nat(), (list, cut) => {
        const table = tableOf(list);
        const turned = rowsWhere(table.rows, () => true).toReversed();
        expect(takeRows(takeRows(table, turned), turned)).toEqual(table);
        const at = table.rows === 0 ? 0 : cut % table.rows;
        const builder = new TableBuilder(SCHEMA, 1);
        builder.append(table, 0, at);
        builder.append(table, at);
        expect(builder.finish()).toEqual(table);
      }),
    );
  });

  test("all rows are the table itself", () => {
    const table = tableOf([
      [0, "a"],
      [1, "b"],
    ]);
    expect(takeRows(table, [0, 1])).toBe(table);
    expect(takeRows(table, []).columns).toEqual({
      entry: new Int32Array(0),
      chain: [],
      event: new BigInt64Array(0),
      pt: new Float64Array(0),
    });
  });
});

test.each([
  { value: 0.1, want: "0.1" },
  { value: Number.NaN, want: "" },
  { value: -Infinity, want: "-inf" },
  { value: 9007199254740993n, want: "9007199254740993" },
  { value: true, want: "true" },
  { value: undefined, want: "" },
  { value: "one-secret", want: "one-secret" },
  { value: 'a "b", c', want: '"a ""b"", c"' },
  { value: "two\nlines", want: '"two\nlines"' },
])("a field of CSV: $value is $want", ({ value, want }) => {
  expect(csvField(value)).toBe(want);
  expect(csvLine([value, 1])).toBe(`${want},1\n`);
});

test.each([
  { value: 0.12345, digits: 3, want: "0.123" },
  { value: 1200, digits: 2, want: "1200" },
  { value: 2, digits: 9, want: "2" },
])("$value with $digits digits is $want", ({ value, digits, want }) => expect(shortNumber(value, digits)).toBe(want));
