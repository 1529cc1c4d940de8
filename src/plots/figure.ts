/** Plots that are drawn: what reports and documents are made of. */
import { plotCsv } from "./csv.js";
import { type Plot } from "./plot.js";
import { plotSvg } from "./svg.js";

export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly svg: string;
  readonly csv: string;
}

/** Figures under one heading of a report. Ids of pages and figures are unique in a report. */
export interface Page {
  readonly id: string;
  readonly title: string;
  readonly intro: string;
  readonly figures: readonly Figure[];
}

export function createFigure(plot: Plot): Figure {
  return { id: plot.id, title: plot.title, svg: plotSvg(plot), csv: plotCsv(plot) };
}
