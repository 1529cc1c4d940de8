/** What lies where in a plot: values of its axes, the nearest words, the cell of a map. Knows no screen. */
import { type AxisFrame, type PanelFrame } from "../index.js";

/** Farther from a mark the pointer does not mean it [px]. */
const NEAR = 20;

/** A rectangle on the screen [px]. */
export interface ScreenBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The value at a share of the length of an axis. */
export function valueAt({ low, high, log }: AxisFrame, share: number): number {
  return log ? low * (high / low) ** share : low + share * (high - low);
}

/** The share of a length at which `at` lies, 0 before its start and 1 after its end. */
export function shareOf(at: number, start: number, end: number): number {
  return Math.min(1, Math.max(0, (at - start) / (end - start)));
}

/** Number of the panel whose data area holds a point [px]; -1 for none. */
export function panelAt(panels: readonly PanelFrame[], x: number, y: number): number {
  return panels.findIndex(({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom);
}

/** The words of the mark that is nearest to a point, of equally near ones that with the nearest middle; "" where none is near. */
export function nearestWords(
  marks: Iterable<{ readonly box: ScreenBox; readonly text: string }>,
  x: number,
  y: number,
): string {
  let best = "";
  let least = NEAR;
  for (const { box, text } of marks) {
    const dx = Math.max(box.left - x, 0, x - box.right);
    const dy = Math.max(box.top - y, 0, y - box.bottom);
    const middle = Math.hypot(x - (box.left + box.right) / 2, y - (box.top + box.bottom) / 2);
    const distance = Math.hypot(dx, dy) + middle / 100;
    if (distance < least) [best, least] = [text, distance];
  }
  return best;
}

/** The CSV of a figure, as `reportHtml` wrote it into the page. */
export function csvInReport(text: string): string {
  return text.trimStart().replaceAll(String.raw`\u003c`, "<");
}

/** A cell of a heat map, as a CSV has it. */
interface Cell {
  readonly panel: string;
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
  readonly value: number;
}

/** Cells with a value, of a CSV by `plotCsv`. */
export function cellsOf(csv: string): Cell[] {
  const [head, ...lines] = csv.trimEnd().split("\n");
  const names = head.split(",");
  return lines.flatMap((line) => {
    const [, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^,]*))/.exec(line) ?? [];
    // Texts come first and may hold commas: columns of numbers count from the right.
    const fields = line.split(",");
    const read = (name: string): number => {
      const field = fields[names.indexOf(name) + fields.length - names.length];
      return field === "" ? Number.NaN : Number(field);
    };
    const value = names.includes("value") ? read("value") : Number.NaN;
    if (Number.isNaN(value)) return [];
    return {
      panel: quoted?.replaceAll('""', '"') ?? plain ?? "",
      x: [read("x_low"), read("x_high")],
      y: [read("y_low"), read("y_high")],
      value,
    };
  });
}

/** A heat map in a drawing: the text of its panel, and `left right top bottom [px] xLow xHigh yLow yHigh` (panel.ts). */
export interface MapPlace {
  readonly panel: string;
  readonly numbers: string;
}

/** What a heat map has at a point of its drawing [px]: the words of its cell; "" outside and where a cell is empty. */
export function cellWords({ panel, numbers }: MapPlace, cells: readonly Cell[], px: number, py: number): string {
  const [left, right, top, bottom, xLow, xHigh, yLow, yHigh] = numbers.split(" ").map(Number);
  if (px < left || px > right || py < top || py > bottom) return "";
  const x = xLow + ((xHigh - xLow) * (px - left)) / (right - left);
  const y = yHigh - ((yHigh - yLow) * (py - top)) / (bottom - top);
  const isIn = ([low, high]: readonly [number, number], at: number): boolean => at >= low && at < high;
  const found = cells.find((cell) => cell.panel === panel && isIn(cell.x, x) && isIn(cell.y, y));
  return found === undefined ? "" : `${panel}\n${Number(found.value.toPrecision(5))}`;
}

/** Where a card of words stands beside the pointer [px], inside a window. */
export function cardPlace(
  pointer: { readonly x: number; readonly y: number },
  card: { readonly width: number; readonly height: number },
  window: { readonly width: number; readonly height: number },
): { readonly left: number; readonly top: number } {
  const beside = (at: number, size: number, room: number): number => Math.max(4, Math.min(at + 14, room - size - 4));
  return {
    left: beside(pointer.x, card.width, window.width),
    top: beside(pointer.y, card.height, window.height),
  };
}
