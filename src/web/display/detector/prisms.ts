/** Trigger cells as flat prisms: their true outline, thin along z, so that they are seen from the side too. */
import { type EventView } from "../../data/protocol.js";
import { type Ray, type Vector } from "./camera.js";

/** Half of what a cell is drawn thick [cm]: at least this, and no more than leaves trigger layers (3 cm) apart. */
const THINNEST = 0.4;
const THICKEST = 1.2;

/** Two pixels thick when seen from the side, as far as layers stay apart. `unit`: length of a pixel [cm]. */
export function halfThickness(unit: number): number {
  return Math.min(THICKEST, Math.max(THINNEST, unit));
}

export interface Prisms {
  readonly n: number;
  /** x, y of 4 corners each, counterclockwise seen along −z [cm]. */
  readonly corners: Float32Array;
  readonly z: Float32Array;
  /** x, y of the middle and the square of the radius that holds the corners [cm]. */
  readonly bounds: Float32Array;
}

export function createPrisms(event: EventView): Prisms {
  const { n } = event;
  const corners = new Float32Array(8 * n);
  const bounds = new Float32Array(3 * n);
  for (let i = 0; i < n; i++) {
    const depth = Math.abs(event.z[i]);
    const given = event.corners.subarray(8 * i, 8 * i + 8);
    const [ax, ay, bx, by, cx, cy] = given;
    const isClockwise = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) < 0;
    let [x, y] = [0, 0];
    for (let k = 0; k < 4; k++) {
      const from = isClockwise ? (4 - k) % 4 : k;
      corners[8 * i + 2 * k] = given[2 * from] * depth;
      corners[8 * i + 2 * k + 1] = given[2 * from + 1] * depth;
      x += corners[8 * i + 2 * k] / 4;
      y += corners[8 * i + 2 * k + 1] / 4;
    }
    let r2 = 0;
    for (let k = 8 * i; k < 8 * i + 8; k += 2) r2 = Math.max(r2, (corners[k] - x) ** 2 + (corners[k + 1] - y) ** 2);
    bounds.set([x, y, 1.001 * r2], 3 * i);
  }
  return { n, corners, z: Float32Array.from(event.z), bounds };
}

/** The first of the shown prisms that a ray hits, -1 for none. A ray that begins inside of one hits it. */
export function pickPrism(
  prisms: Prisms,
  half: number,
  isShown: (i: number) => boolean,
  { origin, direction }: Ray,
): number {
  const [ox, oy, oz] = origin;
  const [dx, dy, dz] = direction;
  const length2 = dx * dx + dy * dy + dz * dz;
  const { n, corners, z, bounds } = prisms;
  let best = -1;
  let nearest = Infinity;
  for (let i = 0; i < n; i++) {
    const px = bounds[3 * i] - ox;
    const py = bounds[3 * i + 1] - oy;
    const pz = z[i] - oz;
    const along = px * dx + py * dy + pz * dz;
    if (px * px + py * py + pz * pz - (along * along) / length2 > bounds[3 * i + 2] + half * half || !isShown(i))
      continue;
    let enter = 0;
    let leave = nearest;
    // Inside of a face where value + slope t >= 0: z below, z above, then the sides.
    for (let face = 0; face < 6 && enter <= leave; face++) {
      let value: number;
      let slope: number;
      if (face < 2) {
        const side = face === 0 ? 1 : -1;
        value = half - side * pz;
        slope = side * dz;
      } else {
        const a = 8 * i + 2 * (face - 2);
        const b = 8 * i + ((2 * (face - 1)) & 7);
        const ex = corners[b] - corners[a];
        const ey = corners[b + 1] - corners[a + 1];
        value = ex * (oy - corners[a + 1]) - ey * (ox - corners[a]);
        slope = ex * dy - ey * dx;
      }
      if (slope > 0) enter = Math.max(enter, -value / slope);
      else if (slope < 0) leave = Math.min(leave, -value / slope);
      else if (value < 0) leave = -1;
    }
    if (enter <= leave && enter < nearest) {
      nearest = enter;
      best = i;
    }
  }
  return best;
}

/** The 12 edges of a prism. */
export function edgesOf({ corners, z }: Prisms, half: number, i: number): readonly (readonly [Vector, Vector])[] {
  const corner = (k: number, side: number): Vector => [
    corners[8 * i + 2 * (k & 3)],
    corners[8 * i + 2 * (k & 3) + 1],
    z[i] + side * half,
  ];
  return [0, 1, 2, 3].flatMap((k): (readonly [Vector, Vector])[] => [
    [corner(k, -1), corner(k + 1, -1)],
    [corner(k, 1), corner(k + 1, 1)],
    [corner(k, -1), corner(k, 1)],
  ]);
}
