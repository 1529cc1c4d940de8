import { expect, test } from "vitest";
import { createGeometry } from "../detector/index.js";
import { RADIAL_GAIN } from "./pileup-constants.js";
import { PileUpGain } from "./pileup-gain.js";

const geometry = createGeometry("V11");
const { first, step, nodes, lastFront } = RADIAL_GAIN;

/** Gains that tell layers and parts of the detector apart. */
const table = {
  etaDensity: [],
  layerGain: geometry.layers.map(({ layer }) => 1 + layer / 100),
  tileGain: geometry.layers.map(({ layer }) => 3 + layer / 100),
  radialGain: {
    front: Array.from({ length: nodes }, (_, k) => 1 + k),
    back: Array.from({ length: nodes }, (_, k) => 20 + k * k),
    ceh: Array.from({ length: nodes }, (_, k) => 60 - k),
  },
};
const gain = new PileUpGain(geometry, table);

test("silicon has the gain of its layer times that of its radius, linear between the nodes; scintillator that of its layer", () => {
  const { ceeLayers } = geometry.table;
  for (const { layer } of geometry.layers) {
    const radial = layer > ceeLayers ? table.radialGain.ceh : layer <= lastFront ? table.radialGain.front : table.radialGain.back; // prettier-ignore
    for (const r of [20, 31, 44, 70, 100, 134, 160, 200, 260]) {
      // The same within a step of 128 cm2.
      const middle = Math.sqrt((Math.floor((r * r) / 128) + 0.5) * 128);
      const at = Math.min(nodes - 1, Math.max(0, (middle - first) / step));
      const k = Math.min(nodes - 2, Math.floor(at));
      const silicon = (1 + layer / 100) * (radial[k] * (k + 1 - at) + radial[k + 1] * (at - k));
      const want = middle * middle < geometry.boundary2[layer] ? silicon : 3 + layer / 100;
      expect([layer, r, gain.at(layer, r * r)]).toEqual([layer, r, expect.closeTo(want, 4)]);
    }
    expect(gain.at(layer, 1e6)).toBe(gain.at(layer, 600 * 128 - 1));
  }
});
