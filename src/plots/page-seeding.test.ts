/** The seeding page: its questions, asked of entries and particles, with hand-made records. */
import { expect, test } from "vitest";
import { lanesOf } from "./lanes.js";
import { seedingPage } from "./page-seeding.js";
import { recordsOf } from "./records.test-data.js";
import { VARIABLES } from "./variables.js";

/** Two entries: one with two particles, of which the second has no cluster, and one of a single particle without seeds. */
const rows = [
  { entry: 0, particle: 0, genpt: 10, geneta: 2, n_seeds: 3, n_cs: 3, n_matched: 2 },
  { entry: 0, particle: 1, genpt: 10, geneta: 2, n_seeds: 3, n_cs: 3, n_matched: 0 },
  { entry: 1, particle: 0, genpt: 11, geneta: 2, n_seeds: 0, n_cs: 2, n_matched: 0 },
];
const run = (chain: string) => ({
  name: "a",
  selection: "all",
  records: recordsOf(rows.map((row) => ({ ...row, chain }))),
});
/** Of the figures against pT: the values in the two bins, and the line that helps. */
const against = (chain: string) =>
  seedingPage([run(chain)]).figures.flatMap(({ id, plot }) => {
    if (!id.endsWith("-pt")) return [];
    const marks = plot.panels[0].series.flatMap((series) => series.marks);
    return marks.map((mark) => [id, ...(mark.kind === "rule" ? ["rule", mark.y] : mark.kind === "points" ? Array.from(mark.y) : [])]);
  }); // prettier-ignore

test("entries count once, particles each; means and shares stand beside a line at 1", () => {
  expect(against("cs")).toEqual([
    ["seeds-pt", "rule", 1],
    ["seeds-pt", 3, 0],
    ["coarse-seeds-pt", "rule", 1],
    ["coarse-seeds-pt", 3, 2],
    ["efficiency-pt", "rule", 1],
    ["efficiency-pt", 1, 0],
    ["matched-pt", "rule", 1],
    ["matched-pt", 0.5, 0],
    ["fewer-pt", 0, 1],
  ]);
});

test("a chain without coarse seeds is not asked about them", () => {
  expect([...new Set(against("default").map(([id]) => id))]).toEqual(["seeds-pt", "efficiency-pt", "matched-pt"]);
});

test("the x axis reaches from the first edge of its bins to the last", () => {
  const [lane] = lanesOf([run("cs")]);
  for (const variable of VARIABLES) {
    const edges = variable.edges([lane]);
    const own = seedingPage([run("cs")]).figures.filter(({ id }) => id.endsWith(`-${variable.id}`));
    expect(own.map(({ plot }) => plot.panels[0].x.range)).toEqual(own.map(() => [Math.min(...edges), Math.max(...edges)]));
    expect(own.length).toBe(5);
  }
}); // prettier-ignore
