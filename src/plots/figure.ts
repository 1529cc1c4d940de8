/** Plots that are drawn: what reports and documents are made of. */
import { plotCsv } from "./csv.js";
import { type Plot } from "./plot.js";
import { plotSvg } from "./svg.js";

export interface Figure {
  readonly id: string;
  readonly title: string;
  /** Drawn and written down when they are asked for. */
  readonly svg: string;
  readonly csv: string;
  readonly plot: Plot;
  /** Number of the position of the page's slider at which it is shown; absent: always. */
  readonly step?: number;
}

/** A slider of a page: its positions, the first one is shown first. */
export interface Slider {
  readonly label: string;
  readonly steps: readonly string[];
}

/** Text in rows and columns. */
export interface PageTable {
  readonly caption: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Shown when its caption is opened. */
  readonly folded?: true;
}

/** Figures under one heading of a report. Ids of pages and figures are unique in a report. */
export interface Page {
  readonly id: string;
  readonly title: string;
  readonly intro: string;
  readonly figures: readonly Figure[];
  readonly slider?: Slider;
  /** Before the figures. */
  readonly tables?: readonly PageTable[];
}

/** The page with other ids: several pages of a kind can stand in one report. */
export function prefixedPage(page: Page, prefix: string, title: string): Page {
  return {
    ...page,
    id: `${prefix}${page.id}`,
    title: `${page.title}: ${title}`,
    figures: page.figures.map((figure) => ({
      ...figure,
      id: `${prefix}${figure.id}`,
      // Clip paths have the id of the plot in front.
      svg: figure.svg
        .replaceAll(`id="${figure.id}`, `id="${prefix}${figure.id}`)
        .replaceAll(`url(#${figure.id}`, `url(#${prefix}${figure.id}`),
    })),
  };
}

/** `step`: see `Figure`. */
export function createFigure(plot: Plot, step?: number): Figure {
  const { id, title } = plot;
  let svg: string | undefined;
  let csv: string | undefined;
  return {
    id,
    title,
    plot,
    ...(step === undefined ? {} : { step }),
    get svg() {
      return (svg ??= plotSvg(plot));
    },
    get csv() {
      return (csv ??= plotCsv(plot));
    },
  };
}
