/**
 * The plane of the (U, V) map: hexagons with flat tops, neighbours a distance of 1 apart, U upwards, V to the lower right.
 * So it is turned like the detector: x to the right, y up. In the other endcap x is mirrored.
 */
import { type CoarseView } from "../../data/protocol.js";
import { universalU, universalV } from "../../../chain/index.js";

const COS30 = Math.sqrt(3) / 2;

export function hexCentre(u: number, v: number, zside: number): readonly [x: number, y: number] {
  return [zside * COS30 * v, u - v / 2];
}

/** x, y of the 6 corners around a centre, the first to the right. */
const CORNERS = Array.from({ length: 6 }, (_, k) => [
  Math.cos((k * Math.PI) / 3) / Math.sqrt(3),
  Math.sin((k * Math.PI) / 3) / Math.sqrt(3),
]);

export function hexCorners(out: Float32Array, at: number, u: number, v: number, zside: number): void {
  const [x, y] = hexCentre(u, v, zside);
  for (const [k, [dx, dy]] of CORNERS.entries()) {
    out[at + 2 * k] = x + dx;
    out[at + 2 * k + 1] = y + dy;
  }
}

/** Neighbours beyond the edges from corner k to corner k + 1. */
const BEYOND = [
  [1, 1],
  [1, 0],
  [0, -1],
  [-1, -1],
  [-1, 0],
  [0, 1],
] as const;

/** Lines around the trigger cells of a wafer: x, y of both ends of each. */
export function waferBorder(slots: CoarseView["slots"], wu: number, wv: number, zside: number): number[][] {
  const own = new Set(slots.map(([cu, cv]) => 8 * cu + cv));
  return slots.flatMap(([cu, cv]) => {
    const [x, y] = hexCentre(universalU(wu, wv, cu), universalV(wu, wv, cv), 1);
    return BEYOND.flatMap(([du, dv], k) => {
      const [u, v] = [cu + du, cv + dv];
      if (u >= 0 && u < 8 && v >= 0 && v < 8 && own.has(8 * u + v)) return [];
      const [a, b] = [CORNERS[k], CORNERS[(k + 1) % 6]];
      return [[zside * (x + a[0]), y + a[1], zside * (x + b[0]), y + b[1]]];
    });
  });
}

/** The middle of a wafer's trigger cells. */
export function waferMiddle(wu: number, wv: number, zside: number): readonly [x: number, y: number] {
  return hexCentre(universalU(wu, wv, 11 / 3), universalV(wu, wv, 10 / 3), zside);
}

/** Distance of the middles of neighbouring wafers. */
export const WAFER_PITCH = 8 * COS30;

/**
 * Where a direction is on the map: cells are evenly spaced in a wafer, to a fifth of a cell. `corners`: x/|z|, y/|z| of
 * the wafer's outline, from its top.
 */
export function onMap(
  corners: Float32Array,
  { wu, wv, zside }: { readonly wu: number; readonly wv: number; readonly zside: number },
  x: number,
  y: number,
): readonly [number, number] {
  const [mx, my] = [(corners[0] + corners[6]) / 2, (corners[1] + corners[7]) / 2];
  const width = COS30 * Math.hypot(corners[0] - corners[6], corners[1] - corners[7]);
  const [hx, hy] = waferMiddle(wu, wv, zside);
  return [hx + ((x - mx) / width) * WAFER_PITCH, hy + ((y - my) / width) * WAFER_PITCH];
}
