/** Points and violins in pixels: a frame of 10 px a unit whose y axis goes up. */
import { expect, test } from "vitest";
import { type Frame } from "./mark-kind.js";
import { markerSvg, points, violins } from "./mark-points.js";
import { type Marker, type Panel, type PointsMark, type Series } from "./plot.js";

const frame: Frame = {
  left: 0,
  right: 100,
  top: 0,
  bottom: 100,
  x: (value) => 10 * value,
  y: (value) => (value > 0 ? 100 - 10 * value : Infinity),
  color: () => "",
};
const series: Series = { name: "runs", color: "ink", marks: [] };
const panel: Panel = { x: { label: "pT", unit: "GeV" }, y: { label: "y" }, series: [] };
const draw = (mark: Omit<PointsMark, "kind">, of: Series = series) =>
  points.draw({ kind: "points", ...mark }, frame, of, panel);

test("a violin is as wide on the left as on the right of its place, and widest where the density is largest", () => {
  const mark = { kind: "violins", at: [5], halfWidth: 2, shapes: [{ y: [1, 2, 3], density: [0, 8, 4] }] } as const;
  const { svg, boxes } = violins.draw(mark, frame, series, panel);
  expect(svg).toContain('d="M50 90L70 80L60 70L40 70L30 80L50 90Z"');
  expect(boxes).toEqual([{ left: 30, right: 70, top: 70, bottom: 90 }]);
  expect([[...violins.xs(mark)], [...violins.ys(mark)]]).toEqual([[3, 7], [1, 2, 3]]); // prettier-ignore
  expect(violins.rows(mark)).toEqual([{ x: 5, y: 1, value: 0 }, { x: 5, y: 2, value: 8 }, { x: 5, y: 3, value: 4 }]); // prettier-ignore
});

test("a violin without density is not drawn", () => {
  const mark = { kind: "violins", at: [5], halfWidth: 2, shapes: [{ y: [1, 2], density: [0, 0] }] } as const;
  expect(violins.draw(mark, frame, series, panel)).toMatchObject({ boxes: [], svg: expect.stringContaining('d=""') });
});

test("a bar goes from low to high, and to the frame where its axis has no place for low", () => {
  const { svg, boxes } = draw({ x: [2, 4], y: [5, 3], low: [4, -1], high: [7, 3.5] });
  expect([...svg.matchAll(/d="(M[^"]*V[^"]*)"/g)].map(([, d]) => d)).toEqual(["M20 30V60", "M40 65V100"]);
  expect(boxes).toEqual([
    { left: 17, right: 23, top: 30, bottom: 60 },
    { left: 37, right: 43, top: 65, bottom: 100 },
  ]);
});

test("a point without a bar has the box of its marker; one that is nowhere is not drawn, and leaves a gap", () => {
  const { svg, boxes } = draw({ x: [1, 2, 3, 4], y: [5, Number.NaN, 5, 6], joined: true, size: 2, shift: 1 });
  expect(boxes).toEqual([11, 31, 41].map((x, k) => ({ left: x - 2, right: x + 2, top: [48, 48, 38][k], bottom: [52, 52, 42][k] }))); // prettier-ignore
  expect(svg).toContain('d="M11 50M31 50L41 40"');
  expect([...svg.matchAll(/<circle cx="([\d.]+)"/g)].map(([, cx]) => cx)).toEqual(["11", "31", "41"]);
});

test("a point says its series, label, bin, value, interval and entries, as far as there are any", () => {
  const titles = ({ svg }: { svg: string }) => [...svg.matchAll(/<title>([^<]*)<\/title>/g)].map(([, text]) => text.split("\n")); // prettier-ignore
  const full = draw({ x: [2], y: [5], low: [4], high: [7], xLow: [1], xHigh: [3], entries: [12], labels: ["first"] });
  expect(titles(full)).toEqual([["runs", "first", "pT: 1 to 3 GeV", "y: 5 [4, 7]", "entries: 12"]]);
  expect(titles(draw({ x: [2], y: [5] }, { color: "ink", marks: [] }))).toEqual([["pT: 2 GeV", "y: 5"]]);
  expect(titles(draw({ x: [2], y: [5], low: [4], high: [Number.NaN] }))).toEqual([["runs", "pT: 2 GeV", "y: 5"]]);
});

test("axes hold bins and bars, rows have what is known", () => {
  const mark: PointsMark = { kind: "points", x: [2], y: [5], low: [4], high: [Number.NaN], xLow: [1], xHigh: [3] };
  expect([...points.xs(mark)]).toEqual([2, 1, 3]);
  expect([...points.ys(mark)]).toEqual([5, 4, Number.NaN]);
  expect(points.rows(mark)).toEqual([{ x: 2, xLow: 1, xHigh: 3, y: 5, yLow: 4 }]);
});

/** The corners that a path of M, L, h, v, H, V, l, m goes through. */
function cornersOf(svg: string): [number, number][] {
  const corners: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, letter, numbers] of (/d="([^"]*)"/.exec(svg)?.[1] ?? "").matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const [a, b = 0] = numbers.trim().split(/[ ,]+/).map(Number);
    if (letter === "z") continue;
    if (letter === "M" || letter === "L") [x, y] = [a, b];
    else if (letter === "H") x = a;
    else if (letter === "h") x += a;
    else if (letter === "v") y += a;
    else [x, y] = [x + a, y + b];
    corners.push([x, y]);
  }
  return corners;
}

test.each(["square", "triangle", "diamond", "cross", "plus"] as const satisfies Marker[])(
  "a %s is its own mirror image, around its point, and grows with its size",
  (marker) => {
    const corners = cornersOf(markerSvg(marker, 50, 20, 4));
    const sorted = (list: readonly (readonly number[])[]): string[] => list.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).toSorted(); // prettier-ignore
    const all = new Set(sorted(corners));
    expect(new Set(sorted(corners.map(([x, y]) => [100 - x, y])))).toEqual(all);
    const ys = corners.map(([, y]) => y);
    expect([Math.min(...ys) < 20, Math.max(...ys) > 20]).toEqual([true, true]);
    if (marker !== "triangle") expect(new Set(sorted(corners.map(([x, y]) => [x, 40 - y])))).toEqual(all);
    const height = (r: number): number => {
      const own = cornersOf(markerSvg(marker, 50, 20, r)).map(([, y]) => y);
      return Math.max(...own) - Math.min(...own);
    };
    expect(height(8) / height(4)).toBeCloseTo(2, 1);
  },
);
