import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { createGeometry, type DetectorTable } from "../detector/index.js";
import { Cascade } from "./shower-cascade.js";
import { CASCADE } from "./shower-constants.js";
import { showerLayers } from "./shower-layers.js";
import { type Axis, cosineOf, turned } from "./shower-spots.js";
import { Tracks } from "./shower-tracks.js";
import { ShowerMaker } from "./shower.js";
import { measureShowers } from "./shower-measures.js";

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));

test("pions differ from each other as Geant4's do: spread of ring shares at 50 GeV, seed 3", () => {
  const { geant4 } = read("docs/figures/simulation/reference.json") as {
    geant4: Record<string, { ringSpreads: number[] }>;
  };
  const layers = read("test/fixtures/geometry/made-up.json") as DetectorTable;
  const { ringSpreads } = measureShowers(layers, { particles: "pions", energy: 50, n: 300, offCentre: 0.6 });
  const ratios = [4, 5, 6, 7, 8, 9, 10, 11, 12].map((ring) => ringSpreads[ring] / geant4["pions-50"].ringSpreads[ring]);
  const mean = ratios.reduce((a, b) => a + b) / ratios.length;
  expect(Math.abs(mean - 1), `ratios ${ratios.map((ratio) => ratio.toFixed(2)).join(", ")}`).toBeLessThan(0.25);
});

test("what leaves an axis under an angle does so where it is, under that angle, in all directions alike", () => {
  const axis: Axis = { x: 3, y: -2, z0: 320, slopeX: 0.2, slopeY: -0.1 };
  const random = new Random(4);
  const sum = [0, 0];
  for (let i = 0; i < 2000; i++) {
    const other = turned(axis, 350, 0.1, random);
    assert.ok(Math.abs(other.x - 9) < 5e-10 && Math.abs(other.y + 5) < 5e-10 && other.z0 === 350);
    const along = (1 + axis.slopeX * other.slopeX + axis.slopeY * other.slopeY) * cosineOf(axis) * cosineOf(other);
    // Right to first order in the angle.
    assert.ok(Math.abs(Math.acos(along) - 0.1) < 0.01);
    sum[0] += other.slopeX - axis.slopeX;
    sum[1] += other.slopeY - axis.slopeY;
  }
  expect(Math.hypot(...sum) / 2000).toBeLessThan(0.01);
});

test("no energy is lost on the way: what a pion leaves is between its hadronic and its electromagnetic response", () => {
  const geometry = createGeometry("V11");
  const maker = new ShowerMaker(geometry);
  const slope = 1 / Math.sinh(2);
  const axis: Axis = { x: 0, y: 0, z0: 0, slopeX: slope, slopeY: 0 };
  for (const energy of [2, 20, 200]) {
    let sum = 0;
    const n = 300;
    for (let i = 0; i < n; i++) {
      maker.pion(energy, axis, new Random(6, i), { deposit: () => undefined });
      sum += maker.measured.reduce((a, b) => a + b) / energy / n;
    }
    // Some of the hadronic part, 0.65 of its energy, leaks out.
    expect(sum, `${energy} GeV`).toBeGreaterThan(0.6);
    expect(sum, `${energy} GeV`).toBeLessThan(0.95);
  }
});

test("neutral secondaries shower where the pion collided: between layers z and radiation lengths grow in proportion", () => {
  const layers = showerLayers(createGeometry("V11"));
  const axis: Axis = { x: 0, y: 0, z0: 0, slopeX: 0.2, slopeY: 0 };
  const last = layers.count - 1;
  const between = (l: number, part: number, of: Float64Array): number => of[l] + part * (of[l + 1] - of[l]);
  const places = [
    { depth: 0.25 * layers.lambda[0], x0: 0.25 * layers.x0[0], z: layers.z[0] },
    { depth: layers.lambda[7], x0: layers.x0[7], z: layers.z[7] },
    ...[0, 12, last - 1].map((l) => ({
      ...{ depth: between(l, 0.75, layers.lambda), x0: between(l, 0.75, layers.x0), z: between(l, 0.75, layers.z) },
    })),
    { depth: layers.lambda[last] + 1, x0: layers.x0[last], z: layers.z[last] },
  ];
  for (const { depth, x0, z } of places) {
    const starts: (readonly [number, number])[] = [];
    const cascade = new Cascade(layers, new Float64Array(layers.count), (_, at, direction) => void starts.push([at, direction.z0])); // prettier-ignore
    for (let i = 0; i < 20; i++) cascade.pion(20, depth, axis, new Random(7, i), { deposit: () => undefined });
    // Those of secondary hadrons begin deeper, from the same place.
    const direct = starts.filter(([at]) => Math.abs(at - x0) < 1e-9);
    expect(direct.length, `depth ${depth}`).toBeGreaterThan(5);
    expect(Math.min(...starts.map(([at]) => at))).toBeCloseTo(x0, 9);
    expect(new Set(starts.map(([, at]) => at.toFixed(6)))).toEqual(new Set([z.toFixed(6)]));
  }
});

test("spots of tracks hold all of the signal, however many they are, and lie within the profile and the smearing", () => {
  const profile = { core: 0.5, coreRadius: 1, tailRadius: 3, maxRadius: 10 };
  const axis: Axis = { x: 1, y: 2, z0: 300, slopeX: 0, slopeY: 0 };
  const tracks = new Tracks();
  const random = new Random(8);
  tracks.begin(random, 50, axis, profile);
  for (const count of [1, 256, 257, 1000, 3]) {
    let [sum, n, far] = [0, 0, 0];
    const deposit = (_: number, x: number, y: number, signal: number): void => {
      [sum, n, far] = [sum + signal, n + 1, Math.max(far, Math.hypot(x - 1, y - 2))];
    };
    tracks.drop(random, 5, 320, 7, count, { deposit });
    expect([n, sum]).toEqual([count, expect.closeTo(7, 9)]);
    expect(far).toBeLessThan(10 + 2 * CASCADE.smear);
    tracks.renew(random);
  }
});
