/** The package as users get it: packed, installed with npm's defaults in an empty folder, run. Needs a registry. */
import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, scratch } from "../cli.js";

test("the packed and installed program simulates, skims and runs", { timeout: 180_000 }, () => {
  const cwd = scratch();
  execFileSync("npm", ["pack", "--silent", "--pack-destination", cwd], { cwd: root });
  const [tarball] = readdirSync(cwd);
  writeFileSync(join(cwd, "package.json"), "{}");
  // No script of the package is needed: neither here nor at the user's.
  execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund", `./${tarball}`], { cwd });
  const byeSplits = (...args: string[]) =>
    execFileSync(join(cwd, "node_modules/.bin/bye-splits"), [...args, "--quiet"], { cwd, encoding: "utf8" });
  byeSplits("simulate", "--particles", "photons", "--events", "40", "--out", "sample", "--root", "n.root");
  byeSplits("skim", "n.root", "--particles", "photons", "--out", "skimmed");
  expect(byeSplits("run", "default", "--in", "skimmed", "--out", "run")).toMatch(/default +\d+ +\d+/);
  const script =
    'import { createChain, DEFAULT_PARAMS, parseSelection } from "bye-splits";\nimport { openSampleFolder } from "bye-splits/node";\nconst sample = await openSampleFolder("skimmed");\nconst run = createChain("default", DEFAULT_PARAMS, { selection: parseSelection("all") });\nlet n = 0;\nfor (let i = 0; i < sample.batches; i++) n += run(await sample.readBatch(i)).clusters.rows;\nconsole.log(n);\n';
  writeFileSync(join(cwd, "own.mjs"), script);
  expect(Number(execFileSync(process.execPath, ["own.mjs"], { cwd, encoding: "utf8" }))).toBeGreaterThan(5);
});
