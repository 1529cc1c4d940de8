import { expect, test } from "vitest";
import { overlap, textBoxes, textElement, textWidth, wrapText } from "./text.js";

test("a digit is 0.64, an m 1, an i 0.29 font sizes wide; bold is wider", () => {
  expect(textWidth("3", 10)).toBeCloseTo(6.4, 10);
  expect(textWidth("mi", 10)).toBeCloseTo(12.9, 10);
  expect(textWidth("3", 10, true)).toBeCloseTo(6.4 * 1.12, 10);
});

test.each([
  { name: "short text stays", text: "a b", width: 100, want: ["a b"] },
  { name: "lines break at spaces", text: "mm mm mm", width: 45, want: ["mm mm", "mm"] },
  { name: "a long word stays whole", text: "mmmmmmmm m", width: 30, want: ["mmmmmmmm", "m"] },
  { name: "units stay with their numbers", text: "mm 41\u00a0GeV", width: 45, want: ["mm", "41\u00a0GeV"] },
])("wrapText: $name", ({ text, width, want }) => {
  expect(wrapText(text, 10, width)).toEqual(want);
});

test("boxes are those of the texts, whatever their anchor and direction", () => {
  const [start, end, middle, up] = textBoxes(
    [
      textElement(100, 50, "33", { size: 10 }),
      textElement(100, 50, "33", { size: 10, anchor: "end" }),
      textElement(100, 50, "a<b & c", { size: 10, anchor: "middle", bold: true }),
      textElement(100, 50, "33", { size: 10, anchor: "middle", upwards: true }),
    ].join(""),
  );
  expect(start).toEqual({ text: "33", left: 100, right: 112.8, top: 42, bottom: 52.5 });
  expect(end).toEqual({ text: "33", left: 87.2, right: 100, top: 42, bottom: 52.5 });
  expect(middle.text).toBe("a<b & c");
  expect((middle.left + middle.right) / 2).toBeCloseTo(100, 10);
  expect(up).toEqual({ text: "33", left: 92, right: 102.5, top: expect.closeTo(43.6), bottom: expect.closeTo(56.4) });
  expect(overlap(start, middle)).toBe(true);
  expect(overlap(start, end)).toBe(false);
});

test("boxes that share a border do not overlap, on any side; those that share a point inside do", () => {
  const box = (left: number, top: number, size = 2) => ({ left, top, right: left + size, bottom: top + size });
  const middle = box(0, 0);
  const beside = [box(2, 0), box(-2, 0), box(0, 2), box(0, -2), box(2, 2)];
  expect(beside.map((other) => overlap(middle, other))).toEqual([false, false, false, false, false]);
  const over = [box(1.9, 0), box(-1.9, 0), box(0, 1.9), box(0, -1.9), box(0.5, 0.5, 1), box(-1, -1, 4)];
  expect(over.map((other) => overlap(middle, other))).toEqual([true, true, true, true, true, true]);
});
