/** Which generated particles are looked at: one selection for the event table, the statistics and the pages of studies. */
import { type Field, field, type StateOf, words } from "./link.js";

/** lo <= value < hi. */
export interface Range {
  readonly lo: number;
  readonly hi: number;
}

const EVERYTHING: Range = { lo: -Infinity, hi: Infinity };

/** "1.7:2.8", ":50" or ""; what is no number, or no range, is no limit. */
export function parseRange(text: string): Range {
  const [low = "", high = ""] = text.split(":");
  const lo = low === "" || !Number.isFinite(Number(low)) ? -Infinity : Number(low);
  const hi = high === "" || !Number.isFinite(Number(high)) ? Infinity : Number(high);
  return lo < hi ? { lo, hi } : EVERYTHING;
}

export function formatRange({ lo, hi }: Range): string {
  if (lo === -Infinity && hi === Infinity) return "";
  return `${lo === -Infinity ? "" : lo}:${hi === Infinity ? "" : hi}`;
}

/** A value that is no number is in a range without limits only. */
export const isIn = (value: number, { lo, hi }: Range): boolean =>
  (lo === -Infinity || value >= lo) && (hi === Infinity || value < hi);

/** A range: "lo:hi", either may be empty. */
function range(): Field<string> {
  return field("", (text) => {
    const isRange = text === "" || /^[\d.e+-]{0,20}:[\d.e+-]{0,20}$/.test(text);
    const [lo, hi] = text.split(":").map((end, i) => (end === "" ? [-Infinity, Infinity][i] : Number(end)));
    return isRange && (text === "" || lo < hi) ? formatRange(parseRange(text)) : undefined;
  });
}

/** Keys of links. */
export const SELECTION_LINK = {
  /** Of generated particles: |eta|, and pT [GeV]. */
  eta: range(),
  pt: range(),
  /** All particles, those that are split, or those that are not. */
  only: words("all", "split", "whole"),
  /** What responses are of; "usual": pT on the pages of studies, energy in the event display. */
  measure: words("usual", "pt", "energy"),
};

export type Selection = StateOf<typeof SELECTION_LINK>;

export const NO_SELECTION: Selection = { eta: "", pt: "", only: "all", measure: "usual" };

export const selectionOf = ({ eta, pt, only, measure }: Selection): Selection => ({ eta, pt, only, measure });

/** Whether a particle is one of those that are looked at: generated eta and pT [GeV], and whether it is split. */
export function createCut({
  eta,
  pt,
  only,
}: Pick<Selection, "eta" | "pt" | "only">): (particle: {
  readonly eta: number;
  readonly pt: number;
  readonly isSplit: boolean;
}) => boolean {
  const [etas, pts] = [parseRange(eta), parseRange(pt)];
  return (particle) =>
    isIn(Math.abs(particle.eta), etas) &&
    isIn(particle.pt, pts) &&
    (only === "all" || particle.isSplit === (only === "split"));
}

const inWords = ({ lo, hi }: Range, name: string, unit = ""): string[] => {
  if (lo === -Infinity && hi === Infinity) return [];
  if (lo === -Infinity) return [`${name} < ${hi}${unit}`];
  return [hi === Infinity ? `${name} ≥ ${lo}${unit}` : `${lo} ≤ ${name} < ${hi}${unit}`];
};

/** "generated pT ≥ 20 GeV, |η| < 2, split particles only"; "" for all. */
export function selectionInWords({ eta, pt, only }: Pick<Selection, "eta" | "pt" | "only">): string {
  const kinds = { all: [], split: ["split particles only"], whole: ["particles that are not split"] }[only];
  return [...inWords(parseRange(pt), "generated pT", " GeV"), ...inWords(parseRange(eta), "|η|"), ...kinds].join(", ");
}
