// The pages around the text: navigation, search, style. Plain files that any web space shows, also opened from a disk.
import { escape } from "./markdown.mjs";

/** The pages by the name of their file, in the order of the navigation. */
export const GROUPS = [
  ["Start", ["index", "first-hour", "ntuples", "display", "ssh"]],
  ["Chains", ["chains", "new-chain", "configuration", "glossary", "caveats"]],
  ["Studies", ["studies", "dashboards", "simulation"]],
  ["Many, and for others", ["batch", "deployment"]],
  ["Reference", ["commands", "formats", "tables", "api", "errors", "from-bye-splits"]],
  ["Project", ["decisions", "changelog"]],
];

export function pageHtml({ name, title, html, titles, groups }) {
  const nav = groups
    .map(
      ([group, pages]) =>
        `<h2>${group}</h2><ul>${pages
          .map(
            (page) =>
              `<li><a href="${page}.html"${page === name ? ' aria-current="page"' : ""}>${escape(titles.get(page))}</a></li>`,
          )
          .join("")}</ul>`,
    )
    .join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="bye-splits">
<title>${escape(title)} · bye-splits</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs.css">
<script src="docs.js" defer></script>
</head>
<body>
<a class="skip" href="#text">to the text</a>
<nav aria-label="pages">
<p class="name"><a href="index.html">bye-splits</a></p>
<form role="search"><label for="search">Search</label><input id="search" type="search" autocomplete="off" placeholder="words (press /)"></form>
<ol id="found" aria-live="polite" hidden></ol>
<p class="all"><a href="#pages">all pages</a></p>
<div id="pages">${nav}</div>
</nav>
<main id="text">
${html}
</main>
</body>
</html>
`;
}

export const STYLE = `:root { --text: #1f2933; --quiet: #5b6673; --line: #d9dee4; --back: #fff; --code: #f4f6f8; --link: #0b62a8; }
@media (prefers-color-scheme: dark) { :root { --text: #e3e8ee; --quiet: #9aa7b4; --line: #37424d; --back: #14191e; --code: #1d242b; --link: #7cc0f5; } }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 15rem minmax(0, 1fr); font: 16px/1.55 system-ui, sans-serif; color: var(--text); background: var(--back); }
nav { padding: 1rem; border-right: 1px solid var(--line); position: sticky; top: 0; height: 100vh; overflow: auto; font-size: 0.92rem; }
nav h2 { font-size: 0.75rem; text-transform: uppercase; letter-spacing: 0.05em; color: var(--quiet); margin: 1rem 0 0.2rem; }
nav ul, nav ol { list-style: none; margin: 0; padding: 0; }
nav li a { display: block; padding: 0.12rem 0; }
nav a[aria-current] { font-weight: 600; color: var(--text); }
.name { font-weight: 700; margin: 0 0 0.6rem; }
label { font-size: 0.75rem; color: var(--quiet); }
input { width: 100%; font: inherit; padding: 0.3rem 0.5rem; color: inherit; background: var(--back); border: 1px solid var(--quiet); border-radius: 4px; }
#found { margin: 0.5rem 0; }
#found li { border-top: 1px solid var(--line); padding: 0.35rem 0; }
#found small { color: var(--quiet); display: block; overflow-wrap: anywhere; }
main { padding: 1rem 2rem 4rem; max-width: 62rem; width: 100%; }
a { color: var(--link); text-decoration: none; }
main a { text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 2px; }
a.here { color: var(--quiet); text-decoration: none; opacity: 0; }
:is(h2, h3):hover a.here, a.here:focus { opacity: 1; }
h1 { line-height: 1.2; }
h2 { margin-top: 2.2rem; }
pre, code { font-family: ui-monospace, monospace; font-size: 0.88em; background: var(--code); }
code { padding: 0.1em 0.3em; border-radius: 3px; overflow-wrap: anywhere; }
pre { padding: 0.7rem 0.9rem; border-radius: 6px; overflow: auto; position: relative; }
pre code { padding: 0; overflow-wrap: normal; }
pre button { position: absolute; top: 0.3rem; right: 0.3rem; font: 0.75rem system-ui, sans-serif; }
.table { overflow: auto; }
table { border-collapse: collapse; font-size: 0.93em; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid var(--line); }
img { max-width: 100%; height: auto; background: #fff; border-radius: 4px; }
blockquote { margin: 1rem 0; padding: 0.1rem 1rem; border-left: 3px solid var(--line); color: var(--quiet); }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--back); }
.all { display: none; }
/* On a phone the text comes first: the list of all pages would fill the screen. It opens by its link, without a script. */
@media (max-width: 800px) { .all { display: block; margin: 0.5rem 0 0; } #pages:not(:target) { display: none; } body { display: block; } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); } main { padding: 1rem; } }
`;

/** In the browser. The index is a script and not fetched, so that search works from a disk too. */
export const SCRIPT = `"use strict";
const input = document.getElementById("search");
const found = document.getElementById("found");
let sections;
function load() {
  if (sections !== undefined || document.querySelector("script[data-index]") !== null) return;
  const script = document.createElement("script");
  script.src = "search-index.js";
  script.dataset.index = "";
  script.onload = () => { sections = window.SEARCH_INDEX; show(); };
  document.head.append(script);
}
function show() {
  const words = input.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
  found.hidden = words.length === 0;
  if (words.length === 0 || sections === undefined) return;
  const rank = ([, , heading, text, page]) => {
    let sum = 0;
    for (const word of words) {
      const inHeading = heading.toLowerCase().includes(word) || page.toLowerCase().includes(word);
      const times = text.toLowerCase().split(word).length - 1;
      if (!inHeading && times === 0) return 0;
      sum += (inHeading ? 20 : 0) + Math.min(times, 5);
    }
    return sum;
  };
  const best = sections.map((section) => [rank(section), section]).filter(([score]) => score > 0).sort((a, b) => b[0] - a[0]).slice(0, 20);
  found.replaceChildren(...best.map(([, [file, id, heading, text, page]]) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = file + "#" + id;
    link.textContent = heading === page ? page : page + ": " + heading;
    const at = Math.max(0, text.toLowerCase().indexOf(words[0]) - 40);
    const about = document.createElement("small");
    about.textContent = text.slice(at, at + 120);
    item.append(link, about);
    return item;
  }));
  if (best.length === 0) {
    const none = document.createElement("li");
    none.textContent = "nothing found";
    found.replaceChildren(none);
  }
}
input.addEventListener("focus", load);
input.addEventListener("input", () => { load(); show(); });
input.form.addEventListener("submit", (event) => { event.preventDefault(); found.querySelector("a")?.click(); });
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !(event.target instanceof HTMLInputElement)) { event.preventDefault(); input.focus(); }
});
for (const block of document.querySelectorAll("pre[data-language=sh], pre[data-language=js], pre[data-language=python]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.querySelector("code").textContent);
    button.textContent = "copied";
  });
  block.append(button);
}
`;
