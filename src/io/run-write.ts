/** The tables of a RUN, appended batch by batch. */
import type { Schema, Table } from "../core/index.js";
import { type FolderInfo, type TableRecords, writeInfo } from "./folder-info.js";
import type { ParquetCodecs } from "./parquet-codecs.js";
import type { OpenSink } from "./source.js";
import { TableWriter } from "./table-write.js";

/**
 * Writes one Parquet file to a schema, also when nothing is appended, and run.json. Files are equal byte for byte when
 * the same rows are appended in the same order, however they are cut into tables.
 */
export class RunWriter<T extends Readonly<Record<string, Schema>>> {
  readonly #open: OpenSink;
  readonly #writers: ReadonlyMap<string, TableWriter<Schema>>;

  readonly #codecs: ParquetCodecs;

  private constructor(open: OpenSink, writers: ReadonlyMap<string, TableWriter<Schema>>, codecs: ParquetCodecs) {
    this.#codecs = codecs;
    this.#open = open;
    this.#writers = writers;
  }

  /** `schemas` by the name of the table: `{ seeds: SEEDS, clusters: CLUSTERS }`. */
  static async create<T extends Readonly<Record<string, Schema>>>(
    schemas: T,
    open: OpenSink,
    codecs: ParquetCodecs,
  ): Promise<RunWriter<T>> {
    const writers = new Map<string, TableWriter<Schema>>();
    for (const [name, schema] of Object.entries(schemas)) {
      writers.set(name, new TableWriter(schema, await open(`${name}.parquet`), codecs));
    }
    return new RunWriter<T>(open, writers, codecs);
  }

  /** Rows in the order of the entries. */
  async append<K extends keyof T & string>(name: K, table: Table<T[K]>): Promise<void> {
    const writer = this.#writers.get(name);
    if (writer === undefined)
      throw new Error(`no table "${name}" in this run: ${[...this.#writers.keys()].join(", ")}`);
    await writer.append(table);
  }

  /** Writes the rest and run.json: `content` and the records of the tables, after those of `before`. */
  async finish(content: object, before: TableRecords = {}): Promise<FolderInfo> {
    const tables: Record<string, TableRecords[string]> = { ...before };
    for (const [name, writer] of this.#writers) tables[name] = await writer.finish();
    return writeInfo(this.#open, "run", tables, content, this.#codecs);
  }
}
