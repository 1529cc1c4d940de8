/** Where the inputs of `skim` come from, which tree is meant, and what is said when they are not there. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NTUPLE_TREE } from "../src/io/index.js";
import { writeNtupleLike } from "../src/pipeline/ntuple.test-data.js";
import { runCli, scratch } from "./cli.js";

const SOURCES = `sources:
  s: {infile: none.root}
  real: {infile: a.root, tree: no/where, particles: photons}
io:
  production:
    photons: {infile: gone.root}
    pions: {infile: a.root, dir: d, tree: t}
`;

test.each([
  { words: "a.root --source s", says: "both files and --source s are given: choose one" },
  { words: "--source s", says: /^sources\.s of the configuration: .*none\.root/ },
  { words: "--source t", says: 'unknown source "t"; valid are: s, real' },
  { words: "--source toString", says: 'unknown source "toString"; valid are: s, real' },
  { words: "", says: /^io\.production\.photons of the configuration: .*gone\.root/ },
  { words: "--particles electrons", says: /^no input: name ROOT files, or set io\.production\.electrons\.infile/ },
  { words: "--particles pions", says: /^io\.production\.pions of the configuration: .*d\/t/ },
  { words: "--source real", says: /^sources\.real of the configuration: .*no\/where/ },
  { words: "a.root --tree x/y", says: /x\/y/ },
  { words: `--source real --tree ${NTUPLE_TREE} --no-geometry-check`, says: "" },
  { words: "a.root --no-geometry-check", says: "" },
])("skim $words", async ({ words, says }) => {
  const cwd = scratch();
  writeFileSync(join(cwd, "c.yaml"), SOURCES);
  await writeNtupleLike(join(cwd, "a.root"), 2, 5);
  const args = ["skim", ...words.split(" ").filter(Boolean), "--config", "c.yaml", "--out", "out", "--quiet"];
  const { status, stderr } = await runCli(args, cwd);
  const said = stderr.replace(/^bye-splits: /, "").trim();
  expect([status, said]).toEqual([says === "" ? 0 : 2, says instanceof RegExp ? expect.stringMatching(says) : says]);
});

test("a configuration without sources says so", async () => {
  const cwd = scratch();
  const { stderr } = await runCli(["skim", "--source", "s", "--out", "out"], cwd);
  expect(stderr).toContain('unknown source "s"; the configuration has no `sources:`');
});
