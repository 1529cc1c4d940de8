import { expect, test } from "vitest";
import { hexDistance, universalU, universalV } from "../../../chain/index.js";
import { createGeometry, tcIndex, waferIndex, waferOutline } from "../../../detector/index.js";
import { hexId, hexOfId, waferId, waferOfId } from "../../data/coarse-ids.js";
import { hexCentre, hexCorners, onMap, waferBorder } from "./hex-plane.js";

const geometry = createGeometry("V11");
const { tcU, tcV } = geometry.sensors[0];
const slots = Array.from(tcU, (cu, slot) => [cu, tcV[slot]] as const);

test("cells one step apart are neighbours: they share an edge", () => {
  const corners = new Set<string>();
  const cornersOf = (u: number, v: number): string[] => {
    const out = new Float32Array(12);
    hexCorners(out, 0, u, v, 1);
    return [0, 2, 4, 6, 8, 10].map((k) => `${out[k].toFixed(3)},${out[k + 1].toFixed(3)}`);
  };
  for (const corner of cornersOf(3, -2)) corners.add(corner);
  for (let du = -2; du <= 2; du++) {
    for (let dv = -2; dv <= 2; dv++) {
      const shared = cornersOf(3 + du, -2 + dv).filter((corner) => corners.has(corner)).length;
      expect([du, dv, shared]).toEqual([du, dv, [6, 2, 0][Math.min(2, hexDistance(du, dv))]]);
    }
  }
});

test.each([1, -1])("trigger cells are on the map where they are in the detector, endcap %i", (zside) => {
  const { z } = geometry.layers[8];
  for (const [wu, wv] of [
    [3, -2],
    [-1, 4],
    [5, 6],
  ]) {
    const wafer = waferIndex(geometry, 9, wu, wv);
    const outline = Float32Array.from(
      waferOutline(geometry, wafer),
      (value, k) => ((k % 2 === 0 ? zside : 1) * value) / z,
    );
    for (const [cu, cv] of slots) {
      const tc = tcIndex(geometry, 9, wu, wv, cu, cv);
      const [x, y] = [(zside * geometry.triggerCells.x[tc]) / z, geometry.triggerCells.y[tc] / z];
      const [px, py] = onMap(outline, { wu, wv, zside }, x, y);
      const [hx, hy] = hexCentre(universalU(wu, wv, cu), universalV(wu, wv, cv), zside);
      expect(Math.hypot(px - hx, py - hy)).toBeLessThan(0.25);
    }
  }
});

test("the border of a wafer goes once around it", () => {
  const lines = waferBorder(slots, 2, -3, 1);
  const ends = new Map<string, number>();
  for (const [ax, ay, bx, by] of lines) {
    expect(Math.hypot(bx - ax, by - ay)).toBeCloseTo(1 / Math.sqrt(3), 9);
    for (const end of [`${ax.toFixed(3)},${ay.toFixed(3)}`, `${bx.toFixed(3)},${by.toFixed(3)}`]) {
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
  }
  expect(new Set(ends.values())).toEqual(new Set([2]));
  // 48 cells have 288 edges, each inner one twice.
  const inner = slots.flatMap(([u, v]) => slots.filter(([a, b]) => hexDistance(a - u, b - v) === 1)).length;
  expect(lines.length).toBe(288 - inner);
});

test("numbers of wafers and cells come back from a link", () => {
  for (const [u, v] of [
    [-31, 31],
    [0, 0],
    [12, -7],
  ]) {
    expect(waferOfId(waferId(u, v))).toEqual([u, v]);
    expect(hexOfId(hexId(13 * u, 13 * v))).toEqual([13 * u, 13 * v]);
  }
});
