/** A table to the bytes of one row group, in whatever thread: where they come to stand in the file is not in them. */
import { ByteWriter } from "hyparquet-writer/src/bytewriter.js";
import { writePageHeader } from "hyparquet-writer/src/datapage.js";
import { type Column, type ColumnType, type Schema, type Table } from "../../core/index.js";
import { chunkChecksum, hexHash } from "./checksum.js";
import type { ParquetCodecs } from "./codecs.js";
import { encodeColumn, STORED } from "./encode.js";
import type { CodedStrings, TablePiece } from "./table-piece.js";

export const MAGIC = new TextEncoder().encode("PAR1");

/** One page with its header. */
export interface EncodedColumn {
  readonly bytes: number;
  readonly uncompressedBytes: number;
  readonly checksum: { readonly key: string; readonly value: string };
  /** Of `entry`. */
  readonly range?: { readonly min: number; readonly max: number };
}

export interface EncodedGroup {
  readonly rows: number;
  /** The columns one after the other; before the first group of a file its magic. */
  readonly bytes: Uint8Array;
  /** Of the bytes. */
  readonly hash: string;
  /** In the order of the schema. */
  readonly columns: readonly EncodedColumn[];
}

/** A column of a row group with its bytes, one piece after the other. */
export interface ColumnPage {
  readonly column: EncodedColumn;
  readonly pieces: readonly Uint8Array[];
}

/** `isFirst`: of its file. `allocate` gives the memory of the bytes. */
export function encodeGroup(
  schema: Schema,
  { rows, columns }: Table | TablePiece,
  isFirst: boolean,
  codecs: ParquetCodecs,
  allocate?: (size: number) => Uint8Array,
): EncodedGroup {
  const encoded = Object.entries(schema).map(([name, { type }]) =>
    encodeColumnPage(name, type, columns[name], rows, codecs),
  );
  return joinPages(rows, encoded, isFirst, codecs, allocate);
}

export function encodeColumnPage(
  name: string,
  type: ColumnType,
  column: Column | CodedStrings,
  rows: number,
  codecs: ParquetCodecs,
): ColumnPage {
  const [header, body, uncompressed] = encodePage(type, column, rows, codecs);
  const encoded: EncodedColumn = {
    bytes: header.length + body.length,
    uncompressedBytes: header.length + uncompressed,
    checksum: chunkChecksum(body),
    ...(name === "entry" ? { range: rangeOf(column as Int32Array) } : {}),
  };
  return { column: encoded, pieces: [header, body] };
}

/** Columns, in the order of the schema, to a row group. */
export function joinPages(
  rows: number,
  pages: readonly ColumnPage[],
  isFirst: boolean,
  codecs: ParquetCodecs,
  allocate = (size: number): Uint8Array => new Uint8Array(size),
): EncodedGroup {
  const pieces = [...(isFirst ? [MAGIC] : []), ...pages.flatMap((page) => page.pieces)];
  const bytes = allocate(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return { rows, bytes, hash: hexHash(bytes, codecs), columns: pages.map(({ column }) => column) };
}

function encodePage(
  type: ColumnType,
  column: Column | CodedStrings,
  rows: number,
  codecs: ParquetCodecs,
): [header: Uint8Array, body: Uint8Array, uncompressed: number] {
  const values = encodeColumn(type, column);
  const compressed = codecs.compress(values);
  const header = new ByteWriter(64);
  // Version 1 of the page header: fastparquet misreads delta-packed int64 in pages of version 2.
  writePageHeader(header, {
    type: "DATA_PAGE",
    uncompressed_page_size: values.length,
    compressed_page_size: compressed.length,
    data_page_header: {
      num_values: rows,
      encoding: STORED[type].encoding,
      definition_level_encoding: "RLE",
      repetition_level_encoding: "RLE",
    },
  });
  return [header.getBytes(), compressed, values.length];
}

function rangeOf(entries: Int32Array): { min: number; max: number } {
  let min = entries[0];
  let max = entries[0];
  for (let i = 1; i < entries.length; i++) {
    if (entries[i] < min) min = entries[i];
    if (entries[i] > max) max = entries[i];
  }
  return { min, max };
}
