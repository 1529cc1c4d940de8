/** A signal before the program is loaded. */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratch } from "./cli.js";

test.each([["SIGINT", 130], ["SIGTERM", 143]] as const)("%s while the program is loaded: one line, exit code %i", async (name, code) => {
  const folder = scratch();
  for (const room of ["cli", "program"]) mkdirSync(join(folder, room));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  for (const file of ["main.js", "not-loaded.js"]) cpSync(join(import.meta.dirname, "../dist/cli", file), join(folder, "cli", file));
  // In place of the program: it takes its time.
  writeFileSync(join(folder, "program/program.js"), `process.kill(process.pid, "${name}"); await new Promise((done) => setTimeout(done, 60_000));`);
  const child = spawn(process.execPath, [join(folder, "cli/main.js"), "run"], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += String(data)));
  const exit = await new Promise((done) => child.on("close", done));
  expect([said, exit]).toEqual(["bye-splits: interrupted; nothing was left behind\n", code]);
}); // prettier-ignore
