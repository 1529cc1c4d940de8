/** What the records of a configuration may hold: inputs by name, and events. */
import { expect, test } from "vitest";
import { EVENT_LIST, RECORDS } from "./config-shapes.js";

const [production, sources] = RECORDS.map(({ fields }) => fields);
const allowed = (is: (value: unknown) => boolean, values: readonly unknown[]): unknown[] => values.filter(is);
const VALUES = ["a.root", "", 1, true, null, undefined, ["a", "b"], [], ["a", 1], [["a"]], { a: "b" }];

test("names, folders and trees are texts; inputs a path or several; particles one of the known names", () => {
  for (const name of ["dir", "tree", "outfile"]) expect(allowed(production[name].is, VALUES)).toEqual(["a.root", ""]);
  expect(allowed(sources["tree"].is, VALUES)).toEqual(["a.root", ""]);
  for (const { infile } of [production, sources]) {
    expect(allowed(infile.is, VALUES)).toEqual(["a.root", "", ["a", "b"]]);
    expect(infile.required).toBe(true);
  }
  const particles = ["photons", "electrons", "pions", "all", "muons", "", 22, ["photons"]];
  expect(allowed(sources["particles"].is, particles)).toEqual(expect.arrayContaining(["photons", "electrons", "pions"]));
  expect(allowed(sources["particles"].is, ["muons", "", 22, ["photons"], null])).toEqual([]);
}); // prettier-ignore

test("events are whole numbers, as many as there are", () => {
  const good = [[], [0], [1, -2, 2 ** 53 - 1]];
  const bad = [1, "1", [1.5], [2 ** 53], ["1"], [1, null], null, { 0: 1 }];
  expect([allowed(EVENT_LIST.is, good), allowed(EVENT_LIST.is, bad)]).toEqual([good, []]);
});
