// The API reference, in Markdown, from the declarations that the compiler wrote: what a package's entry exports, with its docstring.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** The file of a module specifier beside `file`, "./index.js" as "index.d.ts"; undefined for packages. */
const fileOf = (file, specifier) =>
  specifier.startsWith(".") ? join(dirname(file), specifier.replace(/\.js$/, ".d.ts")) : undefined;

/** Declarations of a file by name: {docs, text, kind}. */
function declarations(file, cache) {
  if (cache.has(file)) return cache.get(file);
  const found = new Map();
  cache.set(file, found);
  if (!existsSync(file)) return found;
  const text = readFileSync(file, "utf8");
  const start =
    /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?(?:export )?(?:declare )?(function|class|interface|type|const|abstract class) (\w+)/gy;
  for (let at = 0; at < text.length;) {
    start.lastIndex = at;
    const match = start.exec(text);
    if (match === null) {
      const next = text.indexOf("\n", at);
      at = next < 0 ? text.length : next + 1;
      continue;
    }
    const [whole, docs = "", kind, name] = match;
    const begin = at + whole.length - whole.replace(/^\/\*\*[\s\S]*?\*\/\n/, "").length;
    const end = endOf(text, at + whole.length, kind);
    const declaration = text
      .slice(begin, end)
      .replace(/^(export )?(declare )?/, "")
      .trim();
    const known = found.get(name);
    if (known === undefined) found.set(name, { kind, docs: docsOf(docs), text: declaration, file });
    else known.text += `\n${declaration}`;
    at = end;
  }
  return found;
}

/** Where a declaration ends: at its brace, or at a semicolon outside of all brackets. */
function endOf(text, from, kind) {
  const braced = kind === "class" || kind === "interface" || kind === "abstract class";
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (c === "/" && text[i + 1] === "*") i = text.indexOf("*/", i) + 1;
    else if (c === '"' || c === "`") i = text.indexOf(c, i + 1);
    else if ("{([".includes(c)) depth++;
    else if ("})]".includes(c) && --depth === 0 && braced && c === "}") return i + 1;
    else if (c === ";" && depth === 0) return i + 1;
  }
  return text.length;
}

const docsOf = (text) =>
  text
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""))
    .join("\n")
    .trim();

/** What a file exports, by name, through all files that it passes on. */
function exportsOf(file, cache, seen = new Set()) {
  const all = new Map();
  if (seen.has(file) || !existsSync(file)) return all;
  seen.add(file);
  const text = readFileSync(file, "utf8");
  const own = declarations(file, cache);
  for (const [, name] of text.matchAll(
    /^export (?:declare )?(?:abstract )?(?:function|class|interface|type|const) (\w+)/gm,
  )) {
    if (own.has(name)) all.set(name, own.get(name));
  }
  for (const [, specifier] of text.matchAll(/^export \* from "([^"]+)"/gm)) {
    const target = fileOf(file, specifier);
    if (target !== undefined) for (const [name, value] of exportsOf(target, cache, seen)) all.set(name, value);
  }
  for (const [, names, specifier] of text.matchAll(/^export (?:type )?\{([^}]*)\}(?: from "([^"]+)")?/gm)) {
    const target = specifier === undefined ? undefined : fileOf(file, specifier);
    if (target === undefined) continue;
    const there = new Map([...declarations(target, cache), ...exportsOf(target, cache, new Set())]);
    for (const each of names.split(",")) {
      const [from, to = from] = each
        .trim()
        .replace(/^type /, "")
        .split(/ as /);
      if (there.has(from)) all.set(to, there.get(from));
    }
  }
  return all;
}

const WORDS = { function: "Functions", class: "Classes", const: "Values", interface: "Types", type: "Types" };

/** The page in Markdown; `dist` is the folder of the declarations. Entries by the room that they come from. */
export function apiPage(dist) {
  const cache = new Map();
  const pure = exportsOf(join(dist, "index.d.ts"), cache);
  const node = exportsOf(join(dist, "node.d.ts"), cache);
  const out = [
    "# Library reference",
    "",
    "What the package exports: `bye-splits` for Node and browsers, `bye-splits/node` what needs files. Written from the declarations and docstrings of the program. Examples: `examples/`.",
    "",
  ];
  const byRoom = (entries) => {
    const rooms = new Map();
    for (const entry of entries) {
      const room = relative(dist, entry[1].file).split("/")[0];
      rooms.set(room, [...(rooms.get(room) ?? []), entry]);
    }
    return rooms;
  };
  const part = (title, entries) => {
    for (const [room, members] of [...byRoom(entries)].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      out.push(`## ${title}: ${room.replace(/\.d\.ts$/, "")}`, "");
      for (const kind of ["Functions", "Classes", "Values", "Types"]) {
        for (const [name, entry] of members.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
          if ((WORDS[entry.kind] ?? "Classes") !== kind) continue;
          out.push(`### ${name}`, "", "```ts", shortened(entry.text), "```", "");
          if (entry.docs !== "") out.push(entry.docs.replaceAll(/^([#>|-])/gm, "\\$1"), "");
        }
      }
    }
  };
  part("bye-splits", [...pure]);
  part(
    "bye-splits/node",
    [...node].filter(([name]) => !pure.has(name)),
  );
  return out.join("\n");
}

/** Tables of numbers are not read here. */
const LONGEST = 4000;
const shortened = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}\n...` : text);
