/** Cells, bins and wafers as SVG polygons: a polygon each, styled by attributes, so that any program draws them. */
import { hexColor } from "../../../core/index.js";
import { type Size } from "../../ui/size.js";
import { type Shapes } from "./drawing.js";

/** Hexagons smaller than this have no outline [px]. */
const LEAST_OUTLINED = 5;

const rounded = (value: number): string => String(Math.round(100 * value) / 100);

/** A CSS colour, "rgb(1 2 3 / 40%)" or "rgba(1, 2, 3, 0.4)", as those that SVG 1.1 knows; opacity from 0 to 1. */
export function svgColour(css: string): { readonly colour: string; readonly opacity: number } {
  if (!css.startsWith("rgb")) return { colour: css, opacity: 1 };
  const [r, g, b, a] = css.match(/[\d.]+%?/g) ?? [];
  const opacity = a === undefined ? 1 : a.endsWith("%") ? Number(a.slice(0, -1)) / 100 : Number(a);
  return { colour: hexColor([Number(r), Number(g), Number(b)]), opacity };
}

/** The hatchings that `shapesSvg` fills with, for the head of a file. */
export function hatchingSvg(ink: string): string {
  const rising = "M-2 2 2-2M0 8 8 0M6 10 10 6";
  const falling = "M-2 6 2 10M0 0 8 8M6-2 10 2";
  const patterns = [rising, falling, rising + falling].map(
    (path, k) =>
      `<pattern id="hatch${k + 1}" width="8" height="8" patternUnits="userSpaceOnUse"><path d="${path}" stroke="${ink}" stroke-width="2"/></pattern>`,
  );
  return `<defs>${patterns.join("")}</defs>`;
}

/** The shapes of a picture; outlines have the colour `ink`. */
export function shapesSvg(shapes: Shapes, size: Size, ink: string): string {
  return shapes.kind === "quads" ? quadsSvg(shapes, size, ink) : hexagonsSvg(shapes, ink);
}

/** Like the painter's shaders: outlines fade where a cell is only a few pixels wide, and hatching goes on from cell to cell. */
function quadsSvg({ camera, quads, lines }: Shapes & { kind: "quads" }, { width, height }: Size, ink: string): string {
  const unit = width / (2 * camera.half);
  const x = (value: number): string => rounded(width / 2 + (value - camera.x) * unit);
  const y = (value: number): string => rounded(height / 2 - (value - camera.y) * unit);
  const { n, corners, colours, heavy, patterns } = quads;
  let path = "";
  for (let k = 0; k < lines.length; k += 4) {
    path += `M${x(lines[k])} ${y(lines[k + 1])}L${x(lines[k + 2])} ${y(lines[k + 3])}`;
  }
  let polygons = "";
  for (let i = 0; i < n; i++) {
    const at = 8 * i;
    const side = (k: number): number =>
      unit * Math.hypot(corners[at + k + 2] - corners[at + k], corners[at + k + 3] - corners[at + k + 1]);
    const room = heavy[i] === 2 ? (Math.min(side(0), side(2)) - 1) / 3 : (Math.min(side(0), side(2)) - 5) / 8;
    const opacity = colours[4 * i + 3] / 255;
    const strength = Math.min(1, Math.max(0, room)) * [0.3 * opacity, 0.75 * opacity, 1][heavy[i]];
    const points = [0, 2, 4, 6].map((k) => `${x(corners[at + k])},${y(corners[at + k + 1])}`).join(" ");
    const fill = hexColor([colours[4 * i], colours[4 * i + 1], colours[4 * i + 2]]);
    const outline =
      strength > 0 ? ` stroke-width="${1 + 1.5 * heavy[i]}" stroke-opacity="${rounded(strength)}"` : ` stroke="none"`;
    polygons += `<polygon points="${points}" fill="${fill}" fill-opacity="${rounded(opacity)}"${outline}/>`;
    const pattern = patterns?.[i] ?? 0;
    // A path, so that there is one polygon for each cell.
    if (pattern > 0) {
      const hatching = `fill="url(#hatch${pattern})" fill-opacity="${rounded(0.75 * opacity)}"`;
      polygons += `<path d="M${points.replaceAll(" ", "L")}Z" ${hatching} stroke="none"/>`;
    }
  }
  return (
    (path === "" ? "" : `<path d="${path}" fill="none" stroke="${ink}" stroke-opacity="0.28"/>`) +
    `<g data-part="cells" stroke="${ink}" stroke-linejoin="round">${polygons}</g>`
  );
}

/** Those without energy, which are an outline, are a group of their own below the others. */
function hexagonsSvg({ plane, hexagons }: Shapes & { kind: "hexagons" }, ink: string): string {
  const { n, corners, fills } = hexagons;
  const [across = 0] = n === 0 ? [] : [plane.unit * Math.hypot(corners[6] - corners[0], corners[7] - corners[1])];
  const groups = { empty: "", cells: "" };
  for (let i = 0; i < n; i++) {
    const points = [0, 2, 4, 6, 8, 10]
      .map((k) => `${rounded(plane.x(corners[12 * i + k]))},${rounded(plane.y(corners[12 * i + k + 1]))}`)
      .join(" ");
    const { colour, opacity } = svgColour(fills[i]);
    if (fills[i] === "") groups.empty += `<polygon points="${points}"/>`;
    else groups.cells += `<polygon points="${points}" fill="${colour}" fill-opacity="${rounded(opacity)}"/>`;
  }
  const outline = across > LEAST_OUTLINED ? `stroke="${ink}" stroke-opacity="0.3"` : `stroke="none"`;
  return (
    `<g data-part="empty" fill="none" ${outline}>${groups.empty}</g>` +
    `<g data-part="cells" ${outline}>${groups.cells}</g>`
  );
}
