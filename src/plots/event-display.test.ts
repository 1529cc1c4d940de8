/** The display of a made-up event: which trigger cells, seeds and outlines are there. */
import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { createGeometry, tcOutline } from "../detector/index.js";
import { ASSIGNMENT, CL3D, CLUSTERS, ENTRIES, GEN, type SampleBatch, SEEDS, TC } from "../events/index.js";
import { eventDisplay, type EventDisplayInput } from "./event-display.js";
import { type Plot, type PointsMark, type Series, type ShapesMark } from "./plot.js";

const geometry = createGeometry("V11");
const { triggerCells } = geometry;
const z0 = geometry.layers[0].z;

/** Silicon cells of one layer by their distance to a point of it. */
function cellsNear(layer: number, x: number, y: number, n: number): number[] {
  return Array.from({ length: triggerCells.rows }, (_, tc) => tc)
    .filter((tc) => triggerCells.layer[tc] === layer && triggerCells.wu[tc] > -900)
    .map((tc) => ({ tc, d: Math.hypot(triggerCells.x[tc] - x, triggerCells.y[tc] - y) }))
    .toSorted((a, b) => a.d - b.d)
    .slice(0, n)
    .map(({ tc }) => tc);
}

/** 19 cells of layer 1 around a particle in its middle, of which the first ones belong to clusters. */
const NEAR = cellsNear(1, 60, 20, 19);
const [MIDDLE] = NEAR;
const [px, py] = [triggerCells.x[MIDDLE], triggerCells.y[MIDDLE]];

function event(
  seedOf: readonly number[],
  seedsAt: readonly (readonly [number, number])[],
  clusterSeeds: readonly number[],
): EventDisplayInput {
  const cells = [...NEAR, ...cellsNear(1, -60, -20, 3)];
  const entries = createTable(ENTRIES, 1);
  const [gen, cl3d, tc] = [createTable(GEN, 1), createTable(CL3D, 0), createTable(TC, cells.length)];
  entries.columns.zside[0] = 1;
  entries.columns.gen_rows[0] = 1;
  entries.columns.tc_rows[0] = cells.length;
  gen.columns.gen_eta[0] = Math.asinh(z0 / Math.hypot(px, py));
  gen.columns.gen_phi[0] = Math.atan2(py, px);
  gen.columns.gen_en[0] = 100;
  gen.columns.gen_pid[0] = 22;
  for (const [i, cell] of cells.entries()) {
    const { layer, wu, wv, cu, cv } = triggerCells;
    tc.columns.tc_layer[i] = layer[cell];
    tc.columns.tc_wu[i] = wu[cell];
    tc.columns.tc_wv[i] = wv[cell];
    tc.columns.tc_cu[i] = cu[cell];
    tc.columns.tc_cv[i] = cv[cell];
    tc.columns.tc_z[i] = z0;
    tc.columns.tc_zside[i] = 1;
    tc.columns.tc_mipPt[i] = 100 - i;
  }
  const seeds = createTable(SEEDS, seedsAt.length);
  for (const [s, [dx, dy]] of seedsAt.entries()) {
    seeds.columns.chain[s] = "default";
    seeds.columns.seed_idx[s] = s;
    seeds.columns.seedXdivZ[s] = (px + dx) / z0;
    seeds.columns.seedYdivZ[s] = (py + dy) / z0;
  }
  const clusters = createTable(CLUSTERS, clusterSeeds.length);
  for (const [c, s] of clusterSeeds.entries()) {
    clusters.columns.chain[c] = "default";
    clusters.columns.seed_idx[c] = s;
  }
  const assigned = seedOf.flatMap((s, i) => (s < 0 ? [] : [[i, s]]));
  const assignment = createTable(ASSIGNMENT, assigned.length);
  for (const [k, [row, s]] of assigned.entries()) {
    assignment.columns.chain[k] = "default";
    assignment.columns.tc_row[k] = row;
    assignment.columns.seed_idx[k] = s;
  }
  const batch: SampleBatch = { entries, gen, cl3d, tc };
  return { geometry, batch, row: 0, chain: "default", seeds, clusters, assignment };
}

const display = (input: EventDisplayInput, reach = 0.02): Plot =>
  eventDisplay(input, { id: "e", source: "test", reach });
const mapOf = (plot: Plot): ShapesMark => plot.panels[0].series[0].marks[0] as ShapesMark;
const hullsOf = (plot: Plot): Series[] => plot.panels[0].series.filter(({ name }) => name?.startsWith("cluster "));
const cornersOf = (outline: ArrayLike<number>): [number, number][] =>
  Array.from({ length: outline.length / 2 }, (_, k) => [outline[2 * k], outline[2 * k + 1]]);
const cross = ([ax, ay]: readonly number[], [bx, by]: readonly number[], [x, y]: readonly number[]): number =>
  (bx - ax) * (y - ay) - (by - ay) * (x - ax);

test("cells around the particle are shown, those with most mipPt on top; others are not", () => {
  const { outlines, values, labels } = mapOf(display(event([0, 1], [[0, 0]], [0])));
  expect(Array.from(values ?? [])).toEqual(Array.from({ length: 19 }, (_, k) => 82 + k));
  expect(labels?.slice(-3)).toEqual(["layer 1", "layer 1, cluster 1", "layer 1, cluster 0"]);
  // Exactly where they are: the layer is the first one.
  expect(Array.from(outlines[18])).toEqual(Array.from(tcOutline(geometry, MIDDLE), (value) => expect.closeTo(value, 9) as number)); // prettier-ignore
});

test("the square around the particle, and all layers beside its radius; seeds and particles stand before the first layer", () => {
  const { panels } = display(event([], [[1, 0]], []));
  const [half, r] = [0.02 * z0, Math.hypot(px, py)];
  const around = (value: number): unknown[] => [value - half, value + half].map((end) => expect.closeTo(end, 6) as number);
  expect(panels.map(({ x, y, color }) => [x.range, y.range, color?.log])).toEqual([
    [around(px), around(py), true],
    [[-2, geometry.layers.length + 1], around(r), true],
  ]);
  const spots = panels[1].series.flatMap(({ marks: [mark] }) => (mark.kind === "points" ? [[mark.x, mark.y]] : []));
  expect(spots).toEqual([
    [[0], [expect.closeTo(Math.hypot(px + 1, py), 6)]],
    [[0], [expect.closeTo(r, 6)]],
  ]);
}); // prettier-ignore

test("a cell that only reaches into what is shown is shown too", () => {
  const wide = mapOf(display(event([], [], []), 0.02)).outlines;
  // The square ends between the middle of a cell and its nearest corner.
  const far = wide.map((outline) =>
    Math.min(...cornersOf(outline).map(([x, y]) => Math.max(Math.abs(x - px), Math.abs(y - py)))),
  );
  for (const limit of [0.5, 1.5, 2.5, 4, 6]) {
    const shown = mapOf(display(event([], [], []), limit / z0)).outlines;
    expect(shown).toHaveLength(far.filter((distance) => distance < limit).length);
  }
});

test("the outline of a cluster is the smallest convex polygon around its cells: its corners are theirs, it turns left, and no corner is too much", () => {
  const plot = display(
    event(
      [0, 0, 0, 0, 0, 0, 0, 1, 1],
      [
        [0, 0],
        [4, 0],
      ],
      [0, 1],
    ),
  );
  const [first, second] = hullsOf(plot).map(({ marks }) => cornersOf((marks[0] as ShapesMark).outlines[0]));
  const cells = mapOf(plot).outlines.map(cornersOf).toReversed();
  for (const [hull, own] of [
    [first, cells.slice(0, 7).flat()],
    [second, cells.slice(7, 9).flat()],
  ]) {
    expect(hull.length).toBeGreaterThan(3);
    for (const [k, corner] of hull.entries()) {
      const [next, after] = [hull[(k + 1) % hull.length], hull[(k + 2) % hull.length]];
      expect(own).toContainEqual(corner);
      // Strictly: three corners on a line would be one too many.
      expect(cross(corner, next, after)).toBeGreaterThan(0);
      expect(Math.min(...own.map((point) => cross(corner, next, point)))).toBeGreaterThan(-1e-9);
    }
  }
});

test("corners on one line: of a cell from the side, a rectangle, four remain", () => {
  // Cells of one layer are rectangles above each other: their hull is one rectangle.
  const plot = display(event([0, 0, 0, 0, 0, 0, 0], [[0, 0]], [0]));
  const [side] = plot.panels[1].series.filter(({ name }) => name?.startsWith("cluster 0"));
  const hull = cornersOf((side.marks[0] as ShapesMark).outlines[0]);
  const own = mapOf(plot)
    .outlines.slice(-7)
    .flatMap(cornersOf)
    .map(([x, y]) => Math.hypot(x, y));
  const [low, high] = [Math.min(...own), Math.max(...own)];
  expect(hull).toHaveLength(4);
  expect(new Set(hull.map(([x, y]) => `${x} ${y}`))).toEqual(
    new Set(
      [
        [0.55, low],
        [1.45, low],
        [1.45, high],
        [0.55, high],
      ].map(([x, y]) => `${x} ${y}`),
    ),
  );
});

test("outlined are the clusters of the four seeds nearest to the particle, nearest first; seeds without one are passed over", () => {
  const places = [
    [3, 0],
    [1, 0],
    [2, 0],
    [0, 4],
    [0, 5],
    [0, 0.5],
    [0, 90],
  ] as const;
  const plot = display(event([], places, [0, 1, 3, 4, 5, 6]));
  expect(hullsOf(plot).map(({ name }) => name?.split(":")[0])).toEqual([
    "cluster 5",
    "cluster 1",
    "cluster 0",
    "cluster 3",
  ]);
  const seeds = plot.panels[0].series.find(({ name }) => name === "seed")?.marks[0] as PointsMark;
  // The one that is far away is not shown.
  expect(seeds.labels?.map((text) => text.split(":")[0])).toEqual([
    "seed 5",
    "seed 1",
    "seed 2",
    "seed 0",
    "seed 3",
    "seed 4",
  ]);
  expect(new Set(hullsOf(plot).map(({ dash }) => dash)).size).toBe(4);
  expect(plot.notes[1]).toContain("the clusters next to the particle (4)");
  expect(display(event([], [[0, 0]], [0])).notes[1]).not.toContain("next to the particle");
});

test("what is shown is a square around the particle; from the side, its radius; title and particle are the generated ones", () => {
  const plot = display(event([], [[3, 0]], [0]));
  const [front, side] = plot.panels;
  const r = Math.hypot(px, py);
  for (const [range, at] of [
    [front.x.range, px],
    [front.y.range, py],
    [side.y.range, r],
  ] as const) {
    expect(range?.[0]).toBeCloseTo(at - 0.02 * z0, 3);
    expect(range?.[1]).toBeCloseTo(at + 0.02 * z0, 3);
  }
  const of = (name: string, panel: number) =>
    plot.panels[panel].series.find((series) => series.name === name)?.marks[0] as PointsMark;
  expect([of("particle", 0).x[0], of("particle", 0).y[0], of("particle", 1).y[0]]).toEqual(
    [px, py, r].map((value) => expect.closeTo(value, 3)),
  );
  expect([of("seed", 1).x[0], of("seed", 1).y[0]]).toEqual([0, expect.closeTo(Math.hypot(px + 3, py), 3)]);
  const pt = 100 / Math.cosh(Math.asinh(z0 / r));
  expect(plot.title).toContain(`Photon, pT ${pt.toPrecision(3)} GeV`);
  expect(plot.title).toMatch(/: 1 cluster \(default chain\)$/);
  expect(display(event([], [], [])).title).toMatch(/: 0 clusters \(/);
});
