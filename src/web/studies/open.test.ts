/** Pages of a study of ten particles, counted by hand. */
import { expect, test } from "vitest";
import { type Plot } from "../../plots/index.js";
import { drawPage, pagesOf } from "./open.js";
import { type OpenStudy } from "./opened.js";
import {
  type PageContext,
  againstRadius,
  describeSelection,
  edgesOf,
  fraction,
  lanesOf,
  radiusCurve,
  sampleLanes,
} from "./pages/page.js";
import { RESPONSE } from "./pages/response.js";
import { isIn } from "../model/selection.js";
import { PointRows } from "./point-rows.js";
import { DEFAULT_STUDY, type StudyState } from "./state.js";
import { CENTRES, Patience } from "./statistics.js";
import { byPoint, StudyData } from "./study-data.js";
import { ALL, contextOf, CUTS, data, eventsOf, particle, RADII, ROWS } from "./toy-study.test-data.js";

test("rows of a point and sample come one after the other; others are none of the study's", () => {
  const parts = byPoint(eventsOf([...ROWS, particle(2, 0, 1), particle(0, -9, 1)]), 2, 2);
  expect(parts.map(({ rows }) => rows)).toEqual([4, 2, 4, 2]);
  expect([...parts[1].columns.gen_pt]).toEqual([40, 50]);
  expect(byPoint(eventsOf([]), 1, 2).map(({ rows }) => rows)).toEqual([0, 0]);
});

test("a range holds its lower end and not its upper one; what is no number is in one without limits", () => {
  const range = { lo: 1, hi: 2 };
  expect([0.9, 1, 1.9, 2, Number.NaN].map((value) => isIn(value, range))).toEqual([false, true, true, false, false]);
  expect([isIn(Number.NaN, ALL), isIn(Number.NaN, { lo: 1, hi: Infinity }), isIn(5, { lo: 5, hi: Infinity })]).toEqual([
    true,
    false,
    true,
  ]);
});

test.each([
  { name: "all particles", cuts: {}, pts: [10, 20, 30] },
  { name: "a range of pT", cuts: { pt: { lo: 10, hi: 30 } }, pts: [10, 20] },
  { name: "a range of |η|", cuts: { eta: { lo: 1.6, hi: 2.5 } }, pts: [10, 30] },
  { name: "split ones", cuts: { only: "split" }, pts: [20] },
  { name: "those that are not", cuts: { only: "whole" }, pts: [10, 30] },
] as const)("kept are $name", ({ cuts, pts }) => {
  const rows = data().rows(0, 0, { ...CUTS, ...cuts });
  expect([rows.length, rows.values("gen_pt")]).toEqual([pts.length, pts]);
});

test("counts and values of the rows that are kept", () => {
  const rows = data().rows(0, 0, CUTS);
  expect(rows.counts).toMatchObject({ particles: 3, matched: 2, split: 1, withTruth: 2 });
  expect(rows.values("gen_eta")).toEqual([2, 2.5, expect.closeTo(1.6, 6)]);
  expect(rows.values("gen_en")[0]).toBeCloseTo(10 * Math.cosh(2), 6);
  expect([rows.flags("is_split"), rows.flags("is_matched"), rows.flags("true_split")]).toEqual([
    [0, 1, 0],
    [1, 1, 0],
    [0, 1, 0],
  ]);
  expect([...rows.sorted("response_pt")]).toEqual([0.91, 0.92].map((value) => expect.closeTo(value, 6)));
  expect(() => rows.responses("response_pt_weighted")).toThrow("the study has no column response_pt_weighted");
});

test("an estimate has its interval when there is patience for it, and keeps it", () => {
  const rows = new PointRows(eventsOf(Array.from({ length: 50 }, (_, k) => particle(0, 0, k))), CUTS);
  const estimate = (patience?: Patience) => rows.estimate("response_pt", CENTRES.median, patience);
  expect(estimate(new Patience(0))).toEqual({ value: expect.closeTo(0.9245, 6), low: Number.NaN, high: Number.NaN });
  expect(estimate()).toEqual(estimate(new Patience(0)));
  const patience = new Patience(Infinity);
  const { value, low, high } = estimate(patience);
  expect([low < value, high > value, patience.isSpent]).toEqual([true, true, false]);
  expect(estimate(new Patience(0))).toEqual({ value, low, high });
  const none = new Patience(0);
  expect([none.more(), none.isSpent]).toEqual([false, true]);
});

test("the point whose radius is nearest, the middle one for none", () => {
  const study = data([], [0.01, 0.02, 0.04]);
  expect([null, 0.001, 0.015, 0.016, 0.031, 1].map((radius) => study.nearest(radius))).toEqual([1, 0, 0, 1, 2, 2]);
  expect(data([], [0.01, 0.02]).nearest(null)).toBe(0);
});

test("versions are those with values; a particle's own share says something only with pile-up", () => {
  expect(data().versions.map(({ id }) => id)).toEqual(["original", "own_share"]);
  expect(data(ROWS.map((row) => ({ ...row, response_signal: Number.NaN }))).versions.map(({ id }) => id)).toEqual([
    "original",
  ]);
  const context = contextOf();
  expect(lanesOf(context).map(({ name, marker, dash, color }) => [name, marker, dash, color])).toEqual([
    ["photons, original", "circle", undefined, "blue"],
    ["pions, original", "square", undefined, "orange"],
    ["pions, its own share", "ring", "6 3", "orange3"],
  ]);
  expect(sampleLanes(context).map(({ name }) => name)).toEqual(["photons", "pions"]);
});

test("what is kept in words", () => {
  const words = (cuts: Partial<PageContext["cuts"]>): string =>
    describeSelection(contextOf({ cuts: { ...CUTS, ...cuts } })).replaceAll("\u00a0", " ");
  expect(words({})).toBe("All particles in acceptance; photons: 3 particles; pions: 2 particles");
  expect(words({ pt: { lo: 20, hi: 50 }, eta: { lo: 1.7, hi: Infinity }, only: "whole" })).toBe(
    "20 ≤ generated pT < 50 GeV, |η| ≥ 1.7, particles that are not split; photons: 0 particles; pions: 1 particle",
  );
  expect(words({ eta: { lo: -Infinity, hi: 2.4 }, only: "split" })).toContain(
    "|η| < 2.4, split particles only; photons: 0",
  );
});

test.each([
  { measure: "pt", ratio: "pT / generated pT" },
  { measure: "energy", ratio: "E / generated E" },
] as const)("the axis of responses says what is over what: $measure", async ({ measure, ratio }) => {
  const { plots } = await RESPONSE.make(contextOf({ state: { ...DEFAULT_STUDY, measure } }));
  const labels = new Set(plots.flatMap(({ panels }) => panels.map(({ y }) => y.label)));
  expect([...labels]).toEqual([expect.stringMatching(new RegExp(`of ${ratio}$`))]);
});

test("edges are round and hold what is kept; a share of nothing is none", () => {
  expect(edgesOf(contextOf(), "gen_pt")).toEqual([
    10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46, 48, 50,
  ]);
  expect(edgesOf(contextOf({ samples: [] }), "gen_pt")).toEqual([0, 1]);
  expect([fraction(0, 0).value, fraction(1, 4).value]).toEqual([Number.NaN, 0.25]);
});

test("curves against the radius have a point at each, and a rule at the one that is looked at", () => {
  const context = contextOf({ point: 1 });
  const [lane] = lanesOf(context);
  const curve = radiusCurve(context, lane, (rows) => ({ value: rows.length, low: 1, high: 2 }));
  expect(curve).toMatchObject({ x: RADII, y: [3, 3], low: [1, 1], high: [2, 2], entries: [3, 3], joined: true });
  const plot = { id: "a", title: "A", note: "n", y: { label: "y" }, rule: 1 };
  const [{ id, panels }] = againstRadius(context, plot, []);
  expect([id, panels[0].series.map(({ marks }) => marks[0])]).toEqual([
    "a-radius",
    [
      { kind: "rule", y: 1 },
      { kind: "rule", x: 0.03 },
    ],
  ]);
  expect(againstRadius(contextOf({ data: data([], [0.01]) }), plot, [])).toEqual([]);
});

test("pages have the controls that say something, and begin at the best radius", async () => {
  const two = pagesOf(data(), 0.03, () => "the command");
  const controls = (study: OpenStudy): string[] => [...new Set(study.info.pages.flatMap((page) => page.controls))];
  expect(["radius", "versions", "samples"].map((name) => controls(two).includes(name))).toEqual([true, true, true]);
  expect([two.info.radii, two.info.pages.every(({ plots }) => plots === 0)]).toEqual([RADII, true]);
  const single = new StudyData(
    { name: "one", about: "" },
    [{ name: "a", hasTruth: false }],
    [Number.NaN],
    byPoint(eventsOf([particle(0, 0, 5)]), 1, 1),
  );
  const one = pagesOf(single, null, () => "");
  expect([controls(one).filter((name) => ["radius", "versions", "samples"].includes(name)), one.info.radii]).toEqual([
    [],
    [],
  ]);
  const shown = async (state: Partial<StudyState>, page = two.info.pages[0].id) =>
    two.show(page, { ...DEFAULT_STUDY, ...state }, new Patience(0));
  expect([(await shown({})).radius, (await shown({ radius: 0.012 })).radius]).toEqual([0.03, 0.01]);
  // Of nothing there is no picture: all samples and versions are shown then.
  const columns = async (state: Partial<StudyState>) => (await shown(state)).numbers?.header.length;
  expect(await columns({ hide: "0,1" })).toBe(await columns({}));
  expect((await columns({ hide: "1" })) ?? 0).toBeLessThan((await columns({})) ?? 0);
  expect((await shown({ without: "original,own_share" })).plots).toEqual((await shown({})).plots);
  expect((await shown({}, "nowhere")).sentence).toBe((await shown({})).sentence);
});

const panel = (label: string): Plot["panels"][number] => ({
  x: { label },
  y: { label: "y" },
  series: [{ name: "a", color: "blue", marks: [{ kind: "points", x: [1, 2], y: [1, 2] }] }],
});
/** A study whose page has one plot of so many panels. */
const toyStudy = (panels: number, name = "a"): OpenStudy =>
  ({
    info: { pages: [{ id: "first" }, { id: "second" }] },
    command: () => "the command",
    show: async (page: string) => ({
      ...{ sentence: page, tables: [], numbers: null, radius: 0.5 },
      plots: [
        {
          id: "p",
          title: "P",
          notes: [],
          panels: Array.from({ length: panels }, (_, k) => ({
            ...panel(k === 1 ? "radius" : "x"),
            series: [{ ...panel("x").series[0], name }],
          })),
        },
      ],
    }),
  }) as unknown as OpenStudy;

test.each([
  { panels: 1, isNarrow: false, columns: 1, room: 480, height: 300 },
  { panels: 2, isNarrow: false, columns: 2, room: 480, height: 250 },
  { panels: 3, isNarrow: false, columns: 3, room: 310, height: 250 },
  { panels: 4, isNarrow: false, columns: 3, room: 310, height: 250 },
  { panels: 3, isNarrow: true, columns: 1, room: 370, height: 250 },
])(
  "$panels panels stand in rows of $columns (narrow: $isNarrow)",
  async ({ panels, isNarrow, columns, room, height }) => {
    const { figures, page, exact, command } = await drawPage(
      toyStudy(panels),
      DEFAULT_STUDY,
      {},
      new Patience(0),
      isNarrow,
    );
    const [figure] = figures;
    expect([page, exact, command, figure.isWide]).toEqual(["first", true, "the command", columns > 1]);
    expect(figure.width).toBe(columns * room + 8 * (columns - 1) + 16);
    expect(new Set(figure.panels.map(({ left }) => left)).size).toBe(columns);
    expect(figure.panels.map(({ isRadius }) => isRadius)).toEqual(Array.from({ length: panels }, (_, k) => k === 1));
    const rows = Math.ceil(panels / columns);
    const [first, last] = [figure.panels[0], figure.panels[panels - 1]];
    expect(last.top - first.top).toBeCloseTo((rows - 1) * (height + 8), 6);
    expect(first.bottom - first.top).toBeCloseTo(height - 22 - 36, 6);
  },
);

test("another page of the link is drawn; a part of an axis that is shown instead of all of it", async () => {
  const state = { ...DEFAULT_STUDY, page: "second" };
  const draw = async (zooms: Parameters<typeof drawPage>[2]) => drawPage(toyStudy(3), state, zooms, new Patience(0));
  const all = await draw({});
  expect([all.page, all.sentence]).toEqual(["second", "second"]);
  const zoomed = await draw({ p: [null, [3, 4]], other: [[5, 6]] });
  const range = (answer: typeof all, k: number): number[] => [
    answer.figures[0].panels[k].x.low,
    answer.figures[0].panels[k].x.high,
  ];
  expect([range(zoomed, 0), range(zoomed, 1), range(zoomed, 2)]).toEqual([range(all, 0), [3, 4], range(all, 2)]);
});

test("a legend that stands beside the panels takes its room from them", async () => {
  // No panel has a free corner for a legend of sixty lines.
  const name = Array.from({ length: 60 }, () => "a name of many words").join(" ");
  for (const panels of [1, 2, 3]) {
    const plain = (await drawPage(toyStudy(panels), DEFAULT_STUDY, {}, new Patience(0))).figures[0];
    const beside = (await drawPage(toyStudy(panels, name), DEFAULT_STUDY, {}, new Patience(0))).figures[0];
    expect(beside.width).toBeLessThanOrEqual(plain.width);
    expect(beside.width).toBeGreaterThan(plain.width - panels - 1);
    const widths = [plain, beside].map(({ panels: [frame] }) => frame.right - frame.left);
    expect(widths[1]).toBeLessThan(widths[0] - 40);
  }
});
