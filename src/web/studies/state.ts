/** What the pages of studies show: their part of a link, keys with "studies." before them. */
import { parseRadii } from "../../studies/index.js";
import {
  type Field,
  field,
  initialOf,
  pattern,
  readFields,
  type StateOf,
  text,
  whole,
  words,
  writeFields,
} from "../model/link.js";
import { type Misread, misreadIn, unknownIn } from "../model/misread.js";
import { NO_SELECTION, type Selection } from "../model/selection.js";

const radius: Field<number | null> = field<number | null>(null, (text) => {
  const value = Number(text);
  return value > 0 && value <= 10 ? value : undefined;
});

function isRadii(text: string): boolean {
  try {
    return text === "" || (/^[\d.e+:,-]{1,400}$/.test(text) && parseRadii(text).length > 0);
  } catch {
    return false;
  }
}

const FIELDS = {
  /** "" for none, else the id of a study in the catalog, "dropped: NAME", or samples without a study (`liveStudy`). */
  study: text(),
  /** Of samples without a study: radii as on the command line; "": as the parameters say. */
  radii: text(isRadii),
  /** Id of a page; "": the first one that the study has. */
  page: pattern(/^[\w-]{1,80}$/),
  /** The one that is looked at; null: the best, or the middle one. Shown is the nearest that the study has. */
  radius,
  centre: words("median", "mean", "core"),
  /** Numbers of the samples that are not shown, and names of the versions, with commas. */
  hide: pattern(/^\d{1,3}(,\d{1,3})*$/),
  without: pattern(/^[a-z_]{1,20}(,[a-z_]{1,20})*$/),
  /** Position of the slider of a page that has one of its own. */
  at: whole(0, 0, 10_000),
  /** What was clicked: a bin, what it is of, from and to; or the number of a point of the study. */
  bin: pattern(/^((gen_pt|gen_en|gen_eta|response):[\d.e+-]{1,25}:[\d.e+-]{1,25}|point:\d{1,6})$/),
  /** Bins of histograms. */
  bins: whole(100, 5, 1000),
  /** Figures of points against each other; "": the split fraction, and the resolution. */
  x: pattern(/^[a-z_]{1,40}$/),
  y: pattern(/^[a-z_]{1,40}$/),
  /** Whose spectra: of clusters or of generated particles. */
  what: words("reco", "gen"),
};

/** With the selection, which other pages share; what is split is so at the point that is looked at. */
export interface StudyState extends StateOf<typeof FIELDS>, Omit<Selection, "measure"> {
  readonly measure: "pt" | "energy";
}

const measured = (selection: Selection): Pick<StudyState, keyof Selection> => ({
  ...selection,
  measure: selection.measure === "energy" ? "energy" : "pt",
});

export const DEFAULT_STUDY: StudyState = { ...initialOf(FIELDS), ...measured(NO_SELECTION) };

export const PREFIX = "studies.";

const LIVE = "live: ";

/** What `study` says for samples that are read in the page. */
export const liveStudy = (samples: readonly string[]): string => LIVE + samples.map(encodeURIComponent).join(",");

/** The samples of it; null for a study. */
export function liveSamples(study: string): string[] | null {
  if (!study.startsWith(LIVE)) return null;
  try {
    return study
      .slice(LIVE.length)
      .split(",")
      .filter((each) => each !== "")
      .map(decodeURIComponent);
  } catch {
    return [];
  }
}

function ownOf(parts: Readonly<Record<string, string>>): URLSearchParams {
  const own = new URLSearchParams();
  for (const [key, value] of Object.entries(parts))
    if (key.startsWith(PREFIX)) own.set(key.slice(PREFIX.length), value);
  return own;
}

/** Reads its part of what links say of pages; what is not said, or said wrongly, is the default. */
export function decodeStudy(parts: Readonly<Record<string, string>>, selection: Selection = NO_SELECTION): StudyState {
  return { ...readFields(FIELDS, ownOf(parts)), ...measured(selection) };
}

/** What of its part was not understood. */
export function misreadStudy(parts: Readonly<Record<string, string>>): Misread[] {
  const own = ownOf(parts);
  return [...misreadIn(FIELDS, own, PREFIX), ...unknownIn(own, (key) => Object.hasOwn(FIELDS, key), PREFIX)];
}

/** The parts of a link with this state, but for the selection, in place of the one that they told. */
export function encodeStudy(state: StudyState, parts: Readonly<Record<string, string>>): Record<string, string> {
  const out = new URLSearchParams();
  writeFields(FIELDS, state, out);
  return Object.fromEntries([
    ...Object.entries(parts).filter(([key]) => !key.startsWith(PREFIX)),
    ...[...out].map(([key, value]) => [PREFIX + key, value]),
  ]) as Record<string, string>;
}

/** A list with commas without, or with, one more. */
export function toggled(list: string, item: string): string {
  const items = list.split(",").filter((each) => each !== "");
  return (items.includes(item) ? items.filter((each) => each !== item) : [...items, item]).join(",");
}
