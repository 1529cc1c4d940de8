import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { BY_COLUMNS, FIGURES, RADIUS_KEYS } from "../studies/index.js";
import { radiusPages } from "./page-radius.js";
import { type PointsMark, type Series } from "./plot.js";

type Row = Readonly<Record<string, number | string>>;

/** Points of a study; numbers that are not given are not known. */
function pointsOf(rows: readonly Row[]) {
  const schema = { ...RADIUS_KEYS, ...FIGURES, ...BY_COLUMNS };
  const table = createTable(schema, rows.length);
  for (const [name, { type }] of Object.entries(schema)) {
    const column = table.columns[name as keyof typeof table.columns] as unknown as (number | string)[];
    for (const [at, row] of rows.entries()) {
      column[at] = row[name] ?? (type === "string" ? "" : type === "double" ? Number.NaN : 0);
    }
  }
  return table;
}

const at = (sample: number, radius: number, more: Row = {}): Row => ({
  ...{
    sample,
    radius,
    particles: 100,
    response_pt: 0.9,
    response_signal: 0.8,
    resolution_en: 0.1,
    resolution_signal: 0.08,
  },
  ...{ resolution_en_lo: 0.09, resolution_en_hi: 0.12, efficiency: 1, efficiency_lo: 0.98, efficiency_hi: 1 },
  ...{ split_net: 0.2, split_net_lo: 0.1, split_net_hi: 0.3, clusters: 5, false_clusters: 4 },
  ...more,
});
const ROWS = [at(0, 0.01), at(0, 0.02), at(1, 0.01), at(1, 0.02, { response_pt: 1.1 }), at(1, 0.03, { by: "pt" })];
const SAMPLES = [{ name: "plain", pileup: 0 }, { name: "crowded", pileup: 1 }, { name: "unknown" }];
const input = { about: "", samples: SAMPLES, points: pointsOf(ROWS), best: ["plain: 0.01"] };
const [page] = radiusPages(input);
const figure = (id: string) => {
  const plot = page.figures.find((each) => each.id === `radius-${id}`)?.plot;
  if (plot === undefined) throw new Error(`no figure ${id}`);
  return plot.panels[0];
};
const namesOf = (list: readonly Series[]): unknown[] => list.map(({ name }) => name);

test("the response has a line at 1, and with pile-up the share of the particle itself, dashed", () => {
  const { x, y, series } = figure("response");
  expect([x.includes, y.includes]).toEqual([[0], [0, 1]]);
  expect(series[0].marks).toEqual([{ kind: "rule", y: 1 }]);
  expect(namesOf(series.slice(1))).toEqual(["plain", "crowded", "crowded, its own share"]);
  expect(series[2].marks).toMatchObject([
    { kind: "points", x: [0.01, 0.02], y: [0.9, 1.1], entries: [100, 100], joined: true },
  ]);
  expect(series.slice(1).map(({ dash, marker }) => [dash, marker === "ring"])).toEqual([
    [undefined, false],
    [undefined, false],
    ["5 3", true],
  ]);
  // Both curves of a sample have its colour.
  expect([series[2].color === series[3].color, series[1].color === series[2].color]).toEqual([true, false]);
});

test("bars are those of the column; what no sample knows has no curve", () => {
  const bars = ({ marks: [mark] }: Series): unknown[] => [(mark as PointsMark).low, (mark as PointsMark).high];
  expect(figure("resolution").series.map((each) => [each.name, ...bars(each)])).toEqual([
    ["plain", [0.09, 0.09], [0.12, 0.12]],
    ["crowded", [0.09, 0.09], [0.12, 0.12]],
    ["crowded, its own share", undefined, undefined],
  ]);
  expect(figure("resolution").y.log).toBe(true);
  const splits = figure("splits");
  expect([namesOf(splits.series), splits.y.includes]).toEqual([["plain", "crowded"], [0]]);
  expect(splits.series.map(bars)).toEqual([0, 1].map(() => [[0.1, 0.1], [0.3, 0.3]])); // prettier-ignore
  expect(figure("efficiency").series.map(bars)).toEqual([0, 1].map(() => [[0.98, 0.98], [1, 1]])); // prettier-ignore
  expect(figure("efficiency").y.includes).toEqual([0, 1]);
  expect(namesOf(figure("clusters").series)).toEqual(["plain", "plain, false", "crowded", "crowded, false"]);
  expect(figure("clusters").y.includes).toEqual([0]);
});

test("tables: the best radii, and the points of each sample with the columns that are known", () => {
  const [best, plain, crowded, unknown] = page.tables ?? [];
  expect([best.rows, page.tables?.length]).toEqual([[["plain: 0.01"]], 4]);
  const known = ["efficiency", "response pT", "net split", "clusters", "false"];
  expect(plain).toMatchObject({ caption: "plain: all radii", folded: true, header: ["radius", "particles", ...known] });
  expect(plain.rows[0]).toEqual(["0.01", "100", "1", "0.9", "0.2", "5", "4"]);
  expect(crowded.rows.map(([radius]) => radius)).toEqual(["0.01", "0.02"]);
  expect([unknown.header, unknown.rows]).toEqual([["radius"], []]);
});

test("results of others have no figures of what they do not say", () => {
  const rows = [{ sample: 0, radius: 0.01, particles: 1, response_pt: 1, split_net: 0.1 }];
  const ids = (isImported: boolean): string[] =>
    radiusPages({ ...input, points: pointsOf(rows), isImported })[0].figures.map(({ id }) => id.slice(7));
  expect(ids(true)).toEqual(["response", "splits"]);
  expect(ids(false)).toEqual(["response", "resolution", "efficiency", "splits", "clusters"]);
});
