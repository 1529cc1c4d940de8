/** What showers know of layers, and how the energy of one is shared among them. */
import { expect, test } from "vitest";
import { logGamma, type Random } from "../core/index.js";
import { createGeometry } from "../detector/index.js";
import { drawLayerEnergies, layerShares, showerLayers } from "./shower-layers.js";

const geometry = createGeometry("V11");
const layers = showerLayers(geometry);

test("each layer answers for the depth halfway to its neighbours, the last for as much behind it as before it", () => {
  expect([layers.count, layers.edgesX0.length, layers.edgesLambda.length, layers.z[0]]).toEqual([50, 51, 51, 322.10275]);
  for (const [depth, edges] of [[layers.x0, layers.edgesX0], [layers.lambda, layers.edgesLambda]]) {
    expect(edges[0]).toBe(0);
    for (let l = 1; l < 50; l++) expect(edges[l] - depth[l - 1]).toBeCloseTo(depth[l] - edges[l], 12);
    expect(edges[50] - depth[49]).toBeCloseTo(depth[49] - edges[49], 12);
  }
  expect([layers.x0[27], layers.lambda[27]]).toEqual([25.5193, 1.5461]);
}); // prettier-ignore

test("signals: layers behind the lead of a cassette of CE-E count more, those before it less, by as much; 300 um silicon", () => {
  const perMip = [0, 1, 26, 27, 28, 49].map((l) => layers.signalPerGev[l] * layers.mipEnergy[l]);
  expect(perMip.map((value) => Math.round(1e6 * value) / 1e6)).toEqual([1.052, 0.948, 1.052, 0.948, 1, 1]);
  expect([layers.mipEnergy[0], layers.mipEnergy[49]]).toEqual([0.008894541, 0.08692952]);
  expect([layers.signalPerMip[0], layers.signalPerMip[49]]).toEqual([1 / 0.77, 1 / 0.84]);
  expect([0, 1, 2, 27, 28, 29].map((l) => layers.isTrigger[l])).toEqual([1, 0, 1, 0, 1, 1]);
});

test("shares of a Gamma distribution of shape 1 are differences of exponentials, of depth along the shower after its start", () => {
  const edges = Float64Array.of(0, 1, 3, 4, 6, 100, 101);
  const out = new Float64Array(8).fill(-9);
  layerShares({ shape: 1, rate: 0.5 }, 2, edges, 0.5, out);
  const before = (depth: number): number => Math.exp(-0.5 * Math.max(0, depth / 0.5 - 2));
  const want = [0, 1, 2, 3, 4, 5].map((l) => before(edges[l]) - before(edges[l + 1]));
  for (const [l, share] of want.entries()) expect(out[l]).toBeCloseTo(share, 6);
  // What would be before the start is not there, and nothing is left behind all of it.
  expect([out[0], out[5], out[6], out[7]]).toEqual([0, 0, -9, -9]);
  expect(out.subarray(0, 6).reduce((sum, share) => sum + share, 0)).toBe(1);
});

test("shares of shape 2 from the first edge on: what lies before it is in no layer", () => {
  const out = new Float64Array(2);
  layerShares({ shape: 2, rate: 1 }, -1, Float64Array.of(1, 2, 3), 1, out);
  const below = (x: number): number => 1 - (1 + x) * Math.exp(-x);
  expect([out[0], out[1]]).toEqual([expect.closeTo(below(3) - below(2), 9), expect.closeTo(below(4) - below(3), 9)]);
  expect(Math.exp(logGamma(2))).toBeCloseTo(1, 9);
});

test("a layer's spots are Poisson of a Gamma mean, its energy the sum of theirs; where there is next to nothing, nothing is drawn", () => {
  const asked: [string, number][] = [];
  const random = {
    gamma: (shape: number) => (asked.push(["gamma", shape]), 10 * shape),
    poisson: (mean: number) => (asked.push(["poisson", mean]), Math.floor(mean)),
  } as unknown as Random;
  const three = { ...layers, count: 3, mipEnergy: Float64Array.of(0.01, 0.02, 0.02), signalPerMip: Float64Array.of(1, 0.5, 2) };
  const [energies, counts] = [new Float64Array(3).fill(-9), new Int32Array(3).fill(-9)];
  // A spot of 2 MIP is 0.02, 0.02, 0.08 GeV; the dispersion 3 halves the mean of the Gamma distribution.
  const shares = Float64Array.of(0.5, 4e-7 * 0.1, 0.01);
  drawLayerEnergies(three, 8, { spotMips: 2, dispersion: 3 }, random, { shares, energies, counts });
  expect(asked.map(([what, value]) => [what, Math.round(1e9 * value) / 1e9])).toEqual([["gamma", 100], ["poisson", 2000], ["gamma", 2000], ["gamma", 0.5], ["poisson", 10], ["gamma", 10]]);
  expect([...counts]).toEqual([2000, 0, 10]);
  expect([...energies].map((value) => Math.round(1e9 * value) / 1e9)).toEqual([400, 0, 8]);
}); // prettier-ignore
