/** Which keys of the reference's configuration are known to mean nothing here. */
import { expect, test } from "vitest";
import { isReferenceKey, isReferenceSection } from "./reference-keys.js";

test("a section is the reference's alone where none of its keys means something here", () => {
  const sections = ["geometry", "fill", "valid", "3Ddisplay", "base", "cluster", "seed_cs", "none", "toString", ""];
  expect(sections.filter(isReferenceSection)).toEqual(["geometry", "fill", "valid", "3Ddisplay"]);
});

test("a key is the reference's in its own section, by its whole name", () => {
  expect(isReferenceKey("base", "FesAlgo")).toBe(true);
  expect(isReferenceKey("clusterStudies", "userDir")).toBe(true);
  for (const [section, key] of [
    ["base", "Fes"], ["seed", "FesAlgo"], ["none", "FesAlgo"], ["toString", "length"], ["base", ""], ["geometry", "any"],
  ]) expect([section, key, isReferenceKey(section, key)]).toEqual([section, key, false]);
}); // prettier-ignore
