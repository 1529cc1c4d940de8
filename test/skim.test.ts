/** The skim as a user runs it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { writeNtupleLike } from "../src/pipeline/ntuple.test-data.js";
import { byeSplits, runCli, scratch, startByeSplits, tableHashes } from "./cli.js";
import { longTest, some } from "./long.js";

const COMMON = ["--no-geometry-check", "--quiet"];

test("any number of workers gives the same sample, byte by byte", async () => {
  const cwd = scratch();
  await writeNtupleLike(join(cwd, "a.root"), 20, 6000);
  await writeNtupleLike(join(cwd, "b.root"), 5, 6000, undefined, { firstEvent: 21 });
  const skim = async (workers: string) => {
    const out = `sample${workers}`;
    const args = ["skim", "a.root", "b.root", "--out", out, "--workers", workers, "--events", "22", ...COMMON];
    expect(workers === "1" ? await runCli(args, cwd) : byeSplits(args, cwd)).toMatchObject({ status: 0 });
    const info = readFileSync(join(cwd, out, "sample.json"), "utf8");
    expect(info).toMatch(/"entries": 22,/);
    return { ...tableHashes(join(cwd, out)), info };
  };
  const samples = [];
  for (const workers of some(["1", "3", "2", "5"], 2)) samples.push(await skim(workers));
  expect(samples.length).toBeGreaterThan(1);
  for (const sample of samples) expect(sample).toEqual(samples[0]);
});

test("an error in a worker is told as one in the first thread", async () => {
  const cwd = scratch();
  await writeNtupleLike(join(cwd, "a.root"), 10, 600);
  await writeNtupleLike(join(cwd, "b.root"), 5, 600);
  const args = ["skim", "a.root", "b.root", "--out", "sample", ...COMMON, "--workers"];
  const alone = await runCli([...args, "1"], cwd);
  expect(alone.stderr).toMatch(/event 1 occurs twice, in a.root and in b.root/);
  expect(byeSplits([...args, "2"], cwd)).toEqual(alone);
  expect(readdirSync(cwd).toSorted()).toEqual(["a.root", "b.root"]);
});

longTest("a killed skim goes on behind the files that it had finished", async () => {
  const cwd = scratch();
  for (const i of [0, 1, 2]) {
    await writeNtupleLike(join(cwd, `${i}.root`), 10, 8000, undefined, { firstEvent: 1 + 10 * i });
  }
  const args = (out: string): string[] => ["skim", "*.root", "--out", out, "--json", ...COMMON];
  expect(byeSplits(args("whole"), cwd)).toMatchObject({ status: 0 });
  const child = startByeSplits(args("sample"), cwd);
  const ended = new Promise((resolve) => child.on("exit", (_, signal) => resolve(signal)));
  const saved = (): boolean =>
    readdirSync(cwd).some((name) => name.startsWith(".") && existsSync(join(cwd, name, "checkpoint")));
  while (!saved()) await sleep(1);
  child.kill("SIGKILL");
  expect(await ended).toBe("SIGKILL");
  const { status, stdout } = byeSplits(args("sample"), cwd);
  expect(status).toBe(0);
  expect((JSON.parse(stdout) as { resumed: number }).resumed).toBeGreaterThan(0);
  expect(tableHashes(join(cwd, "sample"))).toEqual(tableHashes(join(cwd, "whole")));
  expect(readdirSync(join(cwd, "sample"))).toEqual(readdirSync(join(cwd, "whole")));
  expect(readdirSync(cwd).toSorted()).toEqual(["0.root", "1.root", "2.root", "sample", "whole"]);
});

describe("sources of the configuration", () => {
  async function withSources(): Promise<string> {
    const cwd = scratch();
    await writeNtupleLike(join(cwd, "a.root"), 5, 100);
    writeFileSync(
      join(cwd, "config.yaml"),
      "sources:\n  small: { infile: [a.root], particles: photons }\n  none: { infile: nothing.root }\n",
    );
    return cwd;
  }

  test("are named on the command line", async () => {
    const cwd = await withSources();
    const args = ["skim", "--config", "config.yaml", "--source", "small", "--out", "sample", "--json", ...COMMON];
    const { status, stdout } = await runCli(args, cwd);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ inputs: ["a.root"], cutFlow: { entries: 5 } });
  });

  test.each([
    { args: ["--source", "large"], says: 'unknown source "large"; valid are: small, none' },
    { args: ["--source", "small", "a.root"], says: "both files and --source small are given: choose one" },
    { args: ["--source", "none"], says: "cannot read nothing.root: no such file" },
  ])("$says", async ({ args, says }) => {
    const cwd = await withSources();
    const { status, stderr } = await runCli(
      ["skim", "--config", "config.yaml", "--out", "sample", ...args, ...COMMON],
      cwd,
    );
    expect(stderr).toContain(says);
    expect(status).toBe(2);
    expect(readdirSync(cwd).toSorted()).toEqual(["a.root", "config.yaml"]);
  });

  test("of a wrong type are errors with file and line", async () => {
    const cwd = await withSources();
    writeFileSync(join(cwd, "config.yaml"), "sources:\n  small: { infile: [a.root], particles: muons }\n");
    const { status, stderr } = await runCli(
      ["skim", "--config", "config.yaml", "--source", "small", "--out", "s"],
      cwd,
    );
    expect(stderr).toMatch(
      /config.yaml:2: sources.small.particles: expected one of photons, electrons, pions, got "muons"/,
    );
    expect(status).toBe(2);
  });
});

test("a folder with a bad file: --skip-bad-files lists it, progress is in megabytes", async () => {
  const cwd = scratch();
  mkdirSync(join(cwd, "data"));
  await writeNtupleLike(join(cwd, "data/a.root"), 5, 100);
  writeFileSync(join(cwd, "data/b.root"), "");
  const args = ["skim", "data", "--no-geometry-check", "--out", "sample"];
  expect(await runCli(args, cwd)).toEqual({
    status: 2,
    stdout: "",
    stderr:
      "bye-splits: 1 of 2 input files cannot be read; use --skip-bad-files to leave such files out: data/b.root is empty: it has 0 bytes\n",
  });
  const { status, stdout, stderr } = await runCli([...args, "--skip-bad-files"], cwd);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^1 of 2 input files are bad and left out:\n {2}data\/b.root is empty: it has 0 bytes\n/);
  expect(stderr).toMatch(/\d MB, 5 events \| [\d.]+ MB\/s/);
});
