/** What a link says: everything that the page shows, but for data that were dropped on it. */
import { CHAIN_NAMES, type ChainName } from "../../chain/index.js";
import { type Target } from "./entries.js";
import { PARAMETERS, type Settings } from "./parameters.js";
import { parseCamera } from "../ui/plane-camera.js";

export interface ViewState {
  /** "embedded", or the id of a sample in the catalog. */
  readonly sample: string;
  /** Number in the sample, from 0; null: none is shown yet. */
  readonly entry: number | null;
  readonly view: "layer" | "detector" | "histogram" | "coarse";
  /** 0: all layers. */
  readonly layer: number;
  /** First and last layer of the detector view. */
  readonly from: number;
  readonly to: number;
  readonly projection: "perspective" | "orthographic";
  /** TCs with more are drawn [MIP_T]. */
  readonly mip: number;
  readonly colour: "cluster" | "energy";
  readonly quantity: "mipPt" | "energy" | "pt";
  readonly scale: "log" | "linear";
  readonly step: "filled" | "smoothed" | "seeds";
  readonly map: "flat" | "polar";
  readonly chain: ChainName;
  readonly settings: Settings;
  /** What stands beside it: nothing, the other settings, or "run:ID", a stored run. */
  readonly compare: string;
  readonly bChain: ChainName;
  readonly bSettings: Settings;
  /** Entries that the event table and the statistics read. */
  readonly n: number;
  /** CMSSW's clusters are drawn. */
  readonly cmssw: boolean;
  /** Centre and half width in units of the view, "x,y,w"; empty: fitted. */
  readonly camera: string;
  /** Of the detector view: azimuth, elevation [degrees], distance, target x, y, z [cm]; empty: fitted. */
  readonly orbit: string;
  /** Coarse seed whose region is shown, as its wafer "u,v"; empty: the most energetic one. */
  readonly region: string;
  /** Camera of the (U, V) map, around the middle of its region; empty: fitted. */
  readonly hexes: string;
  /** What is picked: "tc:5", "seed:0", "seedb:1" of B, "bin:77", "wafer:2080", "hex:524800" (data/coarse-ids.ts); empty: nothing. */
  readonly pick: string;
  /** Column that the event table is sorted by, with "-" before it downwards; empty: by entry. */
  readonly sort: string;
  /** Filters of the event table by name, with commas, and what is typed there. */
  readonly filter: string;
  readonly find: string;
  readonly theme: "auto" | "light" | "dark";
  /** Step of the guided tour; 0: none. */
  readonly tour: number;
}

export const DEFAULT_VIEW: ViewState = {
  sample: "embedded",
  entry: null,
  view: "layer",
  layer: 0,
  from: 1,
  to: 50,
  projection: "perspective",
  mip: 0.5,
  colour: "cluster",
  quantity: "mipPt",
  scale: "log",
  step: "seeds",
  map: "flat",
  chain: CHAIN_NAMES[0],
  settings: {},
  compare: "",
  bChain: CHAIN_NAMES[0],
  bSettings: {},
  n: 1000,
  cmssw: false,
  camera: "",
  orbit: "",
  region: "",
  hexes: "",
  pick: "",
  sort: "",
  filter: "",
  find: "",
  theme: "auto",
  tour: 0,
};

const WORDS: { readonly [K in keyof ViewState]?: readonly string[] } = {
  view: ["layer", "detector", "histogram", "coarse"],
  projection: ["perspective", "orthographic"],
  colour: ["cluster", "energy"],
  quantity: ["mipPt", "energy", "pt"],
  scale: ["log", "linear"],
  step: ["filled", "smoothed", "seeds"],
  map: ["flat", "polar"],
  chain: CHAIN_NAMES,
  bChain: CHAIN_NAMES,
  theme: ["auto", "light", "dark"],
};

/** The part of a link after "#": what differs from the defaults. */
export function encodeView(view: ViewState): string {
  const out = new URLSearchParams();
  for (const [key, value] of Object.entries(view)) {
    if (key === "settings" || key === "bSettings") {
      for (const { key: name } of PARAMETERS) {
        const text = view[key][name];
        if (text !== undefined) out.set(key === "settings" ? name : `b.${name}`, text);
      }
    } else if (value !== null && value !== DEFAULT_VIEW[key as keyof ViewState]) out.set(key, String(value));
  }
  // Commas and colons may stand in a fragment: links stay legible.
  return out.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
}

/** The entry that a link names, by its number or, as people write and older links have it, by its event's; null for none. */
export function decodeTarget(hash: string): Target | null {
  const input = new URLSearchParams(hash.replace(/^#/, ""));
  const [entry, event, endcap] = ["entry", "event", "endcap"].map((key) => input.get(key));
  if (entry !== null) return { by: "entry", text: entry };
  return event === null ? null : { by: "event", text: event, endcap: endcap === "-1" ? -1 : 1 };
}

/** Reads a link but for its entry; what it does not say, or says wrongly, is the default. */
export function decodeView(hash: string): ViewState {
  const input = new URLSearchParams(hash.replace(/^#/, ""));
  const view: Record<string, unknown> = { ...DEFAULT_VIEW };
  for (const [key, words] of Object.entries(WORDS)) {
    const value = input.get(key);
    if (value !== null && words.includes(value)) view[key] = value;
  }
  const whole = (key: string, least: number, most: number): number | undefined => {
    const text = input.get(key) ?? "";
    const value = Number(text);
    return text !== "" && Number.isInteger(value) && value >= least && value <= most ? value : undefined;
  };
  view["sample"] = input.get("sample") ?? DEFAULT_VIEW.sample;
  view["layer"] = whole("layer", 0, 50) ?? 0;
  view["from"] = whole("from", 1, 50) ?? DEFAULT_VIEW.from;
  view["to"] = whole("to", Number(view["from"]), 50) ?? DEFAULT_VIEW.to;
  const mip = Number(input.get("mip") ?? DEFAULT_VIEW.mip);
  view["mip"] = mip >= 0 && mip <= 1e4 ? mip : DEFAULT_VIEW.mip;
  view["camera"] = parseCamera(input.get("camera") ?? "") === undefined ? "" : input.get("camera");
  const orbit = (input.get("orbit") ?? "").split(",");
  view["orbit"] =
    orbit.length === 6 && orbit.every((part) => part !== "" && Number.isFinite(Number(part))) ? orbit.join(",") : "";
  view["region"] = /^-?\d{1,2},-?\d{1,2}$/.test(input.get("region") ?? "") ? input.get("region") : "";
  view["hexes"] = parseCamera(input.get("hexes") ?? "") === undefined ? "" : input.get("hexes");
  view["pick"] = /^(tc|seedb?|bin|wafer|hex):\d{1,7}$/.test(input.get("pick") ?? "") ? input.get("pick") : "";
  view["settings"] = readSettings(input, "");
  view["bSettings"] = readSettings(input, "b.");
  const compare = input.get("compare") ?? "";
  view["compare"] = compare === "settings" || /^run:./.test(compare) ? compare : "";
  view["sort"] = /^-?[a-z]{1,20}$/.test(input.get("sort") ?? "") ? input.get("sort") : "";
  view["filter"] = input.get("filter") ?? "";
  view["find"] = input.get("find") ?? "";
  view["n"] = whole("n", 1, 1e6) ?? DEFAULT_VIEW.n;
  view["tour"] = whole("tour", 0, 5) ?? 0;
  view["cmssw"] = input.get("cmssw") === "true";
  return view as unknown as ViewState;
}

function readSettings(input: URLSearchParams, prefix: string): Settings {
  const settings: Record<string, string> = {};
  for (const { key } of PARAMETERS) {
    const value = input.get(prefix + key);
    if (value !== null) settings[key] = value;
  }
  return settings;
}
