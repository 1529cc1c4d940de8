/** Layers and scales of energy of some of V11's layers. */
import { expect, test } from "vitest";
import { cellNoise, gevPerMip, mipPtToPt, ptToMipPt, thicknessCorrection } from "./calibration.js";
import { layerOf } from "./geometry.js";
import { small } from "./small.test-data.js";
import { subdetOf, triggerLayersOf } from "./versions.js";

const { layers, table } = small;

test("each layer has its own numbers of the table, from layer 1 on", () => {
  // V11's layers 1, 2, 29, 30, 37, 42, 47.
  expect(layers.map(({ layer, kind, subdet, trigger }) => [layer, kind, subdet, trigger])).toEqual([
    ...[[1, "CE-E", 1, true], [2, "CE-E", 1, false], [3, "CE-H", 2, true], [4, "CE-H", 2, true]],
    ...[[5, "CE-H", 2, true], [6, "CE-H", 2, true], [7, "CE-H", 2, true]],
  ]);
  expect(layers.map(({ z }) => z)).toEqual([322.10275, 323.04725, 367.699, 373.149, 411.299, 444.749, 487.499]);
  expect(layers.map(({ rin, rout }) => [rin, rout])).toEqual([
    ...[[28.75, 152.33], [28.75, 152.33], [33.49, 166.684], [33.49, 168.744], [38.67, 153.7], [50.23, 137.82], [50.23, 103.78]],
  ]);
  const shift = 16.74408 / Math.sqrt(3);
  for (const [i, by] of [0, 0, 1, -1, 1, -1, 1].entries()) expect(layers[i].waferY).toBeCloseTo(by * shift, 9);
  expect(layers.map(({ dEdX, dEdXTrigger }) => [dEdX, dEdXTrigger]).slice(0, 3)).toEqual([[8.894541, 8.894541], [10.937907, 0], [51.574301, 83.906398]]);
  expect(layers.map(({ x0Cum, lambdaCum }) => [x0Cum, lambdaCum]).slice(0, 2)).toEqual([[0.4462, 0.0252], [1.4411, 0.0907]]);
  expect([layers[0].x0, layers[0].lambda]).toEqual([0.4462, 0.0252]);
  expect([layers[1].x0, layers[1].lambda]).toEqual([expect.closeTo(0.9949, 9), expect.closeTo(0.0655, 9)]);
}); // prettier-ignore

test("scintillator: its rings, TCs of two of them each, and where it begins and ends", () => {
  expect(layers.slice(0, 4).map(({ scintillator }) => scintillator)).toEqual([undefined, undefined, undefined, undefined]);
  const rings = layers.slice(4).map(({ scintillator: s }) => [s?.firstRing, s?.lastRing, s?.firstIeta, s?.lastIeta, s?.rin, s?.rout]);
  expect(rings).toEqual([[18, 29, 9, 15, 152.0727, 200.5512], [13, 37, 7, 19, 135.7843, 242.5285], [1, 41, 1, 21, 103.78, 267.3496]]);
  expect(layers[4].scintillator?.z).toBeCloseTo(411.299 - 0.1995, 9);
}); // prettier-ignore

test("energies: MeV per MIP of the trigger over the correction of the silicon's thickness, in CE-E, CE-H and scintillator", () => {
  const of = { ...small, table: { ...table, thicknessCorrection: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7] } };
  expect([1, 2].map((layer) => [0, 1, 2, 3].map((type) => thicknessCorrection(of, layer, type)))).toEqual([[0.1, 0.2, 0.3, 0.7], [0.1, 0.2, 0.3, 0.7]]);
  expect([0, 1, 2, 3].map((type) => thicknessCorrection(of, 3, type))).toEqual([0.4, 0.5, 0.6, 0.7]);
  expect([gevPerMip(of, 1, 0), gevPerMip(of, 2, 0)]).toEqual([expect.closeTo(0.08894541, 12), 0]);
  expect(mipPtToPt(of, 3, 1, 4)).toBeCloseTo((4 * 0.083906398) / 0.5, 12);
  expect(ptToMipPt(of, 3, 1, mipPtToPt(of, 3, 1, 4))).toBeCloseTo(4, 12);
  expect(ptToMipPt(of, 2, 1, 1)).toBe(Infinity);
  expect([0, 1, 2, 3].map((type) => cellNoise(of, type))).toEqual([0.156, 0.112, 0.062, 0]);
}); // prettier-ignore

test("layers by their number; parts of the detector by wafer and layer", () => {
  expect([layerOf(small, 1), layerOf(small, 7)]).toEqual([layers[0], layers[6]]);
  for (const layer of [0, -1, 8, 1.5]) expect(() => layerOf(small, layer)).toThrow(`no layer ${layer} in geometry some of V11; layers are 1 to 7`);
  expect([subdetOf(3, 28, "V11"), subdetOf(3, 29, "V11"), subdetOf(-999, 40, "V11"), subdetOf(0, 1, "V11")]).toEqual([1, 2, 10, 1]);
  const read = triggerLayersOf("V11");
  expect([read.length, read.slice(0, 3), read.slice(13, 16), read.at(-1)]).toEqual([36, [1, 3, 5], [27, 29, 30], 50]);
}); // prettier-ignore
