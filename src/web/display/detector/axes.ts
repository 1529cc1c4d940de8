/** Directions of particles and clusters from the interaction point. */
import { type ChainView, type EventView } from "../../data/protocol.js";
import { particleName } from "../../ui/numbers.js";
import { type Vector } from "./camera.js";

/** With more clusters only some have a name: the picked one, or else those next to the particle. */
const MOST_NAMED = 4;

export interface ParticleAxis {
  readonly name: string;
  /** At depth |z| = 1. */
  readonly direction: Vector;
}

export interface ClusterAxis {
  readonly seed: number;
  readonly direction: Vector;
  /** |z| of the cluster's centre [cm]. */
  readonly depth: number;
  readonly isNamed: boolean;
}

export function times([x, y, z]: Vector, s: number): Vector {
  return [x * s, y * s, z * s];
}

export function particleAxes({ particles, zside }: EventView): ParticleAxis[] {
  return particles.map(({ pid, eta, phi }) => {
    const r = 1 / Math.sinh(Math.abs(eta));
    return { name: particleName(pid), direction: [r * Math.cos(phi), r * Math.sin(phi), zside] };
  });
}

export function clusterAxes(event: EventView, chain: ChainView, pickedSeed: number): ClusterAxis[] {
  const particle = particleAxes(event).at(0)?.direction ?? [0, 0, 0];
  const all = chain.clusters.map(({ seed, x, y, z }) => {
    const depth = Math.abs(z);
    const direction: Vector = [x / depth, y / depth, event.zside];
    return { seed, depth, direction, distance: Math.hypot(direction[0] - particle[0], direction[1] - particle[1]) };
  });
  return all
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ seed, depth, direction }, rank) => ({
      seed,
      depth,
      direction,
      isNamed: pickedSeed < 0 ? rank < MOST_NAMED : pickedSeed === seed,
    }));
}
