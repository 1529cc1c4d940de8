/**
 * Text in plots without a browser: how wide it is, where lines break, and which boxes the texts of an SVG take, so that
 * layout and tests can keep labels apart.
 */

/** Advance widths in 1/100 of the font size: those of DejaVu Sans, the widest of the usual system fonts. */
const WIDTHS: Record<string, number> = {};
for (const [width, characters] of [
  [29, "'ijlIJ"],
  [34, " \u00a0,.·/\\:;|"],
  [41, "f-()[]t!²³¹⁰⁴⁵⁶⁷⁸⁹r"],
  [53, '"*_`°–s?⁻z'],
  [60, "cLFkχvxyP"],
  [64, "TYaoθeESbdghnpquησΣµρ0123456789${}√"],
  [70, "KφAVΔBRXZCλ"],
  [79, "UHNDG&OQ"],
  [84, "w∞#+<=>^~−±×≤≥→≈"],
  [100, "Mm%W@—…"],
] as const) {
  for (const character of characters) WIDTHS[character] = width;
}

/** At least the width that a usual system font gives the text [px]. */
export function textWidth(text: string, size: number, bold = false): number {
  let sum = 0;
  for (const character of text) sum += WIDTHS[character] ?? 84;
  return (sum * size * (bold ? 1.12 : 1)) / 100;
}

/** Breaks the text at spaces into lines of at most `width` px; a longer word stays whole. */
export function wrapText(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, size) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  lines.push(line);
  return lines;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface TextBox extends Box {
  readonly text: string;
}

/** Whether two boxes share more than a border. */
export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

export interface TextOptions {
  /** Default 11 px. */
  readonly size?: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly bold?: boolean;
  /** Reads upwards. */
  readonly upwards?: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]);
}

/** A pixel coordinate to a tenth, without "-0". */
export function px(value: number): string {
  return String(Math.round(10 * value) / 10 + 0);
}

/** A text element with its baseline at (x, y). Every text of a plot is made here, so that `textBoxes` finds it. */
export function textElement(x: number, y: number, text: string, options: TextOptions = {}): string {
  const { size = 11, anchor = "start", bold = false, upwards = false } = options;
  const attributes = [
    `x="${px(x)}" y="${px(y)}" font-size="${size}"`,
    anchor === "start" ? "" : ` text-anchor="${anchor}"`,
    bold ? ` font-weight="bold"` : "",
    upwards ? ` transform="rotate(-90 ${px(x)} ${px(y)})"` : "",
  ];
  return `<text ${attributes.join("")}>${escapeXml(text)}</text>`;
}

/** The boxes of all texts of a plot's SVG, by `textWidth`: from 0.8 above to 0.25 font sizes below the baseline. */
export function textBoxes(svg: string): TextBox[] {
  const pattern =
    /<text x="([\d.-]+)" y="([\d.-]+)" font-size="([\d.]+)"( text-anchor="(\w+)")?( font-weight="bold")?( transform="[^"]*")?>([^<]*)</g;
  return [...svg.matchAll(pattern)].map((match) => {
    const [x, y, size] = [Number(match[1]), Number(match[2]), Number(match[3])];
    const text = match[8].replace(
      /&(amp|lt|gt|quot);/g,
      (_, name: string) => ({ amp: "&", lt: "<", gt: ">" })[name] ?? '"',
    );
    const width = textWidth(text, size, match[6] !== undefined);
    const before = match[5] === "end" ? width : match[5] === "middle" ? width / 2 : 0;
    const [up, down] = [0.8 * size, 0.25 * size];
    if (match[7] === undefined)
      return { text, left: x - before, right: x - before + width, top: y - up, bottom: y + down };
    return { text, left: x - up, right: x + down, top: y + before - width, bottom: y + before };
  });
}
