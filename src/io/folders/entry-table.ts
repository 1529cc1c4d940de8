/** A table of a run whose rows are asked for entry by entry. */
import { type Schema, sliceTable, spanOfEntry, type Table } from "../../core/index.js";
import { type ParquetFile } from "../parquet/read.js";

/** Row groups hold whole entries, which ascend; the one read last is kept. */
export class EntryTable<S extends Schema & { readonly entry: { readonly type: "int32" } }> {
  readonly #file: ParquetFile;
  readonly #schema: S;
  #group = -1;
  #table: Table<S> | undefined;

  constructor(file: ParquetFile, schema: S) {
    this.#file = file;
    this.#schema = schema;
  }

  /** The rows of an entry, none where there is none; other programs' row groups without statistics are looked into. */
  async rows(entry: number): Promise<Table<S>> {
    for (let group = 0; group < this.#file.groups.length; group++) {
      const range = this.#file.range("entry", group);
      if (range !== undefined && (entry < range.min || entry > range.max)) continue;
      const table = await this.#read(group);
      const [first, end] = spanOfEntry(table.columns["entry"] as Int32Array, entry);
      if (end > first) return sliceTable(table, first, end);
    }
    return this.#file.read(this.#schema, 0, 0);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #read(group: number): Promise<Table<S>> {
    if (group !== this.#group || this.#table === undefined) {
      this.#table = await this.#file.read(this.#schema, group, group + 1);
      this.#group = group;
    }
    return this.#table;
  }
}
