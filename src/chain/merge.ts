/** The validation records of several chains side by side. */
import { type Column, createTable, type Schema, type Table } from "../core/index.js";
import { CHAIN_COLUMNS, RECORDS } from "../events/index.js";
import { chainOf, CHAINS } from "./chains.js";

const { entry, event, chain: _, ...others } = RECORDS;
const SHARED = Object.fromEntries(Object.entries(others).filter(([name]) => !Object.hasOwn(CHAIN_COLUMNS, name)));

type MergedSchema = Pick<typeof RECORDS, "entry" | "event"> & Schema;

/** What all chains share, then the columns of each chain, which end in its suffix. */
const MERGED_RECORDS: MergedSchema = {
  entry,
  event,
  ...SHARED,
  ...Object.fromEntries(
    CHAINS.flatMap(({ suffix }) =>
      Object.entries(CHAIN_COLUMNS).map(([name, spec]) => [`${name}_${suffix}`, spec] as const),
    ),
  ),
};

/**
 * One row per entry and particle, in the order of their first record, what all chains share, then the columns
 * of each chain under their names and `_def` or `_cs`. `tables` are
 * the records of the chains, in any order: one table that holds them all, or one a chain. Where a chain has no record its
 * reals are NaN, its integers -1.
 */
export function mergeRecords(...tables: readonly Table<typeof RECORDS>[]): Table<MergedSchema> {
  const rowOf = new Map<string, number>();
  const targets = tables.map(({ rows, columns }) =>
    Int32Array.from({ length: rows }, (_, row) => {
      const key = `${columns.entry[row]} ${columns.particle[row]}`;
      const at = rowOf.get(key) ?? rowOf.size;
      rowOf.set(key, at);
      return at;
    }),
  );
  const merged = createTable(MERGED_RECORDS, rowOf.size);
  const columns: Readonly<Record<string, Column>> = merged.columns;
  for (const [name, column] of Object.entries(columns)) {
    if (Object.hasOwn(SHARED, name)) continue;
    if (column instanceof Float64Array) column.fill(Number.NaN);
    else if (column instanceof Int32Array) column.fill(-1);
  }
  for (const [k, table] of tables.entries()) {
    const from: Readonly<Record<string, Column>> = table.columns;
    for (const [row, at] of targets[k].entries()) {
      const { suffix } = chainOf(table.columns.chain[row]);
      for (const name of Object.keys(RECORDS)) {
        const to = columns[name] ?? columns[`${name}_${suffix}`];
        if (to !== undefined) to[at] = from[name][row];
      }
    }
  }
  return merged;
}
