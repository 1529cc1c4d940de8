/** Plots that are drawn: what reports and documents are made of. */
import { plotCsv } from "./csv.js";
import { type Plot } from "./plot.js";
import { plotSvg } from "./svg.js";

export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly svg: string;
  readonly csv: string;
  /** Number of the position of the page's slider at which it is shown; absent: always. */
  readonly step?: number;
}

/** A slider of a page: its positions, the first one is shown first. */
export interface Slider {
  readonly label: string;
  readonly steps: readonly string[];
}

/** Figures under one heading of a report. Ids of pages and figures are unique in a report. */
export interface Page {
  readonly id: string;
  readonly title: string;
  readonly intro: string;
  readonly figures: readonly Figure[];
  readonly slider?: Slider;
}

/** `step`: see `Figure`. */
export function createFigure(plot: Plot, step?: number): Figure {
  const figure = { id: plot.id, title: plot.title, svg: plotSvg(plot), csv: plotCsv(plot) };
  return step === undefined ? figure : { ...figure, step };
}
