/** One batch of a sample through the chains: the same code in this thread and in workers. */
import { type ChainResult, createChain, parseSelection, tcColumns } from "../chain/index.js";
import { InputError, type Table } from "../core/index.js";
import { type RUN_TABLES } from "../events/index.js";
import { openSampleFolder } from "../io/node/index.js";
import { chooseEntries, type ChosenEntries } from "./entries.js";
import { type RunTask } from "./run-task.js";
import { moveCells } from "./tc-map.js";

/** What to do with a sample: plain data, so that it can be sent to a worker. */
export interface ChainTask extends RunTask {
  /** Folder of the sample. */
  readonly sample: string;
  /** What the sample was when it was opened first: a thread that finds another one stops. */
  readonly identity?: string;
  readonly saveSteps: boolean;
}

/** What is known of a task when its sample is open. */
export type TaskInfo = Pick<ChosenEntries, "batches" | "entries" | "allEntries" | "sampleHash" | "identity" | "notes">;

export interface BatchProcessor extends TaskInfo {
  /** One result a chain. */
  process(batch: number): Promise<ChainResult[]>;
  close(): Promise<void>;
}

export async function createProcessor(task: ChainTask): Promise<BatchProcessor> {
  const selection = parseSelection(task.selection);
  const { saveSteps, skipBadEvents } = task;
  const options = { selection, saveSteps, skipBadEvents };
  const chains = task.chains.map((name) => createChain(name, task.params, options));
  const columns = tcColumns(task.chains);
  const sample = await openSampleFolder(task.sample);
  if (task.identity !== undefined && sample.identity !== task.identity) {
    await sample.close();
    throw new InputError(`${task.sample} was replaced while it was read: run the command again`);
  }
  if (task.tcMap !== undefined) await moveCells(sample, task.tcMap);
  const chosen = await chooseEntries(sample, task);
  return {
    ...chosen,
    async process(batch) {
      const part = await chosen.read(batch, columns);
      return chains.map((run) => run(part));
    },
    close: () => chosen.close(),
  };
}

/** The tables of a result with their names in a RUN folder. */
export function tablesOf(result: ChainResult): [RunTable, Table][] {
  const { counts: _counts, ...tables } = result;
  return Object.entries(tables) as [RunTable, Table][];
}

export type RunTable = keyof typeof RUN_TABLES;
