/** Pages of scans: which settings are one curve, where their points stand, what tables tell. */
import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { FIGURES, HEAL, SCAN_KEYS } from "../studies/index.js";
import { scanFigures, type ScanInput, scanPages, scanTradeOff } from "./page-scan.js";
import { type PointsMark } from "./plot.js";

interface Point {
  readonly settings: string;
  readonly chain?: string;
  readonly sample?: number;
  readonly [figure: string]: number | string | undefined;
}

/** Figures that are not given are unknown. */
function inputOf(axes: ScanInput["axes"], list: readonly Point[]): ScanInput {
  const points = createTable({ ...SCAN_KEYS, ...FIGURES }, list.length);
  const columns = points.columns as unknown as Record<string, { [row: number]: number | string }>;
  for (const [row, { chain = "default", sample = 0, ...rest }] of list.entries()) {
    for (const name of Object.keys(FIGURES)) columns[name][row] = Number.NaN;
    for (const [name, value] of Object.entries({ point: row, chain, sample, ...rest })) {
      if (value !== undefined) columns[name][row] = value;
    }
  }
  return { about: "", samples: [{ name: "photons" }, { name: "pions" }], axes, points };
}

const figureOf = (input: ScanInput, id: string) => {
  const figure = scanPages(input)[0].figures.find((each) => each.id === id);
  if (figure === undefined) throw new Error(`no figure ${id}`);
  return figure;
};

/** Name, x and y of each curve of a panel. */
const curvesOf = (figure: ReturnType<typeof figureOf>, panel: number) =>
  figure.plot.panels[panel].series.map(({ name, marks: [mark] }) => {
    const { x, y } = mark as PointsMark;
    return [name, Array.from(x), Array.from(y)];
  });

test("points that differ in the axis alone are one curve, at the numbers of their values", () => {
  const axes = [{ key: "a", values: [1, 2, 5] }, { key: "b", values: ["x", "y"] }]; // prettier-ignore
  const list = [1, 2, 5].flatMap((a) =>
    ["x", "y"].map((b) => ({ settings: `a=${a};b=${b}`, false_clusters: a + (b === "x" ? 0 : 10) })),
  );
  const input = inputOf(axes, [...list, { settings: "a=2;b=x", chain: "cs", false_clusters: 7 }, { settings: "a=9;b=x", sample: 1 }]); // prettier-ignore
  expect(curvesOf(figureOf(input, "scan-0-a"), 2)).toEqual([
    ["default, b=x", [1, 2, 5], [1, 2, 5]],
    ["default, b=y", [1, 2, 5], [11, 12, 15]],
    ["cs, b=x", [2], [7]],
  ]);
  expect(figureOf(input, "scan-0-a").plot.panels[0].x).toEqual({ label: "a", whole: true });
});

test("values that are no numbers stand at their places in the list, which is told: of equal numbers one says all", () => {
  const values = [[3, 3, 3], [3, 4, 3], "no"]; // prettier-ignore
  const texts = ["3", "[3,4,3]", "no"];
  const list = texts.map((text, k) => ({ settings: `a=${text}`, resolution_en: 0.1 * (k + 1) }));
  const figure = figureOf(inputOf([{ key: "a", values }], list.toReversed()), "scan-0-a");
  expect(curvesOf(figure, 1)).toEqual([["default", [2, 1, 0], [0.1 * 3, 0.2, 0.1]]]);
  expect(figure.plot.notes).toContain("0: 3; 1: [3,4,3]; 2: no");
});

test("an axis of one value has no figure, and no more than eight curves are drawn, which the notes tell", () => {
  const others = Array.from({ length: 9 }, (_, k) => k);
  const axes = [{ key: "a", values: [1, 2] }, { key: "b", values: others }, { key: "c", values: [0] }]; // prettier-ignore
  const list = others.flatMap((b) => [1, 2].map((a) => ({ settings: `a=${a};b=${b};c=0`, resolution_en: a })));
  const input = inputOf(axes, list);
  expect(scanPages(input)[0].figures.map(({ id }) => id)).toEqual(["scan-0-price", "scan-0-a", "scan-0-b"]);
  const figure = figureOf(input, "scan-0-a");
  expect(figure.plot.panels[0].series).toHaveLength(8);
  expect(figure.plot.notes.join()).toContain("8 of 9 settings");
  expect(figureOf(input, "scan-0-b").plot.notes.join()).not.toContain("of the other parameters are drawn");
});

test("splits are judged by the truth where it is known, else net; the table has the best first", () => {
  const net = [0.3, 0.1, 0.2].map((split_net, k) => ({ settings: `a=${k}`, split_net }));
  const truth = net.map((point, k) => ({ ...point, true_split_fraction: [0.01, 0.03, 0.02][k] }));
  const axes = [{ key: "a", values: [0, 1, 2] }];
  const order = (list: readonly Point[]) => scanPages(inputOf(axes, list))[0].tables?.[0].rows.map((row) => row[1]);
  expect(order(net)).toEqual(["a=1", "a=2", "a=0"]);
  expect(order(truth)).toEqual(["a=0", "a=2", "a=1"]);
  const ranked = { ...inputOf(axes, truth.map((point, k) => ({ ...point, efficiency: k / 3 }))), rank: "efficiency" }; // prettier-ignore
  expect(scanPages(ranked)[0].tables?.[0].rows.map((row) => row[1])).toEqual(["a=2", "a=1", "a=0"]);
  // Columns of which nothing is known are not in it.
  expect(scanPages(inputOf(axes, net))[0].tables?.[0].header).toEqual(["chain", "settings", "net"]);
});

test("the price: the front are the points that no other one beats in both", () => {
  const places = [[0.1, 0.3], [0.2, 0.2], [0.25, 0.25], [0.3, 0.1]]; // prettier-ignore
  const input = inputOf([], places.map(([split_net, resolution_en], k) => ({ settings: k === 0 ? "" : `a=${k}`, split_net, resolution_en }))); // prettier-ignore
  const { series } = scanTradeOff(input, 0).plot.panels[0];
  expect(series[0]).toMatchObject({ name: "Pareto front", marks: [{ x: [0.1, 0.2, 0.3], y: [0.3, 0.2, 0.1] }] });
  expect(series[1].marks[0]).toMatchObject({ labels: ["as configured", "a=1", "a=2", "a=3"], low: expect.anything() });
  const one = inputOf([], [{ settings: "", split_net: 0.1, resolution_en: 0.2 }]);
  expect(scanTradeOff(one, 0).plot.panels[0].series.map(({ name }) => name)).toEqual(["default"]);
  expect(scanFigures(one).map(({ id }) => id).toSorted()).toEqual(["resolution_en", "split_net"]); // prettier-ignore
  expect(scanTradeOff(input, 0, "clusters", "seeds").plot.title).toBe("photons: seeds an entry against clusters an entry"); // prettier-ignore
});

test("a change mends the splits that are none with it, in its own sample", () => {
  const heal = createTable(HEAL, 5);
  heal.columns.sample.set([0, 0, 0, 0, 1]);
  heal.columns.split.set([0, 1, 0, 1, 0]);
  for (const [row, setting] of ["a=1", "a=1", "a=1", "a=2", "a=2"].entries()) {
    heal.columns.chain[row] = "default";
    heal.columns.setting[row] = setting;
  }
  const tables = scanPages({ ...inputOf([], [{ settings: "" }]), heal })[0].tables;
  expect(tables?.[1].rows).toEqual([
    ["default", "a=1", "3", "2"],
    ["default", "a=2", "1", "0"],
  ]);
  expect(scanPages({ ...inputOf([], [{ settings: "" }]), heal })[1].tables?.[1].rows).toEqual([["default", "a=2", "1", "1"]]); // prettier-ignore
});

test("figures are told by what they are, axes hold what they are compared with, and bars are those of the points", () => {
  const list = [0, 1].map((a) => ({ settings: `a=${a}`, split_net: [0.2, 0.3][a], split_net_lo: 0.1, split_net_hi: 0.4, resolution_en: 0.05, resolution_en_lo: 0.04, resolution_en_hi: 0.06, false_clusters: a, response_en: 0.9, efficiency: 1, particles: 30 })); // prettier-ignore
  const input = inputOf([{ key: "a", values: [0, 1] }], list);
  const axis = figureOf(input, "scan-0-a");
  expect(axis.plot.panels.map(({ y }) => [y.label, y.includes])).toEqual([
    ["split particles, net", [0]], ["energy resolution", undefined], ["false clusters an entry", [0, 1]],
  ]);
  expect(axis.plot.panels.map(({ series: [{ marks: [mark] }] }) => [(mark as PointsMark).low, (mark as PointsMark).high, (mark as PointsMark).joined])).toEqual([
    [[0.1, 0.1], [0.4, 0.4], true], [[0.04, 0.04], [0.06, 0.06], true], [undefined, undefined, true],
  ]);
  const price = (x?: string, y?: string) => scanTradeOff(input, 0, x, y).plot;
  const { title, notes, panels } = price();
  expect([title, panels[0].x.includes]).toEqual(["photons: the price of splitting less", [0, 0.01]]);
  expect(panels[0].series.at(-1)?.marks[0]).toMatchObject({ x: [0.2, 0.3], y: [0.05, 0.05], low: [0.04, 0.04], high: [0.06, 0.06], entries: [30, 30] });
  expect(notes).toEqual([
    "One point a setting; hover for which. Pareto front: those that no other one beats in both (split particles, net: less is better; energy resolution: less is better).",
    "Bars: 68 % intervals.",
  ]);
  const other = price("efficiency", "false_clusters");
  expect([other.title, other.panels[0].x.includes, other.notes[1]]).toEqual(["photons: false clusters an entry against efficiency", undefined, "No bars."]);
  expect(other.notes[0]).toContain("(efficiency: more is better; false clusters an entry: less is better)");
  expect(price("response_en", "nothing").notes[0]).toContain("(median E / generated E: near 1 is better; energy resolution: less is better)");
  expect(scanFigures(input)).toContainEqual({ id: "response_en", name: "median E / generated E" });
  expect(scanFigures(input).map(({ id }) => id)).not.toContain("particles");
}); // prettier-ignore

test("the axis of halves is no axis of whole numbers; points of other parameters have no curve", () => {
  const input = inputOf([{ key: "a", values: [0.5, 1] }], [{ settings: "a=0.5" }, { settings: "b=1" }]);
  const { plot } = figureOf(input, "scan-0-a");
  expect([plot.panels[0].x, plot.panels[0].series.length]).toEqual([{ label: "a" }, 1]);
  expect(plot.notes).toEqual(["Bars: 68 %."]);
});
