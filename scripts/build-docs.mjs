// Builds the pages of docs/ into dist/web/docs: `serve` offers them under /docs, and any web space shows them. Needs dist/ of the program.
//   node scripts/build-docs.mjs [FOLDER]
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compressBeside } from "./compress.mjs";
import { apiPage } from "./docs/api.mjs";
import { render } from "./docs/markdown.mjs";
import { GROUPS, pageHtml, SCRIPT, STYLE } from "./docs/site.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const docs = join(root, "docs");
const out = process.argv[2] === undefined ? join(root, "dist/web/docs") : resolve(process.argv[2]);

const placed = GROUPS.flatMap(([, pages]) => pages);
// A page that nobody has placed yet stands at the end.
const others = readdirSync(docs)
  .filter((file) => file.endsWith(".md"))
  .map((file) => basename(file, ".md"))
  .filter((name) => !placed.includes(name));
const groups = others.length === 0 ? GROUPS : [...GROUPS, ["More", others]];
const names = groups.flatMap(([, pages]) => pages);

/** Where the text of a page is; links in it are relative to that folder. */
const sources = new Map(names.map((name) => [name, join(docs, `${name}.md`)]));
sources.set("changelog", join(root, "CHANGELOG.md"));
const texts = new Map(
  names.map((name) => [name, name === "api" ? apiPage(join(root, "dist")) : readFileSync(sources.get(name), "utf8")]),
);

const problems = [];
const pictures = new Set();

/** Links in the text to links of the page: pages by their new name, pictures copied; other files of the repository are not here. */
function hrefOf(name) {
  return (target) => {
    if (/^(https?:|mailto:|#)/.test(target)) return target;
    const [path, anchor] = target.split("#");
    const file = resolve(dirname(sources.get(name)), path);
    const page = [...sources].find(([, source]) => source === file)?.[0];
    if (page !== undefined) return `${page}.html${anchor === undefined ? "" : `#${anchor}`}`;
    if (!existsSync(file)) problems.push(`${name}: ${target} leads nowhere`);
    const picture = relative(docs, file);
    if (/^(figures|tikz)\/.*\.(svg|png)$/.test(picture)) {
      pictures.add(picture);
      return picture;
    }
    return undefined;
  };
}

const pages = new Map(names.map((name) => [name, render(texts.get(name), hrefOf(name))]));
// Anchors that links name must be there.
for (const [name, { html }] of pages) {
  for (const [, page, anchor] of html.matchAll(/href="(?:([\w-]+)\.html)?#([^"]+)"/g)) {
    const there = pages.get(page ?? name);
    if (there !== undefined && !there.sections.some(({ id }) => id === anchor))
      problems.push(`${name}: no section #${anchor} in ${page ?? name}`);
  }
}
if (problems.length > 0) throw new Error(`links of the documentation:\n${problems.join("\n")}`);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const titles = new Map([...pages].map(([name, { title }]) => [name, name === "index" ? "Overview" : title]));
for (const [name, { html, title }] of pages)
  writeFileSync(join(out, `${name}.html`), pageHtml({ name, title, html, titles, groups }));
for (const picture of pictures) cpSync(join(docs, picture), join(out, picture));
const index = [...pages].flatMap(([name, { sections }]) =>
  sections.map(({ id, heading, text }) => [
    `${name}.html`,
    id,
    heading,
    text.replaceAll(/\s+/g, " ").slice(0, 1500),
    titles.get(name),
  ]),
);
writeFileSync(join(out, "search-index.js"), `window.SEARCH_INDEX = ${JSON.stringify(index)};\n`);
writeFileSync(join(out, "docs.css"), STYLE);
writeFileSync(join(out, "docs.js"), SCRIPT);
// Pictures as they are: the package holds them too, and should stay small.
await compressBeside(out, /\.(html|js|css)$/);
