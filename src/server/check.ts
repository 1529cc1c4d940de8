/** Opens what the server would show, as a page does, to see that it can be shown. */
import { join } from "node:path";
import { RUN_TABLES } from "../events/index.js";
import { openRunFolder, openSampleFolder } from "../io/node/index.js";
import { readCatalog } from "./catalog.js";

export interface DataCheck {
  readonly samples: number;
  readonly runs: number;
  /** One line each: the error of a sample or run that cannot be opened. */
  readonly problems: readonly string[];
}

/** Reads the first events of every sample, and the tables of every run that a page reads, below the data folders. */
export async function checkData(roots: readonly string[]): Promise<DataCheck> {
  const counts = { samples: 0, runs: 0 };
  const problems: string[] = [];
  const attempt = async (path: string, read: (path: string) => Promise<unknown>): Promise<void> => {
    try {
      await read(path);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      problems.push(message.includes(path) ? message : `${path}: ${message}`);
    }
  };
  for (const root of roots) {
    const { samples, runs } = await readCatalog([root]);
    for (const { id } of samples) await attempt(join(root, id), readSample);
    for (const { id } of runs) await attempt(join(root, id), readRun);
    counts.samples += samples.length;
    counts.runs += runs.length;
  }
  return { ...counts, problems };
}

async function readSample(path: string): Promise<void> {
  const sample = await openSampleFolder(path);
  try {
    if (sample.batches > 0) await sample.readBatch(0);
  } finally {
    await sample.close();
  }
}

async function readRun(path: string): Promise<void> {
  const run = await openRunFolder(path);
  for (const table of ["seeds", "clusters", "assignment", "events"] as const) {
    await run.readTable(table, RUN_TABLES[table]);
  }
}
