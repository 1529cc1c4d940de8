/** Long skims: a file larger than memory allows, and kills. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { Random } from "../../src/core/index.js";
import { STORED, writeNtupleLike } from "../../src/pipeline/ntuple.test-data.js";
import { flipsOfLeftovers } from "../../src/pipeline/skim.test-data.js";
import { byeSplits, scratch, startByeSplits, tableHashes } from "../cli.js";
import { watch } from "./watch.js";

test("an ntuple of 1.5 GB is skimmed below 700 MB", { timeout: 600_000 }, async () => {
  const cwd = scratch();
  const file = join(cwd, "ntuple.root");
  await writeNtupleLike(file, 750, 32_000, STORED);
  expect(statSync(file).size).toBeGreaterThan(1.5e9);
  const start = Date.now();
  const args = ["skim", "ntuple.root", "--particles", "photons", "--no-geometry-check", "--out", "sample"];
  const { peak, stderr } = await watch([...args, "--workers", "2"], cwd);
  console.log(`1.5 GB in ${((Date.now() - start) / 1000).toFixed(0)} s: ${peak.toFixed(0)} MB`);
  expect(peak).toBeGreaterThan(50);
  expect(peak).toBeLessThan(700);
  expect(stderr).toMatch(/ MB, \d+ events/);
});

test("a skim that is killed at ten random moments gives the same sample", { timeout: 300_000 }, async () => {
  const cwd = scratch();
  for (let i = 0; i < 6; i++) {
    await writeNtupleLike(join(cwd, `${i}.root`), 20, 4000, undefined, { firstEvent: 1 + 20 * i });
  }
  const args = (out: string): string[] => [
    ...["skim", "*.root", "--particles", "photons", "--no-geometry-check", "--out", out],
    ...["--workers", "2", "--quiet", "--json"],
  ];
  const start = Date.now();
  expect(byeSplits(args("whole"), cwd)).toMatchObject({ status: 0 });
  const time = Date.now() - start;
  const want = { ...tableHashes(join(cwd, "whole")), info: readFileSync(join(cwd, "whole/sample.json"), "utf8") };

  const random = new Random(7);
  let kills = 0;
  let resumed = 0;
  for (let i = 0; kills < 10; i++) {
    const out = `sample${i}`;
    // Twice before it may end: the second one goes on where the first was.
    for (let k = 0; k < 2 && !existsSync(join(cwd, out)); k++) {
      const child = startByeSplits(args(out), cwd);
      const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on("exit", (_, signal) => resolve(signal)));
      await sleep(random.between(0.2, 1) * time);
      child.kill("SIGKILL");
      if ((await ended) === "SIGKILL") kills++;
    }
    if (!existsSync(join(cwd, out))) {
      const { status, stdout, stderr } = byeSplits(args(out), cwd);
      expect(status, stderr).toBe(0);
      resumed += (JSON.parse(stdout) as { resumed: number }).resumed;
    }
    const got = { ...tableHashes(join(cwd, out)), info: readFileSync(join(cwd, out, "sample.json"), "utf8") };
    expect(got).toEqual(want);
    expect(readdirSync(join(cwd, out)).toSorted()).toEqual(readdirSync(join(cwd, "whole")).toSorted());
  }
  console.log(`${kills} kills, ${resumed} files were not read again`);
  expect(resumed).toBeGreaterThan(0);
  expect(readdirSync(cwd).filter((name) => name.startsWith("."))).toEqual([]);
});

test("another job does not go on with what a killed one left", { timeout: 60_000 }, async () => {
  const cwd = scratch();
  for (let i = 0; i < 3; i++) {
    await writeNtupleLike(join(cwd, `${i}.root`), 20, 8000, undefined, { firstEvent: 1 + 20 * i });
  }
  const args = ["skim", "*.root", "--particles", "photons", "--no-geometry-check", "--out", "sample", "--json"];
  const child = startByeSplits(args, cwd);
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const saved = (): boolean =>
    readdirSync(cwd).some((name) => name.startsWith(".") && existsSync(join(cwd, name, "checkpoint")));
  while (!saved()) await sleep(2);
  child.kill("SIGKILL");
  await ended;
  const { status, stdout } = byeSplits([...args, "--set", "selection.mipThreshold=1"], cwd);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ resumed: 0, cutFlow: { entries: 60 } });
  expect(readdirSync(cwd).filter((name) => name.startsWith("."))).toEqual([]);
});

test(
  "8 x 20 damaged leftovers of a killed skim: never another value, never a blocked skim",
  { timeout: 600_000 },
  async () => {
    const random = new Random(8);
    let again = 0;
    for (let i = 0; i < 8; i++) {
      const { outcomes } = await flipsOfLeftovers(`full${i}`, random, 20);
      expect(outcomes.filter(({ same }) => !same)).toEqual([]);
      again += outcomes.filter(({ notices }) => notices.length === 1).length;
    }
    console.log(`${again} of 160 damaged leftovers were thrown away, the others were not touched where it counts`);
    expect(again).toBeGreaterThan(80);
  },
);
