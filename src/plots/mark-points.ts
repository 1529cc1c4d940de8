/** Points with bars, and violins. */
import { colored } from "./colors.js";
import { axisValue, titleOf } from "./hover.js";
import { pathOf } from "./mark-lines.js";
import { type MarkKind } from "./mark-kind.js";
import { type Marker, type Numbers, type PointsMark, type ViolinsMark } from "./plot.js";
import { type Box, px } from "./text.js";
import { formatNumber } from "./ticks.js";

/** A marker of half size r around (x, y). */
export function markerSvg(marker: Marker, x: number, y: number, r = 3): string {
  const filled = (d: string): string => `<path fill="currentColor" stroke="none" d="${d}"/>`;
  switch (marker) {
    case "circle":
      return `<circle cx="${px(x)}" cy="${px(y)}" r="${r}" fill="currentColor" stroke="none"/>`;
    case "ring":
      return `<circle cx="${px(x)}" cy="${px(y)}" r="${r}"/>`;
    case "square":
      return filled(`M${px(x - r)} ${px(y - r)}h${2 * r}v${2 * r}h${-2 * r}z`);
    case "triangle":
      return filled(`M${px(x)} ${px(y - 1.3 * r)}L${px(x + 1.2 * r)} ${px(y + r)}H${px(x - 1.2 * r)}z`);
    case "diamond":
      return filled(
        `M${px(x)} ${px(y - 1.4 * r)}L${px(x + 1.3 * r)} ${px(y)}L${px(x)} ${px(y + 1.4 * r)}L${px(x - 1.3 * r)} ${px(y)}z`,
      );
    case "cross":
      return `<path d="M${px(x - r)} ${px(y - r)}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}"/>`;
    default:
      return `<path d="M${px(x - r)} ${px(y)}h${2 * r}m${-r} ${-r}v${2 * r}"/>`;
  }
}

function at(list: Numbers | undefined, i: number): number | undefined {
  return list === undefined || Number.isNaN(list[i]) ? undefined : list[i];
}

export const points: MarkKind<PointsMark> = {
  xs: ({ x, xLow, xHigh }) => [...Array.from(x), ...Array.from(xLow ?? []), ...Array.from(xHigh ?? [])],
  ys: ({ y, low, high }) => [...Array.from(y), ...Array.from(low ?? []), ...Array.from(high ?? [])],
  draw(mark, own, series, panel) {
    const { x, y, size = 3, shift = 0 } = mark;
    const frame = shift === 0 ? own : { ...own, x: (value: number) => own.x(value) + shift };
    const boxes: Box[] = [];
    let svg = mark.joined ? `<path stroke-width="1" stroke-opacity="0.5" d="${pathOf(x, y, frame)}"/>` : "";
    for (let i = 0; i < x.length; i++) {
      const [cx, cy] = [frame.x(x[i]), frame.y(y[i])];
      if (!Number.isFinite(cx) || !Number.isFinite(cy)) continue;
      const [low, high, xLow, entries] = [at(mark.low, i), at(mark.high, i), at(mark.xLow, i), at(mark.entries, i)];
      const interval =
        low === undefined || high === undefined ? "" : ` [${formatNumber(low, 5)}, ${formatNumber(high, 5)}]`;
      const title = titleOf(series, [
        ...(mark.labels === undefined ? [] : [mark.labels[i]]),
        axisValue(panel.x, xLow ?? x[i], at(mark.xHigh, i)),
        axisValue(panel.y, y[i]) + interval,
        ...(entries === undefined ? [] : [`entries: ${formatNumber(entries)}`]),
      ]);
      // A bar that leaves a logarithmic axis at 0 ends at the frame.
      const down = low === undefined ? cy : Number.isFinite(frame.y(low)) ? frame.y(low) : frame.bottom;
      const up = high === undefined ? cy : frame.y(high);
      const bar =
        up === down
          ? ""
          : `<path stroke-width="1.2"${series.dash === undefined ? "" : ` stroke-dasharray="none"`} d="M${px(cx)} ${px(up)}V${px(down)}"/>`;
      const marker = markerSvg(series.marker ?? "circle", cx, cy, size);
      const rim = mark.halo ? `<g ${colored("paper")} stroke-width="4">${marker}</g>` : "";
      svg += `<g>${title}${bar}${rim}${marker}</g>`;
      boxes.push({
        left: cx - size,
        right: cx + size,
        top: Math.min(up, cy - size),
        bottom: Math.max(down, cy + size),
      });
    }
    return { svg, boxes };
  },
  rows: (mark) =>
    Array.from(mark.x, (x, i) => ({
      label: mark.labels?.[i],
      x,
      xLow: at(mark.xLow, i),
      xHigh: at(mark.xHigh, i),
      y: mark.y[i],
      yLow: at(mark.low, i),
      yHigh: at(mark.high, i),
      entries: at(mark.entries, i),
    })),
};

export const violins: MarkKind<ViolinsMark> = {
  xs: ({ at, halfWidth }) => Array.from(at).flatMap((x) => [x - halfWidth, x + halfWidth]),
  ys: ({ shapes }) => shapes.flatMap(({ y }) => Array.from(y)),
  draw({ at, halfWidth, shapes }, frame) {
    const boxes: Box[] = [];
    const svg = shapes.map(({ y, density }, i) => {
      const largest = Math.max(...Array.from(density));
      if (!(largest > 0)) return "";
      const widths = Array.from(density, (value) => (halfWidth * value) / largest);
      const xs = [...widths.map((w) => at[i] + w), ...widths.map((w) => at[i] - w).toReversed()];
      const ys = [...Array.from(y), ...Array.from(y).toReversed()];
      const ends = ys.map((value) => frame.y(value));
      boxes.push({
        left: frame.x(at[i] - halfWidth),
        right: frame.x(at[i] + halfWidth),
        top: Math.min(...ends),
        bottom: Math.max(...ends),
      });
      return `${pathOf(xs, ys, frame)}Z`;
    });
    return { svg: `<path fill="currentColor" fill-opacity="0.25" stroke-width="0.7" d="${svg.join("")}"/>`, boxes };
  },
  rows: ({ at, shapes }) =>
    shapes.flatMap(({ y, density }, i) => Array.from(y, (value, k) => ({ x: at[i], y: value, value: density[k] }))),
};
