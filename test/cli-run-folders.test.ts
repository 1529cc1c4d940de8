/** Commands on run folders from outside: steps, exports, the list of splits, and the example of a chain of one's own. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { CLUSTERS, RECORDS } from "../src/events/index.js";
import { openRunFolder, openSampleFolder } from "../src/io/node/index.js";
import { main, type Outcome, root, runCli, tableHashes } from "./cli.js";

let folder = "";
const at = (name: string): string => join(folder, name);
const command = (...args: string[]): Promise<Outcome> => runCli([...args, "--quiet"], folder);
/** Seeds and splits in plenty. */
const MANY = [
  "seed.histoThreshold=1",
  "validation.splitDistance=0.2",
  "validation.splitPt=0",
  "validation.splitShare=0",
];
const options = (...more: string[]): string[] => [...MANY.flatMap((setting) => ["--set", setting]), ...more];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-folders-"));
  const simulated = await command(
    "simulate",
    "--particles",
    "pions",
    "--events",
    "80",
    "--endcap",
    "both",
    "--out",
    "sample",
  );
  expect(simulated).toMatchObject({ status: 0, stderr: "" });
  const run = await command("run", "default", "--in", "sample", "--out", "run", "--save-steps", "--hdf5", ...options());
  expect(run).toMatchObject({ status: 0, stderr: "" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
// Also of the exports below.
afterEach(() => expect(openFiles()).toEqual([]));

test("a command that reads folders leaves none of their files open", async () => {
  expect(await command("run", "default", "--in", "sample", "--out", "few", "--first", "8", ...options())).toMatchObject({ status: 0 }); // prettier-ignore
  for (const args of [
    ["inspect", "sample"],
    ["inspect", "run"],
    ["inspect", "run/events.parquet"],
    ["inspect", "run", "--verify"],
    ["inspect", "sample", "--verify"],
    ["inspect", "run", "--splits"],
    ["report", "few", "--out", "open.html"],
    ["run", "cs", "--in", "sample", "--out", "open-run", "--first", "3"],
  ]) {
    expect(await command(...args)).toMatchObject({ status: 0 });
    expect(openFiles(), args.join(" ")).toEqual([]);
  }
});

/** Of this process, in the folder of the test; where the system tells. */
function openFiles(): string[] {
  const descriptors = existsSync("/proc/self/fd") ? readdirSync("/proc/self/fd") : [];
  const paths = descriptors.flatMap((name) => {
    try {
      return [readlinkSync(`/proc/self/fd/${name}`)];
    } catch {
      return [];
    }
  });
  return paths.filter((path) => path.startsWith(folder));
}

test.each([
  { args: ["run", "default"], entries: "--first", range: "160", beyond: "159 to 159" },
  { args: ["run", "cs"], entries: "--entries", range: "158:200", beyond: "159 to 199" },
  { args: ["step", "fill"], entries: "--first", range: "1000", beyond: "159 to 999" },
])("$args $entries $range: what the sample does not have is said", async ({ args, entries, range, beyond }) => {
  const out = `beyond-${args[1]}`;
  expect(await command(...args, "--in", "sample", "--out", out, entries, range)).toMatchObject({
    status: 0,
    stderr: `warning: sample has 159 entries, none from ${beyond}\n`,
  });
});

test("an open end is no range beyond the sample", async () => {
  const { stderr } = await command("run", "default", "--in", "sample", "--out", "open-end", "--entries", "100:");
  expect(stderr).toBe("");
});

describe("step", () => {
  test("by step the cs chain is run --save-steps", async () => {
    const chosen = ["seed_cs.histoThreshold=1", ...MANY.slice(1)].flatMap((setting) => ["--set", setting]);
    chosen.push("--sel", "above_eta_1.9", "--seed-window", "2", "--radius", "0.03", "--set", "cs.k=5");
    await command("run", "cs", "--in", "sample", "--out", "cs-run", "--save-steps", ...chosen);
    expect(await command("step", "coarse-seed", "--in", "sample", "--out", "cs-steps", ...chosen)).toMatchObject({
      status: 0,
    });
    for (const step of ["seed-cs", "cluster"]) {
      const { status, stdout } = await command("step", step, "--in", "cs-steps");
      expect(status).toBe(0);
      expect(stdout).toMatch(/^\d+ of \d+ entries: \w+ [\d,]+ rows/);
    }
    const { stdout } = await command("step", "validate", "--in", "cs-steps", "--json");
    const { summary } = JSON.parse(stdout) as { summary: unknown };
    expect(tableHashes(at("cs-steps"))).toEqual(tableHashes(at("cs-run")));
    expect(JSON.parse(readFileSync(at("cs-run/run.json"), "utf8"))).toMatchObject({ summary });
  });

  test.each([
    { name: "a step done twice", args: ["smooth", "--in", "run"], says: /smooth\.parquet exists already: use --force/ },
    { name: "a step of the other chain", args: ["seed-cs", "--in", "run"], says: /default chain has no step seed-cs/ },
    {
      name: "options of a later step",
      args: ["smooth", "--in", "run", "--sel", "all"],
      says: /unknown option '--sel'/,
    },
    { name: "an unknown step", args: ["fit", "--in", "run"], says: /unknown command 'fit'/ },
  ])("$name: one clear error", async ({ args, says }) => {
    const { status, stdout, stderr } = await command("step", ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(says);
  });
});

describe("export", () => {
  test("writes what --hdf5 of run writes, and csv", async () => {
    expect(await command("export", "run", "--format", "hdf5", "--out", "run.hdf5")).toMatchObject({
      status: 0,
      stdout: "written to run.hdf5\n",
    });
    expect(statSync(at("run.hdf5")).size).toBe(statSync(at("run/clusters.hdf5")).size);
    const { stdout } = await command("export", "run", "--format", "csv", "--out", "csv", "--json");
    expect((JSON.parse(stdout) as { files: string[] }).files).toContain(join("csv", "clusters.csv"));
    expect(readFileSync(at("csv/seeds.csv"), "utf8")).toMatch(/^entry,event,chain,seed_idx,seedEn,/);
  });

  test("says which formats there are", async () => {
    const { status, stderr } = await command("export", "run", "--format", "xlsx", "--out", "x");
    expect(status).toBe(2);
    expect(stderr).toMatch(/Allowed choices are hdf5, csv/);
  });

  test("a disk that is full is one clear error and leaves nothing", () => {
    const limited = `ulimit -f 100; exec "$@"`;
    const args = [
      "-c",
      limited,
      "bash",
      process.execPath,
      main,
      "export",
      "run",
      "--format",
      "hdf5",
      "--out",
      "x/y.hdf5",
    ];
    const { status, stderr } = spawnSync("bash", args, { cwd: folder, encoding: "utf8" });
    expect(stderr).toBe("bye-splits: cannot write x/y.hdf5: File too large\n");
    expect(status).toBe(2);
    expect(existsSync(at("x"))).toBe(false);
  });
});

test("inspect --splits lists, filters and sorts the split particles", async () => {
  const { stdout } = await command("inspect", "run", "--splits", "--json", "--sort", "-share");
  const { particles, splits } = JSON.parse(stdout) as {
    particles: { default: number };
    splits: { share: number; seedEn_b: number; BinSums_a: number }[];
  };
  expect(splits.length).toBeGreaterThan(3);
  expect(splits.length).toBeLessThan(particles.default);
  expect(splits.map(({ share }) => share)).toEqual(splits.map(({ share }) => share).toSorted((a, b) => b - a));
  const least = splits[2].share;
  const filtered = await command("inspect", "run", "--splits", "--where", `share>=${least}`);
  expect(filtered.stdout.trimEnd().split("\n")).toHaveLength(2 + 3 + 1 + 2);
  expect(filtered.stdout).toMatch(new RegExp(`3 of these ${splits.length} shown\n$`));
  expect(await command("inspect", "run", "--sort", "share")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("--sort and --where are options of --splits") as string,
  });
});

describe("inspect --cmssw", () => {
  interface Compared {
    events: { event: number; pairs: number; differ: number; onlyOurs: number; onlyCmssw: number; den: number }[];
    differences: { seed_idx: number; cl3d: number }[];
  }
  const compared = async (run: string): Promise<Compared> => {
    const { stdout, stderr } = await command("inspect", run, "--cmssw", "--json");
    expect(stderr).toBe("");
    return JSON.parse(stdout) as Compared;
  };
  const sum = ({ events }: Compared, name: keyof Compared["events"][number]): number =>
    events.reduce((all, each) => all + each[name], 0);

  test("every cluster of both stands once, in a pair or alone", async () => {
    const found = await compared("run");
    const run = await openRunFolder(at("run"));
    const sample = await openSampleFolder(at("sample"));
    const ours = (await run.readTable("clusters", { seed_idx: CLUSTERS.seed_idx })).rows;
    // Entries whose particle is outside of the range of eta have no record, and are not compared.
    const entries = new Set((await run.readTable("events", { entry: RECORDS.entry })).columns.entry);
    const theirs = [...entries].reduce((all, entry) => all + sample.entries.columns.cl3d_rows[entry], 0);
    await sample.close();
    expect(sum(found, "pairs") + sum(found, "onlyOurs")).toBe(ours);
    expect(sum(found, "pairs") + sum(found, "onlyCmssw")).toBe(theirs);
    expect(found.differences).toHaveLength(sum(found, "pairs") + sum(found, "onlyOurs") + sum(found, "onlyCmssw"));
    expect(sum(found, "differ")).toBeGreaterThan(0);
  });

  test("with CMSSW's parameters the chain makes the clusters of a simulated sample", async () => {
    await command("run", "default", "--in", "sample", "--out", "cmssw", "--preset", "cmssw");
    const found = await compared("cmssw");
    expect(sum(found, "pairs")).toBeGreaterThan(40);
    expect([sum(found, "differ"), sum(found, "onlyOurs"), sum(found, "onlyCmssw")]).toEqual([0, 0, 0]);
  });

  test("in words: a line an event, and the sums", async () => {
    const { stdout, status } = await command("inspect", "run", "--cmssw");
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^event +entry +chain +pairs +differ +only ours +only CMSSW/);
    expect(lines.length).toBe(2 + 50 + 1 + 2);
    expect(lines.at(-2)).toMatch(/^the first 50 of \d+ events: --json has all$/);
    expect(lines.at(-1)).toMatch(
      /^default: \d+ clusters have a partner in CMSSW, \d+ of them differ; \d+ only here, \d+ only in CMSSW$/,
    );
  });

  test.each([
    {
      args: ["--cmssw", "--splits"],
      message: "--splits, --cmssw and --verify are different commands: give one of them",
    },
    { args: ["--cmssw", "--sort", "share"], message: "--sort and --where are options of --splits" },
    { args: ["--sample", "sample"], message: "--sample is an option of --splits and --cmssw" },
  ])("$args is refused", async ({ args, message }) => {
    expect(await command("inspect", "run", ...args)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(message) as string,
    });
  });
});

test("the example of a chain of one's own runs", () => {
  const args = [join(root, "examples/own-chain.mjs"), at("sample")];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const counts = [...stdout.matchAll(/(\d+) of (\d+) particles/g)].map(([, split, all]) => [
    Number(split),
    Number(all),
  ]);
  expect(counts).toHaveLength(2);
  expect(counts[0][1]).toBeGreaterThan(50);
  expect(counts[1][0]).toBeLessThanOrEqual(counts[0][0]);
});
