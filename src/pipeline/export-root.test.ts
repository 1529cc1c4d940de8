import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEFAULT_SKIM } from "../events/index.js";
import { exportFolder } from "./export.js";
import { simulateSample } from "./simulate.js";
import { skimFiles } from "./skim.js";

let folder = "";
const { signal } = new AbortController();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bye-splits-export-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test.each(["positive", "both"] as const)("endcap %s: the skim of the exported file is the sample", async (endcap) => {
  const sample = join(folder, endcap);
  const out = join(folder, `${endcap}.root`);
  const job = { particles: "pions", events: 8, endcap, force: false, version: "0.0.0", signal } as const;
  await simulateSample({ ...job, pileup: 1, seed: 5, out: sample });
  await exportFolder({ path: sample, format: "root", out, signal, options: {} });
  const skimmed = join(folder, `${endcap}-skimmed`);
  const { cutFlow } = await skimFiles({
    ...{ ...DEFAULT_SKIM, ...job, events: -1, inputs: [out], allowDuplicates: false, checkGeometry: true, workers: 1 },
    out: skimmed,
  });
  expect(cutFlow.entries).toBeGreaterThan(4);
  expect(cutFlow.events).toBeLessThanOrEqual(8);
  for (const table of ["entries", "gen", "cl3d", "tc"]) {
    const [ours, theirs] = await Promise.all([sample, skimmed].map((path) => readFile(join(path, `${table}.parquet`))));
    expect([table, ours.equals(theirs)]).toEqual([table, true]);
  }
});
