/** The tables of several chains as one in which the rows of an entry stand together. */
import { type Schema, type Table, TableBuilder } from "../core/index.js";

/** Tables of one schema, each in ascending order of `entry`: in the result an entry has the rows of the first, then of the next. */
export function mergeEntries<S extends Schema>(schema: S, tables: readonly Table<S>[]): Table<S> {
  if (tables.length === 1) return tables[0];
  const builder = new TableBuilder(
    schema,
    Math.max(
      1,
      tables.reduce((sum, table) => sum + table.rows, 0),
    ),
  );
  const entries = tables.map(({ columns }) => columns["entry"] as unknown as Int32Array);
  const next = tables.map(() => 0);
  for (;;) {
    let entry = Infinity;
    for (const [k, at] of next.entries()) if (at < tables[k].rows) entry = Math.min(entry, entries[k][at]);
    if (entry === Infinity) return builder.finish();
    for (const [k, table] of tables.entries()) {
      const start = next[k];
      while (next[k] < table.rows && entries[k][next[k]] === entry) next[k]++;
      builder.append(table, start, next[k]);
    }
  }
}
