/** YAML files and values: read within bounds, errors in one line with their position. */
import { readFileSync, statSync } from "node:fs";
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type ScalarTag,
  type Tags,
  visit,
} from "yaml";
import { ConfigError } from "../core/index.js";
import { reasonOf } from "../io/node/disk/index.js";
import { indentFlow } from "./yaml-lines.js";

const LARGEST_FILE = 1_000_000;
const MOST_ALIASES = 100;

export type Path = readonly (string | number)[];

export interface YamlFile {
  readonly value: unknown;
  /** Keys that a mapping has twice, with their lines; the last one counts. */
  readonly duplicates: readonly string[];
  /** Line of a value, or of what holds it. */
  lineOf(path: Path): number;
  /** The same value with every scalar as the file has it: `False`, `0.010`. Quoted ones are what the quotes hold. */
  written(): Written;
}

/** Nothing is null. */
export type Written = string | null | readonly Written[] | { readonly [key: string]: Written };

/** ConfigError for what is no regular file, too large, or no YAML. */
export function readYaml(file: string): YamlFile {
  const text = readText(file);
  const lines = new LineCounter();
  const document = parse(indentFlow(text, file), lines);
  const [problem] = document.errors;
  if (problem !== undefined) {
    const said = problem.code === "MULTIPLE_DOCS" ? "a second document, expected one" : firstLine(problem.message);
    throw new ConfigError(`${file}:${lines.linePos(problem.pos[0]).line}: ${said}`);
  }
  const duplicates = dropDuplicates(document, lines);
  return {
    value: toValue(document, file),
    duplicates,
    lineOf: (path) => lineOf(document, lines, path),
    written: () => writtenOf(document, document.contents),
  };
}

/** A value as written on a command line. */
export function parseWritten(text: string, name: string): Written {
  const document = parse(text);
  const [problem] = document.errors;
  if (problem !== undefined) throw new ConfigError(`${name}: ${firstLine(problem.message)}`);
  return writtenOf(document, document.contents);
}

function writtenOf(document: Document.Parsed, node: unknown): Written {
  if (isAlias(node)) return writtenOf(document, node.resolve(document));
  if (isSeq(node)) return node.items.map((item) => writtenOf(document, item));
  if (isMap(node)) {
    // A key of the mapping itself counts more than one that it takes over.
    const merged: Record<string, Written> = {};
    const own: Record<string, Written> = {};
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const key = pair.key.source ?? String(pair.key.value);
      if (key === "<<") {
        for (const from of [writtenOf(document, pair.value)].flat()) Object.assign(merged, from);
      } else own[pair.key.type === "PLAIN" ? key : String(pair.key.value)] = writtenOf(document, pair.value);
    }
    return { ...merged, ...own };
  }
  if (!isScalar(node) || node.value === null || node.value === undefined) return null;
  return node.type === "PLAIN" && node.source !== undefined ? node.source : String(node.value);
}

/** The value of `--set KEY=VALUE`. */
export function parseYamlValue(text: string, name: string): unknown {
  const document = parse(text);
  const [problem] = document.errors;
  if (problem !== undefined) throw new ConfigError(`${name}: ${firstLine(problem.message)}`);
  return toValue(document, name);
}

function readText(file: string): string {
  let size: number;
  try {
    const info = statSync(file);
    if (!info.isFile()) throw new ConfigError(`cannot read the configuration ${file}: it is not a regular file`);
    ({ size } = info);
    if (size <= LARGEST_FILE) return readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    throw new ConfigError(`cannot read the configuration ${file}: ${reasonOf(cause)}`, { cause });
  }
  throw new ConfigError(
    `cannot read the configuration ${file}: it has ${size} bytes, at most ${LARGEST_FILE} are read`,
  );
}

/** As PyYAML: version 1.1, of which it takes no single letters for true and false. */
function parse(text: string, lineCounter?: LineCounter): Document.Parsed {
  try {
    return parseDocument(text, {
      version: "1.1",
      prettyErrors: false,
      uniqueKeys: false,
      customTags: wordsForSwitches,
      logLevel: "error",
      ...(lineCounter === undefined ? {} : { lineCounter }),
    });
  } catch (cause) {
    throw new ConfigError(`no YAML: ${firstLine((cause as Error).message)}`, { cause });
  }
}

function wordsForSwitches(tags: Tags): Tags {
  return tags.map((tag) => {
    if (typeof tag === "string" || !("test" in tag) || tag.tag !== "tag:yaml.org,2002:bool") return tag;
    const { test } = tag as ScalarTag;
    return { ...(tag as ScalarTag), test: new RegExp(`(?!^.$)${test?.source ?? "$^"}`) };
  });
}

function toValue(document: Document.Parsed, name: string): unknown {
  let aliases = 0;
  visit(document, {
    Alias: () => {
      aliases++;
    },
  });
  if (aliases > MOST_ALIASES)
    throw new ConfigError(`${name}: ${aliases} aliases, at most ${MOST_ALIASES} are followed`);
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (cause) {
    throw new ConfigError(`${name}: ${firstLine((cause as Error).message)}`, { cause });
  }
}

/** Leaves the last of equal keys in each mapping; "seed.window (lines 3 and 7)". */
function dropDuplicates(document: Document.Parsed, lines: LineCounter): string[] {
  const found: string[] = [];
  const line = (node: unknown): number => (isNode(node) && node.range ? lines.linePos(node.range[0]).line : 0);
  visit(document, {
    Map: (_, map) => {
      const last = new Map<unknown, number>();
      map.items.forEach(({ key }, i) => isScalar(key) && key.source !== "<<" && last.set(key.value, i));
      map.items = map.items.filter(({ key }, i) => {
        const kept = isScalar(key) ? (last.get(key.value) ?? i) : i;
        if (kept !== i) {
          found.push(
            `${String((key as { value: unknown }).value)} (line ${line(key)}, again in line ${line(map.items[kept].key)})`,
          );
        }
        return kept === i;
      });
    },
  });
  return found;
}

function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    const parent = document.getIn(path.slice(0, depth - 1), true);
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && key.value === path[depth - 1])
      : undefined;
    // A block begins below its key; a key without a value, or with an alias, has none of its own.
    const own = isScalar(node) || pair === undefined ? node : pair.key;
    const at = isNode(own) && !isAlias(own) && own.range ? own : pair?.key;
    if (isNode(at) && at.range) return lines.linePos(at.range[0]).line;
  }
  return 1;
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0].replace(/:$/, "");
}
