/** The README is true: its commands run, its program works, its links lead somewhere. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, runCli, scratch } from "./cli.js";
import { isLong } from "./long.js";
import { runLine } from "./pages-run.js";

const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"))].map(([, text]) => text);

test("the commands and the program of the README run, one after another", { timeout: 120_000 }, async () => {
  const cwd = scratch();
  // The user's own ntuple.
  expect(
    await runCli(
      ["simulate", "--particles", "photons", "--events", "20", "--out", "own", "--root", "ntuple.root", "--quiet"],
      cwd,
    ),
  ).toMatchObject({ status: 0 });
  symlinkSync(join(root, "examples"), join(cwd, "examples"));
  const rows = readme.split("\n").filter((line) => line.startsWith("| "));
  const commands = rows.flatMap((row) => [...row.matchAll(/`(\.\/bye-splits [^`]*)`/g)].map(([, command]) => command));
  expect(commands.length).toBeGreaterThan(10);
  // As many events as it says in the long tests only.
  for (const command of commands) await runLine(command, cwd, isLong ? undefined : { events: 40, crowded: 40 });
  mkdirSync(join(cwd, "node_modules"));
  symlinkSync(root, join(cwd, "node_modules/bye-splits"));
  const programs = blocks("js");
  expect(programs.length).toBeGreaterThan(0);
  for (const program of programs) {
    writeFileSync(join(cwd, "program.mjs"), program);
    expect(execFileSync(process.execPath, ["program.mjs"], { cwd, encoding: "utf8" })).toMatch(/\d/);
  }
});

test.each([
  "README.md",
  "CONTRIBUTING.md",
  "docs/errors.md",
  "docs/decisions.md",
  "docs/simulation.md",
  "docs/formats.md",
  "docs/display.md",
  "docs/studies.md",
  "docs/batch.md",
  "docs/deployment.md",
  "docs/ssh.md",
  "SECURITY.md",
])("the links of %s lead to files", (file) => {
  const text = readFileSync(join(root, file), "utf8");
  const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
    .map(([, link]) => link)
    .filter((link) => !link.includes("://"));
  const missing = links.filter((link) => !existsSync(join(root, file, "..", link)));
  expect(missing).toEqual([]);
});
