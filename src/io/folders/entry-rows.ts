/** Which rows of a table belong to which entry. */
import type { Column } from "../../core/index.js";
import type { EntriesTable } from "../../events/index.js";

/** The tables of a sample whose rows belong to an entry. */
export const CONTENTS = ["gen", "cl3d", "tc"] as const;

export type EntryContent = (typeof CONTENTS)[number];

/** `entry` and `event` of the rows of consecutive entries. */
export function keyColumns(entries: EntriesTable, content: EntryContent): Record<"entry" | "event", Column> {
  const counts = entries.columns[`${content}_rows`];
  const total = counts.reduce((sum, rows) => sum + rows, 0);
  const entry = new Int32Array(total);
  const event = new BigInt64Array(total);
  let at = 0;
  for (let i = 0; i < entries.rows; i++) {
    entry.fill(entries.columns.entry[i], at, at + counts[i]);
    event.fill(entries.columns.event[i], at, at + counts[i]);
    at += counts[i];
  }
  return { entry, event };
}

/**
 * Batches of whole entries, one to a row group: entry of the first of each, and the number of entries. A batch begins
 * with the first entry whose first TC lies in a later row group; entries without TCs stay with those before them.
 */
export function batchStarts(entries: EntriesTable, groups: readonly { first: number; rows: number }[]): number[] {
  const { tc_first: first, tc_rows: rows } = entries.columns;
  const starts = entries.rows > 0 ? [0] : [];
  let group = 0;
  let end = 0;
  let begun = false;
  for (let i = 0; i < entries.rows; i++) {
    if (rows[i] === 0 || first[i] < end) continue;
    while (first[i] >= end) {
      end = groups[group].first + groups[group].rows;
      group++;
    }
    if (begun) starts.push(i);
    begun = true;
  }
  return [...starts, entries.rows];
}
