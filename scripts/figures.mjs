// Writes docs/tikz/*.tex, with all numbers and coordinates from the program, and makes the SVG of each. Build first.
//   npm run figures                            all pictures
//   npm run figures -- --engine pdflatex NAME  some, with a TeX of one's own
//   npm run figures -- --tex                   only the sources
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createPdflatex, hasPdflatex } from "./tikz/pdflatex.mjs";

const home = fileURLToPath(new URL("../docs/tikz/", import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: "string", default: "tikzjax" },
    out: { type: "string", default: home },
    tex: { type: "boolean", default: false },
  },
});

const fail = (message) => {
  console.error(`figures: ${message}`);
  process.exit(2);
};
if (!["tikzjax", "pdflatex"].includes(values.engine))
  fail(`--engine is "${values.engine}", expected tikzjax or pdflatex`);
if (values.engine === "pdflatex" && !hasPdflatex())
  fail("pdflatex or pdf2svg is not on the PATH; --engine tikzjax needs neither");
// The whole program: only with arguments that it is for.
const { PICTURES } = await import("./tikz/pictures.mjs");
const unknown = positionals.find((name) => !(name in PICTURES));
if (unknown !== undefined) fail(`no picture "${unknown}"; there are ${Object.keys(PICTURES).join(", ")}`);

const out = resolve(values.out);
mkdirSync(out, { recursive: true });
const names = positionals.length > 0 ? positionals : Object.keys(PICTURES);
const draw = values.tex
  ? undefined
  : values.engine === "pdflatex"
    ? createPdflatex()
    : await (await import("./tikz/tikzjax.mjs")).createTikzjax(home);
for (const name of names) {
  const tex = PICTURES[name]();
  writeFileSync(join(out, `${name}.tex`), tex);
  if (draw === undefined) continue;
  const svg = await draw(tex, name);
  const title = /^% (.*)\n/.exec(tex)[1].replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const hash = createHash("sha256").update(tex).digest("hex");
  // Which source it is of is tested; what it shows is for those who cannot see it.
  const described = svg.replace(
    /(<svg[^>]*)>/,
    `$1 role="img"><!-- of ${name}.tex, sha256 ${hash} --><title>${title}</title>`,
  );
  writeFileSync(join(out, `${name}.svg`), described);
  console.log(`${name}.svg: ${described.length} bytes`);
}
