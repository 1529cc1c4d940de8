/** The modules next to the beam: which of their signals stay. */
import { expect, test } from "vitest";
import { createGeometry, waferAt } from "../detector/index.js";
import { EdgeModules } from "./pileup-edge.js";
import { type SignalBuffer } from "./signal-buffer.js";

const geometry = createGeometry("V11");
const { wafers } = geometry;

/** What is kept of each layer when a sector is live. */
function thinned(live: number): Map<number, (x: number, y: number) => boolean> {
  const kept = new Map<number, (x: number, y: number) => boolean>();
  const buffer = { keep: (layer: number, keeps: (x: number, y: number) => boolean) => void kept.set(layer, keeps) };
  new EdgeModules(geometry).thin(buffer as unknown as SignalBuffer, live);
  return kept;
}

test("all layers of CE-E, and no others, are thinned", () => {
  expect([...thinned(0).keys()]).toEqual(Array.from({ length: geometry.table.ceeLayers }, (_, k) => k + 1));
});

test("of the six modules at 30, 90, ... degrees those of one sector of 120 degrees stay, and all that are farther", () => {
  const byLive = [0, 1, 2].map(thinned);
  const modules: string[] = [];
  for (let wafer = wafers.first[1]; wafer < wafers.first[2]; wafer++) {
    const [x, y] = [wafers.x[wafer], wafers.y[wafer]];
    if (waferAt(geometry, 1, x, y) !== wafer) continue;
    const staysFor = [0, 1, 2].filter((live) => byLive[live].get(1)?.(x, y) === true);
    if (staysFor.length === 3) continue;
    const angle = Math.round((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
    // Sector 0 is from 60 to 180 degrees.
    expect(staysFor).toEqual([Math.floor(((angle + 300) % 360) / 120)]);
    modules.push(`${angle} ${Math.round(Math.hypot(x, y) / (geometry.table.waferSize + geometry.table.waferGap) / Math.sqrt(3))}`);
  }
  expect(modules.toSorted()).toEqual([30, 90, 150, 210, 270, 330].map((angle) => `${angle} 1`).toSorted());
  expect(byLive.every((kept) => kept.get(1)?.(0, 300) === true)).toBe(true);
}); // prettier-ignore
