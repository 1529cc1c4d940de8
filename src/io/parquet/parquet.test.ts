import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLong } from "../../core/long.test-data.js";
import { FormatError, type Schema, type Table } from "../../core/index.js";
import { fixtures } from "../memory.test-data.js";
import { codecs, readAll, spec, written } from "./parquet.test-data.js";
import { mergeRanges } from "./chunks.js";
import { openParquet } from "./read.js";
import { type ByteSource, memorySource } from "../source.js";

const ALL = {
  entry: spec("int32"),
  big: spec("int64"),
  real: spec("float"),
  double: spec("double"),
  flag: spec("boolean"),
  name: spec("string"),
} as const satisfies Schema;

type Row = readonly [number, bigint, number, number, boolean, string];
const anyRow = fc.tuple(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.bigInt(-9n, 9n)),
  fc.float(),
  fc.double(),
  fc.boolean(),
  fc.oneof(fc.constantFrom("", "default", "cs"), fc.string({ unit: "grapheme" })),
);

function tableOf(rows: readonly Row[]): Table<typeof ALL> {
  return {
    rows: rows.length,
    columns: {
      entry: Int32Array.from(rows, (row) => row[0]),
      big: BigInt64Array.from(rows, (row) => row[1]),
      real: Float64Array.from(rows, (row) => row[2]),
      double: Float64Array.from(rows, (row) => row[3]),
      flag: Uint8Array.from(rows, (row) => (row[4] ? 1 : 0)),
      name: rows.map((row) => row[5]),
    },
  };
}

test("a column that is there twice is an error, not the first of the two", async () => {
  const pair = { aa: spec("int32"), ab: spec("int32") } as const;
  const bytes = await written(pair, [{ rows: 1, columns: { aa: Int32Array.of(1), ab: Int32Array.of(2) } }]);
  const text = Buffer.from(bytes);
  for (let at = text.indexOf("ab"); at >= 0; at = text.indexOf("ab", at)) text.write("aa", at);
  const file = await openParquet(memorySource("t.parquet", text), codecs);
  expect(() => file.missingColumns({ aa: spec("int32") })).toThrow('t.parquet: column "aa" is there twice');
});

describe("what is written is read back", () => {
  test("any table in any row groups: NaN, -0, infinities, extreme integers, any text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyRow, { maxLength: 200 }), { maxLength: 3 }), async (groups) => {
        const bytes = await written(ALL, groups.map(tableOf));
        const file = await openParquet(memorySource("t", bytes), codecs);
        expect(file.groups.map((group) => group.rows)).toEqual(groups.map((rows) => rows.length).filter((n) => n > 0));
        expect(await file.read(ALL)).toEqual(tableOf(groups.flat()));
      }),
      { numRuns: 60 },
    );
  });

  test("reals are rounded to float32 in float columns only", async () => {
    const table = tableOf([[0, 0n, 0.1, 0.1, true, ""]]);
    const { columns } = await readAll(memorySource("t", await written(ALL, [table])), ALL);
    expect([columns.real[0], columns.double[0]]).toEqual([Math.fround(0.1), 0.1]);
  });

  test("a table without rows keeps its columns", async () => {
    const file = await openParquet(memorySource("t", await written(ALL, [tableOf([])])), codecs);
    expect([file.rows, file.groups, file.columnNames]).toEqual([0, [], Object.keys(ALL)]);
    expect(await file.read(ALL)).toEqual(tableOf([]));
  });

  test("a column of the wrong length is refused", async () => {
    const table = { ...tableOf([]), rows: 1 };
    await expect(written(ALL, [table])).rejects.toThrow('row group: column "entry" has 0 rows, expected 1');
  });

  test("statistics of entry alone, and equal bytes for equal tables", async () => {
    const table = tableOf([3, 5, 4].map((n) => [n, 1n, 1, 1, true, "x"]));
    const bytes = await written(ALL, [table]);
    expect(await written(ALL, [table])).toEqual(bytes);
    const file = await openParquet(memorySource("t", bytes), codecs);
    expect(file.range("entry", 0)).toEqual({ min: 3, max: 5 });
    expect(file.range("double", 0)).toBeUndefined();
    expect((await openParquet(memorySource("t", await written(ALL, [])), codecs)).hash).not.toBe(file.hash);
  });
});

describe("reading is planned", () => {
  test.each([
    {
      name: "apart",
      ranges: [
        [900_000, 900_001],
        [0, 10],
      ],
      want: [
        [0, 10],
        [900_000, 900_001],
      ],
    },
    {
      name: "touching",
      ranges: [
        [10, 20],
        [0, 10],
        [20, 30],
      ],
      want: [[0, 30]],
    },
    {
      name: "with a small gap",
      ranges: [
        [0, 10],
        [500, 600],
      ],
      want: [[0, 600]],
    },
    {
      name: "one within another",
      ranges: [
        [0, 100],
        [10, 20],
      ],
      want: [[0, 100]],
    },
  ])("ranges $name", ({ ranges, want }) => {
    const plan = mergeRanges(ranges.map(([start, end]) => ({ start, end })));
    expect(plan.map(({ start, end }) => [start, end])).toEqual(want);
  });

  test("only the columns asked for, in one read where they are neighbours", async () => {
    const rows = Array.from({ length: 20_000 }, (_, i): Row => [
      i,
      BigInt(i * 7919) ** 3n,
      i ** 0.5,
      i ** 0.3,
      true,
      "",
    ]);
    const bytes = await written(ALL, [tableOf(rows)]);
    const reads: number[] = [];
    const source: ByteSource = {
      ...memorySource("t", bytes),
      read: async (start, end) => {
        reads.push(end - start);
        return bytes.subarray(start, end);
      },
    };
    const file = await openParquet(source, codecs);
    expect(reads).toEqual([1 << 16]);
    await file.read({ entry: ALL.entry, flag: ALL.flag, name: ALL.name });
    expect(reads.length).toBe(3);
    expect(reads.slice(1).reduce((a, b) => a + b)).toBeLessThan(bytes.length / 20);
  });
});

test("a footer longer than the first read", async () => {
  const tables = Array.from({ length: 400 }, (_, i) => tableOf([[i, 1n, 2, 3, true, "x"]]));
  const bytes = await written(ALL, tables);
  expect(new DataView(bytes.buffer).getUint32(bytes.length - 8, true)).toBeGreaterThan(1 << 16);
  const file = await openParquet(memorySource("t", bytes), codecs);
  expect((await file.read({ entry: ALL.entry })).columns.entry).toEqual(Int32Array.from({ length: 400 }, (_, i) => i));
});

test("no more rows are read at once than the codecs allow, whatever a footer promises", async () => {
  const row = [1, 2n, 3, 4, true, "x"] as const;
  const source = memorySource("t", await written(ALL, [tableOf([row, row]), tableOf([row])]));
  const file = await openParquet(source, { ...codecs, mostRows: 2 });
  expect((await file.read(ALL, 0, 1)).rows).toBe(2);
  await expect(file.read(ALL)).rejects.toThrow(
    new FormatError("t: 3 rows are to be read at once, at most 2 can be: write smaller row groups"),
  );
});

describe("damaged files", async () => {
  const bytes = await written(ALL, [
    tableOf(fc.sample(anyRow, { numRuns: 20, seed: 7 })),
    tableOf([[1, 2n, 3, 4, true, "x"]]),
  ]);

  test.each([
    { name: "nothing", bytes: new Uint8Array(), message: "t: not a Parquet file: it is empty" },
    { name: "text", bytes: new TextEncoder().encode("tc_x,tc_y\n1,2\n"), message: "t: not a Parquet file" },
    {
      name: "the first half",
      bytes: bytes.subarray(0, bytes.length / 2),
      message: /^t: a Parquet file without its end: it was cut off after \d+ bytes/,
    },
    {
      name: "a footer too long",
      bytes: Uint8Array.of(80, 65, 82, 49, 0, 0, 0, 255, 0, 0, 0, 80, 65, 82, 49),
      message: /^t: the Parquet footer claims 263 of 15 bytes: it is corrupt/,
    },
    {
      name: "a footer of rubbish",
      bytes: Uint8Array.of(80, 65, 82, 49, 25, 25, 25, 0, 3, 0, 0, 0, 80, 65, 82, 49),
      message: /^t: the Parquet footer cannot be read \(.+\): the file is corrupt or of an unknown kind/,
    },
  ])("$name", async ({ bytes: damaged, message }) => {
    const error = await openParquet(memorySource("t", damaged), codecs).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FormatError);
    expect((error as Error).message).toMatch(message);
  });

  test("every flipped bit of the pages is noticed", async () => {
    const { first, total } = await compare(0, bytes.length - footerLength());
    expect(first).toMatch(
      /^t: column "\w+" of row group \d cannot be read \(.+\): the file is corrupt or of an unknown kind$/,
    );
    expect(total.other).toBe(0);
  });

  test("a flipped bit of the footer is an error that names the file, or shows in its hash", async () => {
    const { total } = await compare(bytes.length - footerLength(), bytes.length);
    expect(total.other).toBe(0);
  });

  test("a file cut off anywhere is an error that names it", async () => {
    for (let end = 0; end < bytes.length; end += 7) {
      await expect(readAll(memorySource("t", bytes.subarray(0, end)), ALL)).rejects.toThrow(/^t: /);
    }
  });

  function footerLength(): number {
    return new DataView(bytes.buffer).getUint32(bytes.length - 8, true) + 8;
  }

  /** Flips every bit in [start, end) and counts errors, harmless flips, and others. */
  async function compare(start: number, end: number): Promise<{ first: string; total: Record<string, number> }> {
    const good = await openParquet(memorySource("t", bytes), codecs);
    const want = JSON.stringify(await good.read(ALL), withBigints);
    const total = { error: 0, same: 0, hash: 0, other: 0 };
    let first = "";
    for (let bit = start * 8; bit < end * 8; bit += isLong ? 1 : 5) {
      const damaged = bytes.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      try {
        const file = await openParquet(memorySource("t", damaged), codecs);
        file.missingColumns(ALL);
        const same = JSON.stringify(await file.read(ALL), withBigints) === want;
        if (same) total.same++;
        else if (file.hash !== good.hash) total.hash++;
        else total.other++;
      } catch (error) {
        total.error++;
        if (first === "") first = (error as Error).message;
        expect(error).toBeInstanceOf(FormatError);
        expect((error as Error).message).toMatch(/^t: /);
      }
    }
    expect(total.error).toBeGreaterThan(100);
    return { first, total };
  }

  function withBigints(_key: string, value: unknown): unknown {
    return typeof value === "bigint" ? String(value) : Object.is(value, -0) ? "-0" : value;
  }
});

describe("a file that is not as it was written, though each of its pages is whole", () => {
  const PAIR = { a: spec("double"), b: spec("double") } as const satisfies Schema;
  const pair = (from: number): Table<typeof PAIR> => ({
    rows: 50,
    columns: {
      a: Float64Array.from({ length: 50 }, (_, i) => Math.sin(from + i)),
      b: Float64Array.from({ length: 50 }, (_, i) => Math.cos(from + i)),
    },
  });
  // Noise is stored: the four chunks have one size, after the magic.
  const swapped = async (one: number, other: number): Promise<Uint8Array> => {
    const bytes = await written(PAIR, [pair(0), pair(100)]);
    const { length: footer } = await written(PAIR, []);
    const file = await openParquet(memorySource("t.parquet", bytes), codecs);
    const size = file.describe()[0].compressedBytes / 2;
    expect(4 + 4 * size + footer).toBeLessThan(bytes.length);
    const out = bytes.slice();
    out.set(bytes.subarray(4 + one * size, 4 + (one + 1) * size), 4 + other * size);
    out.set(bytes.subarray(4 + other * size, 4 + (other + 1) * size), 4 + one * size);
    return out;
  };

  test.each([
    { name: "columns", one: 0, other: 1, message: 'column "a" of row group 0 cannot be read (its checksum is not the' },
    { name: "row groups", one: 1, other: 3, message: 'column "b" of row group 0 cannot be read (its checksum is not' },
  ])("swapped chunks of two $name are found", async ({ one, other, message }) => {
    const source = memorySource("t.parquet", await swapped(one, other));
    await expect(readAll(source, PAIR)).rejects.toThrow(`t.parquet: ${message}`);
    const file = await openParquet(source, codecs);
    await expect(file.verify()).rejects.toThrow(/^t\.parquet: its content has the hash .*: the file is corrupt$/);
  });

  test("verify says whether there was anything to compare", async () => {
    const whole = memorySource("t.parquet", await written(PAIR, [pair(0), pair(100)]));
    expect(await (await openParquet(whole, codecs)).verify()).toBe(true);
    expect(await (await openParquet(memorySource("t", await written(PAIR, [])), codecs)).verify()).toBe(true);
    expect(await (await openParquet(fixtures().source("wide.parquet"), codecs)).verify()).toBe(false);
  });
});
