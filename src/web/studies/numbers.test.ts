/** The numbers at the side of the pages, counted by hand. */
import { expect, test } from "vitest";
import { numbersOf, withInterval } from "./numbers.js";
import { Patience } from "./statistics.js";
import { StudyData } from "./study-data.js";
import { contextOf, data, particle } from "./toy-study.test-data.js";

test("numbers have their interval in brackets where there is one, three digits as shares and four else", () => {
  const none = { low: Number.NaN, high: Number.NaN };
  expect([
    withInterval({ value: 0.912345, ...none }),
    withInterval({ value: 0.912345, low: 0.9, high: 0.92 }),
    withInterval({ value: 0.0512345, low: 0.01, high: 0.1 }, 100, " %"),
    withInterval({ value: 1, low: 1, high: Number.NaN }),
    withInterval({ value: Number.NaN, low: 1, high: 2 }),
  ]).toEqual(["0.9123", "0.9123 [0.9, 0.92]", "5.12 % [1, 10]", "1", "–"]);
});

test("of each sample a column: what it does not know, or has no version of, is empty", () => {
  const { caption, header, rows } = numbersOf(contextOf());
  expect([caption, header]).toEqual(["Numbers at the radius 0.01", ["photons", "pions"]]);
  const values = new Map(rows.map((row) => [row.name, row.values.map((text) => text.replace(/ \[.*/, ""))]));
  expect(Object.fromEntries(values)).toEqual({
    particles: ["3", "2"],
    efficiency: ["66.7 %", "100 %"],
    split: ["33.3 %", "0 %"],
    "truly split": ["50 %", ""],
    "response, original": ["0.915", "0.945"],
    "response, its own share": ["", "0.55"],
    "resolution, original": expect.anything() as unknown,
    "resolution, its own share": ["", expect.anything() as unknown],
    "RMS / mean, original": ["0.773 %", "0.748 %"],
    "RMS / mean, its own share": ["", "12.9 %"],
    "Gaussianity, original": expect.anything() as unknown,
    "Gaussianity, its own share": ["", expect.anything() as unknown],
  });
  // Intervals of fractions cost nothing; others are there with patience.
  const bracketed = (patience: Patience): string[] =>
    numbersOf(contextOf({ patience })).rows.filter((row) => row.values.some((text) => text.includes("["))).map(({ name }) => name.split(",")[0]); // prettier-ignore
  expect([...new Set(bracketed(new Patience(0)))]).toEqual(["efficiency", "split", "truly split"]);
  expect(new Set(bracketed(new Patience(Infinity)))).toContain("RMS / mean");
});

test("with pile-up also what it alone does; without lost particles no shares of all", () => {
  const control = { n_control: 4, match_control: 2, split_control: 1 };
  const rows = [particle(0, 0, 1, { ...control, is_split: 1 }), particle(0, 0, 2, { entry: 1, ...control })];
  const study = data(rows);
  const named = (of: StudyData) => new Map(numbersOf(contextOf({ data: of, samples: [0], versions: of.versions.slice(0, 1) })).rows.map(({ name, values }) => [name, values[0].replace(/ \[.*/, "")])); // prettier-ignore
  const all = named(study);
  // (1/2 - 1/4) / (1 - 1/4) of them.
  expect([all.get("match control"), all.get("split, net"), all.get("split")]).toEqual(["50 %", "33.3 %", "50 %"]);
  expect([...all.keys()].includes("response")).toBe(true);
  const some = new StudyData({ name: "", about: "", unknown: "lost ones" }, study.samples, [0.01, 0.03], [0, 1, 2, 3].map((at) => study.events(at >> 1, at & 1))); // prettier-ignore
  expect([...named(some).keys()].slice(0, 4)).toEqual(["particles", "match control", "split, net", "response"]);
});
