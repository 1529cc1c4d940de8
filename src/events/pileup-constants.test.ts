/** Corrections of pile-up: laws of the table that the script makes. */
import { expect, test } from "vitest";
import { createGeometry } from "../detector/index.js";
import { COLLISION, LIBRARY, RADIAL_GAIN } from "./pileup-constants.js";
import { PILEUP_V11 as table } from "./tables/pileup-v11.js";

const { layers } = createGeometry("V11");

test("a gain is 1 where there is nothing to correct, and near it elsewhere; there is one a layer", () => {
  expect([table.layerGain.length, table.tileGain.length]).toEqual([layers.length, layers.length]);
  for (const { layer, trigger, scintillator } of layers) {
    if (!trigger) expect([layer, table.layerGain[layer - 1]]).toEqual([layer, 1]);
    if (scintillator === undefined) expect([layer, table.tileGain[layer - 1]]).toEqual([layer, 1]);
  }
  const { front, back, ceh } = table.radialGain;
  for (const gain of [front, back, ceh]) expect(gain).toHaveLength(RADIAL_GAIN.nodes);
  for (const gain of [table.layerGain, table.tileGain, front, back, ceh, table.etaDensity].flat()) {
    expect(gain).toBeGreaterThan(0.5);
    expect(gain).toBeLessThan(4);
  }
});

test("the library of showers spans the energies and eta of the particles", () => {
  const last = LIBRARY.minEnergy * LIBRARY.energyRatio ** (LIBRARY.energies - 1);
  expect([Math.round(1000 * LIBRARY.minEnergy), Math.round(last)]).toEqual([50, 59]);
  expect(LIBRARY.etas.every((eta) => eta > COLLISION.minEta && eta < COLLISION.maxEta)).toBe(true);
  expect(COLLISION.maxPt / COLLISION.minPt).toBe(500);
});
