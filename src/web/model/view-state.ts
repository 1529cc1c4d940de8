/** What a link says: everything that the page shows, but for data that were dropped on it. */
import { CHAIN_NAMES } from "../../chain/index.js";
import { COARSE_LINK } from "../display/coarse/link.js";
import { DETECTOR_LINK } from "../display/detector/link.js";
import { HISTOGRAM_LINK, LAYER_LINK } from "../display/plane/link.js";
import { type Target } from "./entries.js";
import {
  type Field,
  flag,
  initialOf,
  pattern,
  readFields,
  real,
  type StateOf,
  text,
  whole,
  words,
  writeFields,
} from "./link.js";
import { type Misread, misreadIn, unknownIn } from "./misread.js";
import { PARAMETERS, type Settings } from "./parameters.js";
import { PICK_WORDS } from "./picked.js";
import { SELECTION_LINK } from "./selection.js";

/** The views in the order of their tabs: each with what links say of it alone. */
const VIEWS = { layer: LAYER_LINK, detector: DETECTOR_LINK, histogram: HISTOGRAM_LINK, coarse: COARSE_LINK };

export type ViewName = keyof typeof VIEWS;

const VIEW_NAMES = Object.keys(VIEWS) as readonly ViewName[];

/** What the address can be of: the event display, and pages that are loaded when they are asked for. */
export const PAGES = ["event", "studies"] as const;

/** Changed parameters, one key each with `prefix` before it. */
function settings(prefix: string): Field<Settings> {
  return {
    initial: {},
    read(input) {
      const values = PARAMETERS.map(({ key }) => [key, input.get(prefix + key)] as const);
      return Object.fromEntries(values.filter((pair): pair is [string, string] => pair[1] !== null));
    },
    write(out, _, value) {
      for (const { key } of PARAMETERS) if (value[key] !== undefined) out.set(prefix + key, value[key]);
    },
  };
}

/** The entry of a link is read by `decodeTarget`, against the sample. */
const entry: Field<number | null> = {
  initial: null,
  read: () => null,
  write: (out, key, value) => value !== null && out.set(key, String(value)),
};

const FIELDS = {
  page: words(...PAGES),
  /** "embedded", or the id of a sample in the catalog. */
  sample: text(undefined, "embedded"),
  /** Number in the sample, from 0; null: none is shown yet. */
  entry,
  view: words(...(VIEW_NAMES as [ViewName, ...ViewName[]])),
  ...VIEWS.layer,
  ...VIEWS.detector,
  ...VIEWS.histogram,
  ...VIEWS.coarse,
  /** TCs with more are drawn [MIP_T]. */
  mip: real(0.5, 0, 1e4),
  colour: words("cluster", "energy"),
  quantity: words("mipPt", "energy", "pt"),
  scale: words("log", "linear"),
  chain: words(CHAIN_NAMES[0], ...CHAIN_NAMES),
  settings: settings(""),
  /** What stands beside it: nothing, the other settings, or "run:ID", a stored run. */
  compare: pattern(/^(settings|run:.+)$/s),
  bChain: words(CHAIN_NAMES[0], ...CHAIN_NAMES),
  bSettings: settings("b."),
  /** Entries that the event table and the statistics read. */
  n: whole(1000, 1, 1e6),
  /** CMSSW's clusters are drawn. */
  cmssw: flag(),
  /** What is picked: "tc:5", "seed:0", "seedb:1" of B, "bin:77", "wafer:2080", "hex:524800" (data/coarse-ids.ts); empty: nothing. */
  pick: pattern(new RegExp(`^(${PICK_WORDS.join("|")}):\\d{1,7}$`)),
  /** Column that the event table is sorted by, with "-" before it downwards; empty: by entry. */
  sort: pattern(/^-?[a-z]{1,20}$/),
  /** Filters of the event table by name, with commas, and what is typed there. */
  filter: text(),
  find: text(),
  ...SELECTION_LINK,
  theme: words("auto", "light", "dark"),
  /** Step of the guided tour; 0: none. */
  tour: whole(0, 0, 5),
};

export interface ViewState extends StateOf<typeof FIELDS> {}

export const DEFAULT_VIEW: ViewState = initialOf(FIELDS);

const paramsOf = (hash: string): URLSearchParams => new URLSearchParams(hash.replace(/^#/, ""));

/** What links say of pages that are not loaded, word by word: keys are the page's name, a dot, and its own. */
export type PageParts = Readonly<Record<string, string>>;

/** The part of a link after "#": what differs from the defaults, and what other pages say. `target`: the entry, where none is shown yet. */
export function encodeView(view: ViewState, parts: PageParts = {}, target: Target | null = null): string {
  const out = new URLSearchParams();
  writeFields(FIELDS, view, out);
  if (target !== null) {
    out.set(target.by, target.text);
    if (target.by === "event" && target.endcap === -1) out.set("endcap", "-1");
  }
  for (const [key, value] of Object.entries(parts)) out.set(key, value);
  // Commas and colons may stand in a fragment: links stay legible.
  return out.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
}

/** The entry that a link names, by its number or, as people write and older links have it, by its event's; null for none. */
export function decodeTarget(hash: string): Target | null {
  const input = paramsOf(hash);
  const [number, event, endcap] = ["entry", "event", "endcap"].map((key) => input.get(key));
  if (number !== null) return { by: "entry", text: number };
  return event === null ? null : { by: "event", text: event, endcap: endcap === "-1" ? -1 : 1 };
}

function viewOf(hash: string): URLSearchParams {
  const input = paramsOf(hash);
  // Earlier versions had a selection on the pages of studies only.
  for (const key of Object.keys(SELECTION_LINK)) {
    const old = input.get(`studies.${key}`);
    if (old !== null && !input.has(key)) input.set(key, old);
  }
  return input;
}

/** Reads a link but for its entry; what it does not say, or says wrongly, is the default. */
export function decodeView(hash: string): ViewState {
  return readFields(FIELDS, viewOf(hash));
}

const PLACES = ["entry", "event", "endcap"];
const SETTINGS = PARAMETERS.flatMap(({ key }) => [key, `b.${key}`]);
const NAMES = Object.keys(FIELDS).filter((key) => key !== "settings" && key !== "bSettings");
const KNOWN = new Set([...NAMES, ...SETTINGS, ...PLACES]);

/** What of a link was not understood, but for the parts of pages that are loaded later. */
export function misreadView(hash: string): Misread[] {
  const input = viewOf(hash);
  const isKnown = (key: string): boolean => KNOWN.has(key) || key.startsWith("studies.");
  return [...misreadIn(FIELDS, input), ...unknownIn(input, isKnown)];
}

/** Those of which the view still has the default: what was chosen since then is no longer what the address said. */
export function stillMisread(all: readonly Misread[], view: ViewState): Misread[] {
  return all.filter(
    ({ key }) =>
      !Object.hasOwn(view, key) || Object.is(view[key as keyof ViewState], DEFAULT_VIEW[key as keyof ViewState]),
  );
}

/** What a link says of pages other than the display. */
export function decodeParts(hash: string): PageParts {
  const isPart = (key: string): boolean =>
    PAGES.some((page) => key.startsWith(`${page}.`)) &&
    !Object.keys(SELECTION_LINK).some((own) => key === `studies.${own}`);
  return Object.fromEntries([...paramsOf(hash)].filter(([key]) => isPart(key)));
}
