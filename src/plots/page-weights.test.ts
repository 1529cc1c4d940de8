import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { WEIGHT_POINTS, WEIGHTS } from "../studies/index.js";
import { weightsPages } from "./page-weights.js";
import { reportHtml } from "./report-html.js";
import { drawPlot } from "./svg.js";

function input() {
  const weights = createTable(WEIGHTS, 4);
  for (let row = 0; row < 4; row++) {
    weights.columns.particle[row] = row < 2 ? "photons" : "pions";
    weights.columns.radius[row] = 0.01;
    weights.columns.layer[row] = 1 + 2 * (row % 2);
    weights.columns.weight[row] = 1 + row / 10;
    weights.columns.weight_lo[row] = row === 3 ? Number.NaN : 0.9;
    weights.columns.weight_hi[row] = row === 3 ? Number.NaN : 1.4;
  }
  const versions = ["original", "weighted", "eta_corrected"];
  const points = createTable(WEIGHT_POINTS, 12);
  for (let row = 0; row < 12; row++) {
    const to = points.columns;
    to.version[row] = versions[row % 3];
    to.set[row] = row % 6 < 3 ? "fit" : "test";
    to.radius[row] = row < 6 ? 0.01 : 0.02;
    to.particle[row] = "photons";
    to.matched[row] = 100 + row;
    to.resolution_pt[row] = 0.05 + row / 1000;
    to.resolution_pt_lo[row] = 0.04;
    to.resolution_pt_hi[row] = 0.07;
    to.response_pt[row] = 0.9 + row / 100;
  }
  return { about: "A study.", samples: ["photons", "empty"], weights, points };
}

test("weights of each kind of particle with their intervals; versions on the events that were not fitted", () => {
  const [page] = weightsPages(input());
  expect(page.figures.map(({ id }) => id)).toEqual([
    "weights-photons-radius-0-01",
    "weights-pions-radius-0-01",
    "weights-versions-0",
  ]);
  expect(page.figures.slice(0, 2).map(({ plot }) => plot.panels[0].x)).toEqual([0, 1].map(() => ({ label: "layer", whole: true }))); // prettier-ignore
  expect(page.figures[0].csv).toContain("points,3,1.1,0.9,1.4");
  expect(page.figures[1].csv).toContain("points,3,1.3,,");
  const { csv } = page.figures[2];
  // Rows 3 and 9 are original and test; rows of the fit are not shown.
  expect(csv).toContain(",original,points,0.01,0.053,0.04,0.07,103");
  expect(csv).toContain(",original,points,0.02,0.059,0.04,0.07,109");
  expect(csv).not.toContain(",100");
  expect(csv).toContain("eta corrected");
});

test("versions of one radius are drawn side by side, none over another", () => {
  const { svg } = weightsPages(input())[0].figures[2];
  const places = [...svg.matchAll(/<g><title>[^<]*<\/title>(?:<path[^>]*>)?<circle cx="([\d.]+)"/g)].map(([, x]) =>
    Number(x),
  );
  // Three versions at two radii, in both panels.
  expect(places.length).toBe(12);
  const apart = [...new Set(places)].toSorted((a, b) => a - b);
  expect(apart.length).toBe(6);
  expect(Math.min(...apart.slice(1).map((x, i) => x - apart[i]))).toBeGreaterThan(9);
});

test.each([
  { name: "a single radius stands in the middle", radii: [0.01, 0.01], lowest: 150 },
  { name: "several radii begin at 0", radii: [0.01, 0.02], lowest: 100 },
])("$name, and no version at the edge of the frame", ({ radii, lowest }) => {
  const { points, ...others } = input();
  for (let row = 0; row < 12; row++) points.columns.radius[row] = radii[row < 6 ? 0 : 1];
  const { plot } = weightsPages({ ...others, points })[0].figures[2];
  const { svg, panels } = drawPlot(plot);
  const places = [...svg.matchAll(/<g><title>[^<]*<\/title>(?:<path[^>]*>)?<circle cx="([\d.]+)"/g)].map(([, x]) =>
    Number(x),
  );
  const [{ left, right }] = panels;
  expect(Math.min(...places) - left).toBeGreaterThan(lowest);
  expect(right - Math.max(...places)).toBeGreaterThan(radii[0] === radii[1] ? 150 : 10);
});

test("axes hold what the curves are compared with; versions stand as far to the left of a radius as to the right", () => {
  const { panels } = weightsPages(input())[0].figures[2].plot;
  expect(panels.map(({ x, y }) => [x.includes, y.includes])).toEqual([[[0], [0]], [[0], [1]]]); // prettier-ignore
  const shifts = panels.map(({ series }) => series.flatMap(({ marks: [mark] }) => (mark.kind === "points" ? [mark.shift] : []))); // prettier-ignore
  expect(shifts).toEqual([[-10, 0, 10], [-10, 0, 10]]); // prettier-ignore
  expect(panels[1].series[0].marks).toEqual([{ kind: "rule", y: 1 }]);
  const [ofLayers] = weightsPages(input())[0].figures[0].plot.panels;
  expect([ofLayers.y.includes, ofLayers.series[0].marks]).toEqual([[0], [{ kind: "rule", y: 1 }]]);
  const { points, ...others } = input();
  for (let row = 0; row < 12; row++) if (points.columns.version[row] === "original") points.columns.set[row] = "fit";
  const [two] = weightsPages({ ...others, points })[0].figures[2].plot.panels;
  expect(two.series.map(({ name, marks: [mark] }) => [name, mark.kind === "points" && mark.shift])).toEqual([
    ["weighted", -5],
    ["eta corrected", 5],
  ]);
});

test("it makes a report", () => {
  const html = reportHtml({ title: "weights", about: [] }, weightsPages(input()));
  // What the script says is not a number that somebody reads.
  expect(html.slice(0, html.lastIndexOf("<script>"))).not.toContain("NaN");
});
