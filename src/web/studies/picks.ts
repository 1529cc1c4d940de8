/** What can be clicked in plots. */
import { binOf } from "../../core/index.js";

/** What the bins on the x axis of a plot are of. */
export interface PlotBins {
  readonly of: "gen_pt" | "gen_en" | "gen_eta" | "response";
  readonly edges: readonly number[];
}

export interface Pickable {
  /** Of a plot whose x axis is in bins of particles. */
  readonly bins?: PlotBins;
  /** Of a plot whose marks are points of the study: the first lines of their words, and their numbers. */
  readonly points?: readonly { readonly words: string; readonly point: number }[];
}

/** What was clicked, as links have it: at a place on the x axis of a panel, or at a mark with these words; "" for nothing. */
export function pickAt({ bins, points = [] }: Pickable, x: number, words: string): string {
  const found = points.find((each) => words === each.words || words.startsWith(`${each.words}\n`));
  if (found !== undefined) return `point:${found.point}`;
  return bins === undefined ? "" : binAt(bins, x);
}

/** The bin that a place on the axis is in, or "" outside of all. */
function binAt({ of, edges }: PlotBins, x: number): string {
  const bin = binOf(edges, x);
  return bin < 0 ? "" : `${of}:${edges[bin]}:${edges[bin + 1]}`;
}
