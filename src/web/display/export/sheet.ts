/** The pictures of a page on one sheet: side by side, with their overlays, colour bars and a caption. */
import { hexColor } from "../../../core/index.js";
import { type Range, viridis } from "../../ui/colours.js";
import { short } from "../../ui/numbers.js";
import { wrapped } from "../../ui/wrapped.js";
import { type Drawing } from "./drawing.js";
import { hatchingSvg, shapesSvg } from "./shapes-svg.js";

/** Heights of lines of text and of a colour bar [px], and of what stays free. */
const LINE = 18;
const BAR = { width: 120, height: 12 };
const PADDING = 8;
/** Mean width of a character of 12 px [px], rather too wide. */
const CHARACTER = 6.4;
const BOLD_CHARACTER = 7.4;

/** A picture with its place on the sheet. */
export interface Part {
  readonly drawing: Drawing;
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly overlay: SVGSVGElement | null;
}

export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly Part[];
  readonly caption: readonly string[];
}

export interface Colours {
  readonly ink: string;
  readonly soft: string;
  readonly paper: string;
}

export function createSheet(
  pictures: readonly Pick<Part, "drawing" | "title" | "overlay">[],
  caption: readonly string[],
): Sheet {
  const top = pictures.some(({ title }) => title !== "") ? LINE + PADDING : 0;
  const bars = pictures.some(({ drawing }) => drawing.range !== null) ? LINE + PADDING : 0;
  let width = 0;
  let tallest = 0;
  const parts = pictures.map((picture): Part => {
    const x = width === 0 ? 0 : width + PADDING;
    const { size } = picture.drawing;
    width = x + Math.round(size.width);
    tallest = Math.max(tallest, Math.round(size.height));
    const most = Math.floor((size.width - 2 * PADDING) / BOLD_CHARACTER);
    const title = picture.title.length > most ? `${picture.title.slice(0, most - 1)}…` : picture.title;
    return { ...picture, title, x, y: top };
  });
  const lines = wrapped(caption, Math.floor((width - 2 * PADDING) / CHARACTER));
  const height = top + tallest + bars + 2 * PADDING + LINE * lines.length;
  return { width, height, parts, caption: lines };
}

export interface SheetStyle {
  readonly colours: Colours;
  readonly font: string;
  /** Pixels of a program that asks the file for its size, default 1. */
  readonly scale?: number;
}

/**
 * The sheet as an SVG file. `what`: everything, or only what stands on top of what painters draw. `overlayOf` copies an overlay to
 * a place.
 */
export function sheetSvg(
  { width, height, parts, caption }: Sheet,
  what: "everything" | "on top",
  { colours, font, scale = 1 }: SheetStyle,
  overlayOf: (overlay: SVGSVGElement, x: number, y: number) => string,
): string {
  const body = parts.map(({ drawing, title, overlay, x, y }, i) => {
    const { size, shapes, painter, range } = drawing;
    const drawn =
      shapes !== null && (what === "everything" || painter === null)
        ? `<svg x="${x}" y="${y}" width="${size.width}" height="${size.height}" overflow="hidden">${shapesSvg(shapes, size, colours.ink)}</svg>`
        : "";
    return [
      title === "" ? "" : text(title, x + PADDING, LINE, colours.ink, ` font-weight="600"`),
      drawn,
      overlay === null ? "" : overlayOf(overlay, x, y),
      range === null ? "" : colourBar(range, x + PADDING, y + Math.round(size.height) + PADDING, colours, `scale${i}`),
    ].join("");
  });
  const first = height - PADDING - LINE * caption.length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * scale}" height="${height * scale}" viewBox="0 0 ${width} ${height}" font-family="${escaped(font)}" font-size="12">`,
    what === "everything"
      ? `${hatchingSvg(colours.ink)}<rect width="${width}" height="${height}" fill="${colours.paper}"/>`
      : "",
    ...body,
    `<g data-part="caption">${caption.map((line, i) => text(line, PADDING, first + LINE * (i + 0.75), colours.soft)).join("")}</g>`,
    "</svg>\n",
  ].join("");
}

function colourBar({ low, high, label }: Range, x: number, y: number, { ink }: Colours, id: string): string {
  const stops = Array.from(
    { length: 11 },
    (_, k) => `<stop offset="${k / 10}" stop-color="${hexColor(viridis(k / 10))}"/>`,
  );
  const from = short(low);
  const left = x + CHARACTER * from.length + PADDING;
  return [
    `<linearGradient id="${id}">${stops.join("")}</linearGradient>`,
    text(from, x, y + 10, ink),
    `<rect x="${left}" y="${y}" width="${BAR.width}" height="${BAR.height}" fill="url(#${id})" stroke="${ink}" stroke-width="0.5"/>`,
    text(`${short(high)} ${label}`, left + BAR.width + PADDING, y + 10, ink),
  ].join("");
}

function text(words: string, x: number, y: number, colour: string, more = ""): string {
  return `<text x="${x}" y="${y}" fill="${colour}"${more}>${escaped(words)}</text>`;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
