// TeX in WebAssembly: NAME.tex to SVG without a TeX of one's own. node-tikzjax has a lock file of its own beside the pictures, so that nobody installs it who draws none.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { contourPath, openFont } from "./glyphs.mjs";

const PT = 72 / 72.27;

/** Loads it, once installed below `folder`, which has its package.json. */
export async function createTikzjax(folder) {
  const installed = join(folder, "node_modules/node-tikzjax");
  if (!existsSync(installed)) {
    console.error("Installing node-tikzjax ...");
    execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], {
      cwd: folder,
      stdio: ["ignore", 2, 2],
    });
  }
  const require = createRequire(join(folder, "package.json"));
  const module = await import(pathToFileURL(require.resolve("node-tikzjax")).href);
  const tex2svg = module.default.default ?? module.default;
  const fonts = new Map();
  const font = (name) => {
    if (!fonts.has(name)) fonts.set(name, openFont(readFileSync(join(installed, `css/bakoma/ttf/${name}.ttf`))));
    return fonts.get(name);
  };
  /** The SVG of a document; its letters become outlines, its lengths those that others mean by a point. */
  return async (tex) => {
    // Its TeX has begun the document and loaded the class and TikZ.
    const source = tex.replaceAll(/^(%.*|\\documentclass.*)\n/gm, "");
    const svg = await tex2svg(source, { disableOptimize: true, showConsole: process.env.TIKZ_LOG === "1" });
    return standalone(svg, font);
  };
}

function standalone(svg, font) {
  /** Each letter of a font and size is drawn once. */
  const glyphs = new Map();
  const letters = svg.replaceAll(/<text ([^>]*)>([^<]*)<\/text>/g, (_, attributes, text) => {
    const attribute = (name) => new RegExp(` ${name}="([^"]*)"`).exec(` ${attributes}`)?.[1] ?? "";
    const [x, y, size] = ["x", "y", "font-size"].map((name) => Number(attribute(name)));
    const family = attribute("font-family");
    let at = x;
    let uses = "";
    for (const each of unescape(text)) {
      const { contours, advance } = font(family)(each.codePointAt(0));
      const path = contours
        .filter((points) => points.length > 1)
        .map((points) => contourPath(points, size))
        .join("");
      const key = `${family} ${size} ${each}`;
      if (path !== "" && !glyphs.has(key)) glyphs.set(key, { id: `g${glyphs.size}`, path });
      if (path !== "") uses += `<use href="#${glyphs.get(key).id}" x="${at.toFixed(2)}" y="${y.toFixed(2)}"/>`;
      at += advance * size;
    }
    return uses === "" || attribute("fill") === "" ? uses : `<g fill="${attribute("fill")}">${uses}</g>`;
  });
  const defs = [...glyphs.values()].map(({ id, path }) => `<path id="${id}" d="${path}"/>`).join("");
  return letters
    .replaceAll(/-?\d+\.\d{4,}/g, (number) => String(Number(Number(number).toFixed(3))))
    .replaceAll(/> +</g, "><")
    .replaceAll(/ {2,}/g, " ")
    .replaceAll(/<g[^>]*>\s*<\/g>/g, "")
    .replace(/(<svg[^>]*>)/, `$1<defs>${defs}</defs>`)
    .replace(
      /width="([\d.]+)pt" height="([\d.]+)pt"/,
      (_, w, h) => `width="${(w * PT).toFixed(2)}pt" height="${(h * PT).toFixed(2)}pt"`,
    );
}

const unescape = (text) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
