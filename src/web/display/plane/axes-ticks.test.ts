import { expect, test } from "vitest";
import { Random } from "../../../core/index.js";
import { axisWords, histogramTicks, isClearOf } from "./axes-ticks.js";
import { FLAT_STRETCH } from "./scene.js";

const SIZE = { width: 800, height: 400 };

test("the flat map: φ below, R/z at the side", () => {
  const { x, y, titles } = histogramTicks("flat", { x: 2, y: 0.25 * FLAT_STRETCH, half: 0.41 }, SIZE);
  expect(titles).toEqual(["φ [rad]", "R/z"]);
  expect(x.map(({ label }) => label)).toEqual(["1.6", "1.7", "1.8", "1.9", "2.0", "2.1", "2.2", "2.3", "2.4"]);
  expect(x[4].at).toBeCloseTo(400, 9);
  expect(y.map(({ label }) => label)).toEqual(["0.20", "0.25", "0.30"]);
  expect(y[1].at).toBeCloseTo(200, 9);
});

test("beyond the seam φ goes on at −π, and there is no R/z below 0", () => {
  const { x, y } = histogramTicks("flat", { x: Math.PI, y: 0, half: 1 }, SIZE);
  const labels = x.map(({ label }) => label);
  expect(labels).toEqual(["2.2", "2.4", "2.6", "2.8", "3.0", "−3.0", "−2.8", "−2.6", "−2.4", "−2.2"]);
  // Each number stands where it is, a turn further.
  expect(x[6].at).toBeCloseTo(400 + (-2.8 + 2 * Math.PI - Math.PI) * 400, 9);
  expect(y.map(({ label }) => Number(label)).toSorted((a, b) => a - b)[0]).toBe(0);
});

test("ticks are where their numbers are, apart, and inside: 200 cameras", () => {
  const random = new Random(5, 0);
  for (let k = 0; k < 200; k++) {
    const camera = { x: random.between(-1, 1), y: random.between(-1, 1), half: 10 ** random.between(-2, 0.3) };
    const { x, y } = histogramTicks("polar", camera, SIZE);
    for (const [ticks, length] of [
      [x, SIZE.width],
      [y, SIZE.height],
    ] as const) {
      for (const [i, { at }] of ticks.entries()) {
        expect(at).toBeGreaterThanOrEqual(-1e-6);
        expect(at).toBeLessThanOrEqual(length + 1e-6);
        if (i > 0) expect(Math.abs(at - ticks[i - 1].at)).toBeGreaterThan(69.9);
      }
      expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
    }
    expect(x.length).toBeGreaterThan(2);
    for (const { at, label } of x) {
      const value = camera.x + ((at - SIZE.width / 2) * 2 * camera.half) / SIZE.width;
      expect(Math.abs(Number(label.replace("−", "-")) - value)).toBeLessThan(1e-6);
    }
  }
});

test("no word of an axis stands on another, and what is clear of them touches none: sizes of phones and screens", () => {
  const random = new Random(6, 0);
  for (let k = 0; k < 100; k++) {
    const size = { width: random.between(280, 3800), height: random.between(120, 2000) };
    const camera = {
      x: random.between(-3, 3),
      y: FLAT_STRETCH * random.between(0, 0.5),
      half: 10 ** random.between(-1.5, 0.3),
    };
    const words = axisWords(histogramTicks(k % 2 === 0 ? "flat" : "polar", camera, size), size);
    for (const [i, { text, x, y, anchor }] of words.entries()) {
      const shift = anchor === "start" ? 4 * text.length : anchor === "end" ? -4 * text.length : 0;
      expect(
        isClearOf(words.toSpliced(i, 1), text, x + shift, y - 4),
        `${text} in ${size.width} x ${size.height}`,
      ).toBe(true);
      expect(isClearOf(words, "524", x + shift, y - 4)).toBe(false);
    }
    expect(isClearOf(words, "524", size.width / 2, size.height / 2 - 20)).toBe(true);
  }
});

test("numbers stand along their sides, between the corners, where the titles are", () => {
  const ticks = (...places: number[]) => places.map((at) => ({ at, label: String(at) }));
  const axes = { x: ticks(60, 61, 709, 710), y: ticks(60, 61, 369, 370), titles: ["X", "Y"] as const };
  expect(axisWords(axes, SIZE).map(({ text, x, y, anchor }) => [text, x, y, anchor])).toEqual([
    ["61", 61, 390, "middle"], ["709", 709, 390, "middle"],
    ["61", 10, 65, "start"], ["369", 10, 373, "start"],
    ["X", 788, 390, "end"], ["Y", 10, 390, "start"],
  ]);
}); // prettier-ignore

test.each([
  { anchor: "start", left: 100 },
  { anchor: "middle", left: 92 },
  { anchor: "end", left: 84 },
] as const)("a word of two letters at its $anchor is 16 px wide, and as high as its line", ({ anchor, left }) => {
  const words = [{ text: "ab", x: 100, y: 104, anchor }];
  const isClear = (x: number, y = 100): boolean => isClearOf(words, "cd", x, y);
  expect([left - 8, left - 7, left + 23, left + 24].map((x) => isClear(x))).toEqual([true, false, false, true]);
  expect([84, 85, 115, 116].map((y) => isClear(left + 8, y))).toEqual([true, false, false, true]);
});
