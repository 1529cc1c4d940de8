/** The pages of a study of phi bins say how its maps were made, or whose they are. */
import { expect, test } from "vitest";
import { createTable, type Schema } from "../../core/index.js";
import { PHI_BINS } from "./phi-bins.js";

const study = {
  readTable: (name: string, schema: Schema) => Promise.resolve(createTable(schema, name === "points" ? 1 : 0)),
};
const plan = { samples: [{ name: "photons" }], options: { region: "Si", parameters: [0], seed: 7 } };
const intro = async (more: object): Promise<string> => {
  const pages = await PHI_BINS.pages(study as never, { ...plan, ...more } as never, "s", { table: [], limited: [] });
  return pages.map((page) => page.intro).join(" ");
};

test("of our own: region and seed; of an imported one: the file", async () => {
  expect(await intro({})).toContain("Study s: region Si, seed 7.");
  const imported = await intro({ imported: { file: "theirs.hdf5", notes: [] } });
  expect(imported).toContain("theirs.hdf5");
  expect(imported).not.toContain("seed 7");
});
