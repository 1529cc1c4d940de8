/** What is in files: sizes, shares and ratios of what was written by hand. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeRootTree } from "../io/node/index.js";
import { describe } from "./describe.js";

const folder = mkdtempSync(join(tmpdir(), "bye-splits-describe-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const n = 3000;

/** A tree of one branch of noise, and one of zeros: sizes of two orders. */
async function tree(name: string): Promise<string> {
  const path = join(folder, name);
  let state = 1;
  const noise = Int32Array.from({ length: n }, () => (state = (state * 48_271) % 2_147_483_647));
  const branches = [{ name: "noise", type: "int32" }, { name: "zeros", type: "int32" }] as const; // prettier-ignore
  await writeRootTree(path, {}, { tree: "d/t", title: "", branches }, (writer) =>
    writer.fill(n, { noise: { values: noise }, zeros: { values: new Int32Array(n) } }),
  );
  return path;
}

test("a ROOT file: each branch with its size, its share of all and how much smaller it is than its values", async () => {
  const path = await tree("a.root");
  const { kind, content, lines } = await describe(path);
  const { size, trees } = content as {
    size: number;
    trees: { entries: number; branches: { name: string; compressedBytes: number; uncompressedBytes: number }[] }[];
  };
  expect([kind, size, trees.length, trees[0].entries]).toEqual(["root", statSync(path).size, 1, n]);
  const total = trees[0].branches.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0);
  const rows = lines.slice(-2).map((line) => line.trim().split(/\s{2,}/));
  for (const [k, { name, compressedBytes, uncompressedBytes }] of trees[0].branches.entries()) {
    expect(uncompressedBytes).toBeGreaterThanOrEqual(4 * n);
    const [branch, , bytes, share, ratio] = rows[k];
    expect([branch, Number.parseFloat(share), Number(ratio)]).toEqual([
      name,
      expect.closeTo((100 * compressedBytes) / total, 1),
      expect.closeTo(uncompressedBytes / compressedBytes, 1),
    ]);
    expect(bytes).toBe(compressedBytes < 10_000 ? `${compressedBytes} B` : `${Math.round(compressedBytes / 1000)} kB`);
  }
  // Blocks with one empty line between them.
  expect(lines[0]).toMatch(/a\.root: ROOT file, \d+ (B|kB), .*, 1 tree$/);
  expect([lines[1], lines[2].startsWith('tree "d/t": 3000 entries, 2 branches, ')]).toEqual(["", true]);
  expect(lines.filter((line) => line === "").length).toBe(1);
});

test("a file is what its first bytes say, whatever it is called", async () => {
  const path = await tree("named.txt");
  expect((await describe(path)).kind).toBe("root");
  for (const text of ["roo", "hello", "PAR2...."]) {
    writeFileSync(join(folder, "other"), text);
    await expect(describe(join(folder, "other"))).rejects.toThrow("neither a ROOT nor a Parquet file");
  }
});
