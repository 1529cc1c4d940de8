/** study.json, read once: typed, and refused with one line where it is not what `study` writes. */
import { type ChainName, type ChainParams, CHAINS_FIELD, CONFIG_FIELD, type StoredSample } from "../chain/index.js";
import {
  type Fields,
  isCount,
  isFlag,
  isListOf,
  isRecord,
  isText,
  isWith,
  type Json,
  readFields,
} from "../core/index.js";
import { type EventName, type ParticleName } from "../events/index.js";

/** A sample of a study; in tables its number in the list. */
export interface StudySample extends StoredSample {
  /** As people call it. */
  readonly name: string;
  readonly entries: number;
  /** Generated particles in its entries. */
  readonly gen: number;
  readonly hasTruth: boolean;
  /** As sample.json says; absent where it does not. */
  readonly particles?: ParticleName;
  readonly pileup?: number;
  readonly geometry?: string;
}

/** What one task computes. */
export interface StudyPart {
  /** For people: "radius 0.01, photons". */
  readonly label: string;
  /** Number of its point; -1 where a part is none. */
  readonly point: number;
  /** Number of its sample; -1 where it needs none, or all. */
  readonly sample: number;
}

/** Where results of the reference are from, and what they do not say. */
export interface ImportedStudy {
  /** Its name. */
  readonly file: string;
  readonly absolute: string;
  readonly size: number;
  /** For people: what differs from a study that was computed here. */
  readonly notes: readonly string[];
}

export interface StudyInfo {
  readonly study: string;
  readonly program: string;
  readonly samples: readonly StudySample[];
  readonly chains: readonly ChainName[];
  /** As it was begun with: what that version did not know is not there. */
  readonly params: ChainParams;
  readonly selection: string;
  readonly skipBadEvents: boolean;
  /** The study's own. */
  readonly options: Json;
  readonly points: readonly Json[];
  readonly parts: readonly StudyPart[];
  /** Tells studies apart. */
  readonly key: string;
  readonly entries?: { readonly from: number; readonly to: number };
  readonly events?: readonly EventName[];
  /** Of a study that was not computed here: it has no parts. */
  readonly imported?: ImportedStudy;
  /** What its shared tables say in words, and what came of it once it is combined. */
  readonly shared?: Json;
  readonly result?: Json;
  /** Numbers of the parts that it was combined of. */
  readonly combined?: "all" | readonly number[];
}

type Stored = Omit<StudyInfo, "params"> & { readonly config: ChainParams };

const isSample = (value: unknown): boolean =>
  isWith(isText, "name", "path", "hash")(value) &&
  isWith(isCount, "entries", "gen")(value) &&
  isWith(isFlag, "hasTruth")(value);

const FIELDS: Fields<Stored> = {
  study: ["the name of a study", isText, true],
  program: ["the name of a program", isText, true],
  samples: ["a list of samples with name, path, hash, entries, gen and hasTruth", isListOf(isSample), true],
  chains: CHAINS_FIELD,
  config: CONFIG_FIELD,
  selection: ["a text", isText, true],
  skipBadEvents: ["true or false", isFlag, true],
  options: ["values by name", isRecord, true],
  points: ["a list of records", isListOf(isRecord), true],
  parts: ["a list of parts with label, point and sample", isListOf(isWith(Number.isInteger, "point", "sample")), true],
  key: ["a text", isText, true],
  entries: ["a record with from and to", isWith(isCount, "from", "to"), false],
  events: ["a list of events", isListOf(isText), false],
  imported: [
    "a record with file and notes",
    (value) => isWith(isText, "file")(value) && isWith(isListOf(isText), "notes")(value),
    false,
  ],
  shared: ["a record", isRecord, false],
  result: ["a record", isRecord, false],
  combined: ["all, or numbers of parts", (value) => value === "all" || isListOf(isCount)(value), false],
};

/** FormatError naming the first thing in study.json that is missing or is something else than it should be. */
export function parseStudyInfo({ name, info }: { readonly name: string; readonly info: Json }): StudyInfo {
  const { config, ...rest } = readFields(`${name}/study.json`, "how the study was begun", info, FIELDS);
  return { ...rest, params: config };
}
