import { beforeAll, expect, test } from "vitest";
import { createTable, type Schema, type Table } from "../core/index.js";
import { PHI_COUNTS, PHI_EVENTS, PHI_POINTS, PHI_ROWS } from "../studies/index.js";
import { type Page } from "./figure.js";
import { type PointsMark, type StepsMark } from "./plot.js";
import { phiBinsPages } from "./page-phi-bins.js";
import { reportHtml } from "./report-html.js";

/** A table of rows; reals that are not given are NaN. */
function tableOf<S extends Schema>(schema: S, rows: readonly Readonly<Record<string, number>>[]): Table<S> {
  const table = createTable(schema, rows.length);
  for (const [name, { type }] of Object.entries(schema)) {
    const column = table.columns[name] as unknown as number[];
    for (const [at, row] of rows.entries()) column[at] = row[name] ?? (type === "double" ? Number.NaN : 0);
  }
  return table;
}

const parameters = [0, 0.5, 1];
let pages: Page[];

beforeAll(() => {
  const points = parameters.flatMap((parameter, point) =>
    [0, 1].map((sample) => ({
      ...{
        point,
        parameter,
        sample,
        particles: 10,
        split_fraction: 0.1 + 0.1 * point + 0.01 * sample,
        split_fraction_lo: 0.05,
        split_fraction_hi: 0.5,
      },
      ...{ resolution_en: 0.03, response_en: 1, width_eta: 0.001, width_phi: 0.002, false_clusters: 0, efficiency: 1 },
    })),
  );
  const rows = parameters.flatMap((parameter) =>
    [3, 4].map((rz_bin) => ({
      ...{
        parameter,
        rz_bin,
        cells: 100,
        moved: parameter === 1 ? 0 : 8,
        sweeps: 30,
        ended: rz_bin === 4 && parameter === 0 ? 0 : 1,
      },
      ...{
        spread_before: 5,
        spread_after: 2,
        mean_arc: parameter === 1 ? Number.NaN : 0.4,
        max_arc: parameter === 1 ? Number.NaN : 1.5,
      },
    })),
  );
  const counts = parameters.flatMap((parameter) =>
    [3, 4].flatMap((rz_bin) =>
      [0, 1, 2].map((phi_bin) => ({ parameter, rz_bin, phi_bin, before: 3 + phi_bin, after: 4 })),
    ),
  );
  const events = parameters.flatMap((_, point) =>
    [0, 1].flatMap((sample) =>
      Array.from({ length: 30 }, (_, k) => ({
        ...{ point, sample, entry: k, particle: 0, response_en: 1 + 0.01 * Math.sin(k) },
        ...{ match_reseta: 0.001 * Math.cos(k), match_resphi: 0.002 * Math.sin(2 * k) },
      })),
    ),
  );
  pages = phiBinsPages({
    about: "Region Si.",
    samples: ["photons", "pions"],
    parameters,
    points: tableOf(PHI_POINTS, points),
    rows: tableOf(PHI_ROWS, rows),
    counts: tableOf(PHI_COUNTS, counts),
    events: tableOf(PHI_EVENTS, events),
  });
});

test("three pages; sliders over parameters and R/z rows, every position with its figures", () => {
  expect(pages.map(({ id }) => id)).toEqual(["phi-bins", "phi-bins-by-parameter", "phi-bins-counts"]);
  expect(pages.map(({ slider }) => slider?.steps)).toEqual([undefined, ["0", "0.5", "1"], ["3", "4"]]);
  for (const { slider, figures } of pages.slice(1)) {
    const steps = slider?.steps.map((_, step) => figures.filter((figure) => figure.step === step).length);
    expect(new Set(steps).size).toBe(1);
    expect(steps?.[0]).toBeGreaterThan(0);
  }
});

test("the split fraction stands with its interval against the parameter, sample by sample", () => {
  const { csv } = pages[0].figures[0];
  expect(csv).toContain("photons,points,0,0.1,0.05,0.5");
  expect(csv).toContain("pions,points,1,0.31,0.05,0.5");
  expect(csv).not.toContain("photons,points,0,0.11");
  // Nothing is said about what was not measured.
  expect(csv).not.toContain("truly");
});

test("residuals at a parameter stand beside those where nothing moves, in the same bins", () => {
  const edgesOf = (step: number): string[] => {
    const figure = pages[1].figures.find(({ id }) => id === `phi-bins-phi-${step}`);
    const lines = (figure?.csv ?? "").split("\n").filter((line) => line.includes(",photons,steps"));
    return lines.map((line) => line.split(",").slice(3, 5).join());
  };
  expect(edgesOf(0).length).toBeGreaterThan(20);
  expect(edgesOf(0)).toEqual(edgesOf(1));
  expect(pages[1].figures[0].csv).toContain("photons: 1,steps");
});

test("rows that the limit of sweeps ended are named", () => {
  const texts = pages[1].figures.filter(({ id }) => id.startsWith("phi-bins-rows")).map(({ svg }) => svg);
  expect(texts[0]).toContain("1 row was ended by the limit of sweeps");
  expect(texts[1]).toContain("every row came to rest");
});

test("they make a report", () => {
  const html = reportHtml({ title: "phi", about: [] }, pages);
  expect(html.match(/data-steps=/g)).toHaveLength(2);
  // What the script says is not a number that somebody reads.
  expect(html.slice(0, html.lastIndexOf("<script>"))).not.toContain("NaN");
});

test("with rows of the map every plot stands, measured or not; results of others have those that they know", () => {
  const points = tableOf(PHI_POINTS, [{ ...{ point: 0, parameter: 0, sample: 0, particles: 10 }, split_fraction: 0.1, split_fraction_lo: 0, split_fraction_hi: 1 }]); // prettier-ignore
  const input = {
    ...{ about: "", samples: ["photons"], parameters: [0], points },
    counts: tableOf(PHI_COUNTS, []),
    events: tableOf(PHI_EVENTS, []),
  };
  const row = { parameter: 0, rz_bin: 3, cells: 1, moved: 0, sweeps: 1, ended: 1, spread_before: 1, spread_after: 1 };
  const idsOf = (rows: readonly (typeof row)[]): string[] =>
    phiBinsPages({ ...input, rows: tableOf(PHI_ROWS, rows) })[0].figures.map(({ id }) => id);
  const all = ["split", "resolution", "response", "width-eta", "width-phi", "false", "efficiency", "moved"];
  const found = idsOf([row]);
  for (const name of all) expect(found.filter((id) => id.includes(name)).length, name).toBe(1);
  expect(idsOf([]).length).toBe(1);
  // Where nothing matched the axis is one of its own, 0 to 1 with a fifth on either side.
  const [residuals] = phiBinsPages({ ...input, rows: tableOf(PHI_ROWS, [row]) })[1].figures;
  const { edges } = residuals.plot.panels[0].series[0].marks[0] as StepsMark;
  expect([edges[0], edges[edges.length - 1]].map((edge) => Number(edge.toFixed(9)))).toEqual([-0.2, 1.2]);
  expect(found).toContain(idsOf([])[0]);
});

test("axes hold what the curves are compared with; the parameter stands apart from both ends", () => {
  const axes = pages[0].figures.flatMap(({ id, plot }) => plot.panels.map(({ x, y }) => [id.slice(9), x.range, y.unit, y.includes])); // prettier-ignore
  const range = [-0.05, 1.05];
  expect(axes).toEqual([
    ["split", range, undefined, [0]],
    ["resolution", range, undefined, undefined],
    ["response", range, undefined, [0.95, 1.05]],
    ["width-eta", range, undefined, [0]],
    ["width-phi", range, "rad", [0]],
    ["false", range, undefined, [0]],
    ["efficiency", range, undefined, undefined],
    ["moved", range, undefined, [0]],
    ["moved", range, "cm", [0]],
  ]);
  for (const { plot } of pages[1].figures) for (const { y } of plot.panels) expect(y.includes).toEqual([0]);
});

/** The pages of these points, rows and events of photons at the parameters 0 and 1. */
function pagesWith(
  points: readonly Readonly<Record<string, number>>[],
  rows: readonly Readonly<Record<string, number>>[] = [],
  events: readonly Readonly<Record<string, number>>[] = [],
): Page[] {
  return phiBinsPages({
    ...{ about: "", samples: ["photons"], parameters: [0, 1] },
    ...{ points: tableOf(PHI_POINTS, points), rows: tableOf(PHI_ROWS, rows) },
    ...{ counts: tableOf(PHI_COUNTS, []), events: tableOf(PHI_EVENTS, events) },
  });
}

test("with pile-up also the net fraction and the truth, where they are known; bars are those of the points", () => {
  const split = { split_fraction: 0.2, split_fraction_lo: 0.1, split_fraction_hi: 0.3 };
  const net = { split_net: 0.15, split_net_lo: 0.05, split_net_hi: 0.25 };
  const drawn = (split_control: number) =>
    pagesWith([{ parameter: 0, ...split, ...net, split_control, response_en: 0.9 }, { parameter: 1, split_fraction: 0.4, split_control }])[0].figures.map(({ plot }) =>
      plot.panels[0].series.map(({ name, dash, marker, color, marks: [mark] }) => {
        const { x, y, low, high, joined } = mark as PointsMark;
        return [name, dash, marker, color, x, y, low, high, joined];
      }),
    ); // prettier-ignore
  const plain = [
    "photons",
    undefined,
    undefined,
    "blue",
    [0, 1],
    [0.2, 0.4],
    [0.1, Number.NaN],
    [0.3, Number.NaN],
    true,
  ];
  const response = ["photons", undefined, undefined, "blue", [0], [0.9], undefined, undefined, true];
  // Only the plots that there are points for: split, and response.
  expect(drawn(0)).toEqual([[plain], [response]]);
  expect(drawn(0.05)).toEqual([
    [plain, ["photons: net of pile-up", "4 2", "ring", "blue", [0], [0.15], [0.05], [0.25], true]],
    [response],
  ]);
});

test("cells that move: their share of all cells, and their mean arc, over all rows", () => {
  const rows: Record<string, number>[] = [
    { parameter: 0, cells: 100, moved: 8, mean_arc: 0.4 },
    { parameter: 0, cells: 300, moved: 2, mean_arc: 1.4 },
    { parameter: 0, cells: 100, moved: 0 },
    { parameter: 1, cells: 500, moved: 0 },
  ];
  const moved = pagesWith([], rows)[0].figures.find(({ id }) => id === "phi-bins-moved");
  const marks = moved?.plot.panels.map(({ series }) => series.map(({ marks: [mark] }) => mark));
  const curve = (y: unknown[]) => [{ kind: "points", x: [0, 1], y, joined: true }];
  expect(marks).toEqual([curve([0.02, 0]), curve([expect.closeTo(0.6, 12), Number.NaN])]);
});

test("residuals of a parameter, and of the largest one in the same bins: shares of what matched", () => {
  const of = (point: number, response_en: number, more: object = {}) => ({ point, sample: 0, particle: 0, response_en, ...more }); // prettier-ignore
  // At the largest parameter 0, 0.01, ..., 1: all but a hundredth on either side are between 0.01 and 0.99.
  const last = Array.from({ length: 101 }, (_, k) => of(1, k / 100));
  const events = [of(0, 0.52), of(0, 0.52), of(0, 0.62), of(0, 7), of(0, Number.NaN), of(0, 0.5, { particle: -1 }), of(0, 0.5, { sample: 1 })]; // prettier-ignore
  const [figure] = pagesWith([], [{ cells: 1 }], [...events, ...last])[1].figures;
  const [now, before] = figure.plot.panels[0].series;
  const { edges, values } = now.marks[0] as StepsMark;
  expect(Array.from(edges)).toEqual(Array.from({ length: 29 }, (_, k) => expect.closeTo(-0.2 + 0.05 * k, 9) as number));
  const shares = Array.from(values, (share, k) => [k, share]).filter(([, share]) => share > 0);
  expect(shares).toEqual([[14, 0.5], [16, 0.25]]); // prettier-ignore
  expect((before.marks[0] as StepsMark).edges).toEqual(edges);
  expect(Array.from((before.marks[0] as StepsMark).values).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  expect([now.name, before.name, before.dash]).toEqual(["photons", "photons: 1", "2 2"]);
  expect(figure.plot.notes).toEqual(["photons: 4 matched, 1 outside. No bars."]);
});
