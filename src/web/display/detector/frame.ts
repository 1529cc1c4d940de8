/** Lines around the cells: the silhouette of the endcap, and the wafers on which clusters or coarse seeds are. */
import { SCINTILLATOR_WAFER } from "../../../detector/index.js";
import { type CoarseView, type EventView, type LayerOutline } from "../../data/protocol.js";
import { type ViewState } from "../../model/view-state.js";

/** Layers between which the silhouette is drawn straight: the ends of CE-E and CE-H, and where CE-H opens up. */
export function silhouetteLayers(layers: number, ceeLayers: number): number[] {
  return [1, ceeLayers, ceeLayers + 8, ceeLayers + 16, layers];
}

const CIRCLE = 96;
/** Lines from the first to the last layer. */
const MERIDIANS = 8;
const SILHOUETTE_OPACITY = 0.35;
const WAFER_OPACITY = 0.4;
/** Numbers of a hexagon: six lines of x, y, x, y. */
const HEXAGON = 24;

/** x, y, z, opacity of both ends of each line. The other endcap is the same detector turned about the y axis. */
export type Lines = number[];

function add(out: Lines, zside: number, [x, y, z]: readonly [number, number, number], opacity: number): void {
  out.push(zside * x, y, zside * z, opacity);
}

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

/** The inner and the outer edge of the endcap: circles at the first and the last of the layers, and lines between all. */
export function silhouetteLines(layers: readonly LayerOutline[], zside: number): Lines {
  const out: Lines = [];
  const profile = layers.map((outline) => ({ z: outline.z, radii: radiiOf(outline) }));
  for (const { z, radii } of [profile[0], profile[profile.length - 1]]) {
    for (const r of radii) {
      for (let k = 0; k < CIRCLE; k++) {
        for (const step of [k, k + 1]) {
          const angle = (2 * Math.PI * step) / CIRCLE;
          add(out, zside, [r * Math.cos(angle), r * Math.sin(angle), z], SILHOUETTE_OPACITY);
        }
      }
    }
  }
  for (let i = 1; i < profile.length; i++) {
    for (let k = 0; k < MERIDIANS; k++) {
      const angle = (2 * Math.PI * k) / MERIDIANS;
      for (const side of [0, 1]) {
        for (const { z, radii } of [profile[i - 1], profile[i]]) {
          add(out, zside, [radii[side] * Math.cos(angle), radii[side] * Math.sin(angle), z], SILHOUETTE_OPACITY);
        }
      }
    }
  }
  return out;
}

/** Places on wafers whose outlines are drawn, in the positive endcap. */
export interface OnWafers {
  /** x, y, x, y ... of each layer. */
  readonly points: ReadonlyMap<number, readonly number[]>;
  /** The layer at whose depth they are x/z, y/z; null: they are in cm. */
  readonly unit: number | null;
}

/** The silicon cells of some seeds in the shown layers. */
export function onWafersOfClusters(
  event: EventView,
  assignment: Int32Array,
  seeds: ReadonlySet<number>,
  { from, to }: ViewState,
): OnWafers {
  const points = new Map<number, number[]>();
  for (let t = 0; t < event.n; t++) {
    const layer = event.layer[t];
    if (!seeds.has(assignment[t]) || layer < from || layer > to || event.wu[t] === SCINTILLATOR_WAFER) continue;
    const known = points.get(layer);
    if (known === undefined) points.set(layer, [event.zside * event.x[t], event.y[t]]);
    else known.push(event.zside * event.x[t], event.y[t]);
  }
  return { points, unit: null };
}

/** The wafers that are coarse seeds, in the summed layers that are shown. */
export function onCoarseWafers(
  { coarse, wafers, layers }: CoarseView,
  zside: number,
  { from, to }: ViewState,
): OnWafers {
  const middles = coarse.flatMap(({ wafer }) => {
    let [x, y] = [0, 0];
    for (let k = 12 * wafer; k < 12 * wafer + 12; k += 2) {
      x += (zside * wafers.corners[k]) / 6;
      y += wafers.corners[k + 1] / 6;
    }
    return [x, y];
  });
  const shown = layers.filter((layer) => layer >= from && layer <= to);
  return { points: new Map(shown.map((layer) => [layer, middles])), unit: layers[0] };
}

/** The wafers of a layer on which points are [cm]: those with the nearest centre. */
export function waferLines({ segments, z }: LayerOutline, points: readonly number[], zside: number): Lines {
  const centres: { x: number; y: number; first: number }[] = [];
  for (let k = 0; k + HEXAGON <= segments.length; k += HEXAGON) {
    // What is not closed is the edge of the scintillator, after the last wafer.
    if (segments[k] !== segments[k + HEXAGON - 2] || segments[k + 1] !== segments[k + HEXAGON - 1]) break;
    let [x, y] = [0, 0];
    for (let corner = k; corner < k + HEXAGON; corner += 4) {
      x += segments[corner] / 6;
      y += segments[corner + 1] / 6;
    }
    centres.push({ x, y, first: k });
  }
  const chosen = new Set<number>();
  for (let p = 0; p < points.length; p += 2) {
    let [best, nearest] = [-1, Infinity];
    for (const { x, y, first } of centres) {
      const distance = (points[p] - x) ** 2 + (points[p + 1] - y) ** 2;
      if (distance < nearest) [best, nearest] = [first, distance];
    }
    if (best >= 0) chosen.add(best);
  }
  const out: Lines = [];
  for (const first of chosen) {
    for (let k = first; k < first + HEXAGON; k += 2) {
      add(out, zside, [segments[k], segments[k + 1], z], WAFER_OPACITY);
    }
  }
  return out;
}
