/** What the tests of ROOT files share: other programs that read them, and columns as plain values. */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { type RootColumn } from "../root/index.js";

/** A name that the bundler does not follow. */
const JSROOT: string = "jsroot";
const python = process.env["BYE_SPLITS_PYTHON"] ?? "python3";

export function pythonHas(...modules: readonly string[]): boolean {
  return spawnSync(python, ["-W", "ignore", "-c", `import ${modules.join(", ")}`]).status === 0;
}

/** What a Python program prints. */
export function runPython(...args: readonly string[]): string {
  const stdio = ["ignore", "pipe", "ignore"] as ("ignore" | "pipe")[];
  return execFileSync(python, ["-W", "ignore", ...args], { encoding: "utf8", maxBuffer: 1e8, stdio });
}

/** What uproot reads from every branch of a file; without sha256 where it reads nothing. */
export function uprootDigests(path: string): { tree: string; branch: string; sha256?: string }[] {
  const lines = runPython(join(import.meta.dirname, "../../../scripts/root-digests.py"), path);
  return lines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { tree: string; branch: string; sha256?: string });
}

/** A column as nested arrays, entry by entry. */
export function entries({ values, length, offsets, inner = [] }: RootColumn): unknown[] {
  let items: unknown[] = Array.from(values as ArrayLike<unknown>);
  if (length > 1)
    items = Array.from({ length: items.length / length }, (_, i) => items.slice(i * length, (i + 1) * length));
  for (const level of [...(offsets === undefined ? [] : [offsets]), ...inner].toReversed()) {
    const below = items;
    items = Array.from({ length: level.length - 1 }, (_, i) => below.slice(level[i], level[i + 1]));
  }
  return items;
}

function levelsOf({ offsets, inner = [] }: RootColumn): readonly Int32Array[] {
  return offsets === undefined ? inner : [offsets, ...inner];
}

export function digest(column: RootColumn): string {
  const sha = createHash("sha256");
  for (const level of levelsOf(column)) sha.update(level);
  return sha.update(ArrayBuffer.isView(column.values) ? column.values : column.values.join("\0")).digest("hex");
}

/** A column against nested arrays, one an entry. */
export function sameValues(column: RootColumn, want: readonly unknown[]): boolean {
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
export async function openJsroot(path: string): Promise<(tree: string, branch: number) => Promise<unknown[]>> {
  const { openFile: open } = (await import(/* @vite-ignore */ `${JSROOT}/io`)) as Jsroot;
  const { TSelector, treeProcess } = (await import(/* @vite-ignore */ `${JSROOT}/tree`)) as JsrootTrees;
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
