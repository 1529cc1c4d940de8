/** The rooms and what they may import from each other (CONTRIBUTING.md), checked against every import. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
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
  "plots/interact": ["plots"],
  io: ["core", "detector", "events"],
  "io/node": ["core", "detector", "events", "io"],
  pipeline: [...PURE, "io", "io/node"],
  batch: ["core", "io/node"],
  server: [...PURE, "io", "io/node", "pipeline", "batch"],
  web: [...PURE, "plots/interact", "io"],
  cli: [...PURE, "io", "io/node", "pipeline", "batch", "server"],
};

/** Of rooms with wings, the wings that each of them may import; "" are the files at the top of the room, which know none but for its doors. */
const WINGS: Record<string, Record<string, readonly string[]>> = {
  io: {
    "": [],
    root: [""],
    parquet: [""],
    folders: ["", "parquet"],
    exchange: ["", "parquet"],
    node: ["", "root", "parquet", "folders"],
  },
  web: {
    ui: [],
    data: [],
    model: ["ui", "data"],
    chain: ["ui", "data", "model"],
    display: ["ui", "data", "model", "chain"],
    studies: ["ui", "data", "model", "chain"],
  },
};

/** Files that put a room together. */
const DOORS = ["io/index.ts", "web/main.tsx"];

function roomOf(path: string): string {
  const parts = relative(src, path).split("/");
  if (parts.length === 1) return "root";
  // The halves of rooms that know Node, or a screen.
  const half = parts.slice(0, 2).join("/");
  return half === "io/node" || half === "plots/interact" ? half : parts[0];
}

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") || file.endsWith(".tsx"))
  .map((file) => join(src, file));

const known = new Set(files);

/** The source of a relative import. Pages import `./Pane.js` too, of `Pane.tsx`. */
function sourceOf(file: string, name: string): string {
  const path = join(dirname(file), name);
  const sources = [path.replace(/\.jsx?$/, ".ts"), path.replace(/\.jsx?$/, ".tsx")];
  return sources.find((each) => known.has(each)) ?? path;
}

/** [importing file, imported file or package, when it runs] of static, type-only and dynamic imports. */
const imports = files.flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(/(?:from|import)\s*(\(?)\s*"([^"]+)"/g)].map(
    ([, bracket, name]): [string, string, boolean] => [
      file,
      name.startsWith(".") ? sourceOf(file, name.replace(/\?.*$/, "")) : name,
      bracket === "(",
    ],
  ),
);

test("every relative import is found: none is passed over", () => {
  const lost = imports.filter(([, target]) => target.startsWith("/") && !known.has(target) && !existsSync(target));
  expect(lost.map(([file, target]) => `${relative(src, file)} imports ${relative(src, target)}`)).toEqual([]);
  expect(imports.filter(([, target]) => target.endsWith(".tsx")).length).toBeGreaterThan(20);
});

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
  const wrong = imports.flatMap(([file, target, lazily]) => {
    if (!target.startsWith("/") || roomOf(target) === roomOf(file)) return [];
    // Commands load the pipeline's parts when they run, one at a time.
    if (roomOf(target) === "pipeline" && lazily) return [];
    if (/\.test(-data)?\.ts$/.test(file)) return [];
    // The Node half of io is in the same room.
    if (roomOf(file) === "io/node" && roomOf(target) === "io") return [];
    return entrances.test(target) ? [] : [`${relative(src, file)} imports ${relative(src, target)}`];
  });
  expect(wrong).toEqual([]);
});

test("wings import only what they may", () => {
  const wingOf = (path: string): string => relative(src, path).split("/").slice(1, -1)[0] ?? "";
  const wrong = imports.flatMap(([file, target]) => {
    const [room, name] = [relative(src, file).split("/")[0], relative(src, file)];
    if (!(room in WINGS) || relative(src, target).split("/")[0] !== room || !known.has(target)) return [];
    // What links say of a view stands with it, and is collected by the state.
    if (wingOf(file) === "model" && target.endsWith("/link.ts")) return [];
    if (DOORS.includes(name) || /\.test(-data)?\.ts$/.test(file) || wingOf(file) === wingOf(target)) return [];
    return WINGS[room][wingOf(file)]?.includes(wingOf(target)) ? [] : [`${name} imports ${relative(src, target)}`];
  });
  expect(wrong).toEqual([]);
});

test("pure rooms know no Node module", () => {
  const wrong = imports.filter(
    ([file, target]) =>
      target.startsWith("node:") &&
      [...PURE, "plots/interact", "io", "web"].includes(roomOf(file)) &&
      !/\.test(-data)?\.ts$/.test(file),
  );
  expect(wrong).toEqual([]);
});

test("the geometry is the sample's: nobody takes one for granted, or its numbers of layers", () => {
  const wrong = files
    .filter((file) => !/\.test(-data)?\.ts$/.test(file) && !/detector\/|pileup-constants|shower-constants/.test(file))
    .flatMap((file) =>
      [
        ...readFileSync(file, "utf8").matchAll(
          /createGeometry\((?:"V\d+")?\)|(?:\blayers?\b|LAYERS?)\W{1,4}(?:28|50)\b|\b-999\b/gi,
        ),
      ].map(([found]) => `${relative(src, file)}: ${found}`),
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

test("what a batch job starts first, and status, load neither formats nor chains: thousands of them begin at once", () => {
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const [from, target, lazily] of imports) if (from === file && !lazily && known.has(target)) load(target);
  };
  for (const name of ["cli/main.ts", "cli/program.ts", "cli/jobs.ts", "cli/submit.ts"]) load(join(src, name));
  const rooms = new Set([...loaded].map((file) => relative(src, dirname(file))));
  expect([...rooms].toSorted()).toEqual(["batch", "cli", "core", "io", "io/node", "io/node/disk"]);
  expect(loaded.size).toBeLessThan(80);
});

test("files stay short: none over 330 lines, half of them under 120", () => {
  const lengths = files
    .filter((file) => !/\.test(-data)?\.ts$/.test(file))
    .map((file) => [readFileSync(file, "utf8").split("\n").length - 1, relative(src, file)] as const)
    .toSorted(([a], [b]) => a - b);
  expect(lengths.filter(([lines]) => lines > 330)).toEqual([]);
  expect(lengths[lengths.length >> 1][0]).toBeLessThan(120);
});

test("tests stand by subject: no file of them over 400 lines", () => {
  const root = dirname(src);
  const tests = ["src", "test"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".test.ts"))
      .map((file) => join(root, folder, file)),
  );
  const long = tests.filter((file) => readFileSync(file, "utf8").split("\n").length - 1 > 400);
  expect(long.map((file) => relative(root, file))).toEqual([]);
});
