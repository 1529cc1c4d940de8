/** The clusters of a run on the server. */
import { type ChainName, type ChainTables, checkParams, parseRunInfo, SharedStages } from "../../chain/index.js";
import { firstRowOf, InputError, rowsWhere, type Schema, sliceTable, type Table, takeRows } from "../../core/index.js";
import { ASSIGNMENT, CLUSTERS, RECORDS, SEEDS } from "../../events/index.js";
import { openRun, type ParquetCodecs, type Run } from "../../io/index.js";
import { type Clusterer } from "./clusterer.js";
import { httpFolder } from "./http.js";

/** Throws an InputError when there is no such run or chain, or when it was made from another sample. */
export async function openStoredRun(
  id: string,
  url: string,
  chain: ChainName,
  sampleHash: string | undefined,
  codecs: ParquetCodecs,
): Promise<Clusterer> {
  const run = await openRun(httpFolder(id, url), codecs);
  const { sample, chains, params } = parseRunInfo(run);
  if (sample.hash !== sampleHash) {
    throw new InputError(`${id} is a run on another sample than the one that is open: open that one first`);
  }
  if (!chains.includes(chain)) {
    throw new InputError(`${id} has no clusters of the chain "${chain}", only of ${chains.join(", ")}`);
  }
  try {
    checkParams(params);
  } catch (cause) {
    throw new InputError(`${id}/run.json has parameters that cannot be used`, { cause });
  }
  const tables: ChainTables = {
    seeds: await readChain(run, "seeds", SEEDS, chain),
    clusters: await readChain(run, "clusters", CLUSTERS, chain),
    assignment: await readChain(run, "assignment", ASSIGNMENT, chain),
    events: await readChain(run, "events", RECORDS, chain),
  };
  // A particle in the acceptance has a record, whatever became of it.
  const covered = new Set([...tables.events.columns.entry, ...tables.seeds.columns.entry]);
  return {
    chain,
    params,
    stages: new SharedStages(),
    covers: (entry) => covered.has(entry),
    run({ entries }) {
      if (entries.rows === 0) return sliceAll(tables, () => [0, 0]);
      const [first, last] = [entries.columns.entry[0], entries.columns.entry[entries.rows - 1]];
      return sliceAll(tables, ({ columns }) => [firstRowOf(columns.entry, first), firstRowOf(columns.entry, last + 1)]);
    },
  };
}

/** The rows of one chain; entries ascend. */
async function readChain<S extends Schema>(run: Run, name: string, schema: S, chain: ChainName): Promise<Table<S>> {
  const table = await run.readTable(name, schema);
  const of = table.columns["chain"] as unknown as readonly string[];
  return takeRows(
    table,
    rowsWhere(table.rows, (row) => of[row] === chain),
  );
}

type WithEntry = { readonly columns: { readonly entry: Int32Array } };

function sliceAll(tables: ChainTables, range: (table: WithEntry) => readonly [number, number]): ChainTables {
  const { seeds, clusters, assignment, events } = tables;
  return {
    seeds: sliceTable(seeds, ...range(seeds)),
    clusters: sliceTable(clusters, ...range(clusters)),
    assignment: sliceTable(assignment, ...range(assignment)),
    events: sliceTable(events, ...range(events)),
  };
}
