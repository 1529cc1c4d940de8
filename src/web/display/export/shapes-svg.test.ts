import { expect, test } from "vitest";
import { shapesSvg, svgColour } from "./shapes-svg.js";

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
