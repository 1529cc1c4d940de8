import { expect, test } from "vitest";
import { createTable, FormatError, Random, type Schema, type Table } from "../../core/index.js";
import { narrowed, PointTable } from "./point-table.js";
import { Patience } from "./statistics.js";
import { byPoint } from "./study-data.js";

const KEY = { type: "int32", unit: "", doc: "" } as const;
const SCHEMA = { point: KEY, sample: KEY, count: KEY, energy: { type: "double", unit: "", doc: "" } } as const;

/** Two samples at three points, of which the middle one has no row of the second sample. */
function tableOf(rows = 100): Table<typeof SCHEMA> {
  const random = new Random(rows);
  const table = createTable(SCHEMA, rows);
  for (let row = 0; row < rows; row++) {
    const part = Math.floor((5 * row) / rows);
    table.columns.point[row] = [0, 0, 1, 2, 2][part];
    table.columns.sample[row] = [0, 1, 0, 0, 1][part];
    table.columns.count[row] = Math.floor(random.uniform() * 9);
    table.columns.energy[row] = random.uniform();
  }
  return table;
}

function toy(table = tableOf()) {
  const asked: string[][] = [];
  const world = { table, problem: "" };
  const read = async (schema: Schema): Promise<Table> => {
    asked.push(Object.keys(schema));
    await Promise.resolve();
    if (world.problem !== "") throw new FormatError(world.problem);
    const { rows, columns } = world.table;
    return { rows, columns: Object.fromEntries(Object.keys(schema).map((name) => [name, columns[name as "energy"]])) };
  };
  return { asked, world, parts: new PointTable<"count" | "energy">("toy/events.parquet", read, SCHEMA, 3, 2) };
}

test("a column is read when it is asked for, once, and comes to the parts that are there", async () => {
  const { asked, parts } = toy();
  const first = await parts.parts(["count"]);
  expect(asked).toEqual([["point", "sample", "count"]]);
  expect(Object.keys(first[0].columns)).toEqual(["count"]);
  const both: unknown[] = await Promise.all([parts.parts(["count", "energy"]), parts.parts(["energy"])]);
  expect(asked.slice(1)).toEqual([["energy"]]);
  expect(both.map((each) => each === first)).toEqual([true, true]);
});

test.each([0, 1, 7, 100])("the values are those of the whole table: %d rows", async (rows) => {
  const table = tableOf(rows);
  const found = await toy(table).parts.parts(["count", "energy"]);
  const want = byPoint(table, 3, 2);
  expect(found.map((part) => [part.rows, [...Array.from(part.columns.count)], [...Array.from(part.columns.energy)]])).toEqual(
    want.map((part) => [part.rows, [...part.columns.count], [...part.columns.energy]]),
  );
}); // prettier-ignore

test("what cannot be read is read again the next time; what was read stays", async () => {
  const { world, parts } = toy();
  const [first] = await parts.parts(["count"]);
  world.problem = "the file has changed";
  await expect(parts.parts(["energy"])).rejects.toThrow("the file has changed");
  expect((await parts.parts(["count"]))[0]).toBe(first);
  world.problem = "";
  expect((await parts.parts(["energy"]))[0].columns.energy.length).toBe(first.rows);
});

test("a table that has become another one is refused", async () => {
  const { world, parts } = toy();
  await parts.parts(["count"]);
  world.table = tableOf(101);
  await expect(parts.parts(["energy"])).rejects.toThrow(
    new FormatError("toy/events.parquet has 101 rows, and had 100: it was replaced; open it again"),
  );
});

test.each([
  { values: [0, 255], width: 1 },
  { values: [0, 256], width: 2 },
  { values: [-1, 5], width: 2 },
  { values: [-32768, 32767], width: 2 },
  { values: [32768], width: 4 },
  { values: [-32769], width: 4 },
  { values: [], width: 1 },
])("whole numbers $values take $width bytes each, and stay what they are", ({ values, width }) => {
  const found = narrowed(Int32Array.from(values)) as Int32Array;
  expect([[...found], found.BYTES_PER_ELEMENT]).toEqual([values, width]);
});

test("reals and flags stay as they are", () => {
  for (const column of [Float64Array.of(1.5), Uint8Array.of(1)]) expect(narrowed(column)).toBe(column);
});

test.each([
  { milliseconds: 0, of: "what is there", is: true },
  { milliseconds: 0, of: "what is read", is: false },
  { milliseconds: 1, of: "what is there", is: true },
  { milliseconds: 1, of: "what is read", is: true },
])("with $milliseconds ms, $of: $is", async ({ milliseconds, of, is }) => {
  const patience = new Patience(milliseconds);
  const wanted = of === "what is there" ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, 5));
  expect([await patience.isThere(wanted), patience.isSpent]).toEqual([is, !is]);
});

test.each([0, 1])("what fails is told, with patience of %d ms", async (milliseconds) => {
  await expect(new Patience(milliseconds).isThere(Promise.reject(new FormatError("broken")))).rejects.toThrow("broken");
});
