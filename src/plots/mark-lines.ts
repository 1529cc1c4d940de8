/** Histograms, lines, bands and reference lines. */
import { type MarkKind } from "./mark-kind.js";
import { type BandMark, type LineMark, type Numbers, type RuleMark, type StepsMark } from "./plot.js";
import { axisValue, titleOf } from "./hover.js";
import { type Box, px } from "./text.js";

function* each(...lists: readonly (Numbers | undefined)[]): Generator<number> {
  for (const list of lists) if (list !== undefined) for (let i = 0; i < list.length; i++) yield list[i];
}

/** The line through the points, broken at NaN. */
export function pathOf(x: Numbers, y: Numbers, frame: { x(v: number): number; y(v: number): number }): string {
  let path = "";
  let isOpen = false;
  for (let i = 0; i < x.length; i++) {
    const [cx, cy] = [frame.x(x[i]), frame.y(y[i])];
    const isHere = Number.isFinite(cx) && Number.isFinite(cy);
    if (isHere) path += `${isOpen ? "L" : "M"}${px(cx)} ${px(cy)}`;
    isOpen = isHere;
  }
  return path;
}

/** Boxes around short pieces of a line. */
export function boxesAlong(x: Numbers, y: Numbers, frame: { x(v: number): number; y(v: number): number }): Box[] {
  const boxes: Box[] = [];
  for (let i = 1; i < x.length; i++) {
    const [x0, x1, y0, y1] = [frame.x(x[i - 1]), frame.x(x[i]), frame.y(y[i - 1]), frame.y(y[i])];
    const pieces = Math.max(1, Math.ceil(Math.abs(x1 - x0) / 10));
    for (let k = 0; k < pieces; k++) {
      const [a, b] = [x0 + ((x1 - x0) * k) / pieces, x0 + ((x1 - x0) * (k + 1)) / pieces];
      const [from, to] = [y0 + ((y1 - y0) * k) / pieces, y0 + ((y1 - y0) * (k + 1)) / pieces];
      boxes.push({ left: Math.min(a, b), right: Math.max(a, b), top: Math.min(from, to), bottom: Math.max(from, to) });
    }
  }
  return boxes;
}

export const steps: MarkKind<StepsMark> = {
  xs: (mark) => each(mark.edges),
  ys: (mark) => each(mark.values, [0]),
  draw({ edges, values, fill }, frame, series, panel) {
    const bottom = Math.min(frame.bottom, frame.y(0));
    const floor = Number.isFinite(bottom) ? bottom : frame.bottom;
    const boxes: Box[] = [];
    let path = `M${px(frame.x(edges[0]))} ${px(floor)}`;
    let hover = "";
    for (let i = 0; i < values.length; i++) {
      const [left, right] = [frame.x(edges[i]), frame.x(edges[i + 1])];
      const height = frame.y(values[i]);
      // A logarithmic axis has no place for 0.
      const top = Number.isFinite(height) ? height : floor;
      path += `V${px(top)}H${px(right)}`;
      const text = titleOf(series, [axisValue(panel.x, edges[i], edges[i + 1]), axisValue(panel.y, values[i])]);
      hover += `<path d="M${px(left)} ${px(top)}H${px(right)}">${text}</path>`;
      boxes.push({ left, right, top, bottom: floor });
    }
    path += `V${px(floor)}`;
    const area = fill ? ` fill="currentColor" fill-opacity="0.15"` : "";
    return {
      svg: `<path${area} d="${path}"/><g stroke-width="7" stroke-opacity="0" pointer-events="stroke">${hover}</g>`,
      boxes,
    };
  },
  rows: ({ edges, values }) => Array.from(values, (y, i) => ({ xLow: edges[i], xHigh: edges[i + 1], y })),
};

export const line: MarkKind<LineMark> = {
  xs: (mark) => each(mark.x),
  ys: (mark) => each(mark.y),
  draw: ({ x, y }, frame) => ({ svg: `<path d="${pathOf(x, y, frame)}"/>`, boxes: boxesAlong(x, y, frame) }),
  rows: ({ x, y }) => Array.from(x, (at, i) => ({ x: at, y: y[i] })),
};

export const band: MarkKind<BandMark> = {
  xs: (mark) => each(mark.x),
  ys: (mark) => each(mark.low, mark.high),
  draw({ x, low, high }, frame) {
    const xs = [...Array.from(x), ...Array.from(x).toReversed()];
    const ys = [...Array.from(high), ...Array.from(low).toReversed()];
    const lower = boxesAlong(x, low, frame);
    const upper = boxesAlong(x, high, frame);
    return {
      svg: `<path stroke="none" fill="currentColor" fill-opacity="0.2" d="${pathOf(xs, ys, frame)}Z"/>`,
      boxes: lower.map((box, i) => ({ ...box, top: Math.min(box.top, upper[i].top) })),
    };
  },
  rows: ({ x, low, high }) => Array.from(x, (at, i) => ({ x: at, yLow: low[i], yHigh: high[i] })),
};

export const rule: MarkKind<RuleMark> = {
  xs: (mark) => (mark.x === undefined ? [] : [mark.x]),
  ys: (mark) => (mark.y === undefined ? [] : [mark.y]),
  draw({ x, y }, frame) {
    const path =
      x === undefined
        ? `M${px(frame.left)} ${px(frame.y(y ?? 0))}H${px(frame.right)}`
        : `M${px(frame.x(x))} ${px(frame.top)}V${px(frame.bottom)}`;
    return { svg: `<path d="${path}"/>`, boxes: [] };
  },
  rows: () => [],
};
