/** The validation records of both chains side by side. */
import { type Column, createTable, type Table } from "../core/index.js";
import { BOTH_RECORDS, RECORDS } from "../events/index.js";

/**
 * One row per entry and particle, in the order of their first record: what all chains share, then the values of the
 * default chain (`_def`) and of `cs` (`_cs`). `events` holds the records of both chains, in any order. Where a chain has
 * no record its reals are NaN, its integers -1.
 */
export function mergeRecords(events: Table<typeof RECORDS>): Table<typeof BOTH_RECORDS> {
  const from = events.columns;
  const keyOf = (row: number): string => `${from.entry[row]} ${from.particle[row]}`;
  const rowOf = new Map<string, number>();
  for (let row = 0; row < events.rows; row++) {
    const key = keyOf(row);
    if (!rowOf.has(key)) rowOf.set(key, rowOf.size);
  }
  const merged = createTable(BOTH_RECORDS, rowOf.size);
  const columns: Record<string, Column> = merged.columns;
  for (const name of Object.keys(BOTH_RECORDS)) {
    const column = columns[name];
    if (!name.endsWith("_def") && !name.endsWith("_cs")) continue;
    if (column instanceof Float64Array) column.fill(Number.NaN);
    else if (column instanceof Int32Array) column.fill(-1);
  }
  const source: Readonly<Record<string, Column>> = from;
  for (let row = 0; row < events.rows; row++) {
    const at = rowOf.get(keyOf(row)) ?? 0;
    const suffix = from.chain[row] === "cs" ? "cs" : "def";
    for (const name of Object.keys(RECORDS)) {
      const to = columns[name] ?? columns[`${name}_${suffix}`];
      if (to !== undefined) to[at] = source[name][row];
    }
  }
  return merged;
}
