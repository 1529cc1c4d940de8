/** The script at the top of a clone, with stand-ins for what it starts. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, scratch } from "./cli.js";
import { some } from "./long.js";

test("a link to the launcher, and a link to that link, start the program of the clone", () => {
  const folder = scratch();
  const clone = join(folder, "my clone");
  for (const name of ["scripts", "dist/cli", "bin"]) mkdirSync(join(clone, name), { recursive: true });
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(clone, "scripts/setup.mjs"), "");
  writeFileSync(join(clone, "dist/cli/main.js"), "console.log(process.argv.slice(2).join())");
  copyFileSync(join(root, "bye-splits"), join(clone, "bye-splits"));
  symlinkSync("../my clone/bye-splits", join(folder, "bin/relative"));
  symlinkSync(join(clone, "bye-splits"), join(folder, "bin/absolute"));
  symlinkSync("relative", join(folder, "bin/twice"));
  for (const name of some(["bin/twice", "bin/absolute", "bin/relative", "my clone/bye-splits"], 2)) {
    const { stdout, stderr } = spawnSync(join(folder, name), ["run", "a b"], { cwd: "/", encoding: "utf8" });
    expect(stdout, `${name}: ${stderr}`).toBe("run,a b\n");
  }
});
