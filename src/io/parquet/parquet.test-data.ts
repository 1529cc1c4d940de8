/** Parquet files in memory, for the tests of this folder. */
import { type ColumnType, type Schema, type Table } from "../../core/index.js";
import { MemoryFolder, testCodecs } from "../memory.test-data.js";
import { type ByteSource } from "../source.js";
import { openParquet } from "./read.js";
import { ParquetWriter } from "./write.js";

export const codecs = await testCodecs();

export const spec = <T extends ColumnType>(type: T) => ({ type, unit: "", doc: "" }) as const;

/** The bytes of a file with one row group a table. */
export async function written<S extends Schema>(
  schema: S,
  tables: readonly Table<S>[],
): Promise<Uint8Array<ArrayBuffer>> {
  const folder = new MemoryFolder();
  const writer = new ParquetWriter(schema, await folder.create("t"), codecs);
  for (const table of tables) await writer.writeGroup(table);
  await writer.finish();
  return folder.files.get("t") ?? new Uint8Array();
}

/** All of a file that has the columns of a schema. */
export async function readAll<S extends Schema>(source: ByteSource, schema: S): Promise<Table<S>> {
  const file = await openParquet(source, codecs);
  file.missingColumns(schema);
  return file.read(schema);
}
