// Which tests `mutate.mjs` runs for a source: how many imports lie between them. An index file that passes names on is no step and
// no way to its neighbours; the command line is a way to the commands whose words the test names.
import { basename, dirname, join } from "node:path/posix";
import { parseAst } from "vite";

const PROGRAM = "src/cli/program.ts";
const ALL_COMMANDS = "src/cli/commands-page.ts";

/** What a file takes from which: { from, names }, names undefined for all; and what it passes on: { from, names }. */
function linksOf(file, text, exists) {
  const taken = [];
  const passed = [];
  const fileOf = (name) => {
    if (typeof name !== "string" || !name.startsWith(".")) return undefined;
    const path = join(dirname(file), name).replace(/\.jsx?$/, "");
    return [`${path}.ts`, `${path}.tsx`].find(exists);
  };
  const walk = (node) => {
    const from = fileOf(node.source?.value);
    if (from !== undefined && node.importKind !== "type" && node.exportKind !== "type") {
      if (node.type === "ImportDeclaration") {
        const names = node.specifiers
          .filter(({ importKind }) => importKind !== "type")
          .map(({ imported }) => imported?.name);
        if (names.length > 0 || node.specifiers.length === 0)
          taken.push({ from, names: names.length === 0 || names.includes(undefined) ? undefined : names });
      } else if (node.type === "ImportExpression") taken.push({ from });
      else if (node.type === "ExportAllDeclaration") passed.push({ from });
      else if (node.type === "ExportNamedDeclaration") {
        const values = node.specifiers.filter(({ exportKind }) => exportKind !== "type");
        passed.push({ from, names: new Map(values.map(({ local, exported }) => [exported.name, local.name])) });
      }
    }
    for (const part of Object.values(node).flat()) if (typeof part?.type === "string") walk(part);
  };
  const program = parseAst(text, { lang: file.endsWith("x") ? "tsx" : "ts" });
  walk(program);
  const own = new Set(
    program.body.flatMap(({ type, source, declaration, specifiers = [] }) =>
      type !== "ExportNamedDeclaration" || source
        ? []
        : [
            ...specifiers.map(({ exported }) => exported.name),
            ...(declaration?.id ? [declaration.id.name] : (declaration?.declarations ?? []).map(({ id }) => id.name)),
          ],
    ),
  );
  return { taken, passed, own };
}

/** `texts`: the sources and tests by file. `reach`: how far each test is from the sources that it reaches; `mentions`: how often it speaks of one. */
export function distancesOf(texts, tests) {
  const links = new Map([...texts].map(([file, text]) => [file, linksOf(file, text, (name) => texts.has(name))]));

  /** The files that define what is taken. */
  const definers = (file, names, seen = new Set()) => {
    const { passed, own } = links.get(file);
    if (names === undefined) return [file, ...passed.map(({ from }) => from)];
    return names.flatMap((name) => {
      const key = `${file} ${name}`;
      if (own.has(name) || seen.has(key)) return own.has(name) ? [file] : [];
      seen.add(key);
      return passed.flatMap((each) => {
        if (each.names === undefined) return definers(each.from, [name], seen);
        return each.names.has(name) ? definers(each.from, [each.names.get(name)], seen) : [];
      });
    });
  };
  const next = new Map(
    [...links].map(([file, { taken }]) => [
      file,
      [...new Set(taken.flatMap(({ from, names }) => definers(from, names)))],
    ]),
  );
  const commands = [...texts.get(PROGRAM).matchAll(/^ {2}(\w+): async .*import\("\.\/(.*)\.js"\)/gm)].map(
    ([, word, name]) => [`src/cli/${name}.ts`, new RegExp(`["'\` ]${word}["'\` ]`), word],
  );

  const from = (start, unnamed = new Set()) => {
    const found = new Map([[start, 0]]);
    for (const [file, distance] of found) {
      for (const each of next.get(file)) {
        if (!found.has(each) && !(file === PROGRAM && unnamed.has(each))) found.set(each, distance + 1);
      }
    }
    return found;
  };
  const fromTest = (test) => {
    const helpers = next.get(test).filter((file) => file.startsWith("test/"));
    const words = [test, ...helpers].map((file) => texts.get(file)).join("\n");
    const isAll = next.get(test).includes(ALL_COMMANDS);
    return from(test, new Set(isAll ? [] : commands.filter(([, word]) => !word.test(words)).map(([file]) => file)));
  };
  const fromCommand = commands.map(([file, , word]) => [word, from(file)]);
  /** What a test that is about the source speaks of: the words of its name, and the commands that it is a part of. */
  const wordsOf = (file) => {
    const own = basename(file, ".ts")
      .split("-")
      .filter((word) => word.length > 3 && word !== "describe");
    const users = fromCommand.filter(([, found]) => found.has(file)).map(([word]) => word);
    return [...new Set([...own, ...(file.startsWith("src/cli/") && users.length <= 2 ? users : [])])];
  };
  /** The pages of all commands hold the options and defaults of each. */
  const isPage = (test, file) => next.get(test).includes(ALL_COMMANDS) && /^src\/cli\/[^/]+$/.test(file);
  const mentions = (test, file) =>
    wordsOf(file).reduce((n, word) => n + texts.get(test).split(new RegExp(`\\b${word}`, "i")).length - 1, 0) +
    (isPage(test, file) ? 15 : 0);
  return { reach: new Map(tests.map((test) => [test, fromTest(test)])), mentions };
}
