/** The legend: inside a frame where no data are, else to the right of the panels. */
import { colored } from "./colors.js";
import { markerSvg } from "./mark-points.js";
import { type Panel, type Series } from "./plot.js";
import { type Box, overlap, px, textElement, textWidth, wrapText } from "./text.js";

const SIZE = 11;
const LINE = 15;
const SWATCH = 24;
/** Of names, before they are broken. */
const WIDEST = 130;

interface Entry {
  readonly series: Series;
  readonly lines: readonly string[];
}

export interface Legend {
  readonly width: number;
  readonly height: number;
  /** With its upper left corner at (left, top). */
  draw(left: number, top: number): string;
}

/** The legend of all series with a name, each once; undefined without any. */
export function createLegend(panels: readonly Panel[]): Legend | undefined {
  const entries = new Map<string, Entry>();
  for (const series of panels.flatMap((panel) => panel.series)) {
    if (series.name === undefined || entries.has(series.name)) continue;
    entries.set(series.name, { series, lines: wrapText(series.name, SIZE, WIDEST) });
  }
  if (entries.size === 0) return undefined;
  const all = [...entries.values()];
  const rows = all.reduce((sum, { lines }) => sum + lines.length, 0);
  const widths = all.flatMap(({ lines }) => lines.map((line) => textWidth(line, SIZE)));
  return {
    width: SWATCH + Math.max(...widths) + 4,
    height: rows * LINE + 4,
    draw(left, top) {
      let y = top + 2;
      return all
        .map(({ series, lines }) => {
          const middle = y + LINE / 2;
          const text = lines.map((line, i) => textElement(left + SWATCH, middle + 4 + i * LINE, line, { size: SIZE }));
          y += lines.length * LINE;
          return (
            `<g data-toggle="${keyOf(series)}"><g ${colored(series.color)}${strokeOf(series)}>` +
            `${swatch(series, left + 2, middle)}</g><g ${colored("ink")} fill="currentColor">${text.join("")}</g></g>`
          );
        })
        .join("");
    },
  };
}

/** Ties a legend entry to the groups that it shows and hides. */
export function keyOf(series: Series): string {
  return (series.name ?? "").replaceAll(/[^\p{L}\p{N}]+/gu, "-");
}

export function strokeOf(series: Series): string {
  const dash = series.dash === undefined ? "" : ` stroke-dasharray="${series.dash}"`;
  return ` fill="none" stroke="currentColor" stroke-width="1.5"${dash}`;
}

function swatch(series: Series, left: number, middle: number): string {
  const right = left + SWATCH - 8;
  const kinds = new Set(series.marks.map((mark) => mark.kind));
  const area = `<path fill="currentColor" fill-opacity="0.2" d="M${px(left)} ${px(middle - 5)}H${px(right)}V${px(middle + 5)}H${px(left)}z"/>`;
  if (kinds.has("shapes") || kinds.has("violins") || kinds.has("band")) return area;
  const isPoints = kinds.has("points");
  const hasLine = !isPoints || series.marks.some((mark) => mark.kind === "line" || ("joined" in mark && mark.joined));
  const line = hasLine ? `<path d="M${px(left)} ${px(middle)}H${px(right)}"/>` : "";
  return line + (isPoints ? markerSvg(series.marker ?? "circle", (left + right) / 2, middle) : "");
}

/** Where at the top or bottom of the frame the legend covers nothing, corners first; undefined where there is no such place. */
export function freePlace(
  legend: Legend,
  frame: Box,
  occupied: readonly Box[],
): { left: number; top: number } | undefined {
  const { width, height } = legend;
  const [first, last] = [frame.left + 6, frame.right - width - 6];
  if (last < first || height + 12 > frame.bottom - frame.top) return undefined;
  for (const share of [1, 0, 0.75, 0.5, 0.25]) {
    for (const top of [frame.top + 6, frame.bottom - height - 6]) {
      const left = first + share * (last - first);
      const box = { left: left - 4, top: top - 4, right: left + width + 4, bottom: top + height + 4 };
      if (!occupied.some((other) => overlap(box, other))) return { left, top };
    }
  }
  return undefined;
}
