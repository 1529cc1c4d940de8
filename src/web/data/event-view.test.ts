import { expect, test } from "vitest";
import { createNtupleClusters } from "../../chain/index.js";
import { createGeometry, layerOf } from "../../detector/index.js";
import { createSkim, DEFAULT_SKIM, type SampleBatch, simulateEvents } from "../../events/index.js";
import { createEventView, createLayerOutline } from "./event-view.js";

const geometry = createGeometry("V11");
const chunk = simulateEvents({ particles: "photons", pileup: 0, seed: 9, geometry }, 1, 3);
const batch = createSkim({ ...DEFAULT_SKIM, particles: "photons", endcap: "both" }).skim(createNtupleClusters()(chunk));

/** The first entry with these clusters of CMSSW instead of its own: energy and η. */
function withClusters(clusters: readonly (readonly [energy: number, eta: number])[]): SampleBatch {
  const { entries, cl3d } = batch;
  const n = clusters.length;
  const columns = {
    ...cl3d.columns,
    cl3d_en: Float64Array.from([9999, ...clusters.map(([energy]) => energy), 9999]),
    cl3d_eta: Float64Array.from([2, ...clusters.map(([, eta]) => eta), 2]),
    cl3d_pt: Float64Array.from([0, ...clusters.map(([energy]) => energy / 10), 0]),
    cl3d_phi: Float64Array.from([0, ...clusters.map((_, k) => k), 0]),
  };
  const changed = {
    ...entries.columns,
    cl3d_first: Int32Array.from(entries.columns.cl3d_first).fill(1),
    cl3d_rows: Int32Array.from(entries.columns.cl3d_rows).fill(n),
  };
  return {
    ...batch,
    entries: { ...entries, columns: changed },
    cl3d: { ...cl3d, rows: n + 2, columns },
  } as unknown as SampleBatch;
}

test("clusters of CMSSW are those of the entry's endcap with energy, the most energetic first", () => {
  const { zside } = batch.entries.columns;
  const side = zside[0];
  const clusters = [[5, 2 * side], [80, 2.5 * side], [70, -2 * side], [0, 2 * side], [0.5, 1.6 * side], [6, 0]] as const; // prettier-ignore
  const { cl3d } = createEventView(withClusters(clusters), 0, 7, geometry);
  expect(cl3d).toEqual([
    { energy: 80, pt: 8, eta: 2.5 * side, phi: 1 },
    { energy: 5, pt: 0.5, eta: 2 * side, phi: 0 },
    { energy: 0.5, pt: 0.05, eta: 1.6 * side, phi: 4 },
  ]);
});

test("an event is a copy with its number in the source, and counts the cells that the geometry does not know", () => {
  const view = createEventView(batch, 1, 40, geometry);
  const { event, tc_first, tc_rows } = batch.entries.columns;
  const { tc_cu, tc_mipPt } = batch.tc.columns;
  expect([view.entry, view.number, view.n, view.unknown]).toEqual([40, String(event[1]), tc_rows[1], 0]);
  expect(view.mipPt).toEqual(Float64Array.from(tc_mipPt.slice(tc_first[1], tc_first[1] + tc_rows[1])));
  view.mipPt[0] = -1;
  expect(tc_mipPt[tc_first[1]]).toBeGreaterThan(0);
  const other = Int32Array.from(tc_cu);
  other.fill(99, tc_first[1] + 2, tc_first[1] + 5);
  const changed = { ...batch, tc: { ...batch.tc, columns: { ...batch.tc.columns, tc_cu: other } } };
  expect(createEventView(changed as SampleBatch, 1, 0, geometry).unknown).toBe(3);
});

test.each([7, 40])("layer %d is drawn by closed wafers, and by the circles that its tiles lie between", (layer) => {
  const { z, segments, layer: own } = createLayerOutline(geometry, layer);
  const { first } = geometry.wafers;
  const { z: wanted, scintillator } = layerOf(geometry, layer);
  expect([own, z]).toEqual([layer, wanted]);
  const wafers = first[layer + 1] - first[layer];
  const radii = scintillator === undefined ? [] : [scintillator.rin, scintillator.rout];
  expect(radii.length).toBe(layer === 40 ? 2 : 0);
  expect(segments.length).toBe(4 * (6 * wafers + 180 * radii.length));
  // Each polygon goes on where it was, and ends where it began.
  const gap = (from: number, to: number): number =>
    Math.hypot(segments[4 * from + 2] - segments[4 * to], segments[4 * from + 3] - segments[4 * to + 1]);
  const gaps: number[] = [];
  const polygon = (start: number, n: number): void => {
    for (let k = 0; k < n; k++) gaps.push(gap(start + k, start + ((k + 1) % n)));
  };
  for (let wafer = 0; wafer < wafers; wafer++) polygon(6 * wafer, 6);
  for (const [k, r] of radii.entries()) {
    const start = 6 * wafers + 180 * k;
    polygon(start, 180);
    // The first corner at φ = 0, the quarter at 90 degrees.
    const [x, y] = [segments[4 * start], segments[4 * (start + 45) + 1]];
    expect([x / r, y / r]).toEqual([expect.closeTo(1, 5), expect.closeTo(1, 5)]);
  }
  expect(Math.max(...gaps)).toBeLessThan(1e-4);
  // The middles of the corners are the centres of the wafers.
  const { x, y } = geometry.wafers;
  for (let wafer = 0; wafer < wafers; wafer++) {
    let [sumX, sumY] = [0, 0];
    for (let k = 0; k < 6; k++) {
      sumX += segments[24 * wafer + 4 * k] / 6;
      sumY += segments[24 * wafer + 4 * k + 1] / 6;
    }
    expect(Math.hypot(sumX - x[first[layer] + wafer], sumY - y[first[layer] + wafer])).toBeLessThan(1e-4);
  }
});
