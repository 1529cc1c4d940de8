/** The camera that turns about a point of the detector: what it sees where, and which ray is behind a pixel. */
import { type Size } from "../../ui/size.js";
import { type ViewState } from "../../model/view-state.js";

/**
 * Azimuth 0, elevation 0 looks along −z with x to the right, as the layer view does; azimuth −90 looks along x with z to the
 * right; elevation 90 looks down. Angles in degrees, the rest in cm.
 */
export interface Orbit {
  readonly azimuth: number;
  readonly elevation: number;
  /** From the target to the eye. */
  readonly distance: number;
  /** The target. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export type Vector = readonly [x: number, y: number, z: number];

export interface Camera3d {
  readonly orbit: Orbit;
  readonly projection: ViewState["projection"];
  readonly size: Size;
  readonly right: Vector;
  readonly up: Vector;
  /** From the target to the eye. */
  readonly back: Vector;
  readonly eye: Vector;
  /** Length of a pixel at the target [cm]. */
  readonly unit: number;
  /** Least depth that is drawn [cm]; behind the eye where the projection is orthographic. */
  readonly near: number;
  /** From points to clip space, column after column. */
  readonly toClip: Float32Array;
}

export interface Ray {
  readonly origin: Vector;
  readonly direction: Vector;
}

/** Tangent of half the angle that the shorter side of the picture spans. */
const SPREAD = 0.33;
/** Nothing is farther from a target than this [cm]. */
const REACH = 2500;
const NEAREST = 2;
const FARTHEST = 3000;

export const PRESETS = {
  front: { azimuth: 0, elevation: 0 },
  side: { azimuth: -90, elevation: 0 },
  top: { azimuth: -90, elevation: 90 },
} as const;

export function otherProjection(projection: ViewState["projection"]): ViewState["projection"] {
  return projection === "perspective" ? "orthographic" : "perspective";
}

export function parseOrbit(text: string): Orbit | null {
  const parts = text.split(",").map(Number);
  if (text === "" || parts.length !== 6 || !parts.every(Number.isFinite)) return null;
  const [azimuth, elevation, distance, x, y, z] = parts;
  return limited({ azimuth, elevation, distance, x, y, z });
}

export function formatOrbit(orbit: Orbit): string {
  const { azimuth, elevation, distance, x, y, z } = limited(orbit);
  return [azimuth, elevation, distance, x, y, z].map((value) => String(Number(value.toFixed(2)))).join(",");
}

function limited(orbit: Orbit): Orbit {
  const clamp = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
  return {
    azimuth: orbit.azimuth - 360 * Math.round(orbit.azimuth / 360),
    elevation: clamp(orbit.elevation, 90),
    distance: Math.max(NEAREST, Math.min(FARTHEST, orbit.distance)),
    x: clamp(orbit.x, 400),
    y: clamp(orbit.y, 400),
    z: clamp(orbit.z, 700),
  };
}

/** How far from its target a camera stands so that `half` fits on both sides of it [cm]. */
export function distanceFor(half: number): number {
  return half / SPREAD;
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** a + s b */
const plus = (a: Vector, s: number, b: Vector): Vector => [a[0] + s * b[0], a[1] + s * b[1], a[2] + s * b[2]];

export function createCamera(orbit: Orbit, projection: ViewState["projection"], size: Size): Camera3d {
  const [azimuth, elevation] = [orbit.azimuth, orbit.elevation].map((angle) => (angle * Math.PI) / 180);
  const [sinA, cosA, sinE, cosE] = [Math.sin(azimuth), Math.cos(azimuth), Math.sin(elevation), Math.cos(elevation)];
  const right: Vector = [cosA, 0, -sinA];
  const up: Vector = [-sinA * sinE, cosE, -cosA * sinE];
  const back: Vector = [sinA * cosE, sinE, cosA * cosE];
  const { distance } = orbit;
  const eye = plus([orbit.x, orbit.y, orbit.z], distance, back);
  const { width, height } = size;
  const shorter = Math.min(width, height);
  const isPerspective = projection === "perspective";
  const near = isPerspective ? Math.max(0.5, 0.02 * distance) : -REACH;
  const far = distance + REACH;
  const depth = far - near;
  // Half the picture's extent at depth 1, or at all depths.
  const spread = SPREAD * (isPerspective ? 1 : distance);
  const [sx, sy] = [shorter / width / spread, shorter / height / spread];
  // Depth is −back: rows of clip space as functions of right, up and back.
  const [zz, z1] = isPerspective
    ? [-(far + near) / depth, (-2 * far * near) / depth]
    : [-2 / depth, -(far + near) / depth];
  const toClip = new Float32Array(16);
  for (let k = 0; k < 3; k++) {
    toClip[4 * k] = sx * right[k];
    toClip[4 * k + 1] = sy * up[k];
    toClip[4 * k + 2] = zz * back[k];
    toClip[4 * k + 3] = isPerspective ? -back[k] : 0;
  }
  toClip[12] = -sx * dot(right, eye);
  toClip[13] = -sy * dot(up, eye);
  toClip[14] = -zz * dot(back, eye) + z1;
  toClip[15] = isPerspective ? dot(back, eye) : 1;
  return { orbit, projection, size, right, up, back, eye, near, toClip, unit: (2 * SPREAD * distance) / shorter };
}

const depthOf = ({ back, eye }: Camera3d, at: Vector): number => dot(back, eye) - dot(back, at);

/** Where a point in front of the eye is in the picture [px]. */
export function project(camera: Camera3d, at: Vector): readonly [number, number] {
  const { size, unit, right, up, eye, orbit, projection } = camera;
  const offset = plus(at, -1, eye);
  const scale = 1 / unit / (projection === "perspective" ? depthOf(camera, at) / orbit.distance : 1);
  return [size.width / 2 + dot(right, offset) * scale, size.height / 2 - dot(up, offset) * scale];
}

/** Both ends of what is in front of the eye of a line, as x, y, x, y [px]; null when nothing is. */
export function projectLine(camera: Camera3d, from: Vector, to: Vector): readonly number[] | null {
  const [a, b] = [depthOf(camera, from) - camera.near, depthOf(camera, to) - camera.near];
  if (a <= 0 && b <= 0) return null;
  const cut = plus(from, a / (a - b), plus(to, -1, from));
  return [...project(camera, a > 0 ? from : cut), ...project(camera, b > 0 ? to : cut)];
}

/** The ray that ends in a pixel's centre; what it hits at t > 0 is in front of the eye. */
export function rayAt(camera: Camera3d, px: number, py: number): Ray {
  const { size, unit, right, up, back, eye, orbit, projection } = camera;
  const inPlane = plus(plus([0, 0, 0], (px - size.width / 2) * unit, right), (size.height / 2 - py) * unit, up);
  if (projection === "orthographic") {
    return { origin: plus(plus(eye, REACH, back), 1, inPlane), direction: plus([0, 0, 0], -1, back) };
  }
  return { origin: eye, direction: plus(plus([0, 0, 0], 1 / orbit.distance, inPlane), -1, back) };
}

/** The picture is dragged by dx, dy [px]: the target moves the other way. */
export function moved({ orbit, unit, right, up }: Camera3d, dx: number, dy: number): Orbit {
  const [x, y, z] = plus(plus([orbit.x, orbit.y, orbit.z], -dx * unit, right), dy * unit, up);
  return { ...orbit, x, y, z };
}

/** Closer by a factor below 1; what is at a pixel and as deep as the target stays there. */
export function zoomed(camera: Camera3d, factor: number, px: number, py: number): Orbit {
  const { width, height } = camera.size;
  const distance = Math.max(NEAREST, Math.min(FARTHEST, factor * camera.orbit.distance));
  const rest = distance / camera.orbit.distance - 1;
  return { ...moved(camera, (px - width / 2) * rest, (py - height / 2) * rest), distance };
}
