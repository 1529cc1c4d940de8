import { expect, test } from "vitest";
import { sampleWord } from "../model/command-line.js";
import { PARAMETERS } from "../model/parameters.js";
import { unusedIn } from "./scanned.js";

test("a scan of radii uses no radius of the parameters, and says so; all others count", () => {
  const unused = (radii: readonly number[] | null) =>
    PARAMETERS.map(({ key }) => key).filter((key) => unusedIn(radii, key) !== "");
  expect([unused([0.01, 0.02]), unused(null)]).toEqual([["radius", "cluster.CoeffA"], []]);
});

test.each([
  ["2024/photons", "sample", "2024/photons"],
  ["my photons", "sample", "'my photons'"],
  ["-photons", "sample", "./-photons"],
  ["embedded", "embedded", "SAMPLE"],
  ["dropped: a.root", "files", "SAMPLE"],
])("a command calls the sample %s of kind %s %s", (id, kind, word) => {
  expect(sampleWord(id, { kind })).toBe(word);
});
