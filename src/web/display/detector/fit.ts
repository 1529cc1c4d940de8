/** Where the detector view looks by itself. */
import { type ChainView, type EventView } from "../../data/protocol.js";
import { distanceFor, type Orbit } from "./camera.js";

/** Half of what a fitted view shows, and the depth of its middle, where electromagnetic showers are [cm]. */
const HALF = 42;
const DEPTH = 350;
/** Half of an endcap, with some room [cm]. */
const WHOLE = 285;

/**
 * The first particle, else the most energetic seed, else the whole endcap; from the side of the interaction point and from the
 * outside, so that little is in front of it.
 */
export function fittedOrbit(event: EventView | null, chain: ChainView | null): Orbit {
  const zside = event?.zside ?? 1;
  const particle = event?.particles.at(0);
  const seed = (chain?.seeds ?? []).toSorted((a, b) => b.energy - a.energy).at(0);
  const rz = particle === undefined ? Math.hypot(seed?.x ?? 0, seed?.y ?? 0) : 1 / Math.sinh(Math.abs(particle.eta));
  const phi = particle?.phi ?? Math.atan2(seed?.y ?? 0, seed?.x ?? 0);
  const x = rz * Math.cos(phi) * DEPTH;
  const y = rz * Math.sin(phi) * DEPTH;
  const direction = { azimuth: (x < 0 ? -1 : 1) * (zside > 0 ? 120 : 60), elevation: y < 0 ? -18 : 18 };
  if (rz === 0) return { ...direction, ...wholeOrbit(zside, [322, 513]) };
  return { ...direction, distance: distanceFor(HALF), x, y, z: zside * DEPTH };
}

/** The target and distance that show an endcap between two depths. */
export function wholeOrbit(
  zside: number,
  [first, last]: readonly [number, number],
): Pick<Orbit, "distance" | "x" | "y" | "z"> {
  return { distance: distanceFor(WHOLE), x: 0, y: 0, z: (zside * (first + last)) / 2 };
}
