/** The tables of a RUN, a STUDY or a part of one, appended batch by batch. */
import type { Schema, Table } from "../../core/index.js";
import { type FolderInfo, type FolderKind, type TableRecords, writeInfo } from "./info.js";
import type { ParquetCodecs } from "../parquet/codecs.js";
import type { OpenSink } from "../source.js";
import type { TablePiece } from "../parquet/table-piece.js";
import { TableWriter, type WriteOptions } from "../parquet/table-write.js";

/**
 * Writes one Parquet file to a schema, also when nothing is appended, and run.json, or the json of another kind. Files are equal byte for byte when
 * the same rows are appended in the same order, however they are cut into tables.
 */
export class RunWriter<T extends Readonly<Record<string, Schema>>> {
  readonly #open: OpenSink;
  readonly #writers: ReadonlyMap<string, TableWriter<Schema>>;

  readonly #codecs: ParquetCodecs;
  readonly #kind: FolderKind;

  private constructor(
    open: OpenSink,
    writers: ReadonlyMap<string, TableWriter<Schema>>,
    codecs: ParquetCodecs,
    kind: FolderKind,
  ) {
    this.#codecs = codecs;
    this.#kind = kind;
    this.#open = open;
    this.#writers = writers;
  }

  /** `schemas` by the name of the table: `{ seeds: SEEDS, clusters: CLUSTERS }`; `groupRows`: of many that are written at once. */
  static async create<T extends Readonly<Record<string, Schema>>>(
    schemas: T,
    open: OpenSink,
    codecs: ParquetCodecs,
    {
      kind = "run",
      groupRows,
      encoder,
    }: WriteOptions & { readonly kind?: FolderKind; readonly groupRows?: number } = {},
  ): Promise<RunWriter<T>> {
    const options = { encoder, ...(groupRows === undefined ? {} : { groupRows }) };
    const writers = new Map<string, TableWriter<Schema>>();
    for (const [name, schema] of Object.entries(schemas)) {
      writers.set(name, new TableWriter(schema, await open(`${name}.parquet`), codecs, options));
    }
    return new RunWriter<T>(open, writers, codecs, kind);
  }

  /** Rows in the order of the entries. */
  async append<K extends keyof T & string>(name: K, table: Table<T[K]> | TablePiece): Promise<void> {
    await this.#writer(name).append(table);
  }

  /** A row group as it stands in another file: see TableWriter. */
  async appendPages(name: keyof T & string, ...group: Parameters<TableWriter<Schema>["appendPages"]>): Promise<void> {
    await this.#writer(name).appendPages(...group);
  }

  #writer(name: string): TableWriter<Schema> {
    const writer = this.#writers.get(name);
    if (writer !== undefined) return writer;
    throw new Error(`no table "${name}" in this run: ${[...this.#writers.keys()].join(", ")}`);
  }

  /** Begins to write what is left, where threads encode it: nothing may be appended after it. */
  async flush(): Promise<void> {
    for (const writer of this.#writers.values()) await writer.flush();
  }

  /** Writes the rest and the json: `content` and the records of the tables, after those of `before`. */
  async finish(content: object, before: TableRecords = {}): Promise<FolderInfo> {
    const tables: Record<string, TableRecords[string]> = { ...before };
    await this.flush();
    for (const [name, writer] of this.#writers) tables[name] = await writer.finish();
    return writeInfo(this.#open, this.#kind, tables, content, this.#codecs);
  }
}
