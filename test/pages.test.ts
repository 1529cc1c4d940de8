/** Pages of docs/ that are written from the program. `npx vitest run test/pages.test.ts --update` writes them. */
import { expect, test } from "vitest";
import { commandsPage } from "../src/cli/commands-page.js";
import { tablesPage } from "../src/cli/tables-page.js";

test("docs/commands.md is what --help says (npx vitest run test/pages.test.ts --update writes it)", async () => {
  await expect(await commandsPage()).toMatchFileSnapshot("../docs/commands.md");
});

test("docs/tables.md has the columns of every table (written likewise)", async () => {
  await expect(tablesPage()).toMatchFileSnapshot("../docs/tables.md");
});
