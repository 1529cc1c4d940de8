/** A stream of tables to a Parquet file whose row groups hold whole entries. */
import { type Column, type Schema, type Table, TableBuilder, checkTable, sliceTable } from "../core/index.js";
import type { ParquetCodecs } from "./parquet-codecs.js";
import { type ParquetState, ParquetWriter } from "./parquet-write.js";
import type { ByteSink } from "./source.js";

/** Rows of a row group: about 5 events of 16k TCs, 2 MB. */
export const GROUP_ROWS = 80_000;

/** How far a table is written: with it another writer goes on. */
export interface TableState<S extends Schema> {
  readonly parquet: ParquetState;
  readonly pending: Table<S>;
  readonly lastEntry: number;
}

/**
 * A row group ends before the first row of a new entry once it has GROUP_ROWS rows; in tables without an `entry`
 * column after exactly GROUP_ROWS. So the bytes depend on the rows alone, not on how they were cut into tables.
 */
export class TableWriter<S extends Schema> {
  readonly #schema: S;
  readonly #parquet: ParquetWriter<S>;
  readonly #groupRows: number;
  /** A copy of the rows of the next row group: the caller may reuse its arrays after `append`. */
  readonly #pending: TableBuilder<S>;
  #lastEntry = -1;

  constructor(
    schema: S,
    sink: ByteSink,
    codecs: ParquetCodecs,
    { groupRows = GROUP_ROWS, state }: { readonly groupRows?: number; readonly state?: TableState<S> | undefined } = {},
  ) {
    this.#schema = schema;
    this.#parquet = new ParquetWriter(schema, sink, codecs, state?.parquet);
    this.#groupRows = groupRows;
    this.#pending = new TableBuilder(schema);
    if (state === undefined) return;
    this.#keep(state.pending);
    this.#lastEntry = state.lastEntry;
  }

  /** Valid until the next rows come. */
  get state(): TableState<S> {
    return { parquet: this.#parquet.state, pending: this.#rows(), lastEntry: this.#lastEntry };
  }

  /** Rows in order; the rows of an entry may be spread over several tables. */
  async append(table: Table<S>): Promise<void> {
    checkTable(this.#schema, table, "appended table");
    for (let start = 0; start < table.rows;) {
      const end = this.#groupEnd(table, start);
      this.#keep(sliceTable(table, start, end));
      if (end < table.rows) await this.#write();
      start = end;
    }
  }

  /** Writes what is left and the footer, and closes the sink. */
  async finish(): Promise<{ rows: number; hash: string }> {
    await this.#write();
    return this.#parquet.finish();
  }

  async #write(): Promise<void> {
    await this.#parquet.writeGroup(this.#rows());
    this.#pending.clear();
  }

  /** The pending rows, in the memory of the next ones. */
  #rows(): Table<S> {
    const { rows, columns } = this.#pending;
    return sliceTable({ rows, columns }, 0, rows);
  }

  #keep(table: Table<S>): void {
    if (table.rows === 0) return;
    const at = this.#pending.add(table.rows);
    const { columns } = this.#pending;
    for (const name of Object.keys(this.#schema)) copyRows(table.columns[name], columns[name], at);
    if ("entry" in this.#schema) this.#lastEntry = (table.columns["entry"] as Int32Array)[table.rows - 1];
  }

  /** First row from `start` on that begins a new row group, `table.rows` when none does. */
  #groupEnd(table: Table<S>, start: number): number {
    let row = start + Math.max(0, this.#groupRows - this.#pending.rows);
    if ("entry" in this.#schema) {
      const entry = table.columns["entry"] as Int32Array;
      while (row < table.rows && entry[row] === (row === 0 ? this.#lastEntry : entry[row - 1])) row++;
    }
    return Math.min(row, table.rows);
  }
}

function copyRows(from: Column, to: Column, at: number): void {
  if (Array.isArray(from)) for (let i = 0; i < from.length; i++) to[at + i] = from[i];
  else (to as Float64Array).set(from as Float64Array, at);
}
