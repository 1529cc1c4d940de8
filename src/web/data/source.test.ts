import { expect, test } from "vitest";
import { openSource } from "./source.js";

const open = (...names: string[]) =>
  openSource({ kind: "files", name: `${names.length} files`, files: names.map((name) => new File(["x"], name)) });

test.each([
  ["two ntuples", ["a.root", "b.root"], "a.root is there together with b.root"],
  ["an ntuple and a sample", ["tc.parquet", "a.root"], "a.root is there together with tc.parquet"],
  ["an ntuple and what is none", ["a.root", "notes.txt"], "a.root is there together with notes.txt"],
])("%s are refused, and all of them named", async (_, names, message) => {
  await expect(open(...names)).rejects.toThrow(
    `2 files: ${message}: open one ROOT file at a time, by itself; "bye-splits skim a.root b.root" makes one sample`,
  );
});

test("what the system leaves in a folder does not count", async () => {
  await expect(open(".DS_Store", "a.root")).rejects.not.toThrow("at a time");
});
