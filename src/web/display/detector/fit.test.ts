import { expect, test } from "vitest";
import { type ChainView, type EventView } from "../../data/protocol.js";
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

test.each([
  { phi: 0, side: 1, azimuth: 120 },
  { phi: 0, side: -1, azimuth: 60 },
  { phi: Math.PI, side: 1, azimuth: -120 },
])("at phi $phi in endcap $side it is seen from $azimuth degrees, from above where y is not below the beam", ({ phi, side, azimuth }) => {
  const event = { zside: side, particles: [{ eta: side * 2, phi }] } as unknown as EventView;
  expect(fittedOrbit(event, null)).toMatchObject({ azimuth, elevation: 18, distance: 42 / 0.33 });
}); // prettier-ignore

test("without a particle the most energetic seed is in the middle; without any the whole endcap", () => {
  const event = { zside: -1, particles: [] } as unknown as EventView;
  const seeds = [{ energy: 1, x: 0.1, y: 0 }, { energy: 5, x: 0, y: -0.2 }, { energy: 3, x: 0.3, y: 0 }];
  const orbit = fittedOrbit(event, { seeds } as unknown as ChainView);
  expect([orbit.x, orbit.y, orbit.z, orbit.elevation]).toEqual([expect.closeTo(0, 9), expect.closeTo(-70, 9), -350, -18]);
  expect(fittedOrbit(event, { seeds: [] } as unknown as ChainView)).toMatchObject({ x: 0, y: 0, z: -(322 + 513) / 2, distance: 285 / 0.33 });
}); // prettier-ignore
