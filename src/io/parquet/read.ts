/** Parquet files to tables: plan which bytes, fetch them, decode them into the typed arrays. */
import type { FileMetaData, ParquetType, SchemaTree } from "hyparquet";
import { parquetMetadata, parquetSchema } from "hyparquet/src/metadata.js";
import {
  type Column,
  type ColumnType,
  ExpectedError,
  FormatError,
  type Schema,
  type Table,
  createTable,
} from "../../core/index.js";
import { chunkChecksum, CONTENT, hasChecksum, hexHash, nextContent } from "./checksum.js";
import type { ParquetCodecs } from "./codecs.js";
import { chunkRange, isColumn, mergeRanges } from "./chunks.js";
import { decodeChunk } from "./decode.js";
import type { ColumnPage } from "./row-group.js";
import type { ByteSource } from "../source.js";

const MAGIC = 0x31524150;
const FOOTER_GUESS = 1 << 16;
/** Row groups that are fetched while the one before them is decoded: over a network most of the time is waiting. */
const AHEAD = 4;

const READABLE: Readonly<Record<ColumnType, readonly ParquetType[]>> = {
  int32: ["INT32", "INT64"],
  int64: ["INT64", "INT32"],
  float: ["FLOAT", "DOUBLE", "INT32", "INT64"],
  double: ["DOUBLE", "FLOAT", "INT32", "INT64"],
  boolean: ["BOOLEAN", "INT32", "INT64"],
  string: ["BYTE_ARRAY"],
};

/** Rows [first, first + rows) of the file. */
export interface RowGroupInfo {
  readonly first: number;
  readonly rows: number;
}

export interface ParquetColumnInfo {
  readonly name: string;
  /** Physical type: FLOAT, INT32, ... */
  readonly type: string;
  readonly compression: string;
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
}

/** Fills the columns from row `at` on. */
type Decoder = (columns: Readonly<Record<string, Column>>, at: number) => Promise<void>;

/** Opens a Parquet file: reads its footer. FormatError when it is none, or is truncated or corrupt; the source is closed then. */
export async function openParquet(source: ByteSource, codecs: ParquetCodecs): Promise<ParquetFile> {
  try {
    const footer = await readFooter(source);
    return attempt(`${source.name}: the Parquet footer cannot be read`, () => new ParquetFile(source, codecs, footer));
  } catch (error) {
    await source.close?.();
    throw error;
  }
}

/** An open Parquet file of flat columns. */
export class ParquetFile {
  readonly source: ByteSource;
  readonly rows: number;
  readonly groups: readonly RowGroupInfo[];
  /** Top-level columns, lists and structs among them. */
  readonly columnNames: readonly string[];
  /** Identifies the content of files that we wrote, and the footer of others. */
  readonly hash: string;
  /** The program that wrote the file, as it says. */
  readonly createdBy: string | undefined;
  readonly #codecs: ParquetCodecs;
  readonly #metadata: FileMetaData;
  readonly #tree: SchemaTree;

  constructor(source: ByteSource, codecs: ParquetCodecs, footer: Uint8Array) {
    this.source = source;
    this.#codecs = codecs;
    this.hash = hexHash(footer.subarray(0, -4), codecs);
    this.#metadata = parquetMetadata(footer, { geoparquet: false });
    this.createdBy = this.#metadata.created_by;
    this.#tree = parquetSchema(this.#metadata);
    this.columnNames = this.#tree.children.map((child) => child.element.name);
    let rows = 0;
    this.groups = this.#metadata.row_groups.map((group) => {
      const info = { first: rows, rows: Number(group.num_rows) };
      // A footer that lies about them asks for more memory than there is.
      if (!Number.isSafeInteger(info.rows) || info.rows < 0) throw new Error(`a row group of ${group.num_rows} rows`);
      rows += info.rows;
      return info;
    });
    this.rows = rows;
    if (rows !== Number(this.#metadata.num_rows)) throw new Error(`${this.#metadata.num_rows} rows, ${rows} in groups`);
  }

  /**
   * The optional columns of the schema that the file lacks. FormatError when a required one is missing, or a column
   * is a list or of a type that cannot be converted.
   */
  missingColumns(schema: Schema): string[] {
    const missing: string[] = [];
    for (const [name, spec] of Object.entries(schema)) {
      const node = this.#tree.children.find((child) => child.element.name === name);
      // Which of them is meant nobody can tell.
      if (this.columnNames.indexOf(name) !== this.columnNames.lastIndexOf(name)) {
        throw this.#error(`column "${name}" is there twice`);
      }
      if (node === undefined) {
        if (spec.optional !== true) {
          throw this.#error(`column "${name}" is missing; there are ${this.columnNames.join(", ")}`);
        }
        missing.push(name);
      } else if (node.children.length > 0 || node.element.repetition_type === "REPEATED") {
        throw this.#error(`column "${name}" is a list, expected one ${spec.type} value a row`);
      } else if (node.element.type === undefined || !READABLE[spec.type].includes(node.element.type)) {
        throw this.#error(`column "${name}" is of type ${node.element.type}, expected ${spec.type}`);
      }
    }
    return missing;
  }

  /** Smallest and largest value of an integer column in a row group, where the file has statistics of it. */
  range(name: string, group: number): { min: number; max: number } | undefined {
    const chunk = this.#metadata.row_groups[group].columns.find(
      (column) => column.meta_data?.path_in_schema[0] === name,
    );
    const { min_value: min, max_value: max } = chunk?.meta_data?.statistics ?? {};
    return typeof min === "number" && typeof max === "number" ? { min, max } : undefined;
  }

  /** What is in the file, for people: columns with their types and sizes over all row groups. */
  describe(): ParquetColumnInfo[] {
    return this.#tree.children.map(({ element }) => {
      const chunks = this.#metadata.row_groups.flatMap((group) => {
        const chunk = group.columns.find((column) => column.meta_data?.path_in_schema[0] === element.name);
        return chunk?.meta_data === undefined ? [] : [chunk.meta_data];
      });
      return {
        name: element.name,
        type: element.type ?? "nested",
        compression: chunks[0]?.codec ?? "",
        compressedBytes: chunks.reduce((sum, chunk) => sum + Number(chunk.total_compressed_size), 0),
        uncompressedBytes: chunks.reduce((sum, chunk) => sum + Number(chunk.total_uncompressed_size), 0),
      };
    });
  }

  /**
   * The columns of the schema in row groups [first, end): by default in all of them. Optional ones that the file lacks are
   * NaN or 0. FormatError when another one is missing, and for more rows than the codecs' `mostRows`, before memory is taken.
   */
  async read<S extends Schema>(schema: S, first = 0, end = this.groups.length): Promise<Table<S>> {
    const groups = this.groups.slice(first, end);
    const rows = groups.reduce((sum, group) => sum + group.rows, 0);
    const { mostRows = Infinity } = this.#codecs;
    if (rows > mostRows) {
      throw this.#error(`${rows} rows are to be read at once, at most ${mostRows} can be: write smaller row groups`);
    }
    const table = createTable(schema, rows);
    const missing = this.missingColumns(schema);
    const stored = Object.fromEntries(Object.entries(schema).filter(([name]) => !missing.includes(name)));
    for (const name of missing) {
      const column: Column = table.columns[name];
      if (column instanceof Float64Array) column.fill(Number.NaN);
    }
    const decoders: Promise<Decoder>[] = [];
    let at = 0;
    for (let group = first; group < end; group++) {
      while (decoders.length < AHEAD && group + decoders.length < end) {
        const fetched = this.#fetchGroup(stored, group + decoders.length);
        // Thrown when its turn comes.
        fetched.catch(() => undefined);
        decoders.push(fetched);
      }
      const decode = (await decoders.shift()) as Decoder;
      await decode(table.columns, at);
      at += this.groups[group].rows;
    }
    return table;
  }

  /** Whether this program wrote it: each column chunk has the checksum of its page. */
  get isOurs(): boolean {
    return this.#metadata.row_groups.every(({ columns }) =>
      columns.every(({ meta_data: meta }) => meta !== undefined && hasChecksum(meta)),
    );
  }

  /**
   * Reads the whole file and compares it with the hash of its content in the footer; false where there is none: in
   * files that others wrote. FormatError when it is another one.
   */
  async verify(): Promise<boolean> {
    const expected = this.#metadata.key_value_metadata?.find(({ key }) => key === CONTENT)?.value;
    if (expected === undefined) return false;
    let content = "";
    let start = 0;
    for (const { columns } of this.#metadata.row_groups) {
      const { end } = attempt(this.#message("a row group cannot be found"), () =>
        chunkRange(columns[columns.length - 1]),
      );
      content = nextContent(content, hexHash(await this.source.read(start, end), this.#codecs), this.#codecs);
      start = end;
    }
    if (content === expected) return true;
    throw this.#error(
      `its content has the hash ${content || "of nothing"}, its footer says ${expected}: the file is corrupt`,
    );
  }

  /**
   * The columns of a row group as they stand in the file, not decoded. `schema`: all columns, in their order. FormatError when they
   * are others, or another program's. Nothing is compared with checksums: see `verify`.
   */
  async storedPages(schema: Schema, group: number): Promise<ColumnPage[]> {
    const { columns } = this.#metadata.row_groups[group];
    const names = Object.keys(schema);
    this.missingColumns(schema);
    if (columns.length !== names.length || !columns.every((column, i) => isColumn(column, names[i])) || !this.isOurs) {
      throw this.#error(`row group ${group} is not of ${names.join(", ")} as this program writes them`);
    }
    const ranges = attempt(this.#message(`row group ${group} cannot be found`), () => columns.map(chunkRange));
    const { start } = ranges[0];
    const bytes = await this.source.read(start, ranges[ranges.length - 1].end);
    return columns.map(({ meta_data: meta }, i) => {
      const page = bytes.subarray(ranges[i].start - start, ranges[i].end - start);
      const range = this.range(names[i], group);
      const column = {
        bytes: page.length,
        uncompressedBytes: Number(meta?.total_uncompressed_size),
        checksum: chunkChecksum(page),
        ...(range === undefined ? {} : { range }),
      };
      return { column, pieces: [page] };
    });
  }

  /** Closes the source. */
  async close(): Promise<void> {
    await this.source.close?.();
  }

  async #fetchGroup(schema: Schema, group: number): Promise<Decoder> {
    const { first, rows } = this.groups[group];
    if (rows === 0) return async () => undefined;
    const where = (name: string): string => `column "${name}" of row group ${group} cannot be read`;
    const chunks = Object.entries(schema).map(([name, { type }]) => {
      const chunk = this.#metadata.row_groups[group].columns.find((column) => isColumn(column, name));
      if (chunk?.meta_data === undefined) throw this.#error(`column "${name}" is missing in row group ${group}`);
      const node = this.#tree.children.find((child) => child.element.name === name);
      if (node === undefined) throw this.#error(`column "${name}" is missing in the schema`);
      const meta = chunk.meta_data;
      const range = attempt(this.#message(where(name)), () => chunkRange(chunk));
      return { name, type, meta, path: [this.#tree, node], range };
    });
    const fetches = mergeRanges(chunks.map((chunk) => chunk.range));
    const buffers = await Promise.all(fetches.map(({ start, end }) => this.source.read(start, end)));
    return async (columns, at) => {
      for (const { name, type, meta, path, range } of chunks) {
        const i = fetches.findIndex(({ start, end }) => range.start >= start && range.end <= end);
        const bytes = buffers[i].subarray(range.start - fetches[i].start, range.end - fetches[i].start);
        attempt(this.#message(where(name)), () =>
          decodeChunk({ bytes, meta, path, rows, firstRow: first }, type, columns[name], at, this.#codecs),
        );
      }
      // Pages that we wrote are those that the footer means; of others only the system knows.
      if (!chunks.every(({ meta }) => hasChecksum(meta))) await this.source.check?.();
    };
  }

  #message(text: string): string {
    return `${this.source.name}: ${text}`;
  }

  #error(text: string): FormatError {
    return new FormatError(this.#message(text));
  }
}

/** The metadata, their length and the magic at the end of the file. */
async function readFooter(source: ByteSource): Promise<Uint8Array> {
  const { name, size } = source;
  const tail = await source.read(Math.max(0, size - FOOTER_GUESS), size);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  if (size < 12 || view.getUint32(tail.length - 4, true) !== MAGIC) {
    const head = await source.read(0, Math.min(4, size));
    const begun = head.length === 4 && new DataView(head.buffer, head.byteOffset, 4).getUint32(0, true) === MAGIC;
    throw new FormatError(
      begun
        ? `${name}: a Parquet file without its end: it was cut off after ${size} bytes, or its writer did not finish`
        : `${name}: not a Parquet file${size === 0 ? ": it is empty" : ""}`,
    );
  }
  const length = view.getUint32(tail.length - 8, true) + 8;
  if (length + 4 > size)
    throw new FormatError(`${name}: the Parquet footer claims ${length} of ${size} bytes: it is corrupt`);
  return length <= tail.length ? tail.subarray(tail.length - length) : source.read(size - length, size);
}

/** Runs a decoder; what it throws becomes a FormatError that begins with `what`. */
function attempt<T>(what: string, decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    if (cause instanceof ExpectedError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(`${what} (${reason}): the file is corrupt or of an unknown kind`, { cause });
  }
}
