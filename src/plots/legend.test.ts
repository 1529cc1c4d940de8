import { expect, test } from "vitest";
import { createLegend, freePlace, keyOf, strokeOf } from "./legend.js";
import { type Mark, type Panel, type Series } from "./plot.js";
import { textWidth } from "./text.js";

const points: Mark = { kind: "points", x: [], y: [] };
const series = (name: string, marks: readonly Mark[] = [points], more: Partial<Series> = {}): Series => ({
  name,
  color: "blue",
  marks,
  ...more,
});
const panel = (...list: Series[]): Panel => ({ x: { label: "x" }, y: { label: "y" }, series: list });
const legendOf = (...list: Series[]) => {
  const legend = createLegend([panel(...list)]);
  if (legend === undefined) throw new Error("no legend");
  return legend;
};

test("each name stands once, below the one before; a long one takes as many lines as it needs", () => {
  const long = "a name of many words that is broken into lines";
  const panels = [panel(series("one"), series(long), { color: "grey", marks: [] }), panel(series("one"), series("two"))];
  const legend = createLegend(panels);
  const svg = legend?.draw(100, 50) ?? "";
  const texts = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</g)];
  const lines = texts.map(([, , , text]) => text);
  expect([lines[0], lines.slice(1, -1).join(" "), lines.at(-1)]).toEqual(["one", long, "two"]);
  expect(lines.length).toBe(5);
  for (const [i, [, x, y]] of texts.entries()) {
    expect([Number(x), Number(y)]).toEqual([124, expect.closeTo(50 + 2 + 7.5 + 4 + 15 * i, 1)]);
  }
  expect(legend?.height).toBe(5 * 15 + 4);
  expect(legend?.width).toBeCloseTo(24 + Math.max(...lines.map((line) => textWidth(line, 11))) + 4, 9);
  expect(svg.match(/data-toggle/g)?.length).toBe(3);
  expect(createLegend([panel({ color: "grey", marks: [points] })])).toBe(undefined);
}); // prettier-ignore

const line: Mark = { kind: "line", x: [], y: [] };
const joined: Mark = { ...points, kind: "points", joined: true };

test.each<{ name: string; marks: Mark[]; wanted: string[] }>([
  { name: "points", marks: [points], wanted: ["circle"] },
  { name: "points that are joined", marks: [joined], wanted: ["line", "circle"] },
  { name: "points on a line", marks: [line, points], wanted: ["line", "circle"] },
  { name: "a line", marks: [line], wanted: ["line"] },
  { name: "a histogram", marks: [{ kind: "steps", edges: [], values: [] }], wanted: ["line"] },
  { name: "a band with its line", marks: [{ kind: "band", x: [], low: [], high: [] }, line], wanted: ["area"] },
  { name: "violins with points", marks: [{ kind: "violins", at: [], halfWidth: 1, shapes: [] }, points], wanted: ["area"] }, // prettier-ignore
  { name: "shapes", marks: [{ kind: "shapes", outlines: [] }], wanted: ["area"] },
])("the sign of $name is made of $wanted", ({ marks, wanted }) => {
  const svg = legendOf(series("a", marks)).draw(100, 50);
  const found = [...svg.matchAll(/<(path|circle) [^>]*>/g)].map(([all, name]) => {
    return name === "circle" ? "circle" : all.includes("fill-opacity") ? "area" : "line";
  });
  expect(found).toEqual(wanted);
  // 16 px wide from 2 px on, in the middle of its line of 15 px from 52 on.
  if (wanted[0] === "area") expect(svg).toContain('d="M102 54.5H118V64.5H102z"');
  if (wanted[0] === "line") expect(svg).toContain('d="M102 59.5H118"');
  if (wanted.includes("circle")) expect(svg).toContain('cx="110" cy="59.5"');
});

test("a sign has the marker and the dashes of its series", () => {
  expect(legendOf(series("a", [points], { marker: "square" })).draw(0, 0)).not.toContain("<circle");
  expect(strokeOf(series("a", [], { dash: "3 3" }))).toContain('stroke-dasharray="3 3"');
  expect(strokeOf(series("a"))).not.toContain("dash");
  expect([keyOf(series("default chain: pT 5.1 GeV")), keyOf(series("ηφ_x")), keyOf({ color: "ink", marks: [] })]).toEqual([
    "default-chain-pT-5-1-GeV", "ηφ-x", "",
  ]); // prettier-ignore
});

const frame = { left: 100, right: 300, top: 50, bottom: 250 };
const legend = { width: 40, height: 20, draw: () => "" };
const box = (left: number, right: number, top: number, bottom: number) => ({ left, right, top, bottom });
const [UP, DOWN] = [56, 250 - 20 - 6];

test("in an empty frame the legend is in the upper right corner, 6 px from its borders", () => {
  expect(freePlace(legend, frame, [])).toEqual({ left: 300 - 40 - 6, top: UP });
});

test("it goes from corner to corner, then between them, above before below", () => {
  // What covers nothing but the places that were found.
  const taken: ReturnType<typeof box>[] = [];
  const found: number[][] = [];
  for (;;) {
    const place = freePlace(legend, frame, taken);
    if (place === undefined) break;
    found.push([place.left, place.top]);
    taken.push(box(place.left + 15, place.left + 16, place.top + 5, place.top + 6));
  }
  const at = (share: number): number => 106 + share * (254 - 106);
  expect(found).toEqual([1, 0, 0.75, 0.5, 0.25].flatMap((share) => [[at(share), UP], [at(share), DOWN]])); // prettier-ignore
});

test.each([
  { side: "left", other: box(200, 250, 60, 61), touching: box(200, 251, 60, 61) },
  { side: "right", other: box(298, 299, 60, 61), touching: box(297, 299, 60, 61) },
  { side: "top", other: box(260, 261, 40, 52), touching: box(260, 261, 40, 53) },
  { side: "bottom", other: box(260, 261, 80, 90), touching: box(260, 261, 79, 90) },
])("it keeps 4 px from data on its $side", ({ other, touching }) => {
  expect(freePlace(legend, frame, [other])?.left).toBe(254);
  expect(freePlace(legend, frame, [touching])).not.toEqual({ left: 254, top: UP });
});

test("a frame that is too small has no place for it", () => {
  const sized = (width: number, height: number) =>
    freePlace(legend, { ...frame, right: 100 + width, bottom: 50 + height }, []);
  expect([sized(52, 32), sized(51.9, 32), sized(52, 31.9)]).toEqual([{ left: 106, top: 56 }, undefined, undefined]);
});
