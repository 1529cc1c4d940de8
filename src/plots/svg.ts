/** A plot as SVG: title, notes, panels in rows, legend. */
import { InputError } from "../core/index.js";
import { colored, styleOf } from "./colors.js";
import { createLegend, freePlace } from "./legend.js";
import { drawPanel, type PanelFrame } from "./panel.js";
import { type Plot } from "./plot.js";
import { escapeXml, textElement, wrapText } from "./text.js";

const MARGIN = 8;
const TITLE = 13;
const NOTE = 11;

/** A drawing, and where its panels have their data. */
export interface DrawnPlot {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly panels: readonly PanelFrame[];
}

export const plotSvg = (plot: Plot): string => drawPlot(plot).svg;

/**
 * Draws a plot. The SVG stands alone (colours are attributes, with a dark variant) and can be put into a page, which may set
 * `--plot-paper`, `--plot-ink`, ... Throws an InputError for an id that cannot be one.
 */
export function drawPlot(plot: Plot): DrawnPlot {
  if (!/^[A-Za-z][\w-]*$/.test(plot.id))
    throw new InputError(`plot id "${plot.id}": expected letters, digits and hyphens`);
  const { panels, columns = 1, width = 480, height = 300 } = plot;
  const inner = width * columns + MARGIN * (columns - 1);
  const legend = createLegend(panels);
  const top = MARGIN + headHeight(plot, inner);

  let y = top;
  const drawn = [];
  for (let first = 0; first < panels.length; first += columns) {
    const row = panels.slice(first, first + columns).map((panel, i) =>
      drawPanel(panel, `clip-${plot.id}-${first + i}`, {
        left: MARGIN + i * (width + MARGIN),
        top: y,
        width,
        height,
      }),
    );
    drawn.push(...row);
    y = Math.max(...row.map(({ bottom }) => bottom)) + MARGIN;
  }
  const inside = legend && firstDefined(drawn, ({ frame, occupied }) => freePlace(legend, frame, occupied));
  const corner = inside ?? { left: MARGIN + inner + MARGIN, top: drawn[0].frame.top };
  const isBeside = legend !== undefined && inside === undefined;
  const totalWidth = Math.ceil(2 * MARGIN + inner + (isBeside ? MARGIN + legend.width : 0));
  const totalHeight = Math.ceil(Math.max(y, isBeside ? corner.top + legend.height + MARGIN : 0));

  const body = [
    `<path ${colored("paper")} fill="currentColor" d="M0 0H${totalWidth}V${totalHeight}H0z"/>`,
    `<g ${colored("ink")} fill="currentColor">${head(plot, inner)}</g>`,
    ...drawn.map(({ svg }) => svg),
    legend ? legend.draw(corner.left, corner.top) : "",
  ].join("\n");
  const label = escapeXml([plot.title, ...plot.notes].join(". "));
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${totalWidth}" height="${totalHeight}" ` +
    `viewBox="0 0 ${totalWidth} ${totalHeight}" role="img" aria-label="${label}" ` +
    `font-family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif">\n${styleOf(body)}\n${body}\n</svg>\n`;
  return { svg, width: totalWidth, height: totalHeight, panels: drawn.map(({ place }) => place) };
}

function firstDefined<T, U>(list: readonly T[], find: (item: T) => U | undefined): U | undefined {
  for (const item of list) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function noteLines(plot: Plot, width: number): string[] {
  return plot.notes.flatMap((note) => wrapText(note, NOTE, width));
}

function titleLines(plot: Plot, width: number): string[] {
  return wrapText(plot.title, TITLE * 1.12, width);
}

function headHeight(plot: Plot, width: number): number {
  return titleLines(plot, width).length * 17 + noteLines(plot, width).length * 14 + 6;
}

function head(plot: Plot, width: number): string {
  const titles = titleLines(plot, width);
  const start = MARGIN + titles.length * 17;
  return [
    ...titles.map((text, i) => textElement(MARGIN, MARGIN + 12 + 17 * i, text, { size: TITLE, bold: true })),
    ...noteLines(plot, width).map((text, i) => textElement(MARGIN, start + 10 + 14 * i, text, { size: NOTE })),
  ].join("");
}
