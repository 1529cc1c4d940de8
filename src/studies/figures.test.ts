/** Known answers of the figures of a point. */
import { expect, test } from "vitest";
import { clopperPearson, TableBuilder } from "../core/index.js";
import { FigureBuilder, type Bin } from "./figures.js";
import { addEventRow, clearEventRow, createEventRow, type EventRow } from "./point-events.js";
import { PART_EVENTS } from "./tables.js";

type Given = Partial<EventRow> & { readonly entry?: number };

function figuresOf(rows: readonly Given[], bin?: Bin) {
  const events = new TableBuilder(PART_EVENTS);
  for (const [i, { entry = i, ...given }] of rows.entries()) {
    const row = createEventRow();
    clearEventRow(row);
    Object.assign(row, { particle: 0, n_control: 5, n_clusters: 1, n_seeds: 1 }, given);
    addEventRow(events, { point: 0, sample: 0 }, entry, row);
  }
  const builder = new FigureBuilder(bin);
  builder.add(events.finish());
  return builder.finish();
}

const matched = { n_matched: 1 };

test("efficiency counts generated particles: one without any cluster lowers it, a split one counts once", () => {
  const found = figuresOf([
    { ...matched, response_en: 1, response_pt: 1 },
    { n_matched: 2, is_split: 1, response_en: 1, response_pt: 1, n_clusters: 2 },
    { n_matched: 0, n_clusters: 0, n_seeds: 0 },
    { n_matched: 0, n_clusters: 1, n_seeds: 2, n_false: 1 },
  ]);
  expect([found.particles, found.matched, found.split]).toEqual([4, 2, 1]);
  expect([found.efficiency, found.split_fraction]).toEqual([0.5, 0.25]);
  const { low, high } = clopperPearson(2, 4);
  expect([found.efficiency_lo, found.efficiency_hi]).toEqual([low, high]);
  expect([found.seeds, found.clusters, found.false_clusters]).toEqual([1, 1, 0.25]);
});

test("response is the median, resolution half the shortest window of ceil(0.68 n) over it, rms the deviation over the mean", () => {
  // 7 of 10 values: the shortest window is 0.95 to 1.01.
  const responses = [0.5, 0.95, 0.96, 0.97, 0.98, 0.99, 1, 1.01, 1.2, 1.5];
  const found = figuresOf(responses.map((response_en) => ({ ...matched, response_en, response_pt: 2 * response_en })));
  expect(found.response_en).toBeCloseTo(0.985, 12);
  expect(found.resolution_en).toBeCloseTo(0.03 / 0.985, 12);
  expect(found.response_pt).toBeCloseTo(1.97, 12);
  expect(found.resolution_pt).toBeCloseTo(found.resolution_en, 12);
  const mean = responses.reduce((sum, value) => sum + value, 0) / 10;
  const deviation = Math.sqrt(responses.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 9);
  expect(found.rms_en).toBeCloseTo(deviation / mean, 12);
  expect(found.resolution_en_lo).toBeLessThanOrEqual(found.resolution_en);
  expect(found.resolution_en_hi).toBeGreaterThanOrEqual(found.resolution_en);
});

test("two particles of an entry are two particles and one entry", () => {
  const both = { ...matched, n_clusters: 3, n_seeds: 4, n_false: 1 };
  const found = figuresOf([
    { ...both, entry: 0, particle: 0 },
    { ...both, entry: 0, particle: 1 },
    { entry: 1, particle: 0, n_clusters: 1, n_seeds: 2 },
  ]);
  expect([found.particles, found.clusters, found.seeds, found.false_clusters]).toEqual([3, 2, 3, 0.5]);
});

test("an entry without particles counts its clusters and nothing else", () => {
  const found = figuresOf([{ particle: -1, n_clusters: 4, n_seeds: 5, n_false: 4, n_control: 0 }]);
  expect([found.particles, found.clusters, found.false_clusters]).toEqual([0, 4, 4]);
  expect([found.efficiency, found.efficiency_lo, found.split_fraction_hi, found.split_net_lo]).toEqual([
    NaN,
    NaN,
    NaN,
    NaN,
  ]);
});

test("without any cluster the figures of clusters are NaN, the efficiency 0", () => {
  const found = figuresOf([{ n_clusters: 0 }, { n_clusters: 0 }]);
  expect(found.efficiency).toBe(0);
  for (const name of ["response_en", "resolution_en", "resolution_en_lo", "rms_pt", "response_signal"] as const) {
    expect(found[name], name).toBeNaN();
  }
});

test("control, net and truth are those of the summary of a run", () => {
  const found = figuresOf([
    { ...matched, is_split: 1, split_control: 1, match_control: 2, has_truth: 1, true_split: 1, true_match: 1 },
    { ...matched, split_control: 1, match_control: 1, has_truth: 1, true_match: 1 },
    { n_matched: 0, match_control: 2, has_truth: 1 },
  ]);
  expect([found.match_control, found.split_control]).toEqual([5 / 15, 2 / 10]);
  expect(found.split_net).toBeCloseTo((1 / 3 - 0.2) / 0.8, 12);
  expect([found.true_split_fraction, found.true_efficiency]).toEqual([1 / 3, 2 / 3]);
  expect(figuresOf([matched]).true_split_fraction).toBeNaN();
});

test.each([
  { name: "pt, its lower limit included", bin: { by: "gen_pt", lo: 10, hi: 20 } as const, want: 2 },
  { name: "pt, its upper limit not", bin: { by: "gen_pt", lo: 20, hi: 50 } as const, want: 1 },
  { name: "|eta| of both endcaps", bin: { by: "gen_eta", lo: 2, hi: 2.5 } as const, want: 2 },
])("bins of $name", ({ bin, want }) => {
  const rows = [
    { gen_pt: 10, gen_eta: 1.8 },
    { gen_pt: 19.9, gen_eta: -2.2 },
    { gen_pt: 20, gen_eta: 2 },
  ];
  const found = figuresOf(rows, bin);
  expect([found.particles, found.by, found.lo, found.hi]).toEqual([want, bin.by, bin.lo, bin.hi]);
});
