/** Validation records for tests. */
import { createTable, type Table } from "../core/index.js";
import { RECORDS } from "../events/index.js";
import { type RecordColumn } from "./lanes.js";

export type RecordRow = { readonly chain?: string } & { readonly [K in RecordColumn]?: number };

/** One row each; entries count up, what is not given is 0, the chain is `default`. */
export function recordsOf(rows: readonly RecordRow[]): Table<typeof RECORDS> {
  const table = createTable(RECORDS, rows.length);
  const columns = table.columns as unknown as Record<string, { [row: number]: number | string }>;
  rows.forEach((row, i) => {
    columns["entry"][i] = i;
    columns["chain"][i] = "default";
    for (const [name, value] of Object.entries(row)) columns[name][i] = value;
  });
  return table;
}
