import { expect, test } from "vitest";
import { FormatError } from "../../core/index.js";
import { readMade } from "./made.js";

test("a sample says how it was made, with whatever else it has to say; or it says nothing", () => {
  const made = { program: "bye-splits 1.0.0", command: "skim", options: { particles: "photons" }, cuts: { tcs: 3 } };
  expect(readMade("out/photons", { made })).toEqual(made);
  expect(readMade("out/photons", {})).toBe(undefined);
  expect(readMade("out/photons", undefined)).toBe(undefined);
});

test.each([
  { made: "by hand", says: '"made" is "by hand", expected a record' },
  { made: null, says: '"made" is null, expected a record' },
  { made: { command: 1 }, says: '"command" is 1, expected the name of a command' },
  { made: { options: ["a"] }, says: '"options" is ["a"], expected values by name' },
  { made: { geometry: 11 }, says: '"geometry" is 11, expected the version of a geometry' },
])("another thing than how a sample was made: $says", ({ made, says }) => {
  expect(() => readMade("out/photons", { made })).toThrow(new FormatError(`out/photons/sample.json: ${says}`));
});
