import { expect, test } from "vitest";
import { hatchingSvg, shapesSvg, svgColour } from "./shapes-svg.js";

test.each([
  { css: "rgb(1, 2, 255)", want: { colour: "#0102ff", opacity: 1 } },
  { css: "rgb(68 1 84 / 0.45)", want: { colour: "#440154", opacity: 0.45 } },
  { css: "rgba(0, 0, 0, 0.3)", want: { colour: "#000000", opacity: 0.3 } },
  { css: "rgb(40 46 54 / 30%)", want: { colour: "#282e36", opacity: 0.3 } },
  { css: "none", want: { colour: "none", opacity: 1 } },
])("a colour that SVG 1.1 knows: $css", ({ css, want }) => {
  expect(svgColour(css)).toEqual(want);
});

const SIZE = { width: 200, height: 100 };
/** Squares of 0.2 with their lower left corner at x, 0. */
const square = (x: number): number[] => [x, 0, x + 0.2, 0, x + 0.2, 0.2, x, 0.2];
const attributes = (svg: string, name: string): string[] =>
  [...svg.matchAll(new RegExp(`<${name} [^>]*>`, "g"))].map(([tag]) => tag);

test("quadrilaterals: y goes up, the camera is in the middle, outlines say what a cell is", () => {
  const svg = shapesSvg(
    {
      kind: "quads",
      camera: { x: 0, y: 0, half: 1 },
      lines: Float32Array.of(-1, 0, 0, 0.5),
      quads: {
        n: 3,
        corners: Float32Array.from([...square(0), ...square(0.5), ...square(-0.5)]),
        colours: Uint8Array.of(255, 0, 0, 255, 0, 255, 0, 51, 0, 0, 255, 102),
        heavy: Uint8Array.of(0, 1, 2),
        patterns: Uint8Array.of(0, 0, 3),
      },
    },
    SIZE,
    "#123456",
  );
  expect(attributes(svg, "polygon")).toEqual([
    '<polygon points="100,50 120,50 120,30 100,30" fill="#ff0000" fill-opacity="1" stroke-width="1" stroke-opacity="0.3"/>',
    '<polygon points="150,50 170,50 170,30 150,30" fill="#00ff00" fill-opacity="0.2" stroke-width="2.5" stroke-opacity="0.15"/>',
    '<polygon points="50,50 70,50 70,30 50,30" fill="#0000ff" fill-opacity="0.4" stroke-width="4" stroke-opacity="1"/>',
  ]);
  expect(attributes(svg, "path")).toEqual([
    '<path d="M0 50L100 0" fill="none" stroke="#123456" stroke-opacity="0.28"/>',
    '<path d="M50,50L70,50L70,30L50,30Z" fill="url(#hatch3)" fill-opacity="0.3" stroke="none"/>',
  ]);
});

test("cells of a few pixels have no outline", () => {
  const quads = {
    n: 1,
    corners: Float32Array.from(square(0)),
    colours: Uint8Array.of(255, 0, 0, 255),
    heavy: Uint8Array.of(1),
  };
  const shapes = { kind: "quads", camera: { x: 0, y: 0, half: 5 }, lines: new Float32Array(0), quads } as const;
  expect(attributes(shapesSvg(shapes, SIZE, "#123456"), "polygon")).toEqual([
    '<polygon points="100,50 104,50 104,46 100,46" fill="#ff0000" fill-opacity="1" stroke="none"/>',
  ]);
});

test("hexagons without energy are a group of their own", () => {
  const corners = (x: number): number[] => [0, 1, 2, 3, 4, 5].flatMap((k) => [x + k, k]);
  const svg = shapesSvg(
    {
      kind: "hexagons",
      plane: { size: SIZE, unit: 10, x: (x) => 10 * x, y: (y) => 100 - 10 * y, isInside: () => true },
      hexagons: {
        n: 2,
        corners: Float32Array.from([...corners(0), ...corners(5)]),
        fills: ["", "rgb(1 2 3 / 0.45)"],
        filled: 1,
        range: { low: 0, high: 1, label: "" },
      },
    },
    SIZE,
    "#123456",
  );
  expect(svg).toBe(
    '<g data-part="empty" fill="none" stroke="#123456" stroke-opacity="0.3"><polygon points="0,100 10,90 20,80 30,70 40,60 50,50"/></g>' +
      '<g data-part="cells" stroke="#123456" stroke-opacity="0.3"><polygon points="50,100 60,90 70,80 80,70 90,60 100,50" fill="#010203" fill-opacity="0.45"/></g>',
  );
});

/** How strong the outline of a cell is whose corners, in pixels of a camera that is not in the middle, are these. */
function strengthOf(heavy: number, corners: readonly number[]): string | undefined {
  const camera = { x: 3, y: -2, half: 50 };
  const quads = { n: 1, corners: Float32Array.from(corners, (value, k) => value / 2 + (k % 2 === 0 ? 3 : -2)), colours: Uint8Array.of(0, 0, 0, 255), heavy: Uint8Array.of(heavy) }; // prettier-ignore
  const svg = shapesSvg({ kind: "quads", camera, lines: new Float32Array(0), quads }, SIZE, "#123456");
  const places = /points="([^"]*)"/.exec(svg)?.[1].split(/[ ,]/).map(Number) ?? [];
  expect(places.map((value, k) => Number((k % 2 === 0 ? value - 100 : 50 - value).toFixed(2)))).toEqual(corners);
  expect(svg).not.toContain("hatch");
  return /stroke-opacity="([^"]*)"/.exec(svg)?.[1];
}

test("outlines fade with the shorter one of the first two sides of a cell", () => {
  const cell = (first: number, third: number, high = 40): number[] => [10, 20, 10 + first, 20, 10 + third, 20 + high, 10, 20 + high]; // prettier-ignore
  // From 5 px on, whole at 13 px; of cells that differ from 1 px on, whole at 4 px.
  expect([5, 7, 9, 13, 20].map((side) => strengthOf(0, cell(side, 30)))).toEqual([undefined, "0.08", "0.15", "0.3", "0.3"]); // prettier-ignore
  expect([9, 7, 1].map((side) => strengthOf(1, cell(30, 30, side)))).toEqual(["0.38", "0.19", undefined]);
  expect([1, 2.5, 4].map((side) => strengthOf(2, cell(side, 30)))).toEqual([undefined, "0.5", "1"]);
  // Slanted sides are as long as they are.
  expect(strengthOf(1, [0, 0, 6.6, 8.8, 6.6, 48.8, 0, 40])).toBe("0.56");
});

test("hexagons up to five pixels across have no outline; nothing has none either", () => {
  const of = (across: number, n = 1): boolean => {
    const corners = Float32Array.from([1, 1, 0, 0, 0, 0, 1 + 0.6 * across, 1 + 0.8 * across, 0, 0, 0, 0]);
    const plane = { size: SIZE, unit: 1, x: (x: number) => x, y: (y: number) => y, isInside: () => true };
    const hexagons = { n, corners, fills: ["none"], filled: 0, range: { low: 0, high: 1, label: "" } };
    return shapesSvg({ kind: "hexagons", plane, hexagons }, SIZE, "#123456").includes('stroke="#123456"');
  };
  expect([of(4.9), of(5.1), of(20), of(20, 0)]).toEqual([false, true, true, false]);
});

test("hatchings have the numbers that cells ask for", () => {
  expect([...hatchingSvg("#123456").matchAll(/id="(\w+)"/g)].map(([, id]) => id)).toEqual(["hatch1", "hatch2", "hatch3"]); // prettier-ignore
});
