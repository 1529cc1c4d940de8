/** A stream of tables to a Parquet file whose row groups hold whole entries. */
import {
  type Column,
  type Schema,
  type Table,
  TableBuilder,
  checkTable,
  copyRows,
  sliceTable,
} from "../../core/index.js";
import type { ParquetCodecs } from "./codecs.js";
import { type ParquetState, ParquetWriter } from "./write.js";
import { type ColumnPage, encodeColumnPage, type EncodedGroup, joinPages } from "./row-group.js";
import type { ByteSink } from "../source.js";
import { joinPieces, type PieceColumn, splitPiece, type TablePiece, toPiece, toTable } from "./table-piece.js";

/** Rows of a row group: about 5 events of 16k TCs, 2 MB. */
export const GROUP_ROWS = 80_000;

/** How far a table is written: with it another writer goes on. */
export interface TableState<S extends Schema> {
  readonly parquet: ParquetState;
  readonly pending: Table<S>;
  readonly lastEntry: number;
}

/** Rows that become a row group. */
export interface GroupRequest {
  readonly schema: Schema;
  readonly pieces: readonly TablePiece[];
  /** Of its file. */
  readonly isFirst: boolean;
}

/** Other threads that encode row groups. */
export interface GroupEncoder {
  /** Takes the memory of the pieces. */
  encode(request: GroupRequest): Promise<EncodedGroup>;
  /** How many row groups of a table may be under way: more wait in `append`, so that memory stays bounded. */
  readonly ahead: number;
}

/** How tables are written. */
export interface WriteOptions {
  /** Where row groups are encoded [in this thread]. With it the arrays of what is appended are moved there. */
  readonly encoder?: GroupEncoder | undefined;
}

/**
 * A row group ends before the first row of a new entry once it has GROUP_ROWS rows; in tables without an `entry`
 * column after exactly GROUP_ROWS. So the bytes depend on the rows alone, not on how they were cut into tables.
 */
export class TableWriter<S extends Schema> {
  readonly #schema: S;
  readonly #parquet: ParquetWriter<S>;
  readonly #codecs: ParquetCodecs;
  readonly #groupRows: number;
  readonly #rows: PendingRows<S>;
  #lastEntry = -1;

  constructor(
    schema: S,
    sink: ByteSink,
    codecs: ParquetCodecs,
    options: WriteOptions & { readonly groupRows?: number; readonly state?: TableState<S> | undefined } = {},
  ) {
    const { groupRows = GROUP_ROWS, state, encoder } = options;
    this.#schema = schema;
    this.#codecs = codecs;
    this.#parquet = new ParquetWriter(schema, sink, codecs, state?.parquet);
    this.#groupRows = groupRows;
    this.#rows =
      encoder === undefined
        ? new CopiedRows(schema, this.#parquet)
        : new MovedRows(
            schema,
            this.#parquet,
            encoder,
            state?.parquet.offset === undefined || state.parquet.offset === 0,
          );
    if (state === undefined) return;
    this.#rows.add(state.pending, 0, state.pending.rows);
    this.#lastEntry = state.lastEntry;
  }

  /** Valid until the next rows come. */
  async state(): Promise<TableState<S>> {
    await this.#rows.settle();
    return { parquet: this.#parquet.state, pending: this.#rows.table(), lastEntry: this.#lastEntry };
  }

  /** Rows in order; the rows of an entry may be spread over several tables. The caller may reuse its arrays, unless there is an encoder. */
  async append(table: Table<S> | TablePiece): Promise<void> {
    checkTable(this.#schema, table as Table<S>, "appended table");
    const ends: number[] = [];
    let pending = this.#rows.rows;
    for (let end = this.#groupEnd(table, 0, pending); end < table.rows; end = this.#groupEnd(table, end, pending)) {
      ends.push(end);
      pending = 0;
    }
    if (table.rows > 0 && "entry" in this.#schema)
      this.#lastEntry = (table.columns["entry"] as Int32Array)[table.rows - 1];
    let start = 0;
    for (const end of ends) {
      this.#rows.add(table, start, end);
      await this.#rows.write();
      start = end;
    }
    this.#rows.add(table, start, table.rows);
  }

  /**
   * A row group of its own after what was appended: whole entries, as they stand in another file (`ParquetFile.storedPages`), but for
   * the columns of `replaced`.
   */
  async appendPages(
    rows: number,
    pages: readonly ColumnPage[],
    replaced: Readonly<Record<string, Column>>,
  ): Promise<void> {
    const codecs = this.#codecs;
    const columns = Object.entries(this.#schema).map(([name, { type }], i) =>
      Object.hasOwn(replaced, name) ? encodeColumnPage(name, type, replaced[name], rows, codecs) : pages[i],
    );
    await this.#rows.write();
    await this.#rows.take((isFirst) => joinPages(rows, columns, isFirst, codecs));
  }

  /** Writes what is left and the footer, and closes the sink. */
  async finish(): Promise<{ rows: number; hash: string }> {
    await this.flush();
    await this.#rows.settle();
    return this.#parquet.finish();
  }

  /** Begins to write what is left: nothing may be appended after it. */
  async flush(): Promise<void> {
    await this.#rows.write();
  }

  /** First row from `start` on that begins a new row group, `table.rows` when none does. `pending`: rows before it in the group. */
  #groupEnd(table: Table<S> | TablePiece, start: number, pending: number): number {
    let row = start + Math.max(0, this.#groupRows - pending);
    if ("entry" in this.#schema) {
      const entry = table.columns["entry"] as Int32Array;
      while (row < table.rows && entry[row] === (row === 0 ? this.#lastEntry : entry[row - 1])) row++;
    }
    return Math.min(row, table.rows);
  }
}

/** The rows of the next row group. */
interface PendingRows<S extends Schema> {
  readonly rows: number;
  add(table: Table<S> | TablePiece, start: number, end: number): void;
  table(): Table<S>;
  /** As a row group; there are none then. */
  write(): Promise<void>;
  /** A row group that is encoded, after all others. */
  take(group: (isFirst: boolean) => EncodedGroup): Promise<void>;
  /** Waits until all is written. */
  settle(): Promise<void>;
}

/** Copies of the rows, encoded in this thread. */
class CopiedRows<S extends Schema> implements PendingRows<S> {
  readonly #parquet: ParquetWriter<S>;
  readonly #rows: TableBuilder<S>;

  constructor(schema: S, parquet: ParquetWriter<S>) {
    this.#parquet = parquet;
    this.#rows = new TableBuilder(schema);
  }

  get rows(): number {
    return this.#rows.rows;
  }

  add(table: Table<S> | TablePiece, start: number, end: number): void {
    if (start === end) return;
    const at = this.#rows.add(end - start);
    const { columns } = this.#rows;
    for (const name of Object.keys(this.#rows.schema)) copyPiece(table.columns[name], start, end, columns[name], at);
  }

  /** In the memory of the next rows. */
  table(): Table<S> {
    const { rows, columns } = this.#rows;
    return sliceTable({ rows, columns }, 0, rows);
  }

  async write(): Promise<void> {
    await this.#parquet.writeGroup(this.table());
    this.#rows.clear();
  }

  async take(group: (isFirst: boolean) => EncodedGroup): Promise<void> {
    await this.#parquet.appendGroup(group(this.#parquet.state.offset === 0));
  }

  async settle(): Promise<void> {}
}

/** The rows themselves, encoded by others and written in order. */
class MovedRows<S extends Schema> implements PendingRows<S> {
  readonly #schema: S;
  readonly #parquet: ParquetWriter<S>;
  readonly #encoder: GroupEncoder;
  #isFirst: boolean;
  #pieces: TablePiece[] = [];
  rows = 0;
  /** Each ends when its row group, and all before it, are written. */
  readonly #under: Promise<void>[] = [];
  /** The rest of a table whose first rows ended a row group. */
  #rest: { readonly of: object; readonly from: number; readonly piece: TablePiece } | undefined;

  constructor(schema: S, parquet: ParquetWriter<S>, encoder: GroupEncoder, isFirst: boolean) {
    this.#schema = schema;
    this.#parquet = parquet;
    this.#encoder = encoder;
    this.#isFirst = isFirst;
  }

  add(table: Table<S> | TablePiece, start: number, end: number): void {
    if (start === end) return;
    // What is behind `end` stays until it is asked for: the memory before it is on its way then.
    const whole = this.#rest?.of === table ? this.#rest : { from: 0, piece: toPiece(table, Object.keys(this.#schema)) };
    if (whole.from !== start) throw new Error("rows of a table come in order");
    const rows = end - start;
    const [piece, rest] = rows === whole.piece.rows ? [whole.piece] : splitPiece(whole.piece, rows);
    this.#rest = rest && { of: table, from: end, piece: rest };
    this.#pieces.push(piece);
    this.rows += rows;
  }

  table(): Table<S> {
    return toTable(joinPieces(this.#schema, this.#pieces));
  }

  async write(): Promise<void> {
    if (this.rows === 0) return;
    const request = { schema: this.#schema, pieces: this.#pieces, isFirst: this.#isFirst };
    this.#pieces = [];
    this.rows = 0;
    await this.#append(this.#encoder.encode(request));
  }

  async take(group: (isFirst: boolean) => EncodedGroup): Promise<void> {
    await this.#append(group(this.#isFirst));
  }

  /** Writes it after those before it. */
  async #append(encoded: EncodedGroup | Promise<EncodedGroup>): Promise<void> {
    this.#isFirst = false;
    const before = this.#under.at(-1);
    const written = Promise.all([encoded, before]).then(([group]) => this.#parquet.appendGroup(group));
    // Told to whoever waits for it.
    written.catch(() => undefined);
    this.#under.push(written);
    while (this.#under.length > this.#encoder.ahead) await this.#under.shift();
  }

  async settle(): Promise<void> {
    for (const written of this.#under.splice(0)) await written;
  }
}

function copyPiece(from: PieceColumn | string[], start: number, end: number, to: Column, at: number): void {
  if ("codes" in from) for (let i = start; i < end; i++) to[at + i - start] = from.values[from.codes[i]];
  else copyRows(from, start, end, to, at);
}
