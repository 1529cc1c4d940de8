/** The trigger cells of some layers: which there are, where they stand, and the other endcap. */
import { expect, test } from "vitest";
import { THICKNESS_NAMES } from "./index.js";
import { small } from "./small.test-data.js";
import { negativeEndcap } from "./trigger-cells.js";

const { triggerCells: tcs, ofSlot, siliconRows, scintFirst, wafers, layers, sensors, table } = small;

test("a silicon TC of a wafer that is read out is there when some of its cells count, and stands at the mean of those", () => {
  const wrong: number[] = [];
  let next = 0;
  for (let wafer = 0; wafer < wafers.rows; wafer++) {
    const layer = layers[wafers.layer[wafer] - 1];
    const sensor = sensors[wafers.thickness[wafer]];
    for (let slot = 0; slot < 48; slot++) {
      const sum = { n: 0, x: 0, y: 0 };
      for (let k = 0; k < sensor.cellsPerTc; k++) {
        const x = wafers.x[wafer] + sensor.x[slot * sensor.cellsPerTc + k];
        const y = wafers.y[wafer] + sensor.y[slot * sensor.cellsPerTc + k];
        const r = Math.sqrt(x * x + y * y);
        if (r < layer.rin || r > layer.rout) continue;
        sum.n++;
        sum.x += x;
        sum.y += y;
      }
      const tc = ofSlot[48 * wafer + slot];
      if (tc !== (layer.trigger && sum.n > 0 ? next : -1)) wrong.push(wafer);
      if (tc < 0) continue;
      next++;
      const isThere = Math.abs(tcs.x[tc] - sum.x / sum.n) + Math.abs(tcs.y[tc] - sum.y / sum.n) < 1e-9;
      const named = [tcs.layer[tc], tcs.subdet[tc], tcs.wu[tc], tcs.wv[tc], tcs.thickness[tc], tcs.z[tc]];
      const want = [layer.layer, layer.layer <= 2 ? 1 : 2, wafers.u[wafer], wafers.v[wafer], wafers.thickness[wafer], layer.z];
      const isNamed = named.every((value, i) => value === want[i]);
      if (!isThere || !isNamed || sensor.slotOfTc[8 * tcs.cu[tc] + tcs.cv[tc]] !== slot) wrong.push(wafer);
    }
  }
  expect([wrong, ofSlot.length]).toEqual([[], 48 * wafers.rows]);
  expect([next, siliconRows > 50_000]).toEqual([siliconRows, true]);
}); // prettier-ignore

test("scintillator TCs follow the silicon: 144 a ring of TCs, by layer, ieta and iphi, at the mean of their four tiles", () => {
  let tc = siliconRows;
  for (const { layer, scintillator } of layers) {
    expect([layer, scintFirst[layer]]).toEqual([layer, tc]);
    if (scintillator === undefined) continue;
    for (let ieta = scintillator.firstIeta; ieta <= scintillator.lastIeta; ieta++) {
      const rings = [2 * ieta - 1, 2 * ieta].filter((ring) => ring >= scintillator.firstRing && ring <= scintillator.lastRing);
      const r = rings.reduce((sum, ring) => sum + (table.scintRings[ring - 1] + table.scintRings[ring]) / 2, 0) / rings.length;
      for (let iphi = 1; iphi <= 144; iphi++, tc++) {
        const tiles = [2 * iphi - 1.5, 2 * iphi - 0.5].map((tile) => (tile * 2 * Math.PI) / 288);
        const [x, y] = [Math.cos, Math.sin].map((of) => (r * (of(tiles[0]) + of(tiles[1]))) / 2);
        const isThere = Math.abs(tcs.x[tc] - x) + Math.abs(tcs.y[tc] - y) < 1e-9;
        const named = [tcs.layer[tc], tcs.subdet[tc], tcs.wu[tc], tcs.wv[tc], tcs.cu[tc], tcs.cv[tc], tcs.thickness[tc]];
        if (!isThere || named.join() !== [layer, 10, -999, -999, ieta, iphi, 3].join() || tcs.z[tc] !== scintillator.z)
          expect.fail(`TC ${tc}: ${named.join()} at ${tcs.x[tc]}, ${tcs.y[tc]}`);
      }
    }
  }
  expect([tcs.rows, THICKNESS_NAMES[3], scintFirst[8]]).toEqual([tc, "scintillator", tc]);
  expect(small.cells).toBe(small.firstTile + 4 * (tc - siliconRows));
}); // prettier-ignore

test("eta and phi are those of the position; the other endcap is turned about the y axis", () => {
  const other = negativeEndcap(tcs);
  expect([other.rows, other.layer, other.cu]).toEqual([tcs.rows, tcs.layer, tcs.cu]);
  const wrong: number[] = [];
  for (let tc = 0; tc < tcs.rows; tc++) {
    const [x, y, z] = [tcs.x[tc], tcs.y[tc], tcs.z[tc]];
    // tan(theta / 2) = e^-eta.
    const eta = -Math.log(Math.tan(Math.atan2(Math.sqrt(x * x + y * y), z) / 2));
    if (Math.abs(tcs.eta[tc] - eta) + Math.abs(tcs.phi[tc] - Math.atan2(y, x)) > 1e-12) wrong.push(tc);
    if (other.x[tc] !== -x || other.y[tc] !== y || other.z[tc] !== -z || other.eta[tc] !== -tcs.eta[tc]) wrong.push(tc);
    if (other.phi[tc] !== Math.atan2(y, -x)) wrong.push(tc);
  }
  expect(wrong).toEqual([]);
});
