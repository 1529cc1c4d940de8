import { expect, test } from "vitest";
import { type EventView } from "../../data/protocol.js";
import { fittedOrbit, wholeOrbit } from "./fit.js";

test("without an event the whole positive endcap is shown", () => {
  expect(fittedOrbit(null, null)).toMatchObject({ x: 0, y: 0, z: (322 + 513) / 2 });
  expect(wholeOrbit(-1, [322, 513])).toMatchObject({ x: 0, y: 0, z: -(322 + 513) / 2 });
});

test.each([
  { phi: 0.5, side: 1, sign: 1, elevation: 18 },
  { phi: -0.5, side: 1, sign: 1, elevation: -18 },
  { phi: 3, side: -1, sign: -1, elevation: 18 },
])("a particle at phi $phi is in the middle, seen from outside", ({ phi, side, sign, elevation }) => {
  const event = { zside: side, particles: [{ eta: side * 2, phi }] } as unknown as EventView;
  const orbit = fittedOrbit(event, null);
  expect(Math.atan2(orbit.y, orbit.x)).toBeCloseTo(phi, 12);
  expect(Math.hypot(orbit.x, orbit.y)).toBeCloseTo(350 / Math.sinh(2), 9);
  expect([orbit.z, orbit.elevation, Math.sign(orbit.azimuth)]).toEqual([side * 350, elevation, sign]);
});
