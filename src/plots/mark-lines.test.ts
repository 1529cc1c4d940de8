/** Lines, histograms and bands in pixels: a frame of 10 px a unit whose y axis goes up. */
import { expect, test } from "vitest";
import { type Frame } from "./mark-kind.js";
import { band, boxesAlong, line, pathOf, rule, steps } from "./mark-lines.js";
import { type Panel, type Series } from "./plot.js";

const frame: Frame = {
  left: 5,
  right: 95,
  top: 2,
  bottom: 90,
  x: (value) => 10 * value,
  y: (value) => 80 - 10 * value,
  color: () => "",
};
const series: Series = { color: "ink", marks: [] };
const panel: Panel = { x: { label: "n" }, y: { label: "share" }, series: [] };

test("a line is broken where a value is missing", () => {
  expect(pathOf([0, 1, 2, 3, 4], [1, 2, Number.NaN, 3, 4], frame)).toBe("M0 70L10 60M30 50L40 40");
  expect(pathOf([], [], frame)).toBe("");
});

test("boxes along a line are at most 10 px wide and hold every point of it", () => {
  const boxes = boxesAlong([0, 4.5, 5], [0, 3, 1], frame);
  expect(Math.max(...boxes.map(({ left, right }) => right - left))).toBeLessThanOrEqual(10);
  for (let k = 0; k <= 45; k++) {
    const [x, y] = [k, 80 - (30 * k) / 45];
    expect([k, boxes.some(({ left, right, top, bottom }) => x >= left - 1e-9 && x <= right + 1e-9 && y >= top - 1e-9 && y <= bottom + 1e-9)]).toEqual([k, true]); // prettier-ignore
  }
  expect(boxes).toHaveLength(6);
  expect(line.draw({ kind: "line", x: [0, 4.5, 5], y: [0, 3, 1] }, frame, series, panel)).toEqual({
    svg: '<path d="M0 80L45 50L50 70"/>',
    boxes,
  });
});

test("a histogram stands on 0, or on the frame where 0 is below it or nowhere", () => {
  const mark = { kind: "steps", edges: [1, 2, 4], values: [3, 0] } as const;
  const { svg, boxes } = steps.draw(mark, frame, series, panel);
  expect(/d="([^"]*)"/.exec(svg)?.[1]).toBe("M10 80V50H20V80H40V80");
  expect(boxes).toEqual([
    { left: 10, right: 20, top: 50, bottom: 80 },
    { left: 20, right: 40, top: 80, bottom: 80 },
  ]);
  const low = steps.draw(mark, { ...frame, bottom: 70 }, series, panel);
  expect(/d="([^"]*)"/.exec(low.svg)?.[1]).toBe("M10 70V50H20V80H40V70");
  const log = steps.draw(mark, { ...frame, y: (value) => (value > 0 ? 50 : Infinity) }, series, panel);
  expect(/d="([^"]*)"/.exec(log.svg)?.[1]).toBe("M10 90V50H20V90H40V90");
  expect([...svg.matchAll(/<title>([^<]*)</g)].map(([, text]) => text)).toEqual(["n: 1 to 2\nshare: 3", "n: 2 to 4\nshare: 0"]); // prettier-ignore
  expect([...steps.ys(mark)]).toEqual([3, 0, 0]);
  expect(steps.rows(mark)).toEqual([
    { xLow: 1, xHigh: 2, y: 3 },
    { xLow: 2, xHigh: 4, y: 0 },
  ]);
  expect(svg).not.toContain("fill-opacity");
  expect(steps.draw({ ...mark, fill: true }, frame, series, panel).svg).toContain("fill-opacity");
});

test("a band goes along its upper side and back along its lower one, and its boxes reach from one to the other", () => {
  const mark = { kind: "band", x: [1, 2], low: [1, 2], high: [3, 6] } as const;
  const { svg, boxes } = band.draw(mark, frame, series, panel);
  expect(svg).toContain('d="M10 50L20 20L20 60L10 70Z"');
  expect(boxes).toEqual([{ left: 10, right: 20, top: 20, bottom: 70 }]);
  expect(band.rows(mark)).toEqual([
    { x: 1, yLow: 1, yHigh: 3 },
    { x: 2, yLow: 2, yHigh: 6 },
  ]);
});

test("a rule goes right through the frame, across or up", () => {
  expect(rule.draw({ kind: "rule", y: 2 }, frame, series, panel).svg).toBe('<path d="M5 60H95"/>');
  expect(rule.draw({ kind: "rule", x: 2 }, frame, series, panel).svg).toBe('<path d="M20 2V90"/>');
  expect([rule.xs({ kind: "rule", x: 2 }), rule.ys({ kind: "rule", x: 2 })]).toEqual([[2], []]);
  expect([rule.xs({ kind: "rule", y: 2 }), rule.ys({ kind: "rule", y: 2 })]).toEqual([[], [2]]);
});
