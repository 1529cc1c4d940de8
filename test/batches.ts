/** Samples of several batches without the hundred thousand trigger cells that those take. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { SAMPLE_TABLES } from "../src/events/index.js";
import { createOutputFile, nodeCodecs, openSampleFolder, PARQUET_FILE } from "../src/io/node/index.js";
import { TableWriter } from "../src/io/parquet/table-write.js";

/** Writes the trigger cells of a sample anew, in row groups of about so many; the sample is read by its tables then. */
export async function cutIntoBatches(sample: string, groupRows: number): Promise<void> {
  const whole = await openSampleFolder(sample);
  const { tc } = await whole.readBatch(0);
  await whole.close();
  const output = await createOutputFile(join(sample, "tc.parquet"), PARQUET_FILE, { force: true, part: true });
  const writer = new TableWriter(SAMPLE_TABLES.tc, await output.open(), await nodeCodecs(), { groupRows });
  await writer.append(tc);
  await writer.finish();
  await output.commit();
  rmSync(join(sample, "sample.json"));
}
