/** The long pages of the documentation, as a reader does them; and the rows of "coming from bye_splits". */
import { expect, test } from "vitest";
import { blocks, deskFor, page, runLine, runPage } from "../pages-run.js";

test.each(["first-hour", "ntuples", "chains", "new-chain"])(
  "everything that docs/%s.md says is done, with as many events as it says",
  async (name) => {
    expect(await runPage(name)).toBeGreaterThan(1);
  },
  300_000,
);

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
