/** run.json, read once: typed, and refused with one line where it is not what `run`, `step` or `merge` write. */
import {
  type Fields,
  isCount,
  isFlag,
  isListOf,
  isRecord,
  isText,
  isWith,
  type Json,
  lacking,
  readFields,
} from "../core/index.js";
import { type EventName } from "../events/index.js";
import { CHAIN_NAMES, type ChainName, isChainName } from "./chains.js";
import { type ChainCounts } from "./counts.js";
import { type ChainParams, DEFAULT_PARAMS, storedParams } from "./params.js";
import { type ChainSummary } from "./summary.js";

/** What a json says of the sample that it was made of. */
export interface StoredSample {
  /** Relative to the RUN folder, so that both can move together. Version 1: to where the run was started. */
  readonly path: string;
  /** Absolute, so that the run can move alone; undefined in version 1. */
  readonly absolute?: string;
  readonly hash: string;
}

/** Of a phi-bin study: as of the sample, the study relative to the RUN folder and absolute, and what tells its map. */
export interface StoredTcMap {
  readonly path: string;
  readonly absolute: string;
  readonly hash: string;
  readonly parameter: number;
}

/** Where the calibration of a run comes from, beside the parameters that came of it. */
export interface StoredWeights {
  /** Relative to the RUN folder, and absolute. */
  readonly path: string;
  readonly absolute: string;
  /** Of the table of weights. */
  readonly hash: string;
  readonly particle: string;
  readonly radius: number;
  readonly version: string;
}

/** Entries [from, to), of how many. */
export interface StoredRange {
  readonly from: number;
  readonly to: number;
  readonly of: number;
}

export interface RunInfo {
  /** "bye-splits 1.2.3". */
  readonly program: string;
  readonly sample: StoredSample;
  readonly chains: readonly ChainName[];
  /** Complete: what an earlier version did not know has its default. */
  readonly params: ChainParams;
  readonly selection: string;
  readonly skipBadEvents: boolean;
  /** Undefined: all entries of the sample. */
  readonly entries?: StoredRange;
  readonly events?: readonly EventName[];
  readonly tcMap?: StoredTcMap;
  readonly weights?: StoredWeights;
  /** After a step that is not the last one. */
  readonly counts?: ChainCounts;
  /** One for each chain, once all steps are done. */
  readonly summary?: readonly ChainSummary[];
  readonly timings?: { readonly seconds: number; readonly workers?: number };
}

type Stored = Omit<RunInfo, "params"> & { readonly config: object };

const isChain = (value: unknown): boolean => isText(value) && isChainName(value);

/** What a json must say of a sample. */
export const SAMPLE_FIELD = ["a record with path and hash", isWith(isText, "path", "hash"), true] as const;
export const CHAINS_FIELD = [`a list of ${CHAIN_NAMES.join(", ")}`, isListOf(isChain), true] as const;
export const CONFIG_FIELD = [
  "sections of parameters",
  (value: unknown) => isRecord(value) && Object.values(value).every(isRecord),
  true,
] as const;

const FIELDS: Fields<Stored> = {
  program: ["the name of a program", isText, true],
  sample: SAMPLE_FIELD,
  chains: CHAINS_FIELD,
  config: CONFIG_FIELD,
  selection: ["a text", isText, true],
  skipBadEvents: ["true or false", isFlag, true],
  entries: ["a record with from, to and of", isWith(isCount, "from", "to", "of"), false],
  events: ["a list of events", isListOf(isText), false],
  tcMap: ["a record with path and hash", isWith(isText, "path", "hash"), false],
  weights: ["a record with path and hash", isWith(isText, "path", "hash"), false],
  counts: ["numbers by name", isRecord, false],
  summary: ["a list with a chain and its counts each", isListOf(isWith(isRecord, "counts")), false],
  timings: ["a record", isRecord, false],
};

/** FormatError naming the first thing in run.json that is missing or is something else than it should be. */
export function parseRunInfo({ name, info }: { readonly name: string; readonly info: Json }): RunInfo {
  const [file, what] = [`${name}/run.json`, "how the run was made"];
  const { config, ...rest } = readFields(file, what, info, FIELDS);
  return { ...rest, params: readParams(file, what, config) };
}

/** The parameters in a json, complete. FormatError without a section. */
export function readParams(file: string, what: string, config: object): ChainParams {
  const section = Object.keys(DEFAULT_PARAMS).find((key) => !Object.hasOwn(config, key));
  if (section !== undefined) throw lacking(file, what, `config.${section}`);
  return storedParams(config);
}
