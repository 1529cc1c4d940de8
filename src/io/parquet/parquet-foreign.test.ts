/** Parquet files that other programs wrote. */
import { describe, expect, test } from "vitest";
import { type Column, FormatError, type Schema } from "../../core/index.js";
import { openParquetLists } from "../exchange/parquet-lists.js";
import { fixtures } from "../memory.test-data.js";
import { codecs, readAll, spec } from "./parquet.test-data.js";
import { openParquet } from "./read.js";

describe("files by pyarrow", () => {
  const folder = fixtures();
  const PA = {
    small: spec("int32"),
    big: spec("int64"),
    real: spec("float"),
    double: spec("double"),
    flag: spec("boolean"),
    name: spec("string"),
  } as const satisfies Schema;
  const values: { readonly [K in keyof typeof PA]: Column } = {
    small: Int32Array.from({ length: 150 }, (_, i) => (i % 7) - 3),
    big: BigInt64Array.from({ length: 150 }, (_, i) => BigInt(i - 75) * 10n ** 15n),
    real: Float64Array.from({ length: 150 }, (_, i) => (i === 5 ? Number.NaN : Math.fround(0.1 * i))),
    double: Float64Array.from({ length: 150 }, (_, i) => 0.1 * i),
    flag: Uint8Array.from({ length: 150 }, (_, i) => (i % 3 === 0 ? 1 : 0)),
    name: Array.from({ length: 150 }, (_, i) => (i % 100 === 0 ? "cs" : "default")),
  };

  test.each(["snappy-dictionary", "lz4", "zstd-v2", "none-delta", "wide"])("%s", async (name) => {
    expect(await readAll(folder.source(`${name}.parquet`), PA)).toEqual({ rows: 150, columns: values });
  });

  test("16-bit and unsigned integers, reals stored as integers", async () => {
    const schema = { big: PA.big, small: PA.small, real: PA.real };
    const { columns } = await readAll(folder.source("narrow.parquet"), schema);
    expect(columns.big).toEqual(BigInt64Array.from({ length: 20 }, (_, i) => BigInt(i - 9)));
    expect([...columns.small]).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect([...columns.real]).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  test("a null that pandas writes for NaN is NaN", async () => {
    const { columns } = await readAll(folder.source("null.parquet"), { real: PA.real });
    expect([...columns.real]).toEqual([1, Number.NaN, 3]);
  });

  test.each([
    { name: "list", message: 'null13-lists.parquet: column "list", row 13: it is null, expected numbers' },
    { name: "item", message: 'null13-lists.parquet: column "item", row 17: a value in its list is null, expected' },
  ])("a null in a table with lists is told with its row: $name", async ({ name, message }) => {
    const file = await openParquetLists(folder.source("null13-lists.parquet"), codecs);
    const readAllGroups = async (): Promise<void> => {
      for await (const _ of file.groups([name]));
    };
    await expect(readAllGroups()).rejects.toThrow(message);
  });

  test("row groups without rows", async () => {
    const { columns } = await readAll(folder.source("empty-groups.parquet"), { small: PA.small });
    expect(columns.small).toEqual(Int32Array.of(1, 2, 3));
  });

  test.each<{ file: string; schema: Schema; message: string }>([
    {
      file: "too-large",
      schema: { small: PA.small },
      message: 'column "small" of row group 0 cannot be read (3000000000 is no int32 value)',
    },
    {
      file: "null13",
      schema: { small: PA.small },
      message: 'column "small" of row group 1 cannot be read (row 13 is null: int32 columns must have a value)',
    },
    {
      file: "null13",
      schema: { name: PA.name },
      message: 'column "name" of row group 1 cannot be read (row 17 is null: string columns must have a value)',
    },
    { file: "list", schema: { real: PA.real }, message: 'column "real" is a list, expected one float value a row' },
    { file: "text", schema: { real: PA.real }, message: 'column "real" is of type BYTE_ARRAY, expected float' },
    { file: "null", schema: { tc_x: PA.real }, message: 'column "tc_x" is missing; there are real' },
  ])("$file: $message", async ({ file, schema, message }) => {
    const error: unknown = await readAll(folder.source(`${file}.parquet`), schema).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FormatError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).toContain(`${file}.parquet: `);
  });

  test("optional columns may be missing", async () => {
    const file = await openParquet(folder.source("null.parquet"), codecs);
    expect(file.missingColumns({ real: PA.real, gen_pid: { ...spec("int32"), optional: true } })).toEqual(["gen_pid"]);
  });
});
