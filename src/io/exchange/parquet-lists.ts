/** Parquet files with one event a row and lists in it, as awkward and pandas write them. */
import { parquetMetadata, parquetSchema } from "hyparquet/src/metadata.js";
import { parquetReadObjects } from "hyparquet/src/read.js";
import { ExpectedError, FormatError } from "../../core/index.js";
import { type GoodColumn } from "./good-events.js";
import type { ParquetCodecs } from "../parquet/codecs.js";
import type { ByteSource } from "../source.js";

export interface ListFile {
  readonly columns: readonly string[];
  readonly rows: number;
  /** The columns of these names, one row group after the other. */
  groups(names: readonly string[]): AsyncGenerator<{ rows: number; columns: Record<string, GoodColumn> }>;
}

/** FormatError for anything that is not a Parquet file, or a corrupt one. */
export async function openParquetLists(source: ByteSource, codecs: ParquetCodecs): Promise<ListFile> {
  const attempt = async <T>(action: () => T | Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (cause) {
      if (cause instanceof ExpectedError) throw cause;
      throw new FormatError(`${source.name}: cannot read this Parquet file: ${(cause as Error).message}`, { cause });
    }
  };
  const metadata = await attempt(async () => {
    const tail = await source.read(Math.max(0, source.size - 8), source.size);
    const footer = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
    return parquetMetadata((await source.read(source.size - 8 - footer, source.size)).slice().buffer);
  });
  const file = {
    byteLength: source.size,
    slice: async (start: number, end = source.size) => (await source.read(start, end)).slice().buffer,
  };
  return {
    columns: parquetSchema(metadata).children.map(({ element }) => element.name),
    rows: Number(metadata.num_rows),
    async *groups(names) {
      let rowStart = 0;
      for (const group of metadata.row_groups) {
        const rows = Number(group.num_rows);
        const options = { file, metadata, columns: [...names], rowStart, rowEnd: rowStart + rows };
        const objects = await attempt(() => parquetReadObjects({ ...options, compressors: codecs.decompress }));
        if (objects.length !== rows) throw new FormatError(`${source.name}: ${objects.length} rows, expected ${rows}`);
        yield {
          rows,
          columns: Object.fromEntries(
            names.map((name) => [
              name,
              flatten(
                name,
                objects.map((row) => row[name]),
                rowStart,
                source,
              ),
            ]),
          ),
        };
        rowStart += rows;
      }
    },
  };
}

/**
 * Numbers, or lists of them, one after the other; 64-bit integers as bigints, which hold them exactly. `first`: the row of
 * the table with which they begin.
 */
function flatten(name: string, rows: readonly unknown[], first: number, { name: file }: ByteSource): GoodColumn {
  const refuse = (row: number, what: string): never => {
    throw new FormatError(`${file}: column "${name}", row ${first + row}: ${what}, expected numbers`);
  };
  const values: (number | bigint)[] = [];
  const offsets = new Int32Array(rows.length + 1);
  for (const [i, row] of rows.entries()) {
    if (row === null || row === undefined) refuse(i, "it is null");
    const items: unknown = ArrayBuffer.isView(row) ? Array.from(row as Float64Array) : row;
    for (const value of Array.isArray(items) ? (items as unknown[]) : [items]) {
      if (typeof value !== "number" && typeof value !== "bigint") {
        return refuse(
          i,
          value === null || value === undefined ? "a value in its list is null" : `${String(value)} in its list`,
        );
      }
      values.push(value);
    }
    offsets[i + 1] = values.length;
  }
  return {
    values: values.some((value) => typeof value === "bigint") ? values : Float64Array.from(values as number[]),
    offsets,
  };
}
