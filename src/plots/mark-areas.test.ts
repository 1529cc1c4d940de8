/** Areas in pixels: a frame of 10 px a unit whose y axis goes up. */
import { expect, test } from "vitest";
import { heat, scalebar, shapes } from "./mark-areas.js";
import { type Frame } from "./mark-kind.js";
import { type Panel, type Series } from "./plot.js";

const frame: Frame = {
  left: 0,
  right: 100,
  top: 0,
  bottom: 100,
  x: (value) => 10 * value,
  y: (value) => 100 - 10 * value,
  color: (value) => (Number.isNaN(value) ? "" : `#${value}`),
};
const series: Series = { name: "cells", color: "ink", marks: [] };
const plain: Panel = { x: { label: "x" }, y: { label: "y" }, series: [] };
const inColor: Panel = { ...plain, color: { label: "mipPt", unit: "MIP_T" } };

/** The colour and the path of each `<path>`. */
const pathsOf = (svg: string): string[] =>
  [...svg.matchAll(/<path fill="([^"]*)" d="([^"]*)"/g)].map(([, fill, d]) => `${fill} ${d}`);

// Three different coordinates each way, so that x and y, first and last cannot be told apart by nothing.
const triangle = [1, 2, 4, 3, 3, 7];

test("a polygon goes through its corners and is closed; its box is just around it", () => {
  const { svg, boxes } = shapes.draw({ kind: "shapes", outlines: [triangle], values: [5] }, frame, series, inColor);
  expect(pathsOf(svg)).toEqual(["#5 M10 80L40 70L30 30z"]);
  expect(boxes).toEqual([{ left: 10, right: 40, top: 30, bottom: 80 }]);
  expect([[...shapes.xs({ kind: "shapes", outlines: [triangle] })], [...shapes.ys({ kind: "shapes", outlines: [triangle] })]]).toEqual([[1, 4, 3], [2, 3, 7]]); // prettier-ignore
});

test("polygons of one colour are one path, those without a value are not drawn", () => {
  const outlines = [triangle, [0, 0, 1, 0, 0, 1], [5, 5, 6, 5, 5, 6], [8, 8, 9, 8, 8, 9]];
  const { svg, boxes } = shapes.draw({ kind: "shapes", outlines, values: [5, 3, 5, Number.NaN] }, frame, series, inColor); // prettier-ignore
  expect(pathsOf(svg)).toEqual(["#5 M10 80L40 70L30 30zM50 50L60 50L50 40z", "#3 M0 100L10 100L0 90z"]);
  expect(boxes).toHaveLength(3);
});

test("without values there is an outline, whose boxes follow its sides and leave the middle free", () => {
  const square = [0, 0, 10, 0, 10, 10, 0, 10];
  const { svg, boxes } = shapes.draw({ kind: "shapes", outlines: [square] }, frame, series, plain);
  expect(pathsOf(svg)).toEqual(["none M0 100L100 100L100 0L0 0z"]);
  const holds = (x: number, y: number): boolean =>
    boxes.some(({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom);
  for (const [x, y] of [[50, 0], [50, 100], [0, 50], [100, 50], [0, 100]]) expect([x, y, holds(x, y)]).toEqual([x, y, true]); // prettier-ignore
  expect(holds(50, 50)).toBe(false);
});

test.each([
  { name: "with a colour axis, value and unit", panel: inColor, values: [5], words: ["cells", "layer 3", "mipPt: 5 MIP_T"] },
  { name: "no value where its axis has no name", panel: plain, values: [5], words: ["cells", "layer 3"] },
  { name: "no value where there is none", panel: inColor, values: undefined, words: ["cells", "layer 3"] },
])("a polygon says what it is: its series, its label; $name", ({ panel, values, words }) => {
  const mark = { kind: "shapes", outlines: [triangle], labels: ["layer 3"], ...(values && { values }) } as const;
  const { svg } = shapes.draw(mark, frame, series, panel);
  expect(/<title>([^<]*)<\/title>/.exec(svg)?.[1].split("\n")).toEqual(words);
}); // prettier-ignore

test("the rows of polygons have the mean of their corners", () => {
  const [row, other] = shapes.rows({ kind: "shapes", outlines: [triangle, [0, 0, 2, 4]], values: [5, 6], labels: ["a", "b"] }); // prettier-ignore
  expect(row).toEqual({ label: "a", x: expect.closeTo(8 / 3, 12), y: 4, value: 5 });
  expect(other).toEqual({ label: "b", x: 1, y: 2, value: 6 });
});

test("a heat map: values go along x first, and each fills the rectangle between its edges", () => {
  const mark = { kind: "heat", xEdges: [0, 1, 3], yEdges: [0, 2, 5], values: [1, 2, Number.NaN, 4] } as const;
  const { svg, boxes } = heat.draw(mark, frame, series, plain);
  expect(pathsOf(svg)).toEqual(["#1 M0 80H10V100H0z", "#2 M10 80H30V100H10z", "#4 M10 50H30V80H10z"]);
  expect(boxes).toEqual([
    { left: 0, right: 10, top: 80, bottom: 100 },
    { left: 10, right: 30, top: 80, bottom: 100 },
    { left: 10, right: 30, top: 50, bottom: 80 },
  ]);
  expect(heat.rows(mark)).toEqual([
    { xLow: 0, xHigh: 1, yLow: 0, yHigh: 2, value: 1 },
    { xLow: 1, xHigh: 3, yLow: 0, yHigh: 2, value: 2 },
    { xLow: 1, xHigh: 3, yLow: 2, yHigh: 5, value: 4 },
  ]);
});

test("a scale bar is as long as it says, wherever x = 0 is, and in the lower left corner", () => {
  const shifted: Frame = { ...frame, left: 20, x: (value) => 500 + 10 * value };
  const { svg, boxes } = scalebar.draw({ kind: "scalebar", length: 5, label: "5" }, shifted, series, plain);
  expect(svg).toContain('<path d="M30 86v4H80v-4"/>');
  const [box] = boxes;
  expect(box).toEqual({ left: 30, right: 80, top: 72, bottom: 90 });
});
