/** What run.json says about a run: how it came about, for those who go on with it. */
import { type ChainName, type ChainParams, DEFAULT_PARAMS, storedParams } from "../chain/index.js";
import { FormatError } from "../core/index.js";
import { type Run } from "../io/index.js";
import { type EntryChoice, type EntryRange, rangeWithin } from "./entries.js";
import { type StoredWeights } from "./stored-weights.js";
import { type StoredSample } from "./sample-of-run.js";
import { type StoredTcMap } from "./tc-map.js";

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

type StoredInfo = Omit<StoredTask, "params"> & { config: ChainParams };

/** What run.json says of a range: of how many entries it is one. */
export interface StoredRange extends EntryRange {
  readonly of: number;
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
export function readTask({ name, info }: Run): StoredTask {
  const { sample, chains, config, selection, skipBadEvents, entries, events, tcMap, weights } =
    info as unknown as StoredInfo;
  const lacks = Object.entries({ sample, chains, config, selection, skipBadEvents }).find(
    ([, value]) => value === undefined,
  )?.[0];
  const section = Object.keys(DEFAULT_PARAMS).find((key) => !Object.hasOwn(config ?? {}, key));
  if (lacks !== undefined || section !== undefined) {
    throw new FormatError(`${name}/run.json does not say how the run was made: no "${lacks ?? `config.${section}`}"`);
  }
  return {
    sample,
    chains,
    params: storedParams(config),
    selection,
    skipBadEvents,
    ...(entries === undefined ? {} : { entries }),
    ...(events === undefined ? {} : { events }),
    ...(tcMap === undefined ? {} : { tcMap }),
    ...(weights === undefined ? {} : { weights }),
  };
}
