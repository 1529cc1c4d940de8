import { expect, test } from "vitest";
import { Random, wrapPhi } from "../core/index.js";
import { createGeometry } from "../detector/index.js";
import { type Generated, Gun } from "./gun.js";
import { ShowerMaker } from "./shower.js";
import { type ParticleName } from "./selection.js";

const maker = new ShowerMaker(createGeometry());
const nothing = { deposit: () => undefined };

function shoot(particles: ParticleName, zside: number, events: number): Generated[] {
  const gun = new Gun(particles, maker);
  return Array.from({ length: events }, (_, i) => {
    const generated = { pid: 0, pt: 0, energy: 0, eta: 0, phi: 0, exeta: 0, exphi: 0, reachedEE: 0 };
    gun.shoot(zside, new Random(5, i), nothing, generated);
    return generated;
  });
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
