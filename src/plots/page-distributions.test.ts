/** Distributions: where bins begin and end, and what their heights add up to. */
import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { CLUSTERS, SEEDS } from "../events/index.js";
import { distributionsPage } from "./page-distributions.js";
import { type StepsMark } from "./plot.js";
import { recordsOf, type RecordRow } from "./records.test-data.js";

function figureOf(rows: readonly RecordRow[], id: string) {
  const { figures } = distributionsPage([{ name: "a", selection: "photons; all", records: recordsOf(rows) }]);
  const figure = figures.find((each) => each.id === `distribution-${id}`);
  if (figure === undefined) throw new Error(`no ${id} among ${figures.map((each) => each.id).join(", ")}`);
  const { edges, values } = figure.plot.panels[0].series[0].marks[0] as StepsMark;
  return { edges: Array.from(edges), values: Array.from(values), notes: figure.plot.notes.join(" ") };
}

const counted = (numbers: readonly number[]): RecordRow[] => numbers.map((n_clusters) => ({ n_clusters }));
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

test("whole numbers lie in the middle of bins as wide as one, from the least to the largest", () => {
  const { edges, values } = figureOf(counted([2, 4, 4, 5]), "clusters");
  expect(edges).toEqual([1.5, 2.5, 3.5, 4.5, 5.5]);
  expect(values).toEqual([0.25, 0, 0.5, 0.25]);
});

test.each([
  { largest: 49, width: 1, bins: 50 },
  { largest: 50, width: 2, bins: 26 },
  { largest: 149, width: 3, bins: 50 },
])("whole numbers from 0 to $largest: bins of $width, none of which is cut", ({ largest, width, bins }) => {
  // So many that the 99.5 % quantile is the largest.
  const list = Array.from({ length: 2 * (largest + 1) }, (_, k) => Math.floor(k / 2));
  const { edges, values } = figureOf(counted([...list, ...list.map(() => largest)]), "clusters");
  expect(edges[1] - edges[0]).toBe(width);
  expect([values.length, edges[0], sum(values)]).toEqual([bins, -0.5, expect.closeTo(1, 12)]);
  expect(edges.every((edge, k) => edge === -0.5 + k * width)).toBe(true);
  expect(edges[bins]).toBeGreaterThan(largest);
});

test("one that is far above all others is out of the range, and is told", () => {
  const { edges, values, notes } = figureOf(counted([...Array.from({ length: 999 }, (_, k) => k % 10), 5000]), "clusters"); // prettier-ignore
  expect(edges).toEqual(Array.from({ length: 11 }, (_, k) => k - 0.5));
  expect(sum(values)).toBeCloseTo(0.999, 12);
  expect(notes).toContain("1,000 entries (1 above the range)");
});

test("no values: one range all the same, from 0 to 1", () => {
  const { edges, values } = figureOf([{ response_pt: Number.NaN }], "response-pt");
  expect([edges[0], edges[edges.length - 1], sum(values.filter((value) => !Number.isNaN(value)))]).toEqual([0, 1, 0]);
  const without = distributionsPage([{ name: "a", selection: "all", records: recordsOf([{}]), clusters: createTable(CLUSTERS, 0) }]); // prettier-ignore
  const tcs = without.figures.find(({ id }) => id === "distribution-cluster-tcs")?.plot.panels[0].series[0].marks[0];
  expect(Array.from((tcs as StepsMark).edges)).toEqual([-0.5, 0.5, 1.5]);
});

test("the more values, the more bins: twice the cube root of their number, from 10 to 50", () => {
  for (const [n, least, most] of [
    [20, 5, 10],
    [8000, 20, 40],
    [30_000, 25, 50],
  ]) {
    // prettier-ignore
    const { edges, values } = figureOf(Array.from({ length: n }, (_, k) => ({ genpt: (100 * (k + 0.5)) / n })), "generated-pt"); // prettier-ignore
    expect([n, values.length >= least, values.length <= most]).toEqual([n, true, true]);
    expect(edges[0]).toBeLessThanOrEqual(0);
    expect(sum(values)).toBeGreaterThanOrEqual(0.995);
  }
});

test("clusters and seeds are those of the lane's chain", () => {
  const clusters = createTable(CLUSTERS, 3);
  const seeds = createTable(SEEDS, 3);
  for (const [row, chain] of ["default", "cs", "default"].entries()) {
    clusters.columns.chain[row] = chain;
    seeds.columns.chain[row] = chain;
    clusters.columns.n_tc[row] = [3, 99, 4][row];
    clusters.columns.eta[row] = [-2, 9, 2][row];
    seeds.columns.seedEn[row] = [1, 1000, 2][row];
  }
  const run = { name: "a", selection: "all", records: recordsOf([{ n_clusters: 2 }]), clusters, seeds };
  const of = (id: string) => distributionsPage([run]).figures.find((each) => each.id === `distribution-${id}`)?.plot.panels[0].series[0].marks[0] as StepsMark; // prettier-ignore
  expect(Array.from(of("cluster-tcs").edges)).toEqual([2.5, 3.5, 4.5]);
  expect(Array.from(of("cluster-tcs").values)).toEqual([0.5, 0.5]);
  expect(Array.from(of("cluster-eta").edges)).toEqual([1.5, 2.5]);
  expect(Math.max(...Array.from(of("seed-energy").edges))).toBeLessThan(10);
  const ids = distributionsPage([{ ...run, clusters: undefined, seeds: undefined } as unknown as typeof run]).figures.map(({ id }) => id); // prettier-ignore
  expect(ids.filter((id) => /cluster-|seed/.test(id))).toEqual([]);
});

test.each([
  { least: 30, largest: 79, end: 79.5 },
  { least: 30, largest: 80, end: 40.5 },
])("whole numbers from $least to $largest: one far above the others is drawn where that makes 50 bins", ({ least, largest, end }) => {
  const many = Array.from({ length: 1000 }, (_, k) => least + (k % 11));
  const { edges } = figureOf(counted([...many, largest]), "clusters");
  expect([edges[0], edges.at(-1)]).toEqual([least - 0.5, end]);
}); // prettier-ignore

test("shares begin at 0; two runs have the bins of one of them", () => {
  const rows = Array.from({ length: 1000 }, (_, k) => ({ genpt: (100 * (k + 0.5)) / 1000 }));
  const run = (name: string) => ({ name, selection: "all", records: recordsOf(rows) });
  const [one, two] = [distributionsPage([run("a")]), distributionsPage([run("a"), run("b")])];
  const edgesOf = ({ figures: [{ plot }] }: typeof one) => (plot.panels[0].series[0].marks[0] as StepsMark).edges;
  expect(edgesOf(two)).toEqual(edgesOf(one));
  for (const { plot } of one.figures) expect(plot.panels.map(({ y }) => y.includes)).toEqual([[0]]);
});
