/** The clusters of a run beside those of CMSSW in its sample, event by event. */
import { compareWithCmssw, tcColumns } from "../chain/index.js";
import { firstRowOf, type Schema, sliceTable, type Table, TableBuilder } from "../core/index.js";
import { CLUSTERS, CMSSW_DIFFERENCES, RECORDS } from "../events/index.js";
import { openRunFolder } from "../io/node/index.js";
import { readTask } from "./run-task.js";
import { openSampleOf } from "./sample-of-run.js";

/** One row a matched pair, and a cluster without a partner, of all entries with a record. `folder`: of the sample, where it has moved. */
export async function compareRunWithCmssw(path: string, folder?: string): Promise<Table<typeof CMSSW_DIFFERENCES>> {
  const run = await openRunFolder(path);
  const task = readTask(run);
  const [records, clusters] = [await run.readTable("events", RECORDS), await run.readTable("clusters", CLUSTERS)];
  const out = new TableBuilder(CMSSW_DIFFERENCES);
  const sample = await openSampleOf(run, task, folder);
  try {
    for (let b = 0; b < sample.batches; b++) {
      const [first, end] = sample.batchFirst.slice(b, b + 2);
      const inBatch = <S extends Schema>(table: Table<S>): Table<S> => {
        const entries = table.columns["entry"] as unknown as Int32Array;
        return sliceTable(table, firstRowOf(entries, first), firstRowOf(entries, end));
      };
      const events = inBatch(records);
      if (events.rows === 0) continue;
      const batch = await sample.readBatch(b, { columns: tcColumns([]) });
      out.append(compareWithCmssw(batch, events, inBatch(clusters), task.params.validation));
    }
  } finally {
    await sample.close();
  }
  return out.finish();
}
