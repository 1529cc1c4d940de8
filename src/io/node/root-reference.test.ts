/**
 * The real files of ../shared/data/root: our values against jsroot's (a dev dependency) and uproot's (when the Python
 * of $BYE_SPLITS_PYTHON [python3] has uproot and awkward), branch by branch.
 */
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { isLong, longTest } from "../../core/long.test-data.js";
import { type RootColumn, type RootTree, openRootFile, readBranches } from "../root/index.js";
import { openFile } from "./file.js";
import { rootCodecs } from "./root-codecs.js";
import { digest, openJsroot, pythonHas, sameValues, uprootDigests } from "./root.test-data.js";

const repository = join(import.meta.dirname, "../../..");
const shared = join(process.env["BYE_SPLITS_SHARED"] ?? join(repository, "../shared"), "data/root");
const files = existsSync(shared) ? readdirSync(shared).map((name) => join(shared, name)) : [];
// The files with thousands of branches take minutes with uproot and half a minute with jsroot: not every day.
const compared = files.filter((file) => isLong || !/issue-(123a|210|798|951)|lzma/.test(file));
const fixtures = join(repository, "test/fixtures/root");

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

longTest(
  "classes, maps and parts of classes are errors [needs shared data]",
  async () => {
    const unsupported: string[] = [];
    let last = "";
    let read = 0;
    for (const file of files) {
      for await (const { tree, branch, type, error } of branchesOf(file)) {
        if (error === "") read++;
        else {
          expect(error).toMatch(`${file}: branch "${branch}" in tree "${tree.path}": `);
          expect(error).toMatch(/: (an object of class|a member of type) .* cannot be decoded$/);
          const where = `${basename(file)}, ${tree.path}`;
          if (where !== last) unsupported.push(where);
          last = where;
          unsupported.push(`  ${branch}: ${type}`);
        }
      }
    }
    expect(read).toBe(6800);
    await expect(`${unsupported.join("\n")}\n`).toMatchFileSnapshot(
      join(repository, "test/fixtures/root-unsupported.txt"),
    );
  },
  { skip: files.length === 0 },
);

describe.each(compared)("%s against jsroot", (path) => {
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

describe.skipIf(!pythonHas("uproot", "awkward"))("against uproot [needs python uproot]", () => {
  const sources = [
    ...readdirSync(fixtures)
      .filter((name) => name !== "rntuple.root")
      .map((name) => join(fixtures, name)),
    ...compared,
  ];

  test.each(sources)("%s", async (path) => {
    const rows = uprootDigests(path);
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
});
