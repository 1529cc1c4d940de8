/** Bad files among many, and what a killed skim left, damaged. */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Random } from "../core/index.js";
import { writeRootTree } from "../io/node/index.js";
import { flipsOfLeftovers, folder, skim, tablesOf, writeNtuple } from "./skim.test-data.js";

describe("bad files among many", () => {
  async function someBad(name: string): Promise<{ good: string[]; all: string[]; reasons: string[] }> {
    const at = (file: string): string => join(folder, `${name}-${file}.root`);
    const good = [await writeNtuple(`${name}-a.root`, [1, 2]), await writeNtuple(`${name}-b.root`, [3, 4, 5])];
    writeFileSync(at("empty"), "");
    const bytes = readFileSync(good[0]);
    writeFileSync(at("cut"), bytes.subarray(0, 2000));
    await writeRootTree(
      at("other"),
      {},
      { tree: "t", title: "", branches: [{ name: "x", type: "int32" }] },
      async () => {},
    );
    const all = [at("empty"), good[0], at("cut"), at("none"), good[1], at("other")];
    const reasons = [
      `${at("empty")} is empty: it has 0 bytes`,
      `${at("cut")} is truncated: its header says ${bytes.length} bytes, the file has 2000`,
      `cannot read ${at("none")}: no such file or folder`,
      `${at("other")}: no tree has all the branches that the skim needs; "t" lacks run, event`,
    ];
    return { good, all, reasons };
  }

  test("one message names all of them", async () => {
    const { all, reasons } = await someBad("message");
    const message = await skim(all).catch((error: Error) => error.message);
    expect(message).toMatch(/^4 of 6 input files cannot be read; use --skip-bad-files to leave such files out: /);
    for (const reason of reasons) expect(message).toContain(reason);
    await expect(skim([all[0]])).rejects.toThrow(reasons[0]);
    await expect(skim([all[0], all[2]], { skipBadFiles: true })).rejects.toThrow(
      "none of the 2 input files can be read: ",
    );
  });

  test("skipped, they are listed, and the sample is that of the others", async () => {
    const { good, all, reasons } = await someBad("skipped");
    const { out, badFiles, cutFlow } = await skim(all, { skipBadFiles: true });
    expect(cutFlow).toMatchObject({ events: 5, entries: 5 });
    expect(await tablesOf(out)).toEqual(await tablesOf((await skim(good)).out));
    expect(badFiles.map(({ path }) => path)).toEqual([all[0], all[2], all[3], all[5]]);
    for (const [i, { reason }] of badFiles.entries()) expect(reason).toContain(reasons[i]);
    const { made } = JSON.parse(readFileSync(join(out, "sample.json"), "utf8")) as { made: Record<string, unknown> };
    expect(made["badFiles"]).toEqual(badFiles);
    expect(made["inputs"]).toMatchObject(good.map((path) => ({ path })));
  });

  test.each([0, 1, 2])("file %i of 3 whose damage shows on the way: nothing of it stays", async (damaged) => {
    const paths = await Promise.all(
      [0, 1, 2].map((i) => writeNtuple(`way${damaged}-${i}.root`, [10 * i + 1, 10 * i + 2, 10 * i + 3])),
    );
    const good = paths.filter((_, i) => i !== damaged);
    const bytes = readFileSync(paths[damaged]);
    // The size of a basket's record: its key has 34 bytes in front of these names.
    bytes[bytes.indexOf("\u0007TBasket\u0008tc_mipPt") - 34 + 3] ^= 0x10;
    writeFileSync(paths[damaged], bytes);
    await expect(skim(paths)).rejects.toThrow(`${paths[damaged]}: branch "tc_mipPt"`);
    const { out, badFiles } = await skim(paths, { skipBadFiles: true });
    expect(badFiles).toMatchObject([{ path: paths[damaged] }]);
    expect(await tablesOf(out)).toEqual(await tablesOf((await skim(good)).out));
    await expect(skim([paths[damaged]], { skipBadFiles: true })).rejects.toThrow('branch "tc_mipPt"');
  });
});

test("a copy of a file is told as one, and two paths of a file", async () => {
  const path = await writeNtuple("original.root", [1]);
  const copy = join(folder, "copy.root");
  copyFileSync(path, copy);
  for (const allowDuplicates of [false, true]) {
    await expect(skim([path, copy], { allowDuplicates })).rejects.toThrow(
      new RegExp(
        `^${path} and ${copy} are copies of the same file \\(UUID [0-9a-f]{32}\\); its events would be counted`,
      ),
    );
    await expect(skim([path, path], { allowDuplicates })).rejects.toThrow(`the same file is given twice: ${path};`);
  }
});

describe("what a killed skim left", () => {
  test("counts for the number of events that was asked for", async () => {
    const { whole } = await flipsOfLeftovers("first", new Random(1), 0, 8);
    expect(whole).toEqual({ resumed: 2, notices: [], same: true });
  });

  test("is gone on with when it is whole, and thrown away with one line when it is not", async () => {
    const { whole, outcomes } = await flipsOfLeftovers("normal", new Random(11), 12);
    expect(whole.resumed).toBe(2);
    expect(whole.notices).toEqual([]);
    for (const { what, resumed, notices, same } of outcomes) {
      expect([what, same]).toEqual([what, true]);
      expect([what, resumed === 2 || notices.length === 1]).toEqual([what, true]);
      for (const notice of notices)
        expect(notice).toMatch(/^what a killed command left of .* is damaged: it is thrown away/);
    }
    expect(outcomes.filter(({ notices }) => notices.length === 1).length).toBeGreaterThan(6);
  });
});
