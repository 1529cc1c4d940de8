/**
 * Flat tables to Parquet: one page a column and row group, zstd level 1 with checksums, statistics only on `entry`.
 * Equal tables and row groups give equal bytes.
 */
import type { ColumnChunk, RowGroup, Statistics } from "hyparquet";
import { ByteWriter } from "hyparquet-writer/src/bytewriter.js";
import { writePageHeader } from "hyparquet-writer/src/datapage.js";
import { writeMetadata } from "hyparquet-writer/src/metadata.js";
import { type Column, type ColumnType, type Schema, type Table, checkTable } from "../core/index.js";
import { chunkChecksum, CONTENT, hexHash, nextContent } from "./parquet-checksum.js";
import type { ParquetCodecs } from "./parquet-codecs.js";
import { STORED, encodeColumn, schemaElement } from "./parquet-encode.js";
import type { ByteSink } from "./source.js";

const MAGIC = new TextEncoder().encode("PAR1");

/** How far a file is written: with it another writer goes on after `offset` bytes. */
export interface ParquetState {
  readonly offset: number;
  readonly rows: number;
  readonly content: string;
  readonly groups: readonly RowGroup[];
}

/** Writes row group by row group; holds one in memory. */
export class ParquetWriter<S extends Schema> {
  readonly schema: S;
  readonly #sink: ByteSink;
  readonly #codecs: ParquetCodecs;
  readonly #groups: RowGroup[] = [];
  #buffer = new Uint8Array(0);
  #offset = 0;
  #rows = 0;
  /** Hash of the row groups so far; stands in the footer, so that the footer's hash identifies the whole content. */
  #content = "";

  constructor(schema: S, sink: ByteSink, codecs: ParquetCodecs, state?: ParquetState) {
    this.schema = schema;
    this.#sink = sink;
    this.#codecs = codecs;
    if (state === undefined) return;
    this.#offset = state.offset;
    this.#rows = state.rows;
    this.#content = state.content;
    this.#groups.push(...state.groups);
  }

  get state(): ParquetState {
    return { offset: this.#offset, rows: this.#rows, content: this.#content, groups: this.#groups };
  }

  /** Writes the table as one row group; a table without rows writes nothing. */
  async writeGroup(table: Table<S>): Promise<void> {
    checkTable(this.schema, table, "row group");
    if (table.rows === 0) return;
    const pieces: Uint8Array[] = this.#offset === 0 ? [MAGIC] : [];
    let offset = this.#offset + sizeOf(pieces);
    const start = offset;
    const columns: ColumnChunk[] = [];
    for (const [name, { type }] of Object.entries(this.schema)) {
      const page = this.#page(type, table.columns[name], table.rows);
      const size = sizeOf(page.pieces);
      columns.push({
        file_offset: BigInt(offset),
        meta_data: {
          type: STORED[type].type,
          encodings: [STORED[type].encoding],
          path_in_schema: [name],
          codec: "ZSTD",
          num_values: BigInt(table.rows),
          total_uncompressed_size: BigInt(page.uncompressedSize),
          total_compressed_size: BigInt(size),
          key_value_metadata: [chunkChecksum(page.pieces[1])],
          data_page_offset: BigInt(offset),
          statistics: name === "entry" ? range(table.columns[name]) : undefined,
        },
      });
      pieces.push(...page.pieces);
      offset += size;
    }
    this.#groups.push({
      columns,
      total_byte_size: columns.reduce((sum, column) => sum + (column.meta_data?.total_uncompressed_size ?? 0n), 0n),
      num_rows: BigInt(table.rows),
      total_compressed_size: BigInt(offset - start),
    });
    this.#rows += table.rows;
    this.#offset = offset;
    const bytes = this.#joined(pieces);
    this.#content = nextContent(this.#content, bytes, this.#codecs);
    await this.#sink.write(bytes);
  }

  /** Writes the footer and closes the sink. `hash` identifies the content of the file. */
  async finish(): Promise<{ rows: number; hash: string }> {
    const writer = new ByteWriter();
    const columns = Object.entries(this.schema).map(([name, { type }]) => schemaElement(name, type));
    writeMetadata(writer, {
      version: 2,
      created_by: "bye-splits",
      schema: [{ name: "table", num_children: columns.length }, ...columns],
      num_rows: BigInt(this.#rows),
      row_groups: this.#groups,
      key_value_metadata: [{ key: CONTENT, value: this.#content }],
      metadata_length: 0,
    });
    const footer = writer.getBytes();
    await this.#sink.write(this.#joined([...(this.#offset === 0 ? [MAGIC] : []), footer, MAGIC]));
    await this.#sink.close();
    return { rows: this.#rows, hash: hexHash(footer, this.#codecs) };
  }

  /** The pieces one after the other, valid until the next call. */
  #joined(pieces: readonly Uint8Array[]): Uint8Array {
    const size = sizeOf(pieces);
    if (size > this.#buffer.length) this.#buffer = new Uint8Array(2 * size);
    let at = 0;
    for (const piece of pieces) {
      this.#buffer.set(piece, at);
      at += piece.length;
    }
    return this.#buffer.subarray(0, size);
  }

  #page(type: ColumnType, column: Column, rows: number): { pieces: Uint8Array[]; uncompressedSize: number } {
    const values = encodeColumn(type, column);
    const compressed = this.#codecs.compress(values);
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
    return { pieces: [header.getBytes(), compressed], uncompressedSize: header.offset + values.length };
  }
}

function range(column: Column): Statistics {
  const entries = column as Int32Array;
  let min = entries[0];
  let max = entries[0];
  for (let i = 1; i < entries.length; i++) {
    if (entries[i] < min) min = entries[i];
    if (entries[i] > max) max = entries[i];
  }
  return { min_value: min, max_value: max, null_count: 0n };
}

function sizeOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}
