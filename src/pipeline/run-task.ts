/** What run.json says about a run: how it came about, for those who go on with it. */
import {
  type ChainName,
  type ChainParams,
  parseRunInfo,
  type RunInfo,
  type StoredRange,
  type StoredSample,
  type StoredTcMap,
  type StoredWeights,
} from "../chain/index.js";
import { type Run } from "../io/index.js";
import { type EntryChoice, rangeWithin } from "./entries.js";

/** What is run on a sample. */
export interface RunTask extends EntryChoice {
  readonly chains: readonly ChainName[];
  readonly params: ChainParams;
  readonly selection: string;
  readonly skipBadEvents: boolean;
  /** Where trigger cells are moved to before anything else. */
  readonly tcMap?: StoredTcMap;
  /** Where the parameters of the calibration come from. */
  readonly weights?: StoredWeights;
}

/** A task and the sample that it was run on. */
export interface StoredTask extends RunTask {
  readonly sample: StoredSample;
}

/** The task as run.json tells it, on a sample of `allEntries`. */
export function taskInfo(task: StoredTask, allEntries: number, version: string): object {
  const { sample, chains, params, selection, skipBadEvents, events, tcMap, weights } = task;
  const range = rangeWithin(task.entries, allEntries);
  return {
    program: `bye-splits ${version}`,
    sample,
    chains,
    config: params,
    selection,
    skipBadEvents,
    ...(range === undefined ? {} : { entries: { ...range, of: allEntries } satisfies StoredRange }),
    ...(events === undefined ? {} : { events }),
    ...(tcMap === undefined ? {} : { tcMap }),
    ...(weights === undefined ? {} : { weights }),
  };
}

/** The task of a run. FormatError when run.json does not tell it. */
export function readTask(run: Run): StoredTask {
  return taskOf(parseRunInfo(run));
}

/** What is to be done again for the same run: not what came of it. */
export function taskOf(info: RunInfo): StoredTask {
  const { sample, chains, params, selection, skipBadEvents, entries, events, tcMap, weights } = info;
  return {
    sample,
    chains,
    params,
    selection,
    skipBadEvents,
    ...(entries === undefined ? {} : { entries }),
    ...(events === undefined ? {} : { events }),
    ...(tcMap === undefined ? {} : { tcMap }),
    ...(weights === undefined ? {} : { weights }),
  };
}
