/** Heat maps, polygons and the scale bar. */
import { colored } from "./colors.js";
import { axisValue, titleOf } from "./hover.js";
import { boxesAlong, pathOf } from "./mark-lines.js";
import { type MarkKind } from "./mark-kind.js";
import { type HeatMark, type ScaleBarMark, type ShapesMark } from "./plot.js";
import { type Box, px, textElement, textWidth } from "./text.js";

/** Paths by colour, so that equal colours share an element. */
function coloredPaths(paths: ReadonlyMap<string, string>): string {
  return [...paths].map(([color, d]) => `<path fill="${color}" d="${d}"/>`).join("");
}

export const heat: MarkKind<HeatMark> = {
  xs: (mark) => Array.from(mark.xEdges),
  ys: (mark) => Array.from(mark.yEdges),
  draw({ xEdges, yEdges, values }, frame) {
    const nx = xEdges.length - 1;
    const paths = new Map<string, string>();
    const boxes: Box[] = [];
    for (let k = 0; k < values.length; k++) {
      const color = frame.color(values[k]);
      if (color === "") continue;
      const [ix, iy] = [k % nx, Math.floor(k / nx)];
      const [left, right] = [frame.x(xEdges[ix]), frame.x(xEdges[ix + 1])];
      const [bottom, top] = [frame.y(yEdges[iy]), frame.y(yEdges[iy + 1])];
      paths.set(color, `${paths.get(color) ?? ""}M${px(left)} ${px(top)}H${px(right)}V${px(bottom)}H${px(left)}z`);
      boxes.push({ left, right, top, bottom });
    }
    return { svg: `<g stroke="none" shape-rendering="crispEdges">${coloredPaths(paths)}</g>`, boxes };
  },
  rows({ xEdges, yEdges, values }) {
    const nx = xEdges.length - 1;
    return Array.from(values, (value, k) => {
      const [ix, iy] = [k % nx, Math.floor(k / nx)];
      return { xLow: xEdges[ix], xHigh: xEdges[ix + 1], yLow: yEdges[iy], yHigh: yEdges[iy + 1], value };
    }).filter((row) => !Number.isNaN(row.value));
  },
};

const coordinates = (outline: ArrayLike<number>, first: 0 | 1): number[] =>
  Array.from({ length: outline.length / 2 }, (_, i) => outline[2 * i + first]);

export const shapes: MarkKind<ShapesMark> = {
  xs: (mark) => mark.outlines.flatMap((outline) => coordinates(outline, 0)),
  ys: (mark) => mark.outlines.flatMap((outline) => coordinates(outline, 1)),
  draw({ outlines, values, labels }, frame, series, panel) {
    const paths = new Map<string, string>();
    const boxes: Box[] = [];
    let labelled = "";
    outlines.forEach((outline, i) => {
      const color = values === undefined ? "none" : frame.color(values[i]);
      if (color === "") return;
      const [xs, ys] = [coordinates(outline, 0), coordinates(outline, 1)];
      const d = `${pathOf(xs, ys, frame)}z`;
      if (labels === undefined) paths.set(color, (paths.get(color) ?? "") + d);
      else {
        const lines = [labels[i], ...(values === undefined || !panel.color ? [] : [axisValue(panel.color, values[i])])];
        labelled += `<path fill="${color}" d="${d}">${titleOf(series, lines)}</path>`;
      }
      if (values === undefined) {
        boxes.push(...boxesAlong([...xs, xs[0]], [...ys, ys[0]], frame));
        return;
      }
      const [cx, cy] = [xs.map((x) => frame.x(x)), ys.map((y) => frame.y(y))];
      boxes.push({ left: Math.min(...cx), right: Math.max(...cx), top: Math.min(...cy), bottom: Math.max(...cy) });
    });
    const svg = coloredPaths(paths) + labelled;
    return { svg: values === undefined ? svg : `<g stroke="none">${svg}</g>`, boxes };
  },
  rows: ({ outlines, values, labels }) =>
    outlines.map((outline, i) => ({
      label: labels?.[i],
      x: mean(coordinates(outline, 0)),
      y: mean(coordinates(outline, 1)),
      value: values?.[i],
    })),
};

const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;

export const scalebar: MarkKind<ScaleBarMark> = {
  xs: () => [],
  ys: () => [],
  draw({ length, label }, frame) {
    const [left, base] = [frame.left + 10, frame.bottom - 10];
    const right = left + frame.x(length) - frame.x(0);
    const text = textElement(left, base - 7, label, { size: 10 });
    const end = Math.max(right, left + textWidth(label, 10));
    const under = `M${px(left - 4)} ${px(base - 18)}H${px(end + 4)}V${px(base + 4)}H${px(left - 4)}z`;
    return {
      svg:
        `<path ${colored("paper")} fill="currentColor" fill-opacity="0.8" stroke="none" d="${under}"/>` +
        `<path d="M${px(left)} ${px(base - 4)}v4H${px(right)}v-4"/><g fill="currentColor" stroke="none">${text}</g>`,
      boxes: [{ left, right: end, top: base - 18, bottom: base }],
    };
  },
  rows: () => [],
};
