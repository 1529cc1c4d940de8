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
  const svg = sheetSvg(sheet, "everything", COLOURS, `"Some Font", serif`, () => "", 2);
  expect(svg).toContain('width="1616" height="772" viewBox="0 0 808 386" font-family="&quot;Some Font&quot;, serif"');
  expect(svg).toContain(">sample, event 3 · fast simulation</text>");
  expect(svg).toContain(">20 E [GeV] &amp; more</text>");
  expect(svg.match(/<linearGradient /g)?.length).toBe(2);
  expect(sheetSvg(sheet, "on top", COLOURS, "serif", () => "")).not.toContain(COLOURS.paper);
});
