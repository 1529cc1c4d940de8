import assert from "node:assert/strict";
import { expect, test } from "vitest";
import { createNtupleClusters, DEFAULT_PARAMS } from "../../../chain/index.js";
import { createGeometry, SCINTILLATOR_WAFER } from "../../../detector/index.js";
import { createSkim, DEFAULT_SKIM, simulateEvents } from "../../../events/index.js";
import { createChainView } from "../../data/chain-view.js";
import { createLiveClusterer, sliceEntries } from "../../data/clusterer.js";
import { createEventView, createLayerOutline } from "../../data/event-view.js";
import { clusterColour } from "../../ui/colours.js";
import { DEFAULT_VIEW } from "../../model/view-state.js";
import { createLooks, DIFFERS, GHOST, LOOK_BYTES, SHOWN } from "./cells.js";
import { onCoarseWafers, onWafersOfClusters, silhouetteLines, waferLines } from "./frame.js";

const geometry = createGeometry("V11");
const chunk = simulateEvents({ particles: "photons", pileup: 20, seed: 6, geometry }, 1, 4);
const batch = createSkim({ ...DEFAULT_SKIM, particles: "photons", endcap: "both" }).skim(createNtupleClusters()(chunk));
const { zside } = batch.entries.columns;

/** Hexagons of lines, as their corners. */
function hexagonsOf(lines: readonly number[]): (readonly [number, number])[][] {
  return Array.from({ length: lines.length / 48 }, (_, h) =>
    Array.from({ length: 6 }, (_, k) => [lines[48 * h + 8 * k], lines[48 * h + 8 * k + 1]] as const),
  );
}

/** In a hexagon, or this close to it [cm]. */
function isInside(hexagon: readonly (readonly [number, number])[], x: number, y: number, slack = 0.01): boolean {
  const sides = hexagon.map(([ax, ay], k) => {
    const [bx, by] = hexagon[(k + 1) % 6];
    return ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / Math.hypot(bx - ax, by - ay);
  });
  return sides.every((side) => side > -slack) || sides.every((side) => side < slack);
}

test.each([1, -1])("each silicon cell of a cluster lies on a wafer that is drawn at its layer, endcap %d", (side) => {
  const i = zside.indexOf(side);
  const event = createEventView(batch, i, 0, geometry);
  const chain = createChainView(sliceEntries(batch, i, i + 1), createLiveClusterer("default", DEFAULT_PARAMS));
  const seeds = new Set([chain.clusters[0].seed]);
  const { points } = onWafersOfClusters(event, chain.assignment, seeds, { ...DEFAULT_VIEW, from: 3, to: 40 });
  expect([Math.min(...points.keys()) >= 3, Math.max(...points.keys()) <= 40]).toEqual([true, true]);
  let cells = 0;
  for (const [layer, places] of points) {
    const lines = waferLines(createLayerOutline(geometry, layer), places, side);
    const hexagons = hexagonsOf(lines);
    const wafers = new Set<string>();
    for (let t = 0; t < event.n; t++) {
      if (event.layer[t] !== layer || !seeds.has(chain.assignment[t]) || event.wu[t] === SCINTILLATOR_WAFER) continue;
      wafers.add(`${event.wu[t]} ${event.wv[t]}`);
      cells++;
      expect(hexagons.filter((hexagon) => isInside(hexagon, event.x[t], event.y[t])).length).toBe(1);
      expect(lines[2]).toBeCloseTo(event.z[t], 3);
    }
    expect(hexagons.length).toBe(wafers.size);
  }
  expect(cells).toBeGreaterThan(20);
});

test("the wafers of coarse seeds are drawn at the summed layers that are shown, around their cells", () => {
  const i = zside.indexOf(-1);
  const event = createEventView(batch, i, 0, geometry);
  const params = { ...DEFAULT_PARAMS, cs: { ...DEFAULT_PARAMS.cs, threshold: [20, 20, 20] } };
  const { coarse } = createChainView(sliceEntries(batch, i, i + 1), createLiveClusterer("cs", params));
  if (coarse === null) throw new Error("no coarse seeds");
  const { points, unit } = onCoarseWafers(coarse, -1, { ...DEFAULT_VIEW, from: 9 });
  expect([...points.keys()]).toEqual([9, 11, 13]);
  expect(coarse.coarse.length).toBeGreaterThan(2);
  const { z } = createLayerOutline(geometry, unit ?? 0);
  const names = new Set(coarse.coarse.map(({ wafer }) => `${coarse.wafers.wu[wafer]} ${coarse.wafers.wv[wafer]}`));
  let cells = 0;
  for (const [layer, places] of points) {
    const scaled = places.map((value) => value * z);
    const hexagons = hexagonsOf(waferLines(createLayerOutline(geometry, layer), scaled, -1));
    expect(hexagons.length).toBe(names.size);
    for (let t = 0; t < event.n; t++) {
      if (event.layer[t] !== layer) continue;
      const isNamed = names.has(`${event.wu[t]} ${event.wv[t]}`);
      const around = hexagons.filter((hexagon) => isInside(hexagon, event.x[t], event.y[t], -0.2)).length;
      // Near the rim it may be either.
      if (around > 0) assert.ok(isNamed, `cell ${t}`);
      cells += around;
    }
  }
  expect(cells).toBeGreaterThan(20);
});

test("the silhouette spans the layers in z, from the beam hole to the rim", () => {
  const layers = [1, 28, 50].map((layer) => createLayerOutline(geometry, layer));
  const lines = silhouetteLines(layers, -1);
  const z = lines.filter((_, k) => k % 4 === 2);
  expect([Math.min(...z), Math.max(...z)]).toEqual([-layers[2].z, -layers[0].z]);
  const r = Array.from({ length: lines.length / 4 }, (_, k) => Math.hypot(lines[4 * k], lines[4 * k + 1]));
  expect([Math.min(...r) > 10, Math.max(...r) > 200, Math.max(...r) < 300]).toEqual([true, true, true]);
});

test("looks: shown by layer and threshold, ghosts outside of the picked cluster, marks where chains differ", () => {
  const event = createEventView(batch, 0, 0, geometry);
  const chain = createChainView(sliceEntries(batch, 0, 1), createLiveClusterer("default", DEFAULT_PARAMS));
  const [{ seed }] = chain.clusters;
  const differs = new Uint8Array(event.n);
  const marked = chain.assignment.indexOf(seed);
  differs[marked] = 1;
  const view = { ...DEFAULT_VIEW, mip: 0, to: 30 };
  const side = { colourOf: clusterColour, differs: () => differs };
  const { bytes, shown } = createLooks(event, chain, view, seed, side);
  const flags = (t: number): number => bytes[LOOK_BYTES * t + 4];
  let count = 0;
  for (let t = 0; t < event.n; t++) {
    const isShown = event.mipPt[t] > 0 && event.layer[t] <= 30;
    assert.equal((flags(t) & SHOWN) !== 0, isShown, `cell ${t}`);
    if (!isShown) continue;
    count++;
    assert.equal((flags(t) & GHOST) !== 0, chain.assignment[t] !== seed, `cell ${t}`);
    assert.equal((flags(t) & DIFFERS) !== 0, t === marked, `cell ${t}`);
    assert.ok(bytes[LOOK_BYTES * t + 3] > 0);
  }
  expect(shown).toBe(count);
});

test("the silhouette: closed circles at both ends, and straight lines at every 45 degrees along both edges in between", () => {
  const reach = [
    { z: 300, radii: [10, 100] },
    { z: 350, radii: [20, 150] },
    { z: 500, radii: [30, 200] },
  ];
  const layers = reach.map(({ z, radii: [least, most] }, k) => ({
    ...{ layer: k + 1, z },
    segments: Float32Array.of(0, most, 0, 0.5 * (least + most), -0.8 * least, 0.6 * least, most, 0),
  }));
  const lines = silhouetteLines(layers, 1);
  const ends = Array.from({ length: lines.length / 4 }, (_, k) => {
    const [x, y, z, opacity] = lines.slice(4 * k, 4 * k + 4);
    return { x, y, z, opacity, r: Math.hypot(x, y) };
  });
  expect(new Set(ends.map(({ opacity }) => opacity))).toEqual(new Set([0.35]));
  const pairs = ends.flatMap((from, k) => (k % 2 === 0 ? [[from, ends[k + 1]] as const] : []));
  const round = pairs.filter(([from, to]) => from.z === to.z);
  const straight = pairs.filter(([from, to]) => from.z !== to.z);
  expect(straight.length).toBe(2 * 2 * 8);
  for (const [at, [z, r]] of [[300, 10], [300, 100], [500, 30], [500, 200]].entries()) {
    const circle = round.slice((at * round.length) / 4, ((at + 1) * round.length) / 4);
    for (const [k, [from, to]] of circle.entries()) {
      const next = circle[(k + 1) % circle.length][0];
      expect([from.z, from.r, to.x, to.y]).toEqual([z, ...[r, next.x, next.y].map((value) => expect.closeTo(value, 4))]);
      // All parts are as long, counterclockwise, and once around.
      const turn = Math.asin((from.x * to.y - from.y * to.x) / (r * r));
      expect(turn).toBeCloseTo((2 * Math.PI) / circle.length, 5);
    }
  }
  const seen = straight.map(([from, to]) => {
    const i = reach.findIndex(({ z }) => z === from.z);
    const edge = reach[i].radii.findIndex((r) => Math.abs(r - from.r) < 1e-4);
    expect([to.z, to.r]).toEqual([reach[i + 1].z, expect.closeTo(reach[i + 1].radii[edge], 4)]);
    // Both ends at the same angle, a multiple of 45 degrees.
    expect(from.x * to.y - from.y * to.x).toBeCloseTo(0, 6);
    const angle = (Math.atan2(from.y, from.x) * 4) / Math.PI;
    expect(angle).toBeCloseTo(Math.round(angle), 9);
    return `${i} ${edge} ${(Math.round(angle) + 8) % 8}`;
  });
  expect(new Set(seen).size).toBe(32);
}); // prettier-ignore
