/** The rooms and what they may import from each other (CONTRIBUTING.md), checked against every import. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const src = fileURLToPath(new URL("../src", import.meta.url));

const PURE = ["core", "detector", "events", "chain", "studies", "plots"];
const MAY_IMPORT: Record<string, readonly string[]> = {
  core: [],
  detector: ["core"],
  events: ["core", "detector"],
  chain: ["core", "detector", "events"],
  studies: ["core", "detector", "events", "chain"],
  plots: ["core", "detector", "events", "chain", "studies"],
  io: ["core", "detector", "events"],
  "io/node": ["core", "detector", "events", "io"],
  pipeline: [...PURE, "io", "io/node"],
  batch: ["core", "io/node"],
  server: [...PURE, "io", "io/node", "pipeline", "batch"],
  web: [...PURE, "io"],
  cli: [...PURE, "io", "io/node", "pipeline", "batch", "server"],
};

function roomOf(path: string): string {
  const parts = relative(src, path).split("/");
  if (parts.length === 1) return "root";
  return parts[0] === "io" && parts[1] === "node" ? "io/node" : parts[0];
}

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") || file.endsWith(".tsx"))
  .map((file) => join(src, file));

/** [importing file, imported file or package] of static, type-only and dynamic imports. */
const imports = files.flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match): [string, string] => [
    file,
    match[1].startsWith(".") ? join(dirname(file), match[1].replace(/\.js$/, ".ts")) : match[1],
  ]),
);

test("rooms import only what stands left of them", () => {
  expect(imports.length).toBeGreaterThan(50);
  const wrong = imports.flatMap(([file, target]) => {
    const from = roomOf(file);
    if (!target.startsWith("/") || from === "root" || roomOf(target) === from) return [];
    // Pages and server meet in the types of what goes between them.
    if (from === "web" && target === join(src, "server/api.ts")) return [];
    const allowed = MAY_IMPORT[from] ?? [];
    return allowed.includes(roomOf(target)) ? [] : [`${relative(src, file)} imports ${relative(src, target)}`];
  });
  expect(wrong).toEqual([]);
});

test("a room is entered through its index", () => {
  const entrances = /\/(index|api)\.ts$/;
  const wrong = imports.flatMap(([file, target]) => {
    // Commands load the pipeline's parts lazily, one at a time.
    if (!target.startsWith("/") || roomOf(target) === roomOf(file) || roomOf(target) === "pipeline") return [];
    if (/\.test(-data)?\.ts$/.test(file)) return [];
    // The Node half of io is in the same room.
    if (roomOf(file) === "io/node" && roomOf(target) === "io") return [];
    return entrances.test(target) ? [] : [`${relative(src, file)} imports ${relative(src, target)}`];
  });
  expect(wrong).toEqual([]);
});

test("pure rooms know no Node module", () => {
  const wrong = imports.filter(
    ([file, target]) =>
      target.startsWith("node:") && [...PURE, "io", "web"].includes(roomOf(file)) && !/\.test(-data)?\.ts$/.test(file),
  );
  expect(wrong).toEqual([]);
});

test("no file imports itself over others", () => {
  const graph = new Map<string, string[]>();
  for (const [file, target] of imports) graph.set(file, [...(graph.get(file) ?? []), target]);
  const state = new Map<string, "open" | "done">();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      cycles.push([...path.slice(path.indexOf(file)), file].map((each) => relative(src, each)).join(" -> "));
      return;
    }
    state.set(file, "open");
    for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
    state.set(file, "done");
  };
  for (const file of graph.keys()) visit(file, []);
  expect(cycles).toEqual([]);
});
