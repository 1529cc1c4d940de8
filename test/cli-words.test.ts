/** Words, options and names of the command line that are none: one line on stderr, exit 2. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { printable, Random } from "../src/core/index.js";
import { runCli, scratch } from "./cli.js";

const STEPS = ["fill", "smooth", "seed", "coarse-seed", "seed-cs", "cluster", "validate"];
const ALL = [
  "simulate",
  "skim",
  "import",
  "inspect",
  "run",
  "step",
  "merge",
  "report",
  "export",
  "serve",
  "geometry",
  "config",
];

describe("words that are no commands", () => {
  test.each(["--splits --verify", "--splits --cmssw", "--verify --cmssw", "--splits --verify --cmssw"])("inspect does one thing: %s", async (words) => {
    const { status, stderr } = await runCli(["inspect", "a", ...words.split(" ")]);
    expect([status, stderr]).toEqual([2, expect.stringContaining("--splits, --cmssw and --verify are different commands: give one of them")]);
  }); // prettier-ignore

  test.each([
    { args: ["survey", "--help"], says: "unknown command 'survey'" },
    { args: ["--config", "x", "survey"], says: "unknown command 'survey'" },
    { args: ["help", "survey"], says: "unknown command 'survey'" },
    { args: ["step", "fil", "--help"], says: "unknown command 'fil'; did you mean fill?" },
    { args: ["geometry", "show", "--quiet"], says: "unknown command 'show'" },
    { args: ["--no-such"], says: "unknown option '--no-such'" },
    { args: ["run", "default", "--in", "a", "--in", "b", "--out", "c"], says: "option '--in <sample>' is given twice" },
    { args: ["config", "--config", "a", "--config", "b"], says: "option '--config <file>' is given twice" },
    {
      args: ["skim", "x.root", "--events", "1", "--events", "2", "--out", "y"],
      says: "option '--events <n>' is given twice",
    },
  ])("$args", async ({ args, says }) => {
    const { status, stdout, stderr } = await runCli(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`bye-splits: ${says}`);
    expect(stderr.trimEnd()).not.toContain("\n");
  });
});

test("global options stand before or after the command", async () => {
  const [before, after] = [await runCli(["--json", "config"]), await runCli(["config", "--json"])];
  expect(before).toEqual(after);
  expect(JSON.parse(before.stdout)).toMatchObject({ config: { seed: { window: 1 } } });
});

test.each(
  [[], ["--help"], ...ALL.map((name) => [name, "--help"]), ...STEPS.map((name) => ["step", name, "--help"])].map(
    (args) => ({ args }),
  ),
)("help of $args has examples", async ({ args }) => {
  const { stdout, stderr } = await runCli(args);
  expect(stdout + stderr).toMatch(/Examples?:\n {2}bye-splits /);
});

/** Names of 1 to 12 characters, mostly such as act on terminals. */
function hostileNames(n: number): string[] {
  const random = new Random(5);
  const bad =
    "\u001b[31m|\u0007|\r|\n|\u0000|\u009b2J|\u202e|\u2028|\u200b|\ud800|\u007f|\t|'|\"|%s|é|../|__proto__".split("|");
  const letters = [...bad, ..."abc".split("")];
  return Array.from({ length: n }, () =>
    Array.from(
      { length: 1 + Math.floor(12 * random.uniform()) },
      () => letters[Math.floor(letters.length * random.uniform())],
    ).join(""),
  );
}

// oxlint-disable-next-line no-control-regex
const ACTS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\ud800-\udfff]/;

test(
  "200 hostile names, wherever one is printed: one line without a control character",
  { timeout: 120_000 },
  async () => {
    const cwd = scratch();
    for (const [i, name] of hostileNames(200).entries()) {
      const argument = name.replaceAll("\u0000", "\u0001");
      const yaml = join(cwd, `${i}.yaml`);
      writeFileSync(yaml, JSON.stringify({ [name]: { a: 1 }, base: { [name]: 2 } }));
      const tries = [
        ["inspect", argument],
        ["run", "default", "--in", argument, "--out", "x"],
        ["run", argument, "--in", "x", "--out", "y"],
        ["config", "--set", argument],
        ["config", "--set", `seed.window=${argument}`],
        ["config", "--config", argument],
        ["config", "--config", yaml],
        ["skim", "x.root", "--out", "y", "--source", argument],
        ["--", argument],
        [argument],
      ];
      const { status, stdout, stderr } = await runCli(tries[i % tries.length], cwd);
      expect(`${stdout}${stderr}`).not.toMatch(ACTS);
      expect(stderr).not.toContain("This is a bug");
      expect(stderr.split("\n").length, stderr).toBeLessThanOrEqual(2);
      expect([0, 2]).toContain(status);
    }
  },
);

test("what is printable stays; the rest is named", () => {
  expect(printable("tc_pt é µ 𝜂 日本")).toBe("tc_pt é µ 𝜂 日本");
  expect(printable("a\u001b[2J\r\n\u0000\u202e")).toBe("a\\u001b[2J\\r\\n\\u0000\\u202e");
});
