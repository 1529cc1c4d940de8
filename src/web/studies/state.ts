/** What the pages of studies show: their part of a link, keys with "studies." before them. */
import {
  type Field,
  initialOf,
  pattern,
  readFields,
  type StateOf,
  text,
  whole,
  words,
  writeFields,
} from "../model/link.js";

/** A range: "lo:hi" with lo <= value < hi, either may be empty. */
function range(): Field<string> {
  const { initial, read, write } = pattern(/^[\d.e+-]{0,20}:[\d.e+-]{0,20}$/);
  return { initial, write, read: (input, key) => formatRange(parseRange(read(input, key))) };
}

const radius: Field<number | null> = {
  initial: null,
  read(input, key) {
    const value = Number(input.get(key) ?? Number.NaN);
    return value > 0 && value <= 10 ? value : null;
  },
  write: (out, key, value) => value !== null && out.set(key, String(value)),
};

const FIELDS = {
  /** "" for none, else the id of a study in the catalog. */
  study: text(),
  /** Id of a page; "": the first one that the study has. */
  page: pattern(/^[\w-]{1,80}$/),
  /** The one that is looked at; null: the best, or the middle one. Shown is the nearest that the study has. */
  radius,
  /** Of generated particles: |eta|, and pT [GeV]. */
  eta: range(),
  pt: range(),
  /** All particles, those that are split at the point, or those that are not. */
  only: words("all", "split", "whole"),
  measure: words("pt", "energy"),
  centre: words("median", "mean", "core"),
  /** Numbers of the samples that are not shown, and names of the versions, with commas. */
  hide: pattern(/^\d{1,3}(,\d{1,3})*$/),
  without: pattern(/^[a-z_]{1,20}(,[a-z_]{1,20})*$/),
  /** Position of the slider of a page that has one of its own. */
  at: whole(0, 0, 10_000),
  /** Bins of histograms. */
  bins: whole(100, 5, 1000),
  /** Figures of points against each other; "": the split fraction, and the resolution. */
  x: pattern(/^[a-z_]{1,40}$/),
  y: pattern(/^[a-z_]{1,40}$/),
  /** Whose spectra: of clusters or of generated particles. */
  what: words("reco", "gen"),
};

export interface StudyState extends StateOf<typeof FIELDS> {}

export const DEFAULT_STUDY: StudyState = initialOf(FIELDS);

const PREFIX = "studies.";

/** Reads its part of what links say of pages; what is not said, or said wrongly, is the default. */
export function decodeStudy(parts: Readonly<Record<string, string>>): StudyState {
  const own = new URLSearchParams();
  for (const [key, value] of Object.entries(parts))
    if (key.startsWith(PREFIX)) own.set(key.slice(PREFIX.length), value);
  return readFields(FIELDS, own);
}

/** The parts of a link with this state in place of the one that they told. */
export function encodeStudy(state: StudyState, parts: Readonly<Record<string, string>>): Record<string, string> {
  const out = new URLSearchParams();
  writeFields(FIELDS, state, out);
  return Object.fromEntries([
    ...Object.entries(parts).filter(([key]) => !key.startsWith(PREFIX)),
    ...[...out].map(([key, value]) => [PREFIX + key, value]),
  ]) as Record<string, string>;
}

export interface Range {
  readonly lo: number;
  readonly hi: number;
}

/** "1.7:2.8", ":50" or ""; what is no number, or no range, is no limit. */
export function parseRange(text: string): Range {
  const [low = "", high = ""] = text.split(":");
  const lo = low === "" || !Number.isFinite(Number(low)) ? -Infinity : Number(low);
  const hi = high === "" || !Number.isFinite(Number(high)) ? Infinity : Number(high);
  return lo < hi ? { lo, hi } : { lo: -Infinity, hi: Infinity };
}

export function formatRange({ lo, hi }: Range): string {
  if (lo === -Infinity && hi === Infinity) return "";
  return `${lo === -Infinity ? "" : lo}:${hi === Infinity ? "" : hi}`;
}

/** A list with commas without, or with, one more. */
export function toggled(list: string, item: string): string {
  const items = list.split(",").filter((each) => each !== "");
  return (items.includes(item) ? items.filter((each) => each !== item) : [...items, item]).join(",");
}
