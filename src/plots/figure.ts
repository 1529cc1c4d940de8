/** A plot that is drawn: what reports and documents are made of. */
import { plotCsv } from "./csv.js";
import { type Plot } from "./plot.js";
import { plotSvg } from "./svg.js";

export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly svg: string;
  readonly csv: string;
}

export function createFigure(plot: Plot): Figure {
  return { id: plot.id, title: plot.title, svg: plotSvg(plot), csv: plotCsv(plot) };
}
