import { expect, test } from "vitest";
import { Random, wrapPhi } from "../core/index.js";
import { createGeometry } from "../detector/index.js";
import { checkGun, type Generated, Gun, type GunOptions } from "./gun.js";
import { ShowerMaker } from "./shower.js";
import { type ParticleName } from "./selection.js";

const maker = new ShowerMaker(createGeometry("V11"));

function shoot(particles: ParticleName, zside: number, events: number, options: Partial<GunOptions> = {}): Generated[] {
  const gun = new Gun({ particles, ...options }, maker);
  return Array.from({ length: events }, (_, i) => gun.generate(zside, new Random(5, i))).flat();
}

test.each([
  { particles: "photons", pid: 22, maxPt: 100 },
  { particles: "electrons", pid: 11, maxPt: 100 },
  { particles: "pions", pid: 211, maxPt: 200 },
] as const)("$particles are flat in pt, eta and phi", ({ particles, pid, maxPt }) => {
  const generated = shoot(particles, -1, 400);
  const mean = (value: (g: Generated) => number): number =>
    generated.reduce((sum, g) => sum + value(g), 0) / generated.length;
  for (const { pid: got, pt, eta } of generated) {
    expect(Math.abs(got)).toBe(pid);
    expect(pt).toBeLessThan(maxPt);
    expect(eta).toBeLessThan(-1.5);
    expect(eta).toBeGreaterThan(-3);
  }
  // Means of 400 uniform numbers, within 4 sigma.
  expect(Math.abs(mean(({ pt }) => pt) / maxPt - 0.5)).toBeLessThan(0.065);
  expect(Math.abs(mean(({ eta }) => eta) + 2.25)).toBeLessThan(0.09);
  expect(Math.abs(mean(({ phi }) => phi))).toBeLessThan(0.37);
});

test("photons reach the front face in a straight line", () => {
  for (const { eta, phi, exeta, exphi, reachedEE } of shoot("photons", -1, 20)) {
    expect([exeta, exphi, reachedEE]).toEqual([expect.closeTo(eta, 10), expect.closeTo(phi, 10), 2]);
  }
});

test.each([1, -1])("positive pions turn clockwise seen along +z, in either endcap (%i)", (zside) => {
  for (const { pid, pt, eta, phi, exphi, exeta } of shoot("pions", zside, 40)) {
    if (pt < 5) continue;
    // Half of the turn of the momentum: 0.3 B z / (2 pz), with 3.8 T and z = 3.22 m.
    const half = (0.3 * 3.8 * 3.221) / (2 * pt * Math.sinh(Math.abs(eta)));
    expect(wrapPhi(exphi - phi)).toBeCloseTo(-Math.sign(pid) * half, 3);
    // A helix ends nearer to the beam than a line.
    expect(Math.abs(exeta)).toBeGreaterThanOrEqual(Math.abs(eta));
  }
});

test("pions that curl up inside of the endcap do not reach it", () => {
  const soft = shoot("pions", 1, 4000).filter(({ reachedEE }) => reachedEE !== 2);
  expect(soft.length).toBeGreaterThan(0);
  for (const { pt } of soft) expect(pt).toBeLessThan(1);
});

test.each([1, -1])("ranges and numbers are those that are asked for, in either endcap (%i)", (zside) => {
  const asked = shoot("electrons", zside, 60, { eta: [2, 2.1], pt: [30, 31], phi: [1, 1.5], count: 3 });
  expect(asked).toHaveLength(180);
  for (const { eta, pt, phi } of asked) {
    expect([zside * eta >= 2 && zside * eta <= 2.1, pt >= 30 && pt <= 31, phi >= 1 && phi <= 1.5]).toEqual([
      true,
      true,
      true,
    ]);
  }
});

test.each([
  { name: "in the middle", eta: [1.5, 3], distance: 0.05 },
  { name: "farther than the range of eta is wide", eta: [2, 2.001], distance: 0.3 },
  { name: "one eta alone", eta: [2.5, 2.5], distance: 0.1 },
] as const)("two photons at a chosen distance, within their range of eta: $name", ({ eta, distance }) => {
  const shot = shoot("photons", 1, 50, { eta, distance, count: 2 });
  for (let i = 0; i < shot.length; i += 2) {
    const [a, b] = [shot[i], shot[i + 1]].map((p) => ({ r: 1 / Math.sinh(p.eta), phi: p.phi }));
    const found = Math.sqrt(a.r ** 2 + b.r ** 2 - 2 * a.r * b.r * Math.cos(a.phi - b.phi));
    expect(found).toBeCloseTo(distance, 9);
    expect(shot[i + 1].eta).toBeGreaterThan(eta[0] - 1e-9);
    expect(shot[i + 1].eta).toBeLessThan(eta[1] + 1e-9);
  }
});

test.each([
  { options: { eta: [2, 1.8] as const }, want: "eta must be two numbers, 1.3 <= LO <= HI <= 3.3, not 2,1.8" },
  { options: { pt: [-1, 5] as const }, want: "pt must be two numbers, 0 <= LO <= HI <= 1000 GeV, not -1,5" },
  { options: { pt: [0, 0] as const }, want: "pt must reach above 0 GeV, not 0,0" },
  { options: { count: 0 }, want: "count must be a whole number from 1 to 16, not 0" },
  { options: { distance: 0.1 }, want: "distance 0.1 is that between particles: there is 1, set count to at least 2" },
  {
    options: { count: 2, distance: 1, eta: [2, 3] as const },
    want: "distance must be above 0 and at most 0.376, the sum of R/z at eta 2 and 3, not 1",
  },
])("what a gun cannot do is named: $want", ({ options, want }) => {
  expect(() => checkGun({ particles: "photons", ...options })).toThrow(want);
});
