/** Files that others could not read, or read as other values; made by ROOT and uproot. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { importReference } from "./import.js";
import { folder, shared, skim } from "./skim.test-data.js";

const cases = join(shared, "cases");
const here = existsSync(cases);
const ALL = { events: 20, entries: 20, tcsKept: 3260 };

test.skipIf(!here).each([
  ["base.root", "its plain output"],
  ["06-empty-basket/up_emptymid.root", "a basket without entries between others"],
  ["19-negative-cycle/kept.root", "a kept key, which comes behind the newer one"],
])("%s: %s, all 20 events [needs shared data]", async (file) => {
  expect((await skim([join(cases, file)])).cutFlow).toMatchObject(ALL);
});

test.skipIf(!here).each(["reached64", "zside64"])(
  "20-64-bit-integers/%s.root: the tables of base.root, byte by byte [needs shared data]",
  async (name) => {
    const tables = await Promise.all(
      ["base.root", `20-64-bit-integers/${name}.root`].map(async (file) => {
        const { out } = await skim([join(cases, file)]);
        return Promise.all(
          ["entries", "gen", "cl3d", "tc"].map((each) => readFile(join(out, `${each}.parquet`), "hex")),
        );
      }),
    );
    expect(tables[1]).toEqual(tables[0]);
  },
);

describe("an RNTuple is named, and what to do", () => {
  const path = join(cases, "04-rntuple-is-called-no-tree/uproot.root");
  const says =
    'it holds the RNTuple "l1tHGCalTriggerNtuplizer/HGCalTriggerNtuple", which is not supported: ' +
    "convert it to a TTree, for example with RDataFrame's Snapshot or uproot's mktree";

  test.skipIf(!here)("by skim [needs shared data]", async () => {
    await expect(skim([path])).rejects.toThrow(`${path}: there is no tree in this file; ${says}`);
  });

  test.skipIf(!here)("by import [needs shared data]", async () => {
    const { signal } = new AbortController();
    const job = { input: path, out: join(folder, "imported"), force: false, version: "0.0.0", signal };
    await expect(importReference(job)).rejects.toThrow(
      `${path}: no tree has good_* branches, expected one tree; ${says}`,
    );
  });
});
