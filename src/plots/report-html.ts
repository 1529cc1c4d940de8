/** A report: figures on pages, as one HTML file that opens without network. */
import { InputError } from "../core/index.js";
import { type Figure, type Page, type PageTable, type Slider } from "./figure.js";
import { REPORT_SCRIPT } from "#report-script";
import { escapeXml } from "./text.js";

export interface ReportHead {
  readonly title: string;
  /** Lines under the title: samples, runs, versions. */
  readonly about: readonly string[];
}

/** The most a report may weigh [bytes]: what mail and issue trackers take. */
const LARGEST = 8e6;

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

const STYLE = `
:root{color-scheme:light dark;--plot-paper:#fff;--plot-ink:#1f2328;--line:#d5d9de;--card:#fff}
@media screen and (prefers-color-scheme:dark){:root{--plot-paper:#14181d;--plot-ink:#e6e9ed;--line:#39414b;--card:#222931}}
body{margin:0 auto;max-width:1560px;padding:16px;font:14px/1.45 system-ui,'Segoe UI',Helvetica,Arial,sans-serif;color:var(--plot-ink);background:var(--plot-paper)}
h1{font-size:22px;margin:0 0 4px}h2{font-size:18px;margin:32px 0 4px;border-top:1px solid var(--line);padding-top:16px}
p{margin:0 0 8px;max-width:80ch}nav{display:flex;flex-wrap:wrap;gap:4px 16px;margin:12px 0}a{color:inherit}
main section>div{display:flex;flex-wrap:wrap;gap:16px;align-items:start}
figure{margin:0;max-width:100%;overflow-x:auto}figure svg{display:block;max-width:100%;height:auto;min-width:360px}figure.wide svg{min-width:620px}
@media (max-width:500px){body{padding:8px}}
details{margin:0 0 8px}summary{cursor:pointer}.table{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:4px 0 8px}
th,td{text-align:left;padding:2px 12px 2px 0;border-bottom:1px solid var(--line);white-space:nowrap}.n{text-align:right}
.slider{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center;margin:0 0 8px;position:sticky;top:0;background:var(--plot-paper)}.slider input{width:min(420px,60vw)}
figcaption{display:flex;gap:8px;padding:0 8px}
button{font:12px system-ui,sans-serif;color:inherit;background:none;border:1px solid var(--line);border-radius:4px;padding:2px 8px;cursor:pointer}
[data-toggle]{cursor:pointer}
#card{position:fixed;z-index:1;pointer-events:none;white-space:pre;font-size:12px;font-variant-numeric:tabular-nums;background:var(--card);border:1px solid var(--line);border-radius:4px;padding:4px 8px}
@media print{button,nav{display:none}figure{break-inside:avoid}}
`;

/**
 * The report as HTML. Its policy forbids the page to load anything. Throws an InputError when two pages or figures share an
 * id, or when the file would be larger than 8 MB.
 */
export function reportHtml(head: ReportHead, pages: readonly Page[]): string {
  const ids = pages.flatMap((page) => [page.id, ...page.figures.map(({ id }) => id)]);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new InputError(`two pages or figures of the report have the id "${twice}"`);
  const links = pages.map(
    (page) => `<a href="#${page.id}">${escapeXml(page.title)} (${page.figures.filter(isShownFirst).length})</a>`,
  );
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="generator" content="bye-splits">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(head.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeXml(head.title)}</h1>
${head.about.map((line) => `<p>${escapeXml(line)}</p>`).join("\n")}
<nav aria-label="Pages">${links.join("")}</nav>
<main>
${pages.map(section).join("\n")}
</main>
<div id="card" role="status" hidden></div>
<script>${REPORT_SCRIPT}</script>
</body>
</html>
`;
  const bytes = new TextEncoder().encode(html).length;
  if (bytes > LARGEST) {
    throw new InputError(
      `the report has ${(bytes / 1e6).toFixed(1)} MB, expected at most ${LARGEST / 1e6} MB; choose fewer events`,
    );
  }
  return html;
}

function section({ id, title, intro, figures, slider, tables = [] }: Page): string {
  const control = slider === undefined ? "" : `${sliderHtml(slider)}\n`;
  return `<section id="${id}"><h2>${escapeXml(title)}</h2>\n<p>${escapeXml(intro)}</p>\n${tables.map(tableHtml).join("")}${control}<div>\n${figures.map(figureHtml).join("\n")}\n</div></section>`;
}

/** Numbers stand to the right. */
function tableHtml({ caption, header, rows, folded }: PageTable): string {
  const isNumber = header.map((_, column) => rows.every((row) => /^[-+−\d.]|^$/.test(row[column] ?? "")));
  const line = (cells: readonly string[], tag: "td" | "th"): string =>
    `<tr>${cells.map((cell, column) => `<${tag}${isNumber[column] ? ' class="n"' : ""}>${escapeXml(cell)}</${tag}>`).join("")}</tr>`;
  const table = `<div class="table"><table><thead>${line(header, "th")}</thead><tbody>${rows.map((row) => line(row, "td")).join("\n")}</tbody></table></div>`;
  return `<details${folded === true ? "" : " open"}><summary>${escapeXml(caption)}</summary>${table}</details>\n`;
}

const isShownFirst = ({ step = 0 }: Figure): boolean => step === 0;

/** All that it shows is in the page: it hides figures and shows others. */
function sliderHtml({ label, steps }: Slider): string {
  const values = escapeXml(JSON.stringify(steps));
  return (
    `<label class="slider">${escapeXml(label)} <input type="range" min="0" max="${steps.length - 1}" step="1" value="0" data-steps="${values}"` +
    ` aria-valuetext="${escapeXml(steps[0])}"> <output>${escapeXml(steps[0])}</output></label>`
  );
}

function figureHtml(figure: Figure): string {
  const { id, svg, csv, step } = figure;
  // Nothing in the data may look like a tag; the page's program turns it back.
  const data = csv.replaceAll("<", "\\u003c");
  // On a small screen wide figures scroll instead of becoming illegible.
  const isWide = Number(/width="(\d+)"/.exec(svg)?.[1]) > 600;
  const place = step === undefined ? "" : ` data-step="${step}"${isShownFirst(figure) ? "" : " hidden"}`;
  return `<figure id="${id}"${isWide ? ' class="wide"' : ""}${place}>
${svg}<figcaption><button type="button" data-save="svg">SVG</button><button type="button" data-save="csv">CSV</button></figcaption>
<script type="text/csv">
${data}</script>
</figure>`;
}
