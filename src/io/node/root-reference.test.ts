/**
 * The real files of ../shared/data/root: our values against jsroot's (a dev dependency) and uproot's (when the Python
 * of $BYE_SPLITS_PYTHON [python3] has uproot and awkward), branch by branch.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type RootColumn, type RootTree, openRootFile, readBranches } from "../root/index.js";
import { openFile } from "./file.js";
import { rootCodecs } from "./root-codecs.js";

const repository = join(import.meta.dirname, "../../..");
const shared = join(process.env["BYE_SPLITS_SHARED"] ?? join(repository, "../shared"), "data/root");
const files = existsSync(shared) ? readdirSync(shared).map((name) => join(shared, name)) : [];
// The files with thousands of branches take minutes with uproot, seconds with jsroot: one will do every day.
const full = process.env["BYE_SPLITS_FULL"] === "1";
const compared = files.filter((file) => full || !/issue-(123a|210|798)/.test(file));
const fixtures = join(repository, "test/fixtures/root");
const python = process.env["BYE_SPLITS_PYTHON"] ?? "python3";

/** Every branch of every tree of a file that holds data, with its column or the reason why there is none. */
async function* branchesOf(
  path: string,
): AsyncGenerator<{ tree: RootTree; branch: string; type: string; column?: RootColumn; error: string }> {
  const source = await openFile(path);
  const file = await openRootFile(source, await rootCodecs());
  for (const treePath of file.trees) {
    const tree = await file.tree(treePath);
    for (const { path: branch, typeName: type, layout } of tree.branches) {
      if (layout.kind === "parent") continue;
      const read = await readBranches(tree, [branch]).catch((error: unknown) => error as Error);
      if (read instanceof Error) yield { tree, branch, type, error: read.message };
      else yield { tree, branch, type, column: read.columns[branch], error: "" };
    }
  }
  await source.close?.();
}

test.skipIf(files.length === 0)(
  "classes, maps and parts of classes are errors (skipped without ../shared or $BYE_SPLITS_SHARED)",
  async () => {
    const types: string[] = [];
    let read = 0;
    for (const file of files) {
      for await (const { tree, branch, type, error } of branchesOf(file)) {
        if (error === "") read++;
        else {
          expect(error).toMatch(`${file}: branch "${branch}" in tree "${tree.path}": `);
          expect(error).toMatch(/: (an object of class|a member of type) .* cannot be decoded$/);
          types.push(type);
        }
      }
    }
    expect(read).toBe(6800);
    const counts = [...new Set(types)]
      .toSorted()
      .map((type) => `${type} ${types.filter((other) => other === type).length}`);
    await expect(`${counts.join("\n")}\n`).toMatchFileSnapshot(join(repository, "test/golden/root-unsupported.txt"));
  },
);

describe.each(compared)("%s against jsroot (skipped without ../shared or $BYE_SPLITS_SHARED)", (path) => {
  test("same values", async () => {
    const jsroot = await openJsroot(path);
    const different: string[] = [];
    for await (const { tree, branch, column } of branchesOf(path)) {
      if (column === undefined) continue;
      const want = await jsroot(
        tree.path,
        tree.branches.findIndex(({ path: name }) => name === branch),
      );
      if (want.length !== tree.entries || !sameValues(column, want)) different.push(`${tree.path} ${branch}`);
    }
    expect(different).toEqual([]);
  });
});

const withoutUproot = spawnSync(python, ["-c", "import uproot, awkward"]).status !== 0;

describe.skipIf(withoutUproot)(
  "against uproot (skipped unless $BYE_SPLITS_PYTHON, or python3, has uproot and awkward)",
  () => {
    const sources = [...readdirSync(fixtures).map((name) => join(fixtures, name)), ...compared].filter(
      (file) => full || !file.includes("issue-951"),
    );

    test.each(sources)("%s", async (path) => {
      const script = join(repository, "scripts/root-digests.py");
      const lines = execFileSync(python, [script, path], {
        encoding: "utf8",
        maxBuffer: 1e8,
        stdio: ["ignore", "pipe", "ignore"],
      });
      const rows = lines
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { tree: string; branch: string; sha256?: string });
      const theirs = new Map(rows.map(({ tree, branch, sha256 }) => [`${tree} ${branch}`, sha256]));
      const different: string[] = [];
      let same = 0;
      for await (const { tree, branch, column } of branchesOf(path)) {
        const want = theirs.get(`${tree.path} ${branch}`);
        if (column === undefined || want === undefined) continue;
        if (digest(column) === want) same++;
        // uproot 5.7 takes a leaf of characters that holds empty and long strings apart wrongly.
        else if (!(path.startsWith(fixtures) && branch === "text")) different.push(`${tree.path} ${branch}`);
      }
      expect(different).toEqual([]);
      expect(same).toBeGreaterThan(0);
    });
  },
);

function levelsOf({ offsets, inner = [] }: RootColumn): readonly Int32Array[] {
  return offsets === undefined ? inner : [offsets, ...inner];
}

function digest(column: RootColumn): string {
  const sha = createHash("sha256");
  for (const level of levelsOf(column)) sha.update(level);
  return sha.update(ArrayBuffer.isView(column.values) ? column.values : column.values.join("\0")).digest("hex");
}

/** A column against nested arrays, one an entry. */
function sameValues(column: RootColumn, want: readonly unknown[]): boolean {
  const levels = levelsOf(column);
  const sameItem = (depth: number, i: number, value: unknown): boolean => {
    if (depth < levels.length) {
      const items = Array.isArray(value) || ArrayBuffer.isView(value) ? (value as unknown as ArrayLike<unknown>) : [];
      const [start, end] = levels[depth].subarray(i, i + 2);
      if (items.length !== end - start) return false;
      return Array.from(items).every((item, k) => sameItem(depth + 1, start + k, item));
    }
    const values = column.length === 1 ? [value] : ([...(value as unknown[])].flat(9) as unknown[]);
    return (
      values.length === column.length &&
      values.every((item, k) => sameNumber(column.values[i * column.length + k], item))
    );
  };
  return want.every((value, i) => sameItem(0, i, value));
}

function sameNumber(ours: number | bigint | string, theirs: unknown): boolean {
  if (typeof ours === "bigint") return ours === BigInt(theirs as number);
  return Object.is(ours, typeof theirs === "boolean" ? Number(theirs) : theirs);
}

interface Jsroot {
  openFile(path: string): Promise<{ readObject(path: string): Promise<JsrootTree> }>;
}
interface JsrootBranch {
  readonly fBranches: { readonly arr: readonly JsrootBranch[] };
}
interface JsrootTree extends JsrootBranch {
  readonly fEntries: number;
}
interface Selector {
  addBranch(branch: JsrootBranch, name: string, direct: boolean): void;
  Process: () => void;
  readonly tgtobj: { readonly value: unknown };
}
interface JsrootTrees {
  readonly TSelector: new () => Selector;
  treeProcess(tree: JsrootTree, selector: Selector): Promise<unknown>;
}

/** Reads branch number i (depth first) of a tree of a file with jsroot, entry by entry. */
async function openJsroot(path: string): Promise<(tree: string, branch: number) => Promise<unknown[]>> {
  const { openFile: open } = (await import("jsroot/io" as string)) as Jsroot;
  const { TSelector, treeProcess } = (await import("jsroot/tree" as string)) as JsrootTrees;
  const file = await open(path);
  const trees = new Map<string, JsrootTree>();
  return async (treePath, i) => {
    const tree = trees.get(treePath) ?? (await file.readObject(treePath));
    trees.set(treePath, tree);
    const all: JsrootBranch[] = [];
    const add = (parent: JsrootBranch): void => {
      for (const branch of parent.fBranches.arr) {
        all.push(branch);
        add(branch);
      }
    };
    add(tree);
    const selector = new TSelector();
    const values: unknown[] = [];
    selector.addBranch(all[i], "value", true);
    selector.Process = () => values.push(selector.tgtobj.value);
    await treeProcess(tree, selector);
    return values;
  };
}
