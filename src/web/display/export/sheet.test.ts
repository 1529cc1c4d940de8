import { expect, test } from "vitest";
import { wrapped } from "../../ui/wrapped.js";
import { type Drawing } from "./drawing.js";
import { createSheet, sheetSvg } from "./sheet.js";

test.each([
  { name: "what fits is one line", parts: ["a b", "c"], most: 20, want: ["a b · c"] },
  {
    name: "lines end between parts",
    parts: ["first part", "second part"],
    most: 20,
    want: ["first part", "second part"],
  },
  { name: "a long part ends between words", parts: ["aaa bbb ccc", "d"], most: 8, want: ["aaa bbb", "ccc · d"] },
  { name: "a long word stays whole", parts: ["x", "abcdefghij"], most: 4, want: ["x", "abcdefghij"] },
  { name: "no part, no line", parts: [], most: 4, want: [] },
])("captions: $name", ({ parts, most, want }) => {
  expect(wrapped(parts, most)).toEqual(want);
});

const drawing = (width: number, height: number): Drawing => ({
  size: { width, height },
  shapes: null,
  painter: null,
  range: { low: 0.5, high: 20, label: "E [GeV] & more" },
});
const COLOURS = { ink: "#111111", soft: "#222222", paper: "#ffffff" };

test("pictures stand side by side below their titles and above colour bars and caption", () => {
  const pictures = [
    { drawing: drawing(400, 300), title: "A", overlay: null },
    {
      drawing: drawing(400, 250),
      title: "B: a title that is much too long for a picture which is so narrow",
      overlay: null,
    },
  ];
  const sheet = createSheet(pictures, ["sample, event 3", "fast simulation"]);
  expect(sheet.parts.map(({ x, y, title }) => [x, y, title])).toEqual([
    [0, 26, "A"],
    [408, 26, "B: a title that is much too long for a picture whi…"],
  ]);
  expect([sheet.width, sheet.height]).toEqual([808, 26 + 300 + 26 + 16 + 18]);
  const svg = sheetSvg(sheet, "everything", { colours: COLOURS, font: `"Some Font", serif`, scale: 2 }, () => "");
  expect(svg).toContain('width="1616" height="772" viewBox="0 0 808 386" font-family="&quot;Some Font&quot;, serif"');
  expect(svg).toContain(">sample, event 3 · fast simulation</text>");
  expect(svg).toContain(">20 E [GeV] &amp; more</text>");
  expect(svg.match(/<linearGradient /g)?.length).toBe(2);
  expect(sheetSvg(sheet, "on top", { colours: COLOURS, font: "serif" }, () => "")).not.toContain(COLOURS.paper);
});

test("lines of the caption stand at the bottom, colour bars below their pictures", () => {
  const long = ["a long part of the caption", "and another one that needs a line of its own"];
  const sheet = createSheet([{ drawing: drawing(300, 200), title: "", overlay: null }], long);
  // No titles; a bar of 26 px, two lines of 18, 8 px around.
  expect([sheet.width, sheet.height, sheet.parts[0].y]).toEqual([300, 200 + 26 + 16 + 36, 0]);
  const svg = sheetSvg(sheet, "everything", { colours: COLOURS, font: "serif" }, () => "");
  const texts = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)" fill="([^"]*)"[^>]*>([^<]*)</g)].map((match) =>
    match.slice(1),
  );
  expect(texts).toEqual([
    ["8", "218", COLOURS.ink, "0.5"],
    [String(8 + 6.4 * 3 + 8 + 120 + 8), "218", COLOURS.ink, "20 E [GeV] &amp; more"],
    ["8", String(278 - 8 - 36 + 13.5), COLOURS.soft, long[0]],
    ["8", String(278 - 8 - 18 + 13.5), COLOURS.soft, long[1]],
  ]);
  expect(svg).toContain(`<rect x="${8 + 6.4 * 3 + 8}" y="208" width="120" height="12" fill="url(#scale0)"`);
  expect(svg).toContain(`<rect width="300" height="278" fill="#ffffff"/>`);
  expect(svg).not.toContain("font-weight");
  const plain = createSheet([{ drawing: { ...drawing(300, 200), range: null }, title: "", overlay: null }], []);
  expect(plain.height).toBe(200 + 16);
});

test("overlays are put where their pictures are", () => {
  const overlay = {} as SVGSVGElement;
  const two = [0, 1].map(() => ({ drawing: drawing(100.4, 50), title: "t", overlay }));
  const places: number[][] = [];
  sheetSvg(createSheet(two, []), "on top", { colours: COLOURS, font: "serif" }, (_, x, y) => {
    places.push([x, y]);
    return "";
  });
  expect(places).toEqual([[0, 26], [108, 26]]);
}); // prettier-ignore
