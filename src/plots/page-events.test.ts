import { expect, test } from "vitest";
import { createChain, createNtupleClusters, DEFAULT_PARAMS, hexDistance } from "../chain/index.js";
import { createTable } from "../core/index.js";
import { createGeometry, tcIndex, tcOutline } from "../detector/index.js";
import { createSkim, DEFAULT_SKIM, type SampleBatch, SEEDS, simulateEvents } from "../events/index.js";
import { eventDisplay } from "./event-display.js";
import { type EventInput } from "./event-input.js";
import { occupancyMaps } from "./occupancy-maps.js";
import { eventsPage } from "./page-events.js";
import { type HeatMark, type Plot, type PointsMark, type ShapesMark } from "./plot.js";
import { overlap, textBoxes } from "./text.js";
import { uvMap } from "./uv-map.js";

const geometry = createGeometry("V11");

function simulated(): { batch: SampleBatch; input: (row: number) => EventInput } {
  const ntuple = simulateEvents({ particles: "photons", pileup: 0, seed: 5, geometry }, 1, 8);
  const batch = createSkim({ ...DEFAULT_SKIM, endcap: "both" }).skim(createNtupleClusters()(ntuple));
  const result = createChain("default", DEFAULT_PARAMS, { selection: { kind: "all" } })(batch);
  return {
    batch,
    input: (row) => ({
      ...result,
      geometry,
      batch,
      row,
      chain: "default",
      params: DEFAULT_PARAMS,
      source: "fast simulation",
    }),
  };
}
const { batch, input } = simulated();
const { entries, gen, tc } = batch;

const shapesOf = (plot: Plot, panel = 0): ShapesMark =>
  plot.panels[panel].series.flatMap(({ marks }) => marks).find((mark) => mark.kind === "shapes") as ShapesMark;

test.each([1, -1])(
  "the display of an event in endcap %d has its trigger cells where they are, scaled to the first layer",
  (side) => {
    const row = entries.columns.zside.indexOf(side);
    const plot = eventDisplay(input(row), { id: "e", source: "test", reach: 1 });
    const { outlines, values } = shapesOf(plot);
    const { tc_first, tc_rows } = entries.columns;
    expect(outlines.length).toBe(tc_rows[row]);
    const { tc_mipPt, tc_layer, tc_wu, tc_wv, tc_cu, tc_cv, tc_z } = tc.columns;
    for (let t = tc_first[row]; t < tc_first[row] + tc_rows[row]; t++) {
      const at = Array.from(values ?? []).indexOf(tc_mipPt[t]);
      const outline = tcOutline(geometry, tcIndex(geometry, tc_layer[t], tc_wu[t], tc_wv[t], tc_cu[t], tc_cv[t]));
      const scale = geometry.layers[0].z / Math.abs(tc_z[t]);
      outline.forEach((value, k) => expect(outlines[at][k]).toBeCloseTo(value * scale * (k % 2 === 0 ? side : 1), 9));
    }
    // The hottest cell is near the particle, in x and y.
    const hottest = outlines[outlines.length - 1];
    const r = geometry.layers[0].z / Math.sinh(Math.abs(gen.columns.gen_eta[row]));
    const center = (k: number) => (hottest[k] + hottest[k + 4]) / 2;
    expect(
      Math.hypot(
        center(0) - r * Math.cos(gen.columns.gen_phi[row]),
        center(1) - r * Math.sin(gen.columns.gen_phi[row]),
      ),
    ).toBeLessThan(4);
  },
);

test("of too many trigger cells those with most mipPt are drawn, and the notes say so", () => {
  const plot = eventDisplay(input(0), { id: "e", source: "test", most: 10 });
  expect(shapesOf(plot).outlines.length).toBe(10);
  expect(plot.notes.join(" ")).toContain("(the 10 with most mipPt of ");
});

test("maps of an event add up to its trigger cells", () => {
  const row = 0;
  const { tc_first, tc_rows } = entries.columns;
  const end = tc_first[row] + tc_rows[row];
  const sum = (values: ArrayLike<number>) =>
    Array.from(values)
      .filter((v) => !Number.isNaN(v))
      .reduce((a, b) => a + b, 0);
  const [counts, before] = occupancyMaps(input(row), "o").panels.map(
    ({ series }) => (series[0].marks[0] as HeatMark).values,
  );
  expect(sum(counts)).toBe(tc_rows[row]);
  expect(sum(before)).toBeCloseTo(sum(tc.columns.tc_mipPt.subarray(tc_first[row], end)), 6);
  let uv = 0;
  for (let t = tc_first[row]; t < end; t++)
    if ([7, 9, 11, 13].includes(tc.columns.tc_layer[t])) uv += tc.columns.tc_mipPt[t];
  expect(sum(shapesOf(uvMap(input(row), "u")).values ?? [])).toBeCloseTo(uv, 6);
});

test("a shower at phi = pi is in one piece", () => {
  // Turned by the bins between its particle and pi.
  const { tc_first, tc_rows, gen_first } = entries.columns;
  const turn = Math.PI - gen.columns.gen_phi[gen_first[0]];
  const wrap = (phi: number) => Math.atan2(Math.sin(phi), Math.cos(phi));
  const turned: SampleBatch = {
    ...batch,
    gen: { ...gen, columns: { ...gen.columns, gen_phi: gen.columns.gen_phi.map((phi) => wrap(phi + turn)) } },
    tc: { ...tc, columns: { ...tc.columns, tc_phi: tc.columns.tc_phi.map((phi) => wrap(phi + turn)) } },
  };
  // A seed just beyond pi, where phi is negative.
  const seeds = createTable(SEEDS, 1);
  Object.assign(seeds.columns, { chain: ["default"] });
  seeds.columns.entry[0] = entries.columns.entry[0];
  seeds.columns.seedXdivZ[0] = -0.2;
  seeds.columns.seedYdivZ[0] = -0.002;
  const plot = occupancyMaps({ ...input(0), batch: turned, seeds }, "o");
  const [mapSeries, seedSeries] = plot.panels[1].series;
  expect((seedSeries.marks[0] as PointsMark).x[0]).toBeCloseTo(Math.PI + 0.01, 4);
  const map = mapSeries.marks[0] as HeatMark;
  expect(map.xEdges[map.xEdges.length - 1] - map.xEdges[0]).toBeLessThan(2);
  const center = turned.gen.columns.gen_phi[gen_first[0]];
  expect(center).toBeGreaterThan(map.xEdges[0]);
  expect(center).toBeLessThan(map.xEdges[map.xEdges.length - 1]);
  const held = Array.from(map.values)
    .filter((value) => !Number.isNaN(value))
    .reduce((a, b) => a + b, 0);
  const all = tc.columns.tc_mipPt.subarray(tc_first[0], tc_first[0] + tc_rows[0]).reduce((a, b) => a + b, 0);
  expect(held).toBeCloseTo(all, 6);
});

test("tiles of the (u, v) map touch where coordinates are neighbours, and nowhere else", () => {
  const { outlines, labels } = shapesOf(uvMap(input(0), "u"));
  const tiles = outlines.map((o, i) => {
    const [, u, v] = /U (-?\d+), V (-?\d+)/.exec(labels?.[i] ?? "")?.map(Number) ?? [];
    return { u, v, x: (o[0] + o[6]) / 2, y: (o[1] + o[7]) / 2 };
  });
  let neighbours = 0;
  for (const [i, a] of tiles.entries()) {
    for (const b of tiles.slice(0, i)) {
      const distance = Math.hypot(a.x - b.x, a.y - b.y) / Math.sqrt(3);
      const isNeighbour = hexDistance(a.u - b.u, a.v - b.v) === 1;
      if (isNeighbour) neighbours++;
      if (isNeighbour) expect(distance).toBeCloseTo(1, 9);
      else expect(distance).toBeGreaterThan(1.5);
    }
  }
  expect(neighbours).toBeGreaterThan(tiles.length);
});

test("texts of an event's figures stay apart", () => {
  for (const { id, svg } of eventsPage([0, 1, 2].map(input)).figures) {
    const boxes = textBoxes(svg);
    const hits = boxes.flatMap((box, i) => boxes.slice(0, i).filter((other) => overlap(box, other)).map(({ text }) => `${id}: ${text} on ${box.text}`)); // prettier-ignore
    expect(hits).toEqual([]);
    expect(svg).not.toMatch(/NaN|undefined/);
  }
});
