import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkSameFile, expandInputs } from "./inputs.js";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-inputs-"));
  for (const name of ["data", "data/run[1]", "empty", "lists"]) mkdirSync(join(folder, name));
  const files = ["run[1].root", "run1.root", "data/b.root", "data/a.root", "data/notes.txt", "data/run[1]/c.root"];
  for (const name of files) writeFileSync(join(folder, name), name);
  symlinkSync("a.root", join(folder, "data/link.root"));
  writeFileSync(join(folder, "lists/some.txt"), "# a comment\n\n../data/b.root\n  ../run*.root\n");
  writeFileSync(join(folder, "lists/both.txt"), `@some.txt\n${join(folder, "data/a.root")}\n../data/run[1]`);
  writeFileSync(join(folder, "lists/circle.txt"), "@circle.txt\n");
  writeFileSync(join(folder, "lists/blank.txt"), "#\n");
  writeFileSync(join(folder, "lists/file.root"), "root\0\0\0");
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  { name: "a file that exists is no glob", input: "run[1].root", files: ["run[1].root"] },
  { name: "a glob is its files, sorted", input: "run*.root", files: ["run1.root", "run[1].root"] },
  { name: "a folder is its ROOT files", input: "data", files: ["data/a.root", "data/b.root", "data/link.root"] },
  { name: "a folder with a slash, too", input: "data/", files: ["data/a.root", "data/b.root", "data/link.root"] },
  { name: "a folder that exists is no glob", input: "data/run[1]/*.root", files: ["data/run[1]/c.root"] },
  { name: "nor one that is given itself", input: "data/run[1]", files: ["data/run[1]/c.root"] },
  {
    name: "a list is relative to itself",
    input: "@lists/some.txt",
    files: ["data/b.root", "run1.root", "run[1].root"],
  },
  {
    name: "lists in lists, whole paths and folders",
    input: "@lists/both.txt",
    files: ["data/b.root", "run1.root", "run[1].root", "data/a.root", "data/run[1]/c.root"],
  },
  { name: "what does not exist stays, to be an error later", input: "none.root", files: ["none.root"] },
])("$name: $input", async ({ input, files }) => {
  const path = input.startsWith("@") ? `@${join(folder, input.slice(1))}` : join(folder, input);
  expect(await expandInputs([path])).toEqual(files.map((file) => join(folder, file)));
});

test.each([
  ["https://cern.ch/a.root", "https://cern.ch/a.root is not read yet: copy the file to a disk first"],
  ["root://eos.cern.ch//a.root", "root://eos.cern.ch//a.root is not read yet"],
  ["FOLDER/empty", "FOLDER/empty is a folder without *.root files"],
  ["FOLDER/data/*.txet", "no file matches FOLDER/data/*.txet"],
  ["@FOLDER/lists/circle.txt", "the list of inputs FOLDER/lists/circle.txt contains itself"],
  ["@FOLDER/lists/blank.txt", "the list of inputs FOLDER/lists/blank.txt is empty"],
  ["@FOLDER/lists/none.txt", "cannot read the list of inputs FOLDER/lists/none.txt"],
  ["@FOLDER/lists/file.root", "the list of inputs FOLDER/lists/file.root is no text: give the file without the @"],
])("%s is an error", async (input, says) => {
  await expect(expandInputs([input.replace("FOLDER", folder)])).rejects.toThrow(says.replace("FOLDER", folder));
});

describe("one file given twice", () => {
  test.each([
    [["data/a.root", "data/b.root", "data/a.root"], "the same file is given twice: data/a.root;"],
    [["data/a.root", "data/../data/a.root"], "the same file is given twice: data/a.root and data/../data/a.root;"],
    [["data/link.root", "data/a.root"], "the same file is given twice: data/link.root and data/a.root;"],
    [["none.root", "none.root"], "the same file is given twice: none.root;"],
  ])("%j", (paths, says) => {
    const infos = paths.map((path) => statSync(join(folder, path), { throwIfNoEntry: false }));
    expect(() => checkSameFile(paths, infos)).toThrow(says);
  });
});
