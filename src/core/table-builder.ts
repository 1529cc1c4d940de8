import { recordOf } from "./record.js";
import { copyRows } from "./rows.js";
import { type Column, type Schema, type Table, createTable } from "./table.js";

type Columns<S extends Schema> = Table<S>["columns"];

/**
 * Grows a table row by row: `const at = builder.add(n)` makes room for n rows and returns the first of them; then
 * write `builder.columns.name[at]`. Take `columns` after `add`: growing replaces them.
 */
export class TableBuilder<S extends Schema> {
  readonly schema: S;
  #rows = 0;
  #capacity: number;
  #columns: Columns<S>;

  constructor(schema: S, capacity = 256) {
    this.schema = schema;
    this.#capacity = capacity;
    this.#columns = this.#allocate(capacity);
  }

  get rows(): number {
    return this.#rows;
  }

  get columns(): Columns<S> {
    return this.#columns;
  }

  add(n: number): number {
    const at = this.#rows;
    this.#rows += n;
    if (this.#rows > this.#capacity) {
      this.#capacity = Math.max(2 * this.#capacity, this.#rows);
      const grown = this.#allocate(this.#capacity);
      for (const name of Object.keys(this.schema)) copyRows(this.#columns[name], 0, at, grown[name], 0);
      this.#columns = grown;
    }
    return at;
  }

  /** Adds the rows [start, end) of a table that has these columns; all without. */
  append(table: Pick<Table<S>, "rows" | "columns">, start = 0, end = table.rows): void {
    const at = this.add(end - start);
    for (const name of Object.keys(this.schema)) copyRows(table.columns[name], start, end, this.#columns[name], at);
  }

  /** The rows so far, as a table of its own; the builder is empty afterwards. */
  finish(): Table<S> {
    const rows = this.#rows;
    const columns = recordOf(Object.keys(this.schema), (name): Column => this.#columns[name].slice(0, rows));
    this.clear();
    return { rows, columns: columns as Columns<S> };
  }

  /** Forgets the rows and keeps their memory. */
  clear(): void {
    this.#rows = 0;
  }

  #allocate(rows: number): Columns<S> {
    return createTable(this.schema, rows).columns;
  }
}
