/** Single files are replaced where they have the mark of this program, and others never. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OutputError } from "../src/core/index.js";
import { csvFile, JSON_FILE, PARQUET_FILE, writeOutputFile, writeRootTree } from "../src/io/node/index.js";
import { scratch } from "./cli.js";

/** Paths in a folder of the test. */
function inScratch(): (name: string) => string {
  const folder = scratch();
  return (name) => join(folder, name);
}

test.each([
  { kind: JSON_FILE, name: "JSON", own: '{"generator": "bye-splits", "x": 1}', other: '{"x": {"y": "generator"}}' },
  { kind: JSON_FILE, name: "JSON of events", own: '{\n"event 1": {"generator": "bye-splits"}}', other: "[]" },
  { kind: csvFile("a,b\n"), name: "CSV", own: "a,b\n1,2\n", other: "a,b,c\n1,2,3\n" },
])("$name is replaced when it has ours", async ({ kind, own, other }) => {
  const at = inScratch();
  writeFileSync(at("f"), own);
  await writeOutputFile(at("f"), kind, { force: true }, (sink) => sink.write(new TextEncoder().encode("new")));
  expect(readFileSync(at("f"), "utf8")).toBe("new");
  for (const text of [other, ""]) {
    writeFileSync(at("f"), text);
    await expect(writeOutputFile(at("f"), kind, { force: true }, async () => undefined)).rejects.toThrow(OutputError);
    expect(readFileSync(at("f"), "utf8")).toBe(text);
  }
});

test("Parquet and ROOT files that are damaged are not ours", async () => {
  const at = inScratch();
  writeFileSync(at("p"), "PAR1");
  writeFileSync(at("r.root"), "root");
  await expect(writeOutputFile(at("p"), PARQUET_FILE, { force: true }, async () => undefined)).rejects.toThrow(
    "is not a Parquet file that this program wrote",
  );
  const tree = { tree: "t", title: "t", branches: [] };
  await expect(writeRootTree(at("r.root"), { force: true }, tree, async () => undefined)).rejects.toThrow(
    "is not a ROOT file that this program wrote",
  );
});
