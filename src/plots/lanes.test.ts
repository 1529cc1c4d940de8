import { expect, test } from "vitest";
import { lanesOf, onePerEntry, valuesOf } from "./lanes.js";
import { recordsOf } from "./records.test-data.js";

const run = (name: string, chains: readonly string[]) => ({
  name,
  selection: "all",
  records: recordsOf(chains.map((chain) => ({ chain }))),
});

test("a chain has its hue in every run, a run its shade, marker and dash", () => {
  const lanes = lanesOf([run("a", ["cs", "default"]), run("b", ["default"])]);
  expect(lanes.map(({ name, color, marker, dash }) => [name, color, marker, dash])).toEqual([
    ["a, default", "blue", "circle", undefined],
    ["a, cs", "orange", "circle", undefined],
    ["b, default", "blue2", "square", "6 3"],
  ]);
  expect(lanes.map(({ rows }) => rows)).toEqual([[1], [0], [0]]);
});

test("of one run the name is the chain's", () => {
  expect(lanesOf([run("a", ["default"])])[0].name).toBe("default chain");
});

test("more runs than looks, and runs of one name, are refused", () => {
  const many = ["a", "b", "c", "d", "e"].map((name) => run(name, ["default"]));
  expect(new Set(lanesOf(many.slice(1)).map(({ color, marker, dash }) => `${color} ${marker} ${dash}`)).size).toBe(4);
  expect(() => lanesOf(many)).toThrow("5 runs in one report, expected at most 4: their curves would look alike");
  expect(() => lanesOf([many[0], many[0]])).toThrow(
    'two runs of the report are called "a"; give each a name of its own',
  );
});

test("what belongs to an entry counts once, however many particles it has", () => {
  const records = recordsOf([
    { entry: 7, particle: 0, n_seeds: 3 },
    { entry: 7, particle: 1, n_seeds: 3 },
    { entry: 8, n_seeds: 1 },
  ]);
  const [lane] = lanesOf([{ name: "a", selection: "all", records }]);
  expect(valuesOf(lane, "n_seeds")).toEqual([3, 3, 1]);
  expect(valuesOf(onePerEntry(lane), "n_seeds")).toEqual([3, 1]);
});
