import { expect, test } from "vitest";
import { clopperPearson, Random } from "../core/index.js";
import { createGeometry } from "../detector/index.js";
import { type Figure, type Page } from "./figure.js";
import { lanesOf, type ReportRun } from "./lanes.js";
import { distributionsPage } from "./page-distributions.js";
import { resolutionPage } from "./page-resolution.js";
import { seedingPage } from "./page-seeding.js";
import { describeSlope, splitsPage, splitTrend } from "./page-splits.js";
import { recordsOf, type RecordRow } from "./records.test-data.js";
import { overlap, textBoxes } from "./text.js";
import { VARIABLES } from "./variables.js";

const GEOMETRY = createGeometry("V11");
const splits = (runs: readonly ReportRun[]): Page => splitsPage(runs, GEOMETRY);
const run = (rows: readonly RecordRow[], name = "a") => ({ name, selection: "photons; all", records: recordsOf(rows) });

const find = (figures: readonly Figure[], id: string): Figure => {
  const figure = figures.find((each) => each.id === id);
  if (!figure) throw new Error(`no figure ${id} among ${figures.map((each) => each.id).join(", ")}`);
  return figure;
};

/** The numbers of the points of a figure: series, x_low, y, y_low, y_high, entries. */
const pointsIn = ({ csv }: Figure): (string | number)[][] => {
  const [head, ...lines] = csv.trim().split("\n");
  const names = head.split(",");
  return lines
    .map((line) => line.split(","))
    .filter((fields) => fields[names.indexOf("mark")] === "points")
    .map((fields) => [
      fields[names.indexOf("series")],
      ...["x_low", "y", "y_low", "y_high", "entries"].map((name) => Number(fields[names.indexOf(name)])),
    ]);
};

const gen = (genpt: number): RecordRow => ({ genpt, genen: 3 * genpt, geneta: 2 + genpt / 200, genphi: 0.1 });

test("seeding: means with sigma / sqrt(n), efficiencies of all entries, those without seeds included", () => {
  const rows = [
    { ...gen(1), n_seeds: 1, n_matched: 1 },
    { ...gen(2), n_seeds: 3, n_matched: 0 },
    { ...gen(39), n_seeds: 0, n_matched: 0 },
    { ...gen(40), n_seeds: 2, n_matched: 1 },
  ];
  const { figures } = seedingPage([run(rows)]);
  // Two values 1 and 3: sigma sqrt(2), over sqrt(2) is 1. Bins of 5 GeV: 0 to 5 and 35 to 40.
  expect(pointsIn(find(figures, "seeds-pt"))).toEqual([
    ["default chain", 0, 2, 1, 3, 2],
    ["default chain", 35, 1, 0, 2, 2],
  ]);
  const half = clopperPearson(1, 2, 0.68);
  expect(pointsIn(find(figures, "efficiency-pt"))[1]).toEqual([
    "default chain", 35, 0.5, expect.closeTo(half.low, 7), expect.closeTo(half.high, 7), 2,
  ]); // prettier-ignore
  expect(pointsIn(find(figures, "matched-pt")).map((point) => point[2])).toEqual([0.5, 0.5]);
  expect(figures.map(({ id }) => id).filter((id) => /coarse|fewer/.test(id))).toEqual([]);
});

test("seeding: figures of coarse seeds show the cs chain alone, and seeds < coarse seeds count there", () => {
  const rows = [
    { ...gen(1), n_seeds: 5, n_cs: 1 },
    { ...gen(1), chain: "cs", n_seeds: 1, n_cs: 2 },
    { ...gen(2), chain: "cs", n_seeds: 2, n_cs: 2 },
  ];
  const { figures } = seedingPage([run(rows)]);
  expect(pointsIn(find(figures, "coarse-seeds-pt")).map(([series, , y]) => [series, y])).toEqual([
    ["cs chain", 2],
    ["cs chain", 2],
  ]);
  expect(pointsIn(find(figures, "fewer-pt")).map((point) => [point[2], point[5]])).toEqual([
    [1, 1],
    [0, 1],
  ]);
});

test("resolution: each residual is shown against each variable, from its own column; of the matched cluster; without one there is none", () => {
  const rows = [0.1, 0.2, 0.3, Number.NaN].map((x) => ({
    ...gen(10),
    response_pt: 1 + x,
    response_en: 1 + 2 * x,
    match_reseta: 3 * x,
    match_resphi: 4 * x,
    // Of the most energetic cluster of the entry, which may be pile-up's.
    clrespt: 9,
    clresen: 9,
    clreseta: 9,
    clresphi: 9,
  }));
  const { figures } = resolutionPage([run(rows)]);
  expect(figures.length).toBe(4 * (1 + 2 * 4));
  for (const [id, factor] of [
    ["pt", 1],
    ["energy", 2],
    ["eta", 3],
    ["phi", 4],
  ] as const) {
    for (const variable of ["pt", "energy", "eta", "phi"]) {
      const [median, mean, deviation, effective] = pointsIn(find(figures, `residual-${id}-${variable}`));
      const expected = (value: number) => expect.closeTo(factor * value, 6);
      expect(median.slice(2)).toEqual([expected(0.2), expected(0.1 + 0.2 * 0.15865), expected(0.1 + 0.2 * 0.84135), 3]);
      expect(mean.slice(2)).toEqual([
        expected(0.2),
        expected(0.2 - 0.1 / Math.sqrt(3)),
        expected(0.2 + 0.1 / Math.sqrt(3)),
        3,
      ]);
      expect(deviation.slice(2)).toEqual([expected(0.1), expected(0.05), expected(0.15), 3]);
      expect(effective[2]).toEqual(expected(0.1));
    }
  }
  expect(find(figures, "residual-pt").svg).toContain("(1 without a matched cluster");
});

test("splits: the fit gives Cochran's and Armitage's trend", () => {
  // 100 particles at each pT of 5, 15, 25: 10, 20, 30 of them split. Slope 0.01 per GeV; p = 0.2, sum of (x - mean)^2 = 20,000.
  const rows = [5, 15, 25].flatMap((pt, k) =>
    Array.from({ length: 100 }, (_, i) => ({ ...gen(pt), is_split: i < 10 * (k + 1) ? 1 : 0 })),
  );
  const [lane] = lanesOf([run(rows)]);
  const trend = splitTrend(lane, VARIABLES[0], [0, 10, 20, 30]);
  expect(trend.fit.slope).toBeCloseTo(0.01, 12);
  expect(trend.fit.slopeSigma).toBeCloseTo(Math.sqrt((0.2 * 0.8) / 20_000), 12);
  expect([trend.split, trend.particles]).toEqual([60, 300]);
  expect(describeSlope(trend, "GeV")).toBe("slope 0.01 ± 0.0028 per GeV (3.5 σ)");
});

test("splits: a fraction that does not depend on pT is significant as rarely as chance allows", () => {
  const random = new Random(8);
  const edges = Array.from({ length: 11 }, (_, i) => 10 * i);
  const significances = Array.from({ length: 400 }, () => {
    const rows = Array.from({ length: 200 }, () => ({
      genpt: 100 * random.uniform(),
      is_split: random.uniform() < 0.05 ? 1 : 0,
    }));
    const [lane] = lanesOf([run(rows)]);
    return splitTrend(lane, VARIABLES[0], edges).significance;
  });
  const beyond = (limit: number) => significances.filter((value) => Math.abs(value) > limit).length;
  // Expected 127 beyond one sigma and 18 beyond two; the limits are three standard deviations away.
  expect(beyond(1)).toBeGreaterThan(99);
  expect(beyond(1)).toBeLessThan(155);
  expect(beyond(2)).toBeLessThan(31);
});

test("splits: without any split there is no fit, and nothing that is not a number is drawn", () => {
  const { figures } = splitsPage([run([gen(1), gen(2)])], GEOMETRY);
  expect(find(figures, "split-pt").svg).toContain("0 of 2 split, no fit");
  for (const { svg } of figures) expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test("distributions are shares, and say how many values they do not show", () => {
  const rows = Array.from({ length: 1000 }, (_, i) => ({ ...gen(i === 0 ? 1e6 : 50), n_clusters: i % 3 }));
  const { figures } = distributionsPage([run(rows)]);
  const shares = (figure: Figure) =>
    figure.csv.trim().split("\n").slice(1).map((line) => Number(line.split(",").at(-1))); // prettier-ignore
  expect(shares(find(figures, "distribution-clusters"))).toEqual([0.334, 0.333, 0.333]);
  expect(find(figures, "distribution-generated-pt").svg).toMatch(/1,000 particles \(1 above the\s?.*range\)/s);
});

test("texts of all pages stay apart, with two runs and two chains", () => {
  const random = new Random(5);
  const rows = (shift: number): RecordRow[] =>
    Array.from({ length: 300 }, (_, i) => ({
      ...gen(100 * random.uniform()),
      chain: i % 2 === 0 ? "default" : "cs",
      entry: i >> 1,
      clrespt: shift + 0.1 * random.normal(),
      n_seeds: random.poisson(1),
      n_cs: 1,
      is_split: random.uniform() < 0.1 ? 1 : 0,
    }));
  const runs = [run(rows(0), "window 1"), run(rows(0.1), "window 2, a long name for a run")];
  for (const page of [seedingPage, resolutionPage, splits, distributionsPage]) {
    for (const { id, svg } of page(runs).figures) {
      const boxes = textBoxes(svg);
      const hits = boxes.flatMap((box, i) => boxes.slice(0, i).filter((other) => overlap(box, other)).map(({ text }) => `${id}: ${text} on ${box.text}`)); // prettier-ignore
      expect(hits).toEqual([]);
    }
  }
});

test("a report without any record has empty plots, not errors", () => {
  for (const page of [seedingPage, resolutionPage, splits, distributionsPage]) {
    for (const { svg } of page([run([])]).figures) expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  }
});
