/** Rows of tables: found, taken and added. */
import { recordOf } from "./record.js";
import { type Column, type Schema, type Table } from "./table.js";

interface Keys {
  readonly entry: Int32Array;
  readonly chain?: readonly string[];
}

/** The first row whose entry is at least `entry`; entries ascend. */
export function firstRowOf(entries: Int32Array, entry: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle] < entry) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rows [first, end) of an entry; entries ascend. */
export function spanOfEntry(entries: Int32Array, entry: number): readonly [first: number, end: number] {
  return [firstRowOf(entries, entry), firstRowOf(entries, entry + 1)];
}

/** The rows of an entry and, where the table has several, a chain; entries ascend. */
export function rowsOfEntry({ columns }: { readonly columns: Keys }, entry: number, chain: string): number[] {
  const [first, end] = spanOfEntry(columns.entry, entry);
  const rows: number[] = [];
  for (let row = first; row < end; row++) if (columns.chain?.[row] === chain) rows.push(row);
  return rows;
}

/** The numbers of the rows that pass. */
export function rowsWhere(rows: number, keeps: (row: number) => boolean): number[] {
  const out: number[] = [];
  for (let row = 0; row < rows; row++) if (keeps(row)) out.push(row);
  return out;
}

/** These rows of a table, in this order, as a table of its own; the table itself where they are all of it. */
export function takeRows<S extends Schema>(table: Table<S>, rows: readonly number[]): Table<S> {
  if (rows.length === table.rows && rows.every((row, k) => row === k)) return table;
  const columns = recordOf(Object.keys(table.columns), (name): Column => {
    const column: Column = table.columns[name];
    if (Array.isArray(column)) return rows.map((row) => column[row]);
    const to = new (column.constructor as new (length: number) => Exclude<Column, string[]>)(rows.length);
    for (const [k, row] of rows.entries()) to[k] = column[row];
    return to;
  });
  return { rows: rows.length, columns: columns as Table<S>["columns"] };
}

/** Copies the rows [start, end) of a column to rows of another one of the same type, from `at` on. */
export function copyRows(from: Column, start: number, end: number, to: Column, at: number): void {
  if (Array.isArray(from)) for (let row = start; row < end; row++) to[at + row - start] = from[row];
  else (to as Float64Array).set((from as Float64Array).subarray(start, end), at);
}
