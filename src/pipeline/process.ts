/** One batch of a sample through the chains: the same code in this thread and in workers. */
import {
  type ChainCounts,
  createChain,
  parseSelection,
  type SummaryRecords,
  summaryRecords,
  tcColumns,
} from "../chain/index.js";
import { InputError, type Table } from "../core/index.js";
import { RUN_TABLES } from "../events/index.js";
import { type TablePiece } from "../io/index.js";
import { openSampleFolder } from "../io/node/index.js";
import { chooseEntries, type ChosenEntries } from "./entries.js";
import { type Job } from "./job.js";
import { mergeEntries } from "./merge-entries.js";
import { type RunTask } from "./run-task.js";
import { moveCells } from "./tc-map.js";

/** What to do with a sample: plain data, so that it can be sent to a worker. */
export interface ChainTask extends RunTask {
  /** Folder of the sample. */
  readonly sample: string;
  readonly saveSteps: boolean;
}

export interface BatchQuestion {
  readonly batch: number;
  /** What the sample was when it was opened first: a thread that finds another one stops. */
  readonly identity: string;
}

export interface BatchAnswer {
  /** Of each chain. */
  readonly chains: readonly { readonly counts: ChainCounts; readonly events: SummaryRecords }[];
  /** By the names of their files, with the rows of all chains. */
  readonly tables: Readonly<Record<string, Table | TablePiece>>;
}

/** What is known of a task when its sample is open. */
export type TaskInfo = Omit<ChosenEntries, "read" | "close">;

export type BatchProcessor = TaskInfo & Job<BatchQuestion, BatchAnswer>;

export async function createProcessor(task: ChainTask): Promise<BatchProcessor> {
  const selection = parseSelection(task.selection);
  const { saveSteps, skipBadEvents } = task;
  const options = { selection, saveSteps, skipBadEvents };
  const chains = task.chains.map((name) => createChain(name, task.params, options));
  const columns = tcColumns(task.chains);
  const sample = await openSampleFolder(task.sample);
  if (task.tcMap !== undefined) await moveCells(sample, task.tcMap);
  const chosen = await chooseEntries(sample, task);
  return {
    ...chosen,
    async process({ batch, identity }) {
      if (chosen.identity !== identity) {
        throw new InputError(`${task.sample} was replaced while it was read: run the command again`);
      }
      const part = await chosen.read(batch, columns);
      const results = chains.map((run) => run(part));
      const tables: Record<string, Table> = {};
      for (const name of new Set(results.flatMap(tableNames))) {
        const parts = results.flatMap((result) => result[name] ?? []) as Table[];
        tables[name] = mergeEntries(RUN_TABLES[name], parts as never);
      }
      return { chains: results.map(({ counts, events }) => ({ counts, events: summaryRecords(events) })), tables };
    },
    close: () => chosen.close(),
  };
}

type RunTable = keyof typeof RUN_TABLES;

function tableNames(result: object): RunTable[] {
  return Object.keys(result).filter((name): name is RunTable => Object.hasOwn(RUN_TABLES, name));
}
