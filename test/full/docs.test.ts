/** The long pages of the documentation, as a reader does them; and the rows of "coming from bye_splits". */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../cli.js";
import { blocks, deskFor, page, runLine, runPage } from "../pages-run.js";

/** Every page that says what to do. */
const names = readdirSync(join(root, "docs"))
  .filter((file) => file.endsWith(".md") && /^```sh/m.test(page(basename(file, ".md"))))
  .map((file) => basename(file, ".md"));
/** What the studies say took hours of simulated particles: here their commands are done, with fewer. */
const FEWER: Readonly<Record<string, { events: number; crowded: number }>> = { studies: { events: 60, crowded: 12 } };

test.each(names)("everything that docs/%s.md says is done", { timeout: 300_000 }, async (name) => {
  expect(await runPage(name, FEWER[name])).toBeGreaterThan(0);
});

test("every command of docs/from-bye-splits.md works, in the order of its rows", { timeout: 300_000 }, async () => {
  const text = page("from-bye-splits");
  const cwd = deskFor(text);
  for (const block of blocks(text, "sh")) for (const line of block.trim().split("\n")) await runLine(line, cwd);
  const rows = text.split("\n").filter((line) => line.startsWith("| "));
  const commands = rows.flatMap((row) =>
    [...row.matchAll(/`((?:\.\/bye-splits|node) [^`]*)`/g)]
      .map(([, command]) => command)
      .filter((command) => !/[A-Z]{3,}$|config\.yaml/.test(command)),
  );
  expect(commands.length).toBeGreaterThan(35);
  for (const command of commands) await runLine(command, cwd);
});
