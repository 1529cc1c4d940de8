/** The README is true: its commands run, its program works, its links lead somewhere. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, runCli, scratch } from "./cli.js";
import { isLong } from "./long.js";

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
  const commands = blocks("sh")
    .join("")
    .split("\n")
    .filter((line) => line.startsWith("./bye-splits"));
  expect(commands.length).toBeGreaterThan(4);
  for (const command of commands) {
    const args = command.replace(/#.*$/, "").trim().split(/\s+/).slice(1);
    // What a clone is asked to write git ignores.
    for (const [i, arg] of args.entries()) if (arg === "--out") expect(args[i + 1]).toMatch(/^out\//);
    // Servers go on for ever; they have tests of their own.
    if (args[0] === "serve") continue;
    // As many events as it says in the long tests only.
    if (!isLong && args[0] === "simulate") args[args.indexOf("--events") + 1] = "100";
    const { status, stderr } = await runCli([...args, ...(args[0] === "inspect" ? [] : ["--quiet"])], cwd);
    expect(status, `${command}\n${stderr}`).toBe(0);
  }
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
