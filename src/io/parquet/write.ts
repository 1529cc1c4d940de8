/**
 * Flat tables to Parquet: one page a column and row group, zstd level 1 with checksums, statistics only on `entry`.
 * Equal tables and row groups give equal bytes.
 */
import type { ColumnChunk, RowGroup } from "hyparquet";
import { ByteWriter } from "hyparquet-writer/src/bytewriter.js";
import { writeMetadata } from "hyparquet-writer/src/metadata.js";
import { type Schema, type Table, checkTable } from "../../core/index.js";
import { CONTENT, hexHash, nextContent } from "./checksum.js";
import type { ParquetCodecs } from "./codecs.js";
import { STORED, schemaElement } from "./encode.js";
import { encodeGroup, type EncodedGroup, MAGIC } from "./row-group.js";
import type { ByteSink } from "../source.js";

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
    await this.appendGroup(encodeGroup(this.schema, table, this.#offset === 0, this.#codecs, this.#memory));
  }

  /** Writes a row group that was encoded elsewhere: with the magic, if and only if it is the first one. */
  async appendGroup({ rows, bytes, hash, columns: encoded }: EncodedGroup): Promise<void> {
    const start = this.#offset === 0 ? MAGIC.length : this.#offset;
    let offset = start;
    const columns = Object.entries(this.schema).map(([name, { type }], i): ColumnChunk => {
      const { bytes: size, uncompressedBytes, checksum, range } = encoded[i];
      const at = BigInt(offset);
      offset += size;
      return {
        file_offset: at,
        meta_data: {
          type: STORED[type].type,
          encodings: [STORED[type].encoding],
          path_in_schema: [name],
          codec: "ZSTD",
          num_values: BigInt(rows),
          total_uncompressed_size: BigInt(uncompressedBytes),
          total_compressed_size: BigInt(size),
          key_value_metadata: [checksum],
          data_page_offset: at,
          statistics: range && { min_value: range.min, max_value: range.max, null_count: 0n },
        },
      };
    });
    if (offset !== this.#offset + bytes.length) throw new Error(`a row group of ${bytes.length} bytes is out of place`);
    this.#groups.push({
      columns,
      total_byte_size: columns.reduce((sum, column) => sum + (column.meta_data?.total_uncompressed_size ?? 0n), 0n),
      num_rows: BigInt(rows),
      total_compressed_size: BigInt(offset - start),
    });
    this.#rows += rows;
    this.#offset = offset;
    this.#content = nextContent(this.#content, hash, this.#codecs);
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
    for (const bytes of [...(this.#offset === 0 ? [MAGIC] : []), footer, MAGIC]) await this.#sink.write(bytes);
    await this.#sink.close();
    return { rows: this.#rows, hash: hexHash(footer, this.#codecs) };
  }

  /** Memory for the bytes of a row group, valid until the next one. */
  readonly #memory = (size: number): Uint8Array => {
    if (size > this.#buffer.length) this.#buffer = new Uint8Array(2 * size);
    return this.#buffer.subarray(0, size);
  };
}
