/** The validation records of both chains side by side. */
import { type Column, createTable, type Table } from "../core/index.js";
import { BOTH_RECORDS, RECORDS } from "../events/index.js";

/**
 * One row per entry and particle, in the order of their first record: what all chains share, then the values of the
 * default chain (`_def`) and of `cs` (`_cs`). `tables` are the records of both chains, in any order: one table that holds
 * them all, or one a chain. Where a chain has no record its reals are NaN, its integers -1.
 */
export function mergeRecords(...tables: readonly Table<typeof RECORDS>[]): Table<typeof BOTH_RECORDS> {
  const rowOf = new Map<string, number>();
  const targets = tables.map(({ rows, columns: { entry, particle } }) =>
    Int32Array.from({ length: rows }, (_, row) => {
      const key = `${entry[row]} ${particle[row]}`;
      const at = rowOf.get(key) ?? rowOf.size;
      rowOf.set(key, at);
      return at;
    }),
  );
  const merged = createTable(BOTH_RECORDS, rowOf.size);
  const columns: Record<string, Column> = merged.columns;
  for (const [name, column] of Object.entries<Column>(columns)) {
    if (!/_(def|cs)$/.test(name)) continue;
    if (column instanceof Float64Array) column.fill(Number.NaN);
    else if (column instanceof Int32Array) column.fill(-1);
  }
  for (const [k, table] of tables.entries()) {
    const from: Readonly<Record<string, Column>> = table.columns;
    for (const [row, at] of targets[k].entries()) {
      const suffix = table.columns.chain[row] === "cs" ? "cs" : "def";
      for (const name of Object.keys(RECORDS)) {
        const to = columns[name] ?? columns[`${name}_${suffix}`];
        if (to !== undefined) to[at] = from[name][row];
      }
    }
  }
  return merged;
}
