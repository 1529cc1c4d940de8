/** One panel: axes, marks, colour bar. */
import { colored, viridisStep } from "./colors.js";
import { keyOf, strokeOf } from "./legend.js";
import { kindOf } from "./marks.js";
import { type Frame } from "./mark-kind.js";
import { type Axis, type Panel } from "./plot.js";
import { axisTitle, createScale, panelName, type Scale, type Tick, ticksInWidth } from "./scale.js";
import { type Box, escapeXml, px, textElement, textWidth, wrapText } from "./text.js";

const SIZE = 11;
const LINE = 14;
const BAR_WIDTH = 12;
const BAR_GAP = 10;

export interface DrawnPanel {
  readonly svg: string;
  readonly frame: Box;
  /** Everything inside the frame that a legend must not cover. */
  readonly occupied: readonly Box[];
  readonly bottom: number;
  readonly place: PanelFrame;
}

/** What lies between two values of an axis, and how. */
export interface AxisFrame {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
}

/** The data area of a panel [px], and the values at its edges. */
export interface PanelFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: AxisFrame;
  readonly y: AxisFrame;
}

interface Layout {
  readonly frame: Frame;
  readonly x: Scale;
  readonly y: Scale;
  readonly color: Scale | undefined;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly colorTicks: readonly Tick[];
  readonly xTitle: readonly string[];
  readonly yTitle: readonly string[];
  /** Below the frame [px]: tick labels and title. */
  readonly below: number;
}

/** Where everything of a panel goes: what is left of its box beside labels and colour bar becomes the frame. */
function layOut(panel: Panel, left: number, top: number, width: number, height: number): Layout {
  const marks = panel.series.flatMap((series) => series.marks);
  const isTight = marks.some(({ kind }) => kind === "steps" || kind === "heat" || kind === "shapes");
  // Marks that stand beside their place need room for that where data end.
  const aside = marks.reduce((most, mark) => Math.max(most, mark.kind === "points" ? Math.abs(mark.shift ?? 0) : 0), 0);
  const margin = 0.04 + aside / width;
  const x = createScale(panel.x, concat(marks.map((mark) => kindOf(mark).xs(mark))), isTight ? 0 : margin);
  const y = createScale(panel.y, concat(marks.map((mark) => kindOf(mark).ys(mark))), panel.color ? 0 : 0.06);
  const color = panel.color && createScale(panel.color, coloredValues(panel), 0);

  const yTitle = wrapText(axisTitle(panel.y), SIZE, width);
  const xTitle = wrapText(axisTitle(panel.x), SIZE, width);
  const above = yTitle.length * LINE + 8;
  const below = 8 + LINE + xTitle.length * LINE;
  const colorTicks = color?.ticks(Math.max(2, Math.floor(height / 60))) ?? [];
  const barWidth = color ? BAR_GAP + BAR_WIDTH + 6 + widest(colorTicks) + 6 + SIZE + 4 : 0;
  const yTicks = y.ticks(Math.max(2, Math.floor((height - above - below) / 36)));
  const frameLeft = left + widest(yTicks) + 10;
  const room = left + width - barWidth - 4 - frameLeft;
  const xTicks = ticksInWidth(x, room - 12, SIZE);
  const lastTick = xTicks.at(-1);
  // The last label may stick out by half of its width.
  const stickOut = lastTick ? textWidth(lastTick.label, SIZE) / 2 - (1 - x.at(lastTick.value)) * room : 0;
  const frameWidth = room - (color ? 0 : Math.max(0, stickOut));
  const aspect = (y.high - y.low) / (x.high - x.low);
  const frameHeight = panel.isotropic ? frameWidth * aspect : height - above - below;
  const frame: Frame = {
    left: frameLeft,
    right: frameLeft + frameWidth,
    top: top + above,
    bottom: top + above + frameHeight,
    x: (value) => frameLeft + x.at(value) * frameWidth,
    y: (value) => top + above + (1 - y.at(value)) * frameHeight,
    color(value) {
      const share = color?.at(value) ?? Number.NaN;
      return Number.isFinite(share) ? viridisStep(share) : "";
    },
  };
  return { frame, x, y, color, xTicks, yTicks, colorTicks, xTitle, yTitle, below };
}

/** A place in the drawing [px]. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a panel with its upper left corner at (left, top). `id` names its clip path. The y label stands above the frame, the
 * x label below; an isotropic panel is as high as its data need.
 */
export function drawPanel(panel: Panel, id: string, { left, top, width, height }: Rectangle): DrawnPanel {
  const layout = layOut(panel, left, top, width, height);
  const { frame, xTicks, yTicks, xTitle, yTitle, below } = layout;
  const texts = [
    ...yTitle.map((text, i) => textElement(left, top + 11 + i * LINE, text)),
    ...xTitle.map((text, i) => {
      const half = textWidth(text, SIZE) / 2;
      const middle = Math.min(Math.max((frame.left + frame.right) / 2, left + half), left + width - half);
      return textElement(middle, frame.bottom + 8 + LINE + 11 + i * LINE, text, { anchor: "middle" });
    }),
    ...yTicks.map(({ value, label }) => textElement(frame.left - 7, frame.y(value) + 4, label, { anchor: "end" })),
    ...xTicks.map(({ value, label }) => textElement(frame.x(value), frame.bottom + 16, label, { anchor: "middle" })),
  ];
  const grid =
    yTicks.map(({ value }) => `M${px(frame.left)} ${px(frame.y(value))}H${px(frame.right)}`).join("") +
    xTicks.map(({ value }) => `M${px(frame.x(value))} ${px(frame.top)}V${px(frame.bottom)}`).join("");
  const ticks =
    yTicks.map(({ value }) => `M${px(frame.left - 4)} ${px(frame.y(value))}h4`).join("") +
    xTicks.map(({ value }) => `M${px(frame.x(value))} ${px(frame.bottom)}v4`).join("");
  const border = rectangle(frame.left, frame.top, frame.right, frame.bottom);
  // Markers on the border of a plot stay whole, maps end at it.
  const around = panel.color ? 0 : 5;
  const clip = rectangle(frame.left - around, frame.top - around, frame.right + around, frame.bottom + around);

  const occupied: Box[] = [];
  let data = "";
  for (const series of panel.series) {
    const drawn = series.marks.map((mark) => kindOf(mark).draw(mark, frame, series, panel));
    occupied.push(...drawn.flatMap(({ boxes }) => boxes));
    const key = series.name === undefined ? "" : ` data-series="${keyOf(series)}"`;
    data += `<g ${colored(series.color)}${strokeOf(series)}${key}>${drawn.map(({ svg }) => svg).join("")}</g>`;
  }
  const hasData = occupied.length > 0;
  const empty = hasData
    ? ""
    : textElement((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2, "no data", { anchor: "middle" });
  const bar = panel.color && hasData ? colorBar(layout, axisTitle(panel.color)) : "";
  const svg = [
    `<clipPath id="${id}"><path d="${clip}"/></clipPath>`,
    `<g ${colored("rule")} fill="none" stroke="currentColor">${panel.color ? "" : `<path d="${grid}"/>`}</g>`,
    `<g clip-path="url(#${id})"${mapAttributes(panel, layout)}>${data}</g>`,
    `<g ${colored("ink")} fill="none" stroke="currentColor"><path d="${border}${ticks}"/></g>`,
    `<g ${colored("ink")} fill="currentColor">${texts.join("")}${empty}${bar}</g>`,
  ];
  const axis = ({ low, high }: Scale, { log }: Axis): AxisFrame => ({ low, high, log: log === true });
  const { left: l, right, top: t, bottom } = frame;
  const place = { left: l, right, top: t, bottom, x: axis(layout.x, panel.x), y: axis(layout.y, panel.y) };
  return { svg: svg.join("\n"), frame, occupied, bottom: bottom + below, place };
}

function* concat(lists: readonly Iterable<number>[]): Generator<number> {
  for (const list of lists) yield* list;
}

function* coloredValues(panel: Panel): Generator<number> {
  for (const mark of panel.series.flatMap((series) => series.marks)) {
    if ((mark.kind === "heat" || mark.kind === "shapes") && mark.values) yield* Array.from(mark.values);
  }
}

function widest(ticks: readonly { label: string }[]): number {
  return Math.max(0, ...ticks.map(({ label }) => textWidth(label, SIZE)));
}

function rectangle(left: number, top: number, right: number, bottom: number): string {
  return `M${px(left)} ${px(top)}H${px(right)}V${px(bottom)}H${px(left)}z`;
}

/** Where a page finds the cell of a heat map under the pointer: pixels and data of the frame. */
function mapAttributes(panel: Panel, { frame, x, y }: Layout): string {
  if (!panel.series.some((series) => series.marks.some((mark) => mark.kind === "heat"))) return "";
  const numbers = [frame.left, frame.right, frame.top, frame.bottom].map(px);
  return ` data-panel="${escapeXml(panelName(panel))}" data-map="${[...numbers, x.low, x.high, y.low, y.high].join(" ")}"`;
}

function colorBar({ frame, color, colorTicks }: Layout, title: string): string {
  const left = frame.right + BAR_GAP;
  const right = left + BAR_WIDTH;
  const yOf = (share: number): number => frame.bottom - share * (frame.bottom - frame.top);
  const parts = Array.from({ length: 32 }, (_, i) => {
    const box = rectangle(left, yOf((i + 1) / 32) - (i < 31 ? 0.3 : 0), right, yOf(i / 32));
    return `<path fill="${viridisStep((i + 0.5) / 32)}" d="${box}"/>`;
  });
  const labels = colorTicks.map(({ value, label }) => textElement(right + 6, yOf(color?.at(value) ?? 0) + 4, label));
  const titleX = right + 6 + widest(colorTicks) + 6 + SIZE;
  return parts.join("") + labels.join("") + textElement(titleX, yOf(0.5), title, { anchor: "middle", upwards: true });
}
