/** Single showers against Geant4: photons and pions at eta 2 (V16, OzAmram/CMSHGCaloChallenge), compared in X0. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Random } from "../core/index.js";
import { createGeometry } from "../detector/index.js";
import { type Axis } from "./shower-spots.js";
import { ShowerMaker } from "./shower.js";

const SEED = 3;
const geometry = createGeometry("V11");
const maker = new ShowerMaker(geometry);
const slope = 1 / Math.sinh(2);
const axis: Axis = { x: 0, y: 0, z0: 0, slopeX: slope, slopeY: 0 };
const nothing = { deposit: () => undefined };
/** Sums of the first layers. */
const cumulative = (shares: ArrayLike<number>): number[] => {
  let sum = 0;
  return Array.from(shares, (share) => (sum += share));
};

/** Mean share of each layer, and mean and sigma of the measured energy [GeV], dE/dx weighted, of all layers. */
function simulate(particle: "photon" | "electron" | "pion", energy: number, n: number) {
  const shares = new Float64Array(geometry.layers.length);
  let sum = 0;
  let sum2 = 0;
  for (let i = 0; i < n; i++) {
    const random = new Random(SEED, i);
    if (particle === "pion") maker.pion(energy, axis, random, nothing);
    else maker.electromagnetic(energy, particle === "photon", axis, random, nothing);
    const total = maker.measured.reduce((a, b) => a + b);
    for (let l = 0; l < shares.length; l++) shares[l] += maker.measured[l] / total / n;
    sum += total / n;
    sum2 += (total * total) / n;
  }
  return { shares, mean: sum, sigma: Math.sqrt(sum2 - sum * sum) };
}

/** Mean depth in CE-E at the sensors [X0]. */
function meanDepth(shares: Float64Array): number {
  const cee = shares.subarray(0, geometry.table.ceeLayers);
  const depth = cee.reduce((sum, share, l) => sum + share * geometry.layers[l].x0Cum, 0);
  return depth / cee.reduce((a, b) => a + b);
}

test.each([
  { energy: 5, depth: 8.39, resolution: 0.23 },
  { energy: 50, depth: 10.54, resolution: 0.239 },
  { energy: 500, depth: 12.69, resolution: 0.3 },
])("photons of $energy GeV: mean depth and resolution", ({ energy, depth, resolution }) => {
  const { shares, mean, sigma } = simulate("photon", energy, 1500);
  const what = `seed ${SEED}`;
  expect(Math.abs(meanDepth(shares) - depth), what).toBeLessThan(0.2);
  expect(Math.abs(mean / energy - 1), what).toBeLessThan(0.01);
  // At 500 GeV leakage and calibration, which the model has less of, widen Geant4's distribution.
  if (energy < 500) {
    expect(Math.abs(((sigma / mean) * Math.sqrt(energy)) / resolution - 1), what).toBeLessThan(0.15);
  }
});

test.each([
  { energy: 5, fraction: 0.57 },
  { energy: 50, fraction: 0.33 },
  { energy: 500, fraction: 0.21 },
])("pions of $energy GeV leave $fraction of their energy in CE-E", ({ energy, fraction }) => {
  const { shares } = simulate("pion", energy, 1500);
  const cee = cumulative(shares)[geometry.table.ceeLayers - 1];
  expect(Math.abs(cee - fraction), `seed ${SEED}`).toBeLessThan(0.05);
});

test("electrons start a conversion length before photons", () => {
  const photons = meanDepth(simulate("photon", 50, 1500).shares);
  const electrons = meanDepth(simulate("electron", 50, 1500).shares);
  expect(photons - electrons).toBeGreaterThan(0.8);
  expect(photons - electrons).toBeLessThan(1.6);
});

test("the maximum moves one X0 deeper when the energy grows by e", () => {
  const shallow = meanDepth(simulate("electron", 10, 1500).shares);
  const deep = meanDepth(simulate("electron", 10 * Math.E ** 2, 1500).shares);
  expect(deep - shallow).toBeGreaterThan(1.5);
  expect(deep - shallow).toBeLessThan(2.3);
});

const data = join(process.env["BYE_SPLITS_SHARED"] ?? join(import.meta.dirname, "../../../shared"), "data");

describe.skipIf(!existsSync(data))("layer by layer [needs shared data]", () => {
  interface Reference {
    samples: Record<string, { longitudinal: { mean: number[] } }>;
  }
  const read = (file: string): unknown => JSON.parse(readFileSync(join(data, file), "utf8"));
  const v16 = (): number[] => {
    const constants = read("constants.json") as { shower: Record<string, { value: { layerX0: number[] } }> };
    return cumulative(constants.shower["fastsim_V16_D110_photons"].value.layerX0);
  };

  test.each([5, 50, 500])("photons of %i GeV: cumulative depth profile within 0.02 of Geant4", (energy) => {
    const reference = read("physics/g4_reference_profiles_V16_eta2.json") as Reference;
    const wanted = cumulative(reference.samples[`Photon_E${energy}`].longitudinal.mean);
    const depths = [0, ...geometry.layers.map((layer) => layer.x0Cum)];
    const got = [0, ...cumulative(simulate("photon", energy, 1500).shares)];
    v16().forEach((depth, l) => {
      const after = depths.findIndex((x) => x >= depth);
      const part = after < 0 ? 1 : (depth - depths[after - 1]) / (depths[after] - depths[after - 1]);
      const here = after < 0 ? 1 : got[after - 1] + part * (got[after] - got[after - 1]);
      expect(Math.abs(here - wanted[l]), `V16 layer ${l + 1}, ${depth.toFixed(1)} X0, seed ${SEED}`).toBeLessThan(0.02);
    });
  });
});

// After a change that is meant: samples of a seed differ then, which CHANGELOG.md has to say.
test.each([
  {
    name: "photon",
    make: maker.electromagnetic.bind(maker, 40, true),
    want: [6764, 67148, 892825.185343, -647.781225, 9656.427647, 1808.50386],
  },
  {
    name: "electron",
    make: maker.electromagnetic.bind(maker, 40, false),
    want: [6683, 61533, 876514.387226, 237.170139, 9511.78631, 1640.489237],
  },
  {
    name: "pion",
    make: maker.pion.bind(maker, 40),
    want: [1935, 50650, 414786.09742, 4271.097273, 4105.881454, 4653.859],
  },
  {
    name: "average pion",
    make: maker.averagePion.bind(maker, 40),
    want: [2053, 55443, 477490.796754, 1062.531928, 4645.216207, 5393.882673],
  },
])("the same random numbers give the same shower: $name", ({ make, want }) => {
  const sums = { n: 0, layers: 0, x: 0, y: 0, signal: 0, measured: 0 };
  const deposit = (layer: number, x: number, y: number, signal: number): void => {
    sums.n++;
    sums.layers += layer;
    sums.x += x * signal;
    sums.y += y * signal;
    sums.signal += signal;
  };
  for (let k = 0; k < 5; k++) {
    make(axis, new Random(SEED, k), { deposit });
    // Nothing is left of the one before: later layers weigh more.
    sums.measured += maker.measured.reduce((sum, energy, l) => sum + l * energy, 0);
  }
  expect(Object.values(sums)).toEqual(want.map((value) => expect.closeTo(value, 3)));
});

test.each([0.3, 0.8])("soft pions of %d GeV collide too: some of what they leave lies beside their track", (energy) => {
  let beside = 0;
  for (let i = 0; i < 60; i++) {
    let isBeside = false;
    const deposit = (layer: number, x: number, y: number): void => {
      const { z } = geometry.layers[layer - 1];
      if (Math.hypot(x - slope * z, y) > 0.01) isBeside = true;
    };
    maker.pion(energy, axis, new Random(SEED, i), { deposit });
    if (isBeside) beside++;
  }
  // A sixth of those of 0.3 GeV stop only behind the first interaction length.
  expect(beside, `seed ${SEED}`).toBeGreaterThan(5);
});
