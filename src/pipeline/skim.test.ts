import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { NTUPLE_TREE } from "../io/index.js";
import { simulateSample } from "./simulate.js";
import { type SkimProgress } from "./skim.js";
import { folder, shared, skim, writeNtuple } from "./skim.test-data.js";

const realNtuple = join(shared, "data/root/HGCalTriggerNtuple_pu200_5events.root");

describe.each(["positive", "both"] as const)("endcap %s", (endcap) => {
  test("the skim of a simulated ntuple is the simulated sample, byte by byte", async () => {
    const root = join(folder, `${endcap}.root`);
    const out = join(folder, `simulated-${endcap}`);
    const signal = new AbortController().signal;
    const job = { particles: "photons", pileup: 0, events: 7, seed: 5, endcap, out, root } as const;
    const done: (readonly [number, number])[] = [];
    const onProgress = (...each: [number, number]): void => void done.push(each);
    const simulated = await simulateSample({ ...job, force: false, version: "0.0.0", signal, onProgress });
    expect(done.at(-1)).toEqual([7, 7]);
    const skimmed = await skim([root], { endcap, checkGeometry: true });
    expect(skimmed.cutFlow).toEqual(simulated.cutFlow);
    expect(skimmed.cutFlow.entries).toBeGreaterThan(endcap === "both" ? 8 : 4);
    for (const table of ["entries", "gen", "cl3d", "tc"]) {
      const [ours, theirs] = await Promise.all(
        [out, skimmed.out].map((path) => readFile(join(path, `${table}.parquet`))),
      );
      expect([table, ours.equals(theirs)]).toEqual([table, true]);
    }
  });
});

test("several files, a number of events, events and bytes as progress", async () => {
  const paths = [await writeNtuple("first.root", [1, 2, 3]), await writeNtuple("second.root", [4, 5])];
  const progress: SkimProgress[] = [];
  expect((await skim(paths, { events: 4 })).cutFlow).toMatchObject({ events: 4, entries: 4, tcsKept: 4 });
  await skim(paths, { onProgress: (made) => progress.push(made) });
  const last = progress.at(-1);
  expect(last?.events).toBe(5);
  expect(last?.bytes).toBe(last?.totalBytes);
});

describe("errors name the file", () => {
  test("an event that is in two files", async () => {
    const paths = [await writeNtuple("a.root", [1, 2]), await writeNtuple("b.root", [3, 2])];
    await expect(skim(paths)).rejects.toThrow(
      `run 1, lumi 1, event 2 occurs twice, in ${paths[0]} and in ${paths[1]}; use --allow-duplicates to keep both`,
    );
    expect((await skim(paths, { allowDuplicates: true })).cutFlow.entries).toBe(4);
  });

  test("an event that is in two files, of which one has numbers of 64 bits", async () => {
    const paths = [await writeNtuple("narrow.root", [1, 2]), await writeNtuple("wide.root", [2n ** 40n, 2n])];
    await expect(skim(paths)).rejects.toThrow(`event 2 occurs twice, in ${paths[0]} and in ${paths[1]}`);
  });

  test("a value that is not a number", async () => {
    const offsets = Int32Array.of(0, 1, 2);
    const path = await writeNtuple("nan.root", [1, 2], { tc_x: { values: [1, Number.NaN], offsets } });
    await expect(skim([path])).rejects.toThrow(
      `${path}: event 2 (run 1): tc_x[0] is NaN; use --skip-bad-events to leave such events out`,
    );
    expect((await skim([path], { skipBadEvents: true })).cutFlow).toMatchObject({ badEvents: 1, entries: 1 });
  });

  test("vectors of different lengths", async () => {
    const path = await writeNtuple("lengths.root", [1], { tc_y: { values: [1, 2], offsets: Int32Array.of(0, 2) } });
    await expect(skim([path])).rejects.toThrow(
      `${path}: tree "${NTUPLE_TREE}": the branches "tc_subdet" and "tc_y" have different numbers of values in an event`,
    );
  });

  test("a tree that is not there", async () => {
    const path = await writeNtuple("tree.root", [1]);
    await expect(skim([path], { tree: "x/y" })).rejects.toThrow(
      `tree not found: "x/y" in ${path}, which has the tree "${NTUPLE_TREE}"`,
    );
  });

  test.skipIf(!existsSync(realNtuple))("no trigger cells [needs shared data]", async () => {
    await expect(skim([realNtuple])).rejects.toThrow(
      /HGCalTriggerNtuple" lacks tc_subdet, tc_zside, .*; it has no tc_\* branch at all$/,
    );
  });
});
