// Where `mutate.mjs` changes something: code of TypeScript alone. Not types, imports, comments and patterns, and not the text of
// strings: what shaders, styles and markup in them do is seen in pixels, by the browser tests.
import { parseAst } from "vite";

/** What a change is: the text that is found, and what stands there then. */
const CHANGES = [
  [/ < /g, " <= "],
  [/ <= /g, " < "],
  [/ > /g, " >= "],
  [/ >= /g, " > "],
  [/ === /g, " !== "],
  [/ !== /g, " === "],
  [/ && /g, " || "],
  [/ \|\| /g, " && "],
  [/ \+ /g, " - "],
  [/ - /g, " + "],
  [/ \* /g, " / "],
  [/ \/ /g, " * "],
  [/\btrue\b/g, "false"],
  [/\bfalse\b/g, "true"],
  [/(?<=[ (])!(?=[\w(])/g, ""],
  [/\bMath\.min\b/g, "Math.max"],
  [/\bMath\.max\b/g, "Math.min"],
  [/(?<![\w.#])0(?![\w.])/g, "1"],
  [/(?<![\w.#])1(?![\w.])/g, "2"],
];

/** Nodes about types that hold code. */
const WRAPPERS = new Set(["TSAsExpression", "TSNonNullExpression", "TSSatisfiesExpression", "TSParameterProperty"]);

function isNoCode(node) {
  return (
    ["ImportDeclaration", "ExportAllDeclaration", "TemplateElement"].includes(node.type) ||
    (node.type === "Literal" && (typeof node.value === "string" || node.regex !== undefined)) ||
    (node.type === "ExportNamedDeclaration" && node.source !== null) ||
    (node.type.startsWith("TS") && !WRAPPERS.has(node.type))
  );
}

/** The source with signs that change nothing where no code is. */
function codeOf(text) {
  const blank = (part) => part.replace(/[^\n]/g, "_");
  const blanks = [];
  const walk = (node) => {
    if (isNoCode(node)) blanks.push(node);
    else for (const part of Object.values(node).flat()) if (typeof part?.type === "string") walk(part);
  };
  walk(parseAst(text, { lang: "ts" }));
  // The text of a template comes before what is inserted into it.
  blanks.sort((a, b) => a.start - b.start);
  const parts = blanks.flatMap(({ start, end }, i) => [
    text.slice(blanks[i - 1]?.end ?? 0, start),
    blank(text.slice(start, end)),
  ]);
  const code = [...parts, text.slice(blanks.at(-1)?.end ?? 0)].join("");
  return code.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, blank);
}

/** The changes of a source: { at, index, from, to }, its line and place from 0. */
export function placesOf(text) {
  return codeOf(text)
    .split("\n")
    .flatMap((line, at) =>
      CHANGES.flatMap(([pattern, to]) =>
        [...line.matchAll(pattern)].map(({ 0: from, index }) => ({ at, index, from, to })),
      ),
    );
}
