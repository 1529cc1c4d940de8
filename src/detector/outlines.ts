/** Shapes to draw: wafers and trigger cells (TCs) as polygons, counterclockwise, in the positive endcap [cm]. */
import { type Geometry } from "./geometry.js";
import { NEIGHBOURS } from "./hex-lattice.js";
import { waferIndex } from "./lookup.js";
import { slotOutline } from "./sensor.js";
import { SCINTILLATOR_WAFER } from "./trigger-cells.js";

/** The wafers (rows of geometry.wafers) next to a wafer: up to six, in order around it. */
export function waferNeighbours(geometry: Geometry, wafer: number): number[] {
  const { layer, u, v } = geometry.wafers;
  return NEIGHBOURS.map(([du, dv]) => waferIndex(geometry, layer[wafer], u[wafer] + du, v[wafer] + dv)).filter(
    (neighbour) => neighbour >= 0,
  );
}

/** The sensor's hexagon as x, y of its 6 corners, from the top. */
export function waferOutline(geometry: Geometry, wafer: number): Float64Array {
  const corner = geometry.table.waferSize / Math.sqrt(3);
  return Float64Array.from({ length: 12 }, (_, i) => {
    const angle = ((i >> 1) * Math.PI) / 3;
    return i % 2 === 0
      ? geometry.wafers.x[wafer] - corner * Math.sin(angle)
      : geometry.wafers.y[wafer] + corner * Math.cos(angle);
  });
}

/**
 * The shape of a TC as x, y of 4 corners. Silicon: a rhombus; the 48 of a wafer tile its sensor exactly. TCs of partial wafers keep
 * their whole rhombus. Scintillator: the wedge between the radii of its rings, arcs drawn as chords. `out` is filled and returned.
 */
export function tcOutline(geometry: Geometry, tc: number, out = new Float64Array(8)): Float64Array {
  const { layer, wu, cu, cv, x, y } = geometry.triggerCells;
  if (wu[tc] === SCINTILLATOR_WAFER) wedge(geometry, layer[tc], cu[tc], cv[tc], out);
  else rhombus(geometry, tc, out);
  const own = geometry.ownPositions;
  if (own === undefined) return out;
  for (let corner = 0; corner < 4; corner++) {
    out[2 * corner] += x[tc] - own.x[tc];
    out[2 * corner + 1] += y[tc] - own.y[tc];
  }
  return out;
}

function rhombus(geometry: Geometry, tc: number, out: Float64Array): void {
  const { layer, wu, wv, cu, cv } = geometry.triggerCells;
  const wafer = waferIndex(geometry, layer[tc], wu[tc], wv[tc]);
  const slot = geometry.sensors[0].slotOfTc[8 * cu[tc] + cv[tc]];
  slotOutline(geometry.table.waferSize, slot, geometry.wafers.x[wafer], geometry.wafers.y[wafer], out);
}

function wedge(geometry: Geometry, layer: number, ieta: number, iphi: number, out: Float64Array): void {
  const { scintRings, scintTilesPhi } = geometry.table;
  const scintillator = geometry.layers[layer - 1].scintillator;
  const inner = scintRings[Math.max(2 * ieta - 1, scintillator?.firstRing ?? 0) - 1];
  const outer = scintRings[Math.min(2 * ieta, scintillator?.lastRing ?? 2 * ieta)];
  const low = (4 * Math.PI * (iphi - 1)) / scintTilesPhi;
  const high = (4 * Math.PI * iphi) / scintTilesPhi;
  for (let corner = 0; corner < 4; corner++) {
    const r = corner === 0 || corner === 3 ? inner : outer;
    const phi = corner < 2 ? low : high;
    out[2 * corner] = r * Math.cos(phi);
    out[2 * corner + 1] = r * Math.sin(phi);
  }
}
