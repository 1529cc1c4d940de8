/** The split particles of a run, with the numbers that tell why. */
import { CHAIN_NAMES, findSplits, parseRunInfo, tcColumns } from "../chain/index.js";
import { rowsWhere, type Schema, type Table, TableBuilder, takeRows } from "../core/index.js";
import { CLUSTERS, RECORDS, SEEDS, SPLITS } from "../events/index.js";
import { type Run } from "../io/index.js";
import { openRunFolder } from "../io/node/index.js";
import { openSampleOf } from "./sample-of-run.js";

const { entry, event, chain, particle, ...why } = SPLITS;
const { genpt, geneta, genphi } = RECORDS;

/** Splits beside the particle. */
export const SPLIT_LIST = { entry, event, chain, particle, genpt, geneta, genphi, ...why } as const satisfies Schema;

export interface SplitList {
  /** Particles of each chain, split or not. */
  readonly particles: Readonly<Record<string, number>>;
  readonly splits: Table<typeof SPLIT_LIST>;
}

/**
 * Reads the tables of a run and those events of its sample (in `folder`, where it is no longer where run.json says) that
 * hold a split particle. In memory is what the run says about these.
 */
export async function listSplits(path: string, folder?: string): Promise<SplitList> {
  const run = await openRunFolder(path);
  const { summary = [], ...task } = parseRunInfo(run);
  const records = await selectRows(run, "events", RECORDS, ({ is_split }, row) => is_split[row] === 1);
  const keyOf = ({ entry, chain }: EntryColumns, row: number): string => `${entry[row]} ${chain[row]}`;
  const keys = new Set(Array.from({ length: records.rows }, (_, row) => keyOf(records.columns, row)));
  const isSplit = (columns: EntryColumns, row: number): boolean => keys.has(keyOf(columns, row));
  const clusters = await selectRows(run, "clusters", CLUSTERS, isSplit);
  const seeds = await selectRows(run, "seeds", SEEDS, isSplit);
  const out = new TableBuilder(SPLIT_LIST);
  // Of whichever chain: findSplits is ready for both.
  const columns = tcColumns(CHAIN_NAMES);
  const sample = await openSampleOf(run, task, folder);
  try {
    for (let b = 0; b < sample.batches; b++) {
      const [first, end] = sample.batchFirst.slice(b, b + 2);
      const inBatch = ({ entry }: EntryColumns, row: number): boolean => entry[row] >= first && entry[row] < end;
      const events = pickRows(records, inBatch);
      if (events.rows === 0) continue;
      const batch = await sample.readBatch(b, { columns });
      const tables = {
        events,
        clusters: pickRows(clusters, inBatch),
        seeds: pickRows(seeds, inBatch),
      };
      // One row for each of the records, in their order.
      const splits = findSplits(batch, tables, task.params);
      out.append({ rows: events.rows, columns: { ...events.columns, ...splits.columns } });
    }
  } finally {
    await sample.close();
  }
  const particles = Object.fromEntries(summary.map(({ chain, counts }) => [chain, counts.particles]));
  return { particles, splits: out.finish() };
}

interface EntryColumns {
  readonly entry: Int32Array;
  readonly chain: readonly string[];
}

/** Those rows of a table that pass, read row group by row group. */
async function selectRows<S extends Schema>(
  run: Run,
  name: string,
  schema: S,
  keeps: (columns: Table<S>["columns"], row: number) => boolean,
): Promise<Table<S>> {
  const out = new TableBuilder(schema);
  const file = await run.openTable(name);
  try {
    file.missingColumns(schema);
    for (let group = 0; group < file.groups.length; group++) {
      out.append(pickRows(await file.read(schema, group, group + 1), keeps));
    }
  } finally {
    await file.close();
  }
  return out.finish();
}

function pickRows<S extends Schema>(
  table: Table<S>,
  keeps: (columns: Table<S>["columns"], row: number) => boolean,
): Table<S> {
  return takeRows(
    table,
    rowsWhere(table.rows, (row) => keeps(table.columns, row)),
  );
}
