/** Options of `export` that belong to one format. */
import { expect, test } from "vitest";
import { createIo } from "./io.js";
import { main } from "./program.js";

async function saidOf(...words: string[]): Promise<string> {
  let said = "";
  const io = createIo({ stdout: { write: () => true }, stderr: { write: (text) => (said += text) } });
  expect(await main(["export", "no-such-folder", "--out", "x", "--format", ...words], io)).toBe(2);
  return said.replace(/^bye-splits: /, "").trim();
}

const MISSING = expect.stringContaining("no-such-folder") as string;

test.each([
  { option: "--table", takers: ["csv"], refusal: "--table is an option of --format csv" },
  { option: "--events", takers: ["phoenix"], refusal: "--events is an option of --format phoenix" },
  { option: "--sample", takers: ["phoenix", "hdf5"], refusal: "--sample is an option of --format phoenix and hdf5" },
])("$option goes with $takers", async ({ option, takers, refusal }) => {
  const formats = ["hdf5", "csv", "root", "phoenix"];
  const said: string[] = [];
  for (const format of formats) said.push(await saidOf(format, option, "1"));
  expect(said).toEqual(formats.map((format) => (takers.includes(format) ? MISSING : refusal)));
});
