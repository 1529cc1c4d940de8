import { expect, test } from "vitest";
import { viridisStep } from "./colors.js";
import { drawPanel } from "./panel.js";
import { type Mark, type Panel } from "./plot.js";
import { textWidth } from "./text.js";

const AT = { left: 100, top: 50, width: 300, height: 200 };
const points: Mark = { kind: "points", x: [0, 10], y: [0, 4] };
const heat: Mark = { kind: "heat", xEdges: [0, 5, 10], yEdges: [0, 4], values: [1, 10] };
const panelOf = (mark: Mark, more: Partial<Panel> = {}): Panel => ({
  x: { label: "x", range: [0, 10] },
  y: { label: "y", range: [0, 4] },
  series: [{ color: "blue", marks: [mark] }],
  ...more,
});
const colour = { label: "c", range: [0, 10] } as const;

/** Texts with their places. */
const textsIn = (svg: string): [text: string, x: number, y: number][] =>
  [...svg.matchAll(/<text x="([\d.-]+)" y="([\d.-]+)"[^>]*>([^<]*)</g)].map(([, x, y, text]) => [
    text,
    Number(x),
    Number(y),
  ]);
const near = (value: number): number => expect.closeTo(value, 1) as number;
const pathIn = (svg: string, from: string): string => / d="([^"]*)"/.exec(svg.slice(svg.indexOf(from)))?.[1] ?? "";

/** A digit of 11 px. */
const DIGIT = 7.04;
// One line of 14 px and 8 px above; 8 px, tick labels and one line below.
const [TOP, BOTTOM] = [50 + 14 + 8, 50 + 200 - 8 - 14 - 14];
const LEFT = 100 + DIGIT + 10;

test("the frame is what labels leave of the box: half of the last one sticks out", () => {
  const { frame, place, bottom, occupied } = drawPanel(panelOf(points), "a", AT);
  const right = 400 - 4 - DIGIT;
  expect(frame).toMatchObject({ left: near(LEFT), right: near(right), top: TOP, bottom: BOTTOM });
  expect(place).toMatchObject({ left: near(LEFT), right: near(right), top: TOP, bottom: BOTTOM });
  expect([place.x, place.y]).toEqual([
    { low: 0, high: 10, log: false },
    { low: 0, high: 4, log: false },
  ]);
  expect(bottom).toBe(250);
  // The first point lies in the lower left corner.
  expect(occupied[0]).toMatchObject({ left: near(LEFT - 3), right: near(LEFT + 3), top: BOTTOM - 3, bottom: BOTTOM + 3 });
}); // prettier-ignore

test("a last label well inside the axis takes no room", () => {
  const { frame } = drawPanel(panelOf(points, { x: { label: "x", range: [0, 11] } }), "a", AT);
  expect(frame.right).toBeCloseTo(396, 1);
});

test("grid, ticks and their labels stand at the values; the y label above, the x label below the middle", () => {
  const { svg, frame } = drawPanel(panelOf(points), "a", AT);
  const width = frame.right - frame.left;
  const xs = [0, 2, 4, 6, 8, 10].map((value) => frame.left + (value / 10) * width);
  const ys = [0, 2, 4].map((value) => BOTTOM - (value / 4) * (BOTTOM - TOP));
  expect(textsIn(svg)).toEqual([
    ["y", 100, 61],
    ["x", near((frame.left + frame.right) / 2), BOTTOM + 8 + 14 + 11],
    ...ys.map((y, i) => [String(2 * i), near(frame.left - 7), near(y + 4)]),
    ...xs.map((x, i) => [String(2 * i), near(x), BOTTOM + 16]),
  ]);
  const [l, r] = [frame.left, frame.right].map((value) => value.toFixed(1).replace(".0", ""));
  expect(pathIn(svg, "bs-rule")).toMatch(new RegExp(`^M${l} 214H${r}M${l} 143H${r}M${l} 72H${r}M${l} 72V214M`));
  expect(pathIn(svg, "bs-ink")).toContain(`M${l} 72H${r}V214H${l}z`);
  expect(pathIn(svg, "bs-ink")).toContain(`M${(frame.left - 4).toFixed(0)} 214h4`);
  expect(pathIn(svg, "bs-ink").match(/v4/g)?.length).toBe(6);
  // Markers on the border stay whole.
  const [x0, x1] = [frame.left - 5, frame.right + 5].map((value) => value.toFixed(1).replace(".0", ""));
  expect(pathIn(svg, "<clipPath")).toBe(`M${x0} 67H${x1}V219H${x0}z`);
});

test("labels in several lines take their room; an x label never begins outside of the box", () => {
  const label = "a label of many words that does not fit into one line of the panel, and not into two of them either";
  const { frame, svg, bottom } = drawPanel(panelOf(points, { x: { label }, y: { label } }), "a", AT);
  const lines = textsIn(svg).filter(([text]) => /[a-z]/.test(text));
  const n = lines.length / 2;
  expect(n).toBe(2);
  expect([frame.top, frame.bottom, bottom]).toEqual([50 + 14 * n + 8, 250 - 22 - 14 * n, 250]);
  for (const [i, [text, x, y]] of lines.entries()) {
    const half = textWidth(text, 11) / 2;
    const line = i % n;
    if (i < n) expect([x, y]).toEqual([100, 61 + 14 * line]);
    else {
      expect(y).toBe(frame.bottom + 33 + 14 * line);
      expect(x).toBeCloseTo(Math.min(Math.max((frame.left + frame.right) / 2, 100 + half), 400 - half), 1);
    }
  }
  const wide = lines.slice(n).map(([text, x]) => x + textWidth(text, 11) / 2);
  expect(Math.max(...wide)).toBeLessThanOrEqual(400.1);
});

test("the colour bar: 32 steps from bottom to top of the frame, labels at their values, the title beside them", () => {
  const { svg, frame, occupied } = drawPanel(panelOf(heat, { color: colour }), "a", AT);
  // Gap, bar, gap, labels of two digits, gap, title.
  expect(frame.right).toBeCloseTo(400 - 4 - (10 + 12 + 6 + 2 * DIGIT + 6 + 11 + 4), 1);
  const bar = svg.slice(svg.lastIndexOf("</text><path fill="));
  const steps = [...bar.matchAll(/<path fill="([^"]*)" d="M([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)/g)];
  expect(steps.map(([, fill]) => fill)).toEqual(Array.from({ length: 32 }, (_, i) => viridisStep((i + 0.5) / 32)));
  const height = (BOTTOM - TOP) / 32;
  for (const [i, [, , left, top, right, bottom]] of steps.entries()) {
    expect([left, right].map(Number)).toEqual([near(frame.right + 10), near(frame.right + 22)]);
    expect(Number(bottom)).toBeCloseTo(BOTTOM - i * height, 0.9);
    // Each reaches a little under the next one: no gaps between colours.
    expect(Math.abs(Number(top) - (BOTTOM - (i + 1) * height - (i < 31 ? 0.3 : 0)))).toBeLessThan(0.051);
  }
  const middle = (BOTTOM + TOP) / 2;
  expect(textsIn(bar)).toEqual([
    ["0", near(frame.right + 28), BOTTOM + 4],
    ["5", near(frame.right + 28), middle + 4],
    ["10", near(frame.right + 28), TOP + 4],
    ["c", near(frame.right + 28 + 2 * DIGIT + 6 + 11), middle],
  ]);
  expect(bar).toContain(`transform="rotate(-90`);
  // Cells fill the frame, which the clip ends at, and no grid is drawn over them.
  expect([occupied[0].left, occupied[1].right]).toEqual([near(frame.left), near(frame.right)]);
  expect(pathIn(svg, "<clipPath")).toMatch(/^M117 72H[\d.]+V214H117z$/);
  expect(svg).toMatch(/<g class="bs-rule"[^>]*><\/g>/);
  // The first cell has the colour of 1 of 10, the second that of 10.
  expect(svg).toContain(`<path fill="${viridisStep(0.1)}" d="M117 72`);
});

test("a page finds the cells of a map by its frame and the values at its ends; other panels have none", () => {
  const { svg, frame } = drawPanel(panelOf(heat, { color: colour }), "a", AT);
  const map = /data-panel="([^"]*)" data-map="([^"]*)"/.exec(svg);
  expect(map?.[1]).toBe("c at y against x");
  const [left, right, ...rest] = map?.[2].split(" ").map(Number) ?? [];
  expect([left, right]).toEqual([near(frame.left), near(frame.right)]);
  expect(rest).toEqual([TOP, BOTTOM, 0, 10, 0, 4]);
  expect(drawPanel(panelOf(points), "a", AT).svg).not.toContain("data-map");
});

test("an isotropic panel is as high as its data need", () => {
  const { frame, bottom } = drawPanel(panelOf(points, { isotropic: true }), "a", AT);
  expect((frame.bottom - frame.top) / (frame.right - frame.left)).toBeCloseTo(0.4, 9);
  expect(bottom).toBeCloseTo(frame.bottom + 36, 9);
  const shifted = { x: { label: "x", range: [5, 15] }, y: { label: "y", range: [2, 6] }, isotropic: true } as const;
  const other = drawPanel(panelOf(points, shifted), "a", AT).frame;
  expect((other.bottom - other.top) / (other.right - other.left)).toBeCloseTo(0.4, 9);
});

test.each([
  { name: "points", mark: points, x: 0.4, y: 0.24 },
  { name: "steps", mark: { kind: "steps", edges: [0, 5, 10], values: [0, 4] }, x: 0, y: 0.24 },
  { name: "a map", mark: heat, color: colour, x: 0, y: 0 },
  { name: "a map without colours", mark: heat, x: 0, y: 0.24 },
  { name: "shapes", mark: { kind: "shapes", outlines: [[0, 0, 10, 0, 10, 4]] }, x: 0, y: 0.24 },
] as const)("beyond $name there is a margin where data end in the open", ({ mark, x, y, ...more }) => {
  const color = "color" in more ? { color: more.color } : {};
  const axis = (label: string) => ({ label, includes: [-100] }) as const;
  // From -100 on, so that no end is 0.
  const { place } = drawPanel(panelOf(mark, { x: axis("x"), y: axis("y"), ...color }), "a", AT);
  expect(place.x.high).toBeCloseTo(10 + (x / 10) * 110, 9);
  expect(place.y.high).toBeCloseTo(4 + (y / 4) * 104, 9);
});

test("a logarithmic axis is told", () => {
  const { place } = drawPanel(panelOf(points, { y: { label: "y", log: true, range: [1, 100] } }), "a", AT);
  expect(place.y).toEqual({ low: 1, high: 100, log: true });
});

test("without data it says so in the middle, and has no colour bar", () => {
  const nothing: Mark = { kind: "heat", xEdges: [0, 5, 10], yEdges: [0, 4], values: [Number.NaN, Number.NaN] };
  const { svg, frame } = drawPanel(panelOf(nothing, { color: colour }), "a", AT);
  expect(textsIn(svg).at(-1)).toEqual(["no data", near((frame.left + frame.right) / 2), (TOP + BOTTOM) / 2]);
  expect(svg).not.toContain("rotate(-90");
  expect(drawPanel(panelOf(heat, { color: colour }), "a", AT).svg).not.toContain("no data");
});

test("colours span all values of maps and shapes, and nothing else", () => {
  const shapes: Mark = { kind: "shapes", outlines: [[0, 0, 10, 0, 10, 4], [0, 0, 1, 1, 2, 0]], values: [20, 40] }; // prettier-ignore
  const steps: Mark = { kind: "steps", edges: [0, 10], values: [1000] };
  const marks = [{ color: "blue", marks: [heat, shapes, steps] }] as const;
  const { svg } = drawPanel(panelOf(heat, { color: { label: "c" }, series: marks }), "a", AT);
  // From 1 to 40: the lowest and the highest colour are those of a cell and of a shape.
  expect(svg).toContain(`<path fill="${viridisStep(0)}" d="M117 72`);
  expect(svg).toContain(`<path fill="${viridisStep(1)}" d="M`);
  expect(svg).toContain(`<path fill="${viridisStep(9 / 39)}" d="M`);
});
