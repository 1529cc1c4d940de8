/** run.json, read once: typed, and refused with one line where it is not what `run`, `step` or `merge` write. */
import {
  CHAIN_NAMES,
  type ChainCounts,
  type ChainName,
  type ChainParams,
  type ChainSummary,
  DEFAULT_PARAMS,
  isChainName,
  storedParams,
} from "../chain/index.js";
import { FormatError, quote } from "../core/index.js";
import { type Run } from "../io/index.js";
import { type EntryChoice, type EntryRange } from "./entries.js";
import { type StoredSample } from "./sample-of-run.js";
import { type StoredWeights } from "./stored-weights.js";
import { type StoredTcMap } from "./tc-map.js";

/** What run.json says of a range: of how many entries it is one. */
export interface StoredRange extends EntryRange {
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
  readonly events?: EntryChoice["events"];
  readonly tcMap?: StoredTcMap;
  readonly weights?: StoredWeights;
  /** After a step that is not the last one. */
  readonly counts?: ChainCounts;
  /** One for each chain, once all steps are done. */
  readonly summary?: readonly ChainSummary[];
  /** Beside the tables. */
  readonly files?: readonly string[];
  readonly timings?: { readonly seconds: number; readonly workers?: number };
}

type Stored = Omit<RunInfo, "params"> & { readonly config: object };
type Json = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === "string";
const isList = (of: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(of);
const isCount = (value: unknown): boolean => typeof value === "number" && Number.isInteger(value) && value >= 0;
const has = (test: (value: unknown) => boolean, ...names: string[]) => {
  return (value: unknown): boolean => isRecord(value) && names.every((name) => test(value[name]));
};
const isChain = (value: unknown): boolean => typeof value === "string" && isChainName(value);

/** What each must be, in words and as a test; whether each run has it. */
const FIELDS: { readonly [K in keyof Required<Stored>]: readonly [string, (value: unknown) => boolean, boolean] } = {
  program: ["the name of a program", isText, true],
  sample: ["a record with path and hash", has(isText, "path", "hash"), true],
  chains: [`a list of ${CHAIN_NAMES.join(", ")}`, isList(isChain), true],
  config: ["sections of parameters", (value) => isRecord(value) && Object.values(value).every(isRecord), true],
  selection: ["a text", isText, true],
  skipBadEvents: ["true or false", (value) => typeof value === "boolean", true],
  entries: ["a record with from, to and of", has(isCount, "from", "to", "of"), false],
  events: ["a list of events", isList(isText), false],
  tcMap: ["a record with path and hash", has(isText, "path", "hash"), false],
  weights: ["a record with path and hash", has(isText, "path", "hash"), false],
  counts: ["numbers by name", isRecord, false],
  summary: ["a list with a chain and its counts each", isList(has(isRecord, "counts")), false],
  files: ["a list of names", isList(isText), false],
  timings: ["a record", isRecord, false],
};

/** FormatError naming the first thing in run.json that is missing or is something else than it should be. */
export function parseRunInfo({ name, info }: Run): RunInfo {
  for (const [key, [expected, test, isNeeded]] of Object.entries(FIELDS)) {
    const value = info[key];
    if (value === undefined && !isNeeded) continue;
    if (value === undefined) throw lacking(name, key);
    if (!test(value)) throw new FormatError(`${name}/run.json: "${key}" is ${quote(value)}, expected ${expected}`);
  }
  const { config, ...rest } = info as unknown as Stored;
  const section = Object.keys(DEFAULT_PARAMS).find((key) => !Object.hasOwn(config, key));
  if (section !== undefined) throw lacking(name, `config.${section}`);
  const known = Object.keys(FIELDS).flatMap((key) =>
    Object.hasOwn(rest, key) ? [[key, rest[key as keyof typeof rest]]] : [],
  );
  return { ...(Object.fromEntries(known) as typeof rest), params: storedParams(config) };
}

function lacking(name: string, key: string): FormatError {
  return new FormatError(`${name}/run.json does not say how the run was made: no "${key}"`);
}
