/** The documentation is true: what its pages say is done, its links lead somewhere. test/full does the long pages, with as many events as they say. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as library from "../src/index.js";
import * as nodeLibrary from "../src/node.js";
import { root } from "./cli.js";
import { page, runPage } from "./pages-run.js";

test("everything that docs/chains.md says is done, with fewer events; the other pages are among the long tests", async () => {
  expect(await runPage("chains", { events: 20, crowded: 20 })).toBe(7);
});

// The build itself refuses links of the text that lead nowhere.
test("its pages have search, and links and pictures that are all there", () => {
  const out = join(root, "dist/web/docs");
  const files = readdirSync(out).filter((file) => file.endsWith(".html"));
  const sources = readdirSync(join(root, "docs")).filter((file) => file.endsWith(".md"));
  expect(files).toEqual(expect.arrayContaining(sources.map((file) => file.replace(/md$/, "html"))));
  for (const file of files) {
    const html = readFileSync(join(out, file), "utf8");
    const targets = [...html.matchAll(/(?:src|href)="([^"#]+)(?:#[^"]*)?"/g)].map(([, target]) => target);
    expect(targets.filter((target) => !/^(?:https?|data):/.test(target) && !existsSync(join(out, target)))).toEqual([]);
    // Nothing that the server's policy forbids, and nothing from elsewhere.
    expect(html).not.toMatch(/<script(?! src="docs\.js")|style="|onclick/);
    expect(html).not.toContain("\uE000");
    // On a phone the text comes before the list of pages, which this link opens without a script.
    expect(html).toContain('<a href="#pages">all pages</a></p>\n<div id="pages"><h2>');
  }
  expect(readFileSync(join(out, "docs.css"), "utf8")).toMatch(
    /^@media \(max-width: 800px\) .*#pages:not\(:target\) \{ display: none; \}/m,
  );
  const index = readFileSync(join(out, "search-index.js"), "utf8");
  const sections = JSON.parse(index.slice(index.indexOf("["), index.lastIndexOf("]") + 1)) as string[][];
  for (const word of ["createChain", "histoThreshold", "tunnel", "tc_mipPt", "ALLOW_HOST"]) {
    expect(
      sections.some(([, , heading, text]) => heading.includes(word) || text.includes(word)),
      word,
    ).toBe(true);
  }
});

test("the library reference has everything that the package exports", () => {
  const html = readFileSync(join(root, "dist/web/docs/api.html"), "utf8");
  const described = new Set([...html.matchAll(/<h3 id="[^"]*">(\w+)/g)].map(([, name]) => name));
  const exported = [...Object.keys(library), ...Object.keys(nodeLibrary)];
  expect(exported.length).toBeGreaterThan(200);
  expect(exported.filter((name) => !described.has(name))).toEqual([]);
});

const keys = join(process.env["BYE_SPLITS_SHARED"] ?? join(root, "../shared"), "data/reference-config-keys.txt");

test.skipIf(!existsSync(keys))(
  "docs/from-bye-splits.md has every key of the reference's configuration [needs shared data]",
  () => {
    const named = [...page("from-bye-splits").matchAll(/`([\w*]+(?:\.[\w*]+)+)`/g)].map(
      ([, key]) => new RegExp(`^${key.replaceAll(".", "\\.").replaceAll("*", ".*")}$`),
    );
    const wanted = readFileSync(keys, "utf8")
      .split("\n")
      .filter((key) => /^[^#]*\./.test(key) && !/^io\.\w+$/.test(key));
    expect(wanted.length).toBeGreaterThan(150);
    expect(wanted.filter((key) => !named.some((pattern) => pattern.test(key)))).toEqual([]);
  },
);
