/** Lines around the cells: the silhouette of the endcap, and the wafers of the layers where the shown range begins and ends. */
import { type LayerOutline } from "../../data/protocol.js";

/** Layers between which the silhouette is drawn straight. */
export const SILHOUETTE_LAYERS = [1, 28, 36, 44, 50] as const;

const CIRCLE = 96;
/** Lines from the first to the last layer. */
const MERIDIANS = 8;
const SILHOUETTE_OPACITY = 0.35;
const WAFER_OPACITY = 0.22;

/** Least and largest distance from the beam of what a layer's outlines reach [cm]. */
function radiiOf({ segments }: LayerOutline): readonly [number, number] {
  let [least, most] = [Infinity, 0];
  for (let k = 0; k < segments.length; k += 2) {
    const r = Math.hypot(segments[k], segments[k + 1]);
    least = Math.min(least, r);
    most = Math.max(most, r);
  }
  return [least, most];
}

/** x, y, z, opacity of both ends of each line. The other endcap is the same detector turned about the y axis. */
export function createFrame(
  silhouette: readonly LayerOutline[],
  borders: readonly LayerOutline[],
  zside: number,
): Float32Array {
  const out: number[] = [];
  const add = (x: number, y: number, z: number, opacity: number): void =>
    void out.push(zside * x, y, zside * z, opacity);
  const profile = silhouette.map((outline) => ({ z: outline.z, radii: radiiOf(outline) }));
  for (const [i, { z, radii }] of profile.entries()) {
    if (i > 0 && i < profile.length - 1) continue;
    for (const r of radii) {
      for (let k = 0; k < CIRCLE; k++) {
        for (const step of [k, k + 1]) {
          const angle = (2 * Math.PI * step) / CIRCLE;
          add(r * Math.cos(angle), r * Math.sin(angle), z, SILHOUETTE_OPACITY);
        }
      }
    }
  }
  for (let i = 1; i < profile.length; i++) {
    for (let k = 0; k < MERIDIANS; k++) {
      const angle = (2 * Math.PI * k) / MERIDIANS;
      for (const side of [0, 1]) {
        for (const { z, radii } of [profile[i - 1], profile[i]]) {
          add(radii[side] * Math.cos(angle), radii[side] * Math.sin(angle), z, SILHOUETTE_OPACITY);
        }
      }
    }
  }
  for (const { z, segments } of borders) {
    for (let k = 0; k < segments.length; k += 2) add(segments[k], segments[k + 1], z, WAFER_OPACITY);
  }
  return Float32Array.from(out);
}
