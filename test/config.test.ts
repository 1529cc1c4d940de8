/** Configurations: what is read as PyYAML reads it, what is refused, and how that is said. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { describe, expect, test } from "vitest";
import { runCli, scratch } from "./cli.js";
import { CHAINS } from "../src/chain/index.js";
import { wrongValue } from "../src/core/index.js";
import { configurationPage } from "../src/cli/config-page.js";
import { TABLE } from "../src/cli/config.js";

type Sections = Record<string, Record<string, unknown>>;

async function config(yaml: string, ...args: string[]) {
  const cwd = scratch();
  writeFileSync(join(cwd, "c.yaml"), yaml);
  const outcome = await runCli(["config", "--config", "c.yaml", ...args], cwd);
  return { ...outcome, sections: (outcome.status === 0 ? parse(outcome.stdout) : {}) as Sections };
}

describe("files in the shapes that PyYAML reads", () => {
  test.each([
    {
      name: "lines of a list that begin at the column of their key",
      yaml: `cluster:\n  CoeffA: [\n  0.1, 0.2,\n  0.3\n  ]\n  CoeffB: 0.5\n`,
      want: { cluster: { CoeffA: [0.1, 0.2, 0.3], CoeffB: 0.5 } },
    },
    {
      name: "lines of a list left of their key, with comments, quotes and brackets in them",
      yaml: `sources:\n  a: {infile: [\n "x]#y.root", # a ] comment\n'it''s [one].root',\nb#c.root\n], tree: d/t}\nseed: {window: 2}\n`,
      want: {
        sources: { a: { infile: ["x]#y.root", "it's [one].root", "b#c.root"], tree: "d/t" } },
        seed: { window: 2 },
      },
    },
    {
      name: "brackets that open nothing",
      yaml: `sources:\n  a:\n    infile: run[1.root\n  b:\n    infile: "[x"\n  c:\n    infile: |\n      [d\n`,
      want: { sources: { a: { infile: "run[1.root" }, b: { infile: "[x" }, c: { infile: "[d\n" } } },
    },
    {
      name: "anchors and merged mappings",
      yaml: `base: &b\n  NbinsPhi: 108\nsmooth:\n  AreaPerTriggerCell: &area 1.0e-05\nselection: {mipThreshold: *area}\n`,
      want: { base: { NbinsPhi: 108 }, selection: { mipThreshold: 1e-5 } },
    },
    {
      name: "numbers and switches of YAML 1.1",
      yaml: `seed: {histoThreshold: 15.}\nseed_cs: {hexDist: no}\ncs: {nearby: Yes, k: 010}\n`,
      want: { seed: { histoThreshold: 15 }, seed_cs: { hexDist: false }, cs: { nearby: true, k: 8 } },
    },
    { name: "sections without keys", yaml: "seed:\nbase: {}\n", want: { seed: { window: 1 } } },
    { name: "an empty file", yaml: "", want: { seed: { window: 1 } } },
  ])("$name", async ({ yaml, want }) => {
    const { sections, stderr } = await config(yaml);
    expect(stderr).toBe("");
    expect(sections).toMatchObject(want);
  });

  test("a key given twice: the last one counts, with a warning", async () => {
    const { sections, stderr } = await config(`seed:\n  window: 2\n  histoThreshold: 5\n  window: 3\n`);
    expect(sections["seed"]).toEqual({ histoThreshold: 5, window: 3 });
    expect(stderr).toBe(
      "warning: c.yaml: the key window (line 2, again in line 4) is given twice; the last one counts\n",
    );
  });
});

describe("one line, exit 2", () => {
  const bomb = [
    "a: &a [x, x]",
    ..."bcdefghij".split("").map((c, i) => `${c}: &${c} [${Array(9).fill(`*${"abcdefghi"[i]}`).join(", ")}]`),
  ];
  test.each([
    {
      name: "a slip of the pen",
      yaml: "seed:\n  histoTreshold: 15\n",
      says: "c.yaml:2: seed.histoTreshold: unknown key; did you mean histoThreshold?",
    },
    {
      name: "a section, in the line of its key",
      yaml: "sed:\n  window: 2\n",
      says: "c.yaml:1: sed: unknown key; did you mean seed?",
    },
    { name: "another case", yaml: "cs: {K: 4}\n", says: "c.yaml:1: cs.K: unknown key; did you mean k?" },
    {
      name: "a slip in a section",
      yaml: "\nclutser: {}\n",
      says: "c.yaml:2: clutser: unknown key; did you mean cluster?",
    },
    {
      name: "a slip in a source",
      yaml: "sources: {a: {infiel: x}}\n",
      says: "c.yaml:1: sources.a.infiel: unknown key; did you mean infile?",
    },
    {
      name: "a source without files",
      yaml: "sources: {a: {tree: x}}\n",
      says: "c.yaml:1: sources.a: infile is missing: a path or a list of paths",
    },
    {
      name: "a list for a number",
      yaml: "seed: {window: [1]}\n",
      says: "c.yaml:1: seed.window: expected a whole number from 1 to 100, got [1]",
    },
    {
      name: "no number",
      yaml: "validation:\n  splitShare: .nan\n",
      says: "c.yaml:2: validation.splitShare: expected a number from 0 to 1, got NaN",
    },
    {
      name: "text instead of sections",
      yaml: "just words\n",
      says: 'c.yaml: expected sections such as "base:", got "just words"',
    },
    {
      name: "an open bracket",
      yaml: "a: 1\ncluster: {CoeffA: [1\n",
      says: "c.yaml:3: Flow sequence in block collection must be sufficiently indented and end with a ]",
    },
    {
      name: "an anchor bomb",
      yaml: bomb.join("\n"),
      says: "c.yaml: Excessive alias count indicates a resource exhaustion attack",
    },
    {
      name: "many aliases",
      yaml: `a: &a 1\nb: [${Array(101).fill("*a").join(", ")}]\n`,
      says: "c.yaml: 101 aliases, at most 100 are followed",
    },
    {
      name: "an unknown alias",
      yaml: "a: *b\n",
      says: "c.yaml: Unresolved alias (the anchor must be set before the alias): b",
    },
    {
      name: "a second document",
      yaml: "seed: {window: 1}\n---\nseed: {window: 2}\n",
      says: "c.yaml:2: a second document, expected one",
    },
    { name: "deep nesting", yaml: "[".repeat(300_000), says: "c.yaml:1: nested more than 64 levels deep" },
    { name: "deep lists", yaml: "- ".repeat(300_000), says: "c.yaml:1: nested more than 64 levels deep" },
    {
      name: "deep blocks",
      yaml: Array.from({ length: 90 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
      says: "c.yaml:65: nested more than 64 levels deep",
    },
    {
      name: "a large file",
      yaml: `#${" ".repeat(1_000_000)}`,
      says: "cannot read the configuration c.yaml: it has 1000001 bytes, at most 1000000 are read",
    },
  ])("$name", async ({ yaml, says }) => {
    const start = performance.now();
    const { status, stdout, stderr } = await config(yaml);
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: `bye-splits: ${says}\n` });
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test.each([
    { name: "a device", path: "/dev/zero", says: /it is not a regular file$/ },
    { name: "a pipe", path: "fifo", says: /it is not a regular file$/ },
    { name: "a folder", path: ".", says: /it is not a regular file$/ },
    { name: "a missing file", path: "nowhere.yaml", says: /nowhere\.yaml: no such file or folder$/ },
  ])("$name", async ({ path, says }) => {
    const cwd = scratch();
    execFileSync("mkfifo", [join(cwd, "fifo")]);
    const { status, stderr } = await runCli(["config", "--config", path], cwd);
    expect(status).toBe(2);
    expect(stderr.trimEnd()).toMatch(says);
  });
});

/** [KEY=VALUE, what is said after the name] */
const SETTINGS: readonly (readonly [string, string])[] = [
  ["validation.splitShare=7", "expected a number from 0 to 1, got 7"],
  ["validation.splitDistance=-1", "expected a number from 0 to 10, got -1"],
  ["base.EtaMin=-3", "expected a number from 0 to 100, got -3"],
  ["base.EtaMax=1e9", "expected a number from 0 to 100, got 1000000000"],
  ["cluster.CoeffB=1e300", "expected a number from -10 to 10, got 1e+300"],
  ["cluster.PtC3dThreshold=-0.5", "expected a number from 0 to 1000000, got -0.5"],
  ["cs.k=37", "expected a whole number from 1 to 36, got 37"],
  ["cs.k=2.5", "expected a whole number from 1 to 36, got 2.5"],
  ["base.NbinsPhi=1e9", "expected a whole number from 3 to 10000, got 1000000000"],
  ["base.NbinsRz=true", "expected a whole number from 1 to 1000, got true"],
  ["smooth.BinSums=[3, 4]", "expected a list of odd whole numbers from 1 to 9999, at least 1, got 4 as value 2"],
  ["cluster.CoeffA=[]", "expected a list of numbers from 0 to 10, at least 1, got []"],
  ["seed_cs.hexDist=maybe", 'expected true or false, got "maybe"'],
  ["smooth.kernel=gauss", 'expected one of default, flat_top, got "gauss"'],
  ["selection.maxLayer=51", "expected a whole number from 1 to 50, got 51"],
  ["seed.window=*a", "Unresolved alias (the anchor must be set before the alias): a"],
  ["seed.window=[1", "Flow sequence must end with a ]"],
  ["seed.histoTreshold=1", "unknown key seed.histoTreshold; did you mean seed.histoThreshold?"],
];

test.each(SETTINGS)("--set %s is refused", async (setting, says) => {
  const { status, stdout, stderr } = await runCli(["config", "--set", setting]);
  const name = setting.slice(0, setting.indexOf("="));
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: `bye-splits: --set ${name}: ${says}\n` });
});

describe("settings that the command does not read are refused", () => {
  const sample = ["--in", "s", "--out", "r"];
  test.each([
    {
      args: ["run", "default", "--set", "cs.k=5", ...sample],
      says: "--set cs.k: the chain default does not read it; it is a parameter of the chain cs",
    },
    {
      args: ["run", "cs", "--smooth-kernel", "flat_top", ...sample],
      says: "--smooth-kernel: the chain cs does not read it; it is a parameter of the chain default",
    },
    {
      args: ["run", "default", "--set", "cluster.CSCylinder=true", ...sample],
      says: "--set cluster.CSCylinder: the chain default does not read it; it is a parameter of the chain cs",
    },
    {
      args: ["step", "coarse-seed", "--set", "seed.histoThreshold=5", ...sample],
      says: "--set seed.histoThreshold: the chain cs does not read it; it is a parameter of the chain default",
    },
    {
      args: ["run", "both", "--set", "selection.maxLayer=5", ...sample],
      says: "--set selection.maxLayer: the chain default and cs does not read it; it is a parameter of skim",
    },
    {
      args: ["skim", "x.root", "--set", "cs.k=5", "--out", "r"],
      says: "--set cs.k: skim does not read it; it is a parameter of the chain cs",
    },
    { args: ["run", "default", "--radius", "-1", ...sample], says: "--radius: expected a number from 0 to 10, got -1" },
  ])("$says", async ({ args, says }) => {
    expect(await runCli(args)).toEqual({ status: 2, stdout: "", stderr: `bye-splits: ${says}\n` });
  });
});

test("keys of the reference and strangers are named once, by section, in one line", async () => {
  const { status, stderr } = await config(
    `io: {PU0: {photons: {file: x}}}\nfill: {FillOut: a}\nbase: {FesAlgo: b, colour: red}\ncs: {CSclOut: c, CSgenOut: d, CStcOut: e}\nwallpaper: {}\n`,
  );
  expect(status).toBe(0);
  expect(stderr).toBe(
    "warning: c.yaml: keys of the reference without a meaning here: io.PU0, fill, base.FesAlgo, cs (3 keys); unknown keys: base.colour, wallpaper\n",
  );
});

test("presets stand below the file, the file below --set", async () => {
  const { sections } = await config(
    "seed: {window: 2}\n",
    "--preset",
    "reference",
    "--preset",
    "cmssw",
    "--set",
    "seed.window=3",
  );
  expect(sections["base"]).toMatchObject({ PhiAxis: "regular", NbinsPhi: 216 });
  expect(sections["seed"]).toEqual({ histoThreshold: 8.5, window: 3 });
  expect(await runCli(["config", "--preset", "nobody"])).toMatchObject({ status: 2, stdout: "" });
});

test("docs/configuration.md is up to date (npx vitest run test/config.test.ts -u writes it)", async () => {
  await expect(configurationPage()).toMatchFileSnapshot("../docs/configuration.md");
});

test("each parameter names steps that exist, and its default is within its bounds", () => {
  const steps = new Set(CHAINS.flatMap((chain) => chain.steps.map(({ name }) => name)));
  for (const row of Object.values(TABLE).flatMap((rows) => Object.values(rows))) {
    expect(
      [...(row.steps ?? []), ...(row.needs === undefined ? [] : [row.needs])].filter((name) => !steps.has(name)),
    ).toEqual([]);
    expect(wrongValue(row, row.value)).toBeNull();
  }
});

test.each([
  { yaml: "sources: {a: {infile: nowhere.root}}\n", args: ["--source", "a"], key: "sources.a" },
  { yaml: "io: {production: {photons: {infile: nowhere.root}}}\n", args: [], key: "io.production.photons" },
])("an input of the configuration that fails names its key: $key", async ({ yaml, args, key }) => {
  const cwd = scratch();
  writeFileSync(join(cwd, "c.yaml"), yaml);
  const { status, stderr } = await runCli(["skim", "--config", "c.yaml", "--out", "s", "--quiet", ...args], cwd);
  expect(status).toBe(2);
  expect(stderr).toMatch(new RegExp(`^bye-splits: ${key} of the configuration: .*nowhere\\.root.*\n$`));
});
