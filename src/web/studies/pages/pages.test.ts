/** What pages draw of a study of ten particles, counted by hand. */
import { expect, test } from "vitest";
import { clopperPearson } from "../../../core/index.js";
import { type Plot, type PointsMark, type StepsMark } from "../../../plots/index.js";
import { DEFAULT_STUDY, type StudyState } from "../state.js";
import { Patience } from "../statistics.js";
import { type ClusterColumn, type MoreColumns, StudyData } from "../study-data.js";
import { contextOf, CUTS, data, particle, RADII, type Row, ROWS } from "../toy-study.test-data.js";
import { DISTRIBUTIONS, SPECTRA_PAGE } from "./distributions.js";
import { EFFICIENCY, MATCHED_CLUSTERS } from "./efficiency.js";
import { type PageContent, type PageContext, type StudyPage, type StudyPlot } from "./page.js";
import { SPLITS } from "./splits.js";

async function made(page: StudyPage, more: Partial<PageContext> = {}, state: Partial<StudyState> = {}): Promise<PageContent> {
  return page.make(contextOf({ ...more, state: { ...DEFAULT_STUDY, ...state } }));
} // prettier-ignore
const close = (value: number): unknown => (Number.isFinite(value) ? expect.closeTo(value, 9) : value);
/** Name and values of all series but rules. */
const curves = ({ panels }: Plot): unknown[] =>
  panels.flatMap(({ series }) =>
    series.flatMap(({ name, marks: [mark] }) =>
      mark.kind === "steps"
        ? [[name, ...Array.from(mark.values)]]
        : mark.kind === "points"
          ? [[name, ...Array.from(mark.y)]]
          : [],
    ),
  );
const edgesOf = ({ panels }: Plot): number[] => Array.from((panels[0].series[0].marks[0] as StepsMark).edges);
const find = (plots: readonly StudyPlot[], id: string): StudyPlot => plots.find((plot) => plot.id === id) as StudyPlot;
const plain = (text: string): string => text.replaceAll("\u00a0", " ");

/** A photon or pion at the first radius, with these responses. */
const responds = (sample: number, response_pt: number, more: Row = {}): Row => particle(0, sample, 10, { response_pt, response_signal: Number.NaN, ...more }); // prettier-ignore

test("distributions: shares of the responses of each version, and where their centre is", async () => {
  const rows = [
    ...[responds(0, 0.5), responds(0, 0.9), responds(0, 1.1), responds(0, Number.NaN, { n_matched: 0 })],
    ...[responds(1, 0.3, { response_signal: 0.1 }), responds(1, 0.7, { response_signal: 0.1 })],
  ];
  const { plots } = await made(DISTRIBUTIONS, { data: data(rows) }, { bins: 6 });
  expect(plots.map(({ id, title }) => [id, title])).toEqual([
    ["distribution-0", "photons: pT / generated pT at the radius 0.01"],
    ["distribution-1", "pions: pT / generated pT at the radius 0.01"],
  ]);
  const third = close(1 / 3);
  expect(edgesOf(plots[0])).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1, 1.2].map(close));
  expect(plots[0].bins).toEqual({ of: "response", edges: edgesOf(plots[0]) });
  expect(plots.map(curves)).toEqual([
    [["photons, original", 0, 0, third, 0, third, third]],
    [["pions, original", 0, 0.5, 0, 0.5, 0, 0], ["pions, its own share", 1, 0, 0, 0, 0, 0]],
  ]); // prettier-ignore
  const rules = plots[1].panels[0].series.flatMap(({ marks: [mark], dash }) => (mark.kind === "rule" ? [[mark.x, dash]] : [])); // prettier-ignore
  expect(rules).toEqual([[close(0.5), "5 4"], [close(0.1), "5 4"]]); // prettier-ignore
  expect(plots[0].notes.map(plain)).toEqual([
    "Shares of the particles with a matched cluster; no bars. Dashed: median.",
    "All particles in acceptance; photons: 4 particles",
  ]);
  expect(plots[0].panels[0]).toMatchObject({ x: { label: "pT / generated pT" }, y: { log: true } });
});

test("distributions: samples stand together where there is one version; axes go to the largest response, and to 3 at most", async () => {
  const draw = async (largest: number): Promise<StudyPlot> => {
    const study = data([responds(0, largest), responds(0, 1), responds(1, Number.NaN)]);
    const { plots } = await made(DISTRIBUTIONS, { data: study, versions: study.versions.slice(0, 1) }, { bins: 5, measure: "pt" }); // prettier-ignore
    expect(plots).toHaveLength(1);
    return plots[0];
  };
  expect([await draw(1), await draw(2.5), await draw(7)].map((plot) => edgesOf(plot).at(-1))).toEqual([1.5, 2.5, 3]);
  const plot = await draw(7);
  expect([plot.id, plot.title]).toEqual(["distribution-0-1", "pT / generated pT at the radius 0.01"]);
  expect(plot.notes[0]).toBe("Shares of the particles with a matched cluster; no bars. Dashed: median. photons: 1 beyond 3."); // prettier-ignore
  // Of what has no response there is no centre.
  expect(plot.panels[0].series.map(({ marks: [mark] }) => mark.kind)).toEqual(["steps", "rule", "steps"]);
});

test("distributions: centres and widths of each curve", async () => {
  const rows = [0.5, 1, 1.5, 2].map((response) => responds(0, response));
  const { tables = [] } = await made(DISTRIBUTIONS, { data: data(rows), samples: [0] });
  expect([tables.length, tables[0].caption, tables[0].rows.length]).toEqual([1, "Centres and widths at the radius 0.01", 1]); // prettier-ignore
  const [[name, matched, median, mean, , rms, effective, gaussianity]] = tables[0].rows;
  expect([name, matched, median, mean]).toEqual(["photons", "4", "1.25", "1.25"]);
  // Their standard deviation is sqrt(1.25 / 3).
  expect(Number(rms)).toBeCloseTo(Math.sqrt(1.25 / 3) / 1.25, 3);
  // The same over the mean as over the median here.
  expect(Number(gaussianity)).toBeCloseTo(Math.abs(Number(rms) - Number(effective)) / Number(rms), 2);
});

type Clusters = Partial<Record<ClusterColumn, readonly number[]>>;
/** Clusters of the first radius, sample by sample; of the second there are none. */
const withClusters = (...samples: readonly Clusters[]): MoreColumns => ({
  clusters: async () =>
    [...samples, {}, {}].map((columns) => ({
      rows: Math.max(0, ...Object.values(columns).map(({ length }) => length)),
      columns: columns as Record<ClusterColumn, readonly number[]>,
    })),
});

test("spectra: clusters within the ranges of what is drawn; one value has a bin of its own", async () => {
  const photons = { pt: [10, 20, 35, 20], en: [40, 80, 90, 80], eta: [2, -2.5, 2, 1.4], phi: [0, 1, 2, 3] };
  const pions = { pt: [10], en: [40], eta: [-2], phi: [0] };
  const study = data(ROWS, RADII, withClusters(photons, pions));
  const cuts = { ...CUTS, pt: { lo: 10, hi: 35 }, eta: { lo: 1.5, hi: 3 } };
  const { plots } = await made(SPECTRA_PAGE, { data: study, cuts }, { bins: 5, what: "reco" });
  expect(plots.map(({ id }) => id)).toEqual(["spectrum-pt", "spectrum-energy", "spectrum-eta", "spectrum-phi", "multiplicity"]); // prettier-ignore
  expect(edgesOf(plots[0])).toEqual([10, 12, 14, 16, 18, 20]);
  expect(curves(plots[0])).toEqual([["photons", 1, 0, 0, 0, 1], ["pions", 1, 0, 0, 0, 0]]); // prettier-ignore
  expect(curves(plots[2])[0]).toEqual(["photons", 1, 0, 0, 0, 1]);
  expect(plots[0].notes).toEqual(["Numbers per bin; no bars. photons: 2 clusters; pions: 1 clusters"]);
  expect(plots[0].title).toBe("pT of clusters at the radius 0.01");
  expect(plots.slice(0, 4).map(({ panels: [{ x, y }] }) => [x.label, y.log, y.includes])).toEqual([
    ["pT", true, undefined], ["E", true, undefined], ["η", undefined, [0]], ["φ", undefined, [0]],
  ]); // prettier-ignore
  const alone = (await made(SPECTRA_PAGE, { data: study, samples: [1] }, { bins: 5 })).plots[0];
  expect([edgesOf(alone), curves(alone)]).toEqual([[9.5, 10.5], [["pions", 1]]]);
  const none = (await made(SPECTRA_PAGE, { data: study, point: 1 })).plots[0];
  expect([none.panels[0].series, none.notes]).toEqual([[], ["Numbers per bin; no bars. photons: 0 clusters; pions: 0 clusters"]]); // prettier-ignore
});

test("spectra of particles: each once, however many clusters are beside it", async () => {
  const photons = { entry: [0, 0, 0, 1, 2], gen_phi: [1, 1, 2, 2, 2], gen_pt: [5, 5, 6, 7, 90], gen_en: [1, 1, 1, 1, 1], gen_eta: [2, 2, -2, 2, 2] }; // prettier-ignore
  const pions = { entry: [2], gen_phi: [2], gen_pt: [5], gen_en: [2], gen_eta: [2] };
  const study = data(ROWS, RADII, withClusters(photons, pions));
  const cuts = { ...CUTS, pt: { lo: 0, hi: 50 } };
  const { plots } = await made(SPECTRA_PAGE, { data: study, cuts }, { bins: 5, what: "gen" });
  expect(plots[0].notes[0]).toBe("Numbers per bin; no bars. photons: 3 generated particles beside a cluster; pions: 1 generated particles beside a cluster"); // prettier-ignore
  expect((curves(plots[0]) as number[][]).map(([, ...counts]) => counts.reduce((sum, n) => sum + n))).toEqual([3, 1]);
  expect([plots[0].panels[0].x.label, plots[0].panels[0].y.label]).toEqual(["generated pT", "particles per bin"]);
});

test.each([
  { name: "one bin a number, up to 59", most: 59, bins: 60, width: 1 },
  { name: "two numbers a bin from 60 on", most: 60, bins: 31, width: 2 },
  { name: "a bin where there is nothing", most: 0, bins: 1, width: 1 },
])("numbers of clusters: $name", async ({ most, bins, width }) => {
  const counts = [0, 0, most, most].map((n_clusters, i) => ({ n_clusters, entry: [0, 1, 2, 2][i] }));
  const rows = [...counts.map((each) => particle(0, 0, 1, each)), particle(0, 1, 1, { n_clusters: 0 })];
  const { plots } = await made(SPECTRA_PAGE, { data: data(rows, RADII, withClusters({}, {})) });
  const plot = plots[4];
  const edges = edgesOf(plot);
  expect([edges.length - 1, edges[0], edges[1] - edges[0]]).toEqual([bins, -0.5, width]);
  const [[, ...photons], [, ...pions]] = curves(plot) as number[][];
  expect(photons[0]).toBeCloseTo(most === 0 ? 1 : 2 / 3, 9);
  if (most > 0) expect(photons[bins - 1]).toBeCloseTo(1 / 3, 9);
  expect(pions[0]).toBe(1);
  expect(plot.notes[0]).toBe("Shares of the entries (event and endcap); no bars. photons: 3 entries; pions: 1 entry");
  expect([plot.panels[0].x.whole, plot.panels[0].y.includes]).toEqual([true, [0]]);
});

test("efficiency: particles with a matched cluster, against the radius with what pile-up matches, and in bins", async () => {
  const { plots } = await made(EFFICIENCY);
  expect(plots.map(({ id }) => id)).toEqual(["efficiency-radius", "efficiency-gen-pt", "efficiency-gen-eta"]);
  expect(curves(plots[0])).toEqual([
    ["photons", close(2 / 3), close(2 / 3)],
    ["pions", 1, 1],
    ["pions, control", Number.NaN, Number.NaN].map((value) => (typeof value === "string" ? value : (expect.anything() as unknown))),
  ]); // prettier-ignore
  expect(plots[0].panels[0].y).toEqual({ label: "efficiency", includes: [0, 1] });
  const trend = plots[1];
  expect(curves(trend)).toEqual([["photons", 1, 1, 0], ["pions", 1, 1]]); // prettier-ignore
  const { low, xLow, entries } = trend.panels[0].series[0].marks[0] as PointsMark;
  expect([low?.[0], xLow, entries]).toEqual([clopperPearson(1, 1, 0.68).low, [10, 20, 30], [1, 1, 1]]);
  expect(trend.bins?.of).toBe("gen_pt");
  expect((await made(EFFICIENCY, {}, { measure: "energy" })).plots[1].bins?.of).toBe("gen_en");
});

test("clusters near a particle over all clusters beside one, radius by radius; without clusters there is no such plot", async () => {
  const photons = { gen_pt: [10, 10, 30, Number.NaN], gen_eta: [2, -2, 2, 2], matches: [1, 0, 1, 1] };
  const study = data(ROWS, RADII, withClusters(photons, { gen_pt: [40], gen_eta: [2], matches: [1] }));
  const context = { data: study, patience: new Patience(Infinity) };
  const plot = find((await made(EFFICIENCY, context)).plots, "matched-clusters-radius");
  expect(curves(plot)).toEqual([["photons", close(2 / 3), Number.NaN], ["pions", 1, Number.NaN]]); // prettier-ignore
  const mark = plot.panels[0].series[1].marks[0] as PointsMark;
  const { low, high } = clopperPearson(2, 3);
  expect([mark.entries, mark.low?.[0], mark.high?.[0], mark.joined]).toEqual([[3, 0], low, high, true]);
  expect(plot.panels[0].y.includes).toEqual([0, 1]);
  const cuts = { ...CUTS, pt: { lo: 20, hi: 50 }, eta: { lo: 0, hi: 3 } };
  expect(curves((await made(MATCHED_CLUSTERS, { ...context, cuts })).plots[0])).toEqual([["photons", 1, Number.NaN], ["pions", 1, Number.NaN]]); // prettier-ignore
  expect((await made(MATCHED_CLUSTERS)).plots).toEqual([]);
  const single = data(ROWS.slice(0, 6), [0.01], withClusters(photons, {}));
  expect((await made(MATCHED_CLUSTERS, { data: single })).plots).toEqual([]);
});

test("splits: net of pile-up, the truth where it is known, and as observed in bins", async () => {
  const study = data(ROWS.map((row) => ({ ...row, n_control: 4 })));
  const { plots } = await made(SPLITS, { data: study });
  expect(plots.map(({ id }) => id)).toEqual(["splits-radius", "splits-gen-pt", "splits-gen-eta"]);
  const third = close(1 / 3);
  expect(curves(plots[0])).toEqual([
    ["photons", third, third], ["pions", 0, 0], ["photons, truth", 0.5, 0.5],
  ]); // prettier-ignore
  expect(curves(plots[1])).toEqual([["photons", 0, 1, 0], ["pions", 0, 0]]); // prettier-ignore
  expect(plots.map(({ panels: [{ y }] }) => y.includes)).toEqual([[0], [0], [0]]);
  const cuts = { ...CUTS, pt: { lo: 35, hi: 60 } };
  expect(curves((await made(SPLITS, { data: study, cuts })).plots[0])).toEqual([["photons", Number.NaN, Number.NaN], ["pions", 0, 0]]); // prettier-ignore
});

test("pages are those that say something of a study", () => {
  const some = withClusters({}, {});
  const partly = (radii: number[], more: MoreColumns): StudyData =>
    new StudyData({ name: "", about: "", unknown: "lost ones" }, data().samples, radii, [], more);
  const known = (study: StudyData): string[] =>
    [DISTRIBUTIONS, SPECTRA_PAGE, EFFICIENCY, MATCHED_CLUSTERS, SPLITS].filter((page) => page.isFor(study)).map(({ id }) => id); // prettier-ignore
  expect(known(data())).toEqual(["distributions", "efficiency", "splits"]);
  expect(known(data(ROWS, RADII, some))).toEqual(["distributions", "spectra", "efficiency", "splits"]);
  expect(known(partly(RADII, some))).toEqual(["distributions", "spectra", "matched-clusters"]);
  expect(known(partly([0.01], some))).toEqual(["distributions", "spectra"]);
  expect(known(partly(RADII, {}))).toEqual(["distributions"]);
});
