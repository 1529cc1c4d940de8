/** A table of a run, entry by entry, with one row group in memory. */
import { type EntryRows } from "../chain/index.js";
import { FormatError, type Schema, type Table } from "../core/index.js";
import { type ParquetFile } from "../io/index.js";

type Keys = { readonly entry: Int32Array; readonly chain?: readonly string[] };

/** Goes through the table once: asked for the entries in its own order, it has the rows of each, or none. */
export class EntryCursor<S extends Schema> {
  readonly #file: ParquetFile;
  readonly #schema: S;
  #group = 0;
  #table: Table<S>;
  #row = 0;

  private constructor(file: ParquetFile, schema: S, empty: Table<S>) {
    this.#file = file;
    this.#schema = schema;
    this.#table = empty;
  }

  /** Closes the file with the cursor. FormatError for a table that lacks a column. */
  static async create<S extends Schema>(file: ParquetFile, schema: S): Promise<EntryCursor<S>> {
    file.missingColumns(schema);
    return new EntryCursor(file, schema, await file.read(schema, 0, 0));
  }

  /** The rows of an entry (and a chain) if they come next, else none. */
  async take(entry: number, chain?: string): Promise<EntryRows<S>> {
    await this.#load();
    const { columns, rows } = this.#table;
    const keys = columns as unknown as Keys;
    const chains = chain === undefined ? undefined : keys.chain;
    const first = this.#row;
    while (this.#row < rows && keys.entry[this.#row] === entry && chains?.[this.#row] === chain) this.#row++;
    return { columns, first, end: this.#row };
  }

  /** Passes over the rows of entries before this one; entries ascend. */
  async skipTo(entry: number): Promise<void> {
    for (;;) {
      await this.#load();
      const { columns, rows } = this.#table;
      const keys = columns as unknown as Keys;
      while (this.#row < rows && keys.entry[this.#row] < entry) this.#row++;
      if (this.#row < rows || this.#group === this.#file.groups.length) return;
    }
  }

  /** The rows of the next entry (and chain); undefined at the end. */
  async next(): Promise<EntryRows<S> | undefined> {
    await this.#load();
    const { columns, rows } = this.#table;
    if (this.#row === rows) return undefined;
    const keys = columns as unknown as Keys;
    return this.take(keys.entry[this.#row], keys.chain?.[this.#row]);
  }

  /** FormatError when rows are left: of entries that were not asked for, so that the tables do not belong together. */
  async checkEnd(): Promise<void> {
    await this.#load();
    if (this.#row === this.#table.rows) return;
    const { entry } = this.#table.columns as unknown as Keys;
    throw new FormatError(`${this.#file.source.name}: entry ${entry[this.#row]} is out of place or not of this run`);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #load(): Promise<void> {
    while (this.#row === this.#table.rows && this.#group < this.#file.groups.length) {
      this.#table = await this.#file.read(this.#schema, this.#group, this.#group + 1);
      this.#group++;
      this.#row = 0;
    }
  }
}
