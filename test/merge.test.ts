/** Runs of ranges of a sample, merged, against one run of all of it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Random } from "../src/core/index.js";
import { openSampleFolder } from "../src/io/node/index.js";
import { cutIntoBatches } from "./batches.js";
import { type Outcome, runCli, tableHashes } from "./cli.js";

let folder = "";
const at = (name: string): string => join(folder, name);
const command = (...args: string[]): Promise<Outcome> => runCli([...args, "--quiet"], folder);
const run = (chain: string, out: string, ...more: string[]): Promise<Outcome> =>
  command("run", chain, "--in", "sample", "--out", out, "--set", "seed.histoThreshold=1", ...more);

/** Of the sample: entries, and the first one of each batch and the end. */
let entries = 0;
let batchFirst: readonly number[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-merge-"));
  const made = await command(
    "simulate",
    "--particles",
    "pions",
    "--events",
    "12",
    "--endcap",
    "both",
    "--out",
    "sample",
  );
  expect(made).toMatchObject({ status: 0, stderr: "" });
  await cutIntoBatches(at("sample"), 100);
  const cut = await openSampleFolder(at("sample"));
  [entries, batchFirst] = [cut.nEntries, cut.batchFirst];
  await cut.close();
  expect(batchFirst.length).toBeGreaterThan(5);
  for (const chain of ["default", "both"]) {
    expect(await run(chain, chain, "--save-steps", "--hdf5")).toMatchObject({ status: 0, stderr: "" });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** run.json but for what says how long it took, and its checksum. */
function infoOf(name: string): Record<string, unknown> {
  const {
    timings: _,
    checksum: __,
    ...info
  } = JSON.parse(readFileSync(at(`${name}/run.json`), "utf8")) as Record<string, unknown>;
  return info;
}

test.each([
  { name: "one range of all", chain: "default", cuts: () => [] },
  { name: "ranges that end where a batch does", chain: "default", cuts: () => batchFirst.slice(2, 4) },
  { name: "a range within a batch, and the rest", chain: "both", cuts: () => [1, 2] },
  {
    name: "ranges by chance",
    chain: "both",
    cuts: (random: Random) => [1, 2, 3].map(() => Math.floor(1 + (entries - 1) * random.uniform())),
  },
])("$name, $chain: the merged run is the single one", async ({ name, chain, cuts }) => {
  const random = new Random(5);
  const borders = [...new Set([0, ...cuts(random), entries])].toSorted((a, b) => a - b);
  const parts = borders.slice(1).map((to, i) => ({ part: `${name}-${i}`, range: `${borders[i]}:${to}` }));
  for (const { part, range } of parts) {
    const made = await run(chain, part, "--save-steps", "--hdf5", "--entries", range);
    expect(made.status).toBe(0);
  }
  const names = parts.map(({ part }) => part).toReversed();
  expect(await command("merge", ...names, "--out", name)).toMatchObject({ status: 0, stderr: "" });
  expect(tableHashes(at(name))).toEqual(tableHashes(at(chain)));
  expect(infoOf(name)).toEqual(infoOf(chain));
  const [ours, theirs] = [name, chain].map((each) => readFileSync(at(`${each}/clusters.hdf5`)));
  expect(ours.equals(theirs)).toBe(true);
});

test("a run of some of the entries says of how many, and so does what is merged of such", async () => {
  for (const range of ["2:4", "4:7", "5:6", "8:9", "4:1000"]) await run("default", range, "--entries", range);
  await run("default", "first", "--first", "4");
  expect(infoOf("4:1000")).toMatchObject({ entries: { from: 4, to: entries, of: entries } });
  expect((await command("merge", "4:7", "first", "--out", "merged-0")).stdout).toContain(
    `7 entries, 0:7 of ${entries} of the sample of 2 runs written to merged-0`,
  );
  await command("merge", "4:7", "2:4", "--out", "merged-2");
  await run("default", "2:7", "--entries", "2:7");
  expect(infoOf("merged-2")).toEqual(infoOf("2:7"));
  expect(infoOf("merged-2")).toMatchObject({ entries: { from: 2, to: 7, of: entries } });

  const refused = async (runs: string[], says: string): Promise<void> => {
    const { status, stdout, stderr } = await command("merge", ...runs, "--out", "refused");
    expect([status, stdout, stderr]).toEqual([2, "", `bye-splits: ${says}\n`]);
  };
  await refused(["5:6", "4:7"], "4:7 (4:7) and 5:6 (5:6) both hold the entries 5:6");
  await refused(["4:7", "4:7"], "4:7 (4:7) and 4:7 (4:7) both hold the entries 4:7");
  await refused(["4:7", "8:9"], "4:7 (4:7) and 8:9 (8:9) leave a gap: none holds the entries 7:8");
  const different = (...more: string[]) => run("default", "other", "--entries", "7:9", "--force", ...more);
  await different("--radius", "0.02");
  const { stderr } = await command("merge", "4:7", "other", "--out", "refused");
  expect(stderr).toMatch(
    /4:7 and other are not runs of one kind: config\.cluster\.CoeffA is \[0\.0.* and \[0\.02,0\.02/,
  );
  expect(stderr.length).toBeLessThan(300);
  await different("--save-steps");
  await refused(
    ["4:7", "other"],
    '4:7 and other are not runs of one kind: tables is ["assignment","clusters","events","seeds"] and ["assignment","clusters","events","fill","seeds","smooth"]',
  );
  await different("--sel", "above_eta_1.8");
  await refused(["4:7", "other"], '4:7 and other are not runs of one kind: selection is "all" and "above_eta_1.8"');
  await run("default", "named", "--events", "1");
  await refused(["4:7", "named"], "named is a run of --events: only ranges are merged");
});

test.each([
  { range: "4:4", says: "expected two whole numbers, the first less than the second, as in 0:100" },
  { range: "-1:4", says: "expected two whole numbers" },
  { range: "1:2:3", says: "expected two whole numbers" },
  { range: "99999:", says: "sample has the entries 0 to" },
])("--entries $range: $says", async ({ range, says }) => {
  const { status, stderr } = await run("default", "none", "--entries", range);
  expect([status, stderr]).toEqual([2, expect.stringContaining(says)]);
});

test("what was merged is merged with the rest", async () => {
  for (const [name, range] of [
    ["again-a", ":3"],
    ["again-b", "3:6"],
    ["again-c", "6:"],
  ]) {
    expect(await run("default", name, "--entries", range)).toMatchObject({ status: 0 });
  }
  expect(await command("merge", "again-a", "again-b", "--out", "again-ab")).toMatchObject({ status: 0 });
  expect(await command("merge", "again-ab", "again-c", "--out", "again")).toMatchObject({ status: 0, stderr: "" });
});

test("report calls runs by their labels, writes to standard output, and no HTML under another name", async () => {
  const { status, stdout, stderr } = await runCli(
    ["report", "default", "both", "--out", "-", "--label", "one chain", "--label", "<two>", "--quiet"],
    folder,
  );
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^<!doctype html>/i);
  expect(stdout).toContain("bye-splits: one chain, &lt;two&gt;");
  for (const [args, says] of [
    [["--out", "x.html", "--label", "a", "--label", " "], "a label is empty: --label is a name"],
    [["--out", "x.html", "--label", "a"], "1 labels for 2 runs: give --label once for each run, in their order"],
    [["--out", "x.pdf"], "x.pdf: a report is HTML, not .pdf: choose a name that ends in .html"],
    [["--out", "-", "--json"], "--json and --out - both write to standard output"],
  ] as const) {
    const refused = await command("report", "default", "both", ...args);
    expect([refused.status, refused.stdout, refused.stderr]).toEqual([2, "", expect.stringContaining(says)]);
  }
});

test("events that are not selected are told with the reason, and that a number may be meant as how many", async () => {
  const outside = ["--set", "base.EtaMin=2.95", "--set", "base.EtaMax=2.99"];
  const { status, stdout, stderr } = await run("default", "outside", "--events", "1:1:2", ...outside);
  expect(status).toBe(0);
  expect(stdout).toContain("without a generated particle in the acceptance (2.95 < |eta| < 2.99)");
  expect(stderr).toMatch(/warning: none of \d entries was selected, the run is empty: /);
  expect(stderr).toMatch(
    /warning: event 2 \(entry \d+\) is not selected: it is without a generated particle in the acceptance .*\(eta -?\d/,
  );
  expect((await run("default", "no-event", "--events", "2", ...outside)).stderr).toContain(
    "; for the first 2 entries use --first 2",
  );
  expect(await run("default", "none", "--events", "100")).toMatchObject({
    status: 2,
    stderr: "bye-splits: sample: no event 100; for the first 100 entries use --first 100\n",
  });
});
