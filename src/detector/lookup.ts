/**
 * From points and names to cells and trigger cells (TCs), by arithmetic on the hexagonal lattices; nothing is allocated.
 * Layers must exist; points [cm] may lie anywhere, also NaN: -1 says there is nothing. All points are those of the positive endcap
 * (negative: look up -x).
 *
 * Where scintillator begins, at the boundary radius of the layer, silicon ends, whatever outlines say.
 */
import { type Geometry } from "./geometry.js";
import { nearestSite, site, SITES } from "./hex-lattice.js";
import { cellIn, slotAt, TCS_PER_WAFER } from "./sensor.js";
import { SCINTILLATOR_WAFER } from "./trigger-cells.js";
import { cellCounts } from "./wafers.js";

const TWO_BY_SQRT3 = 2 / Math.sqrt(3);

/** The wafer (row of geometry.wafers) with a name, or -1. */
export function waferIndex(geometry: Geometry, layer: number, u: number, v: number): number {
  const s = site(u, v);
  return s < 0 ? -1 : (geometry.wafers.atSite[layer * SITES + s] ?? -1);
}

/** The wafer nearest to a point, gaps between sensors included, or -1. */
export function waferAt(geometry: Geometry, layer: number, x: number, y: number): number {
  const pitch = geometry.table.waferSize + geometry.table.waferGap;
  const v = ((y - geometry.waferY[layer]) * TWO_BY_SQRT3) / pitch;
  const s = nearestSite(v / 2 - x / pitch, v);
  return s < 0 ? -1 : geometry.wafers.atSite[layer * SITES + s];
}

/** The TC with a name (scintillator: wu = wv = -999, cu = ieta, cv = iphi), or -1. */
export function tcIndex(geometry: Geometry, layer: number, wu: number, wv: number, cu: number, cv: number): number {
  if (wu === SCINTILLATOR_WAFER) {
    const scintillator = geometry.layers[layer - 1]?.scintillator;
    const nPhi = geometry.table.scintTilesPhi / 2;
    if (!scintillator || cu < scintillator.firstIeta || cu > scintillator.lastIeta || cv < 1 || cv > nPhi) return -1;
    return geometry.scintFirst[layer] + (cu - scintillator.firstIeta) * nPhi + cv - 1;
  }
  const wafer = waferIndex(geometry, layer, wu, wv);
  if (wafer < 0 || cu < 0 || cu > 7 || cv < 0 || cv > 7) return -1;
  const slot = geometry.sensors[0].slotOfTc[8 * cu + cv];
  return slot < 0 ? -1 : geometry.ofSlot[wafer * TCS_PER_WAFER + slot];
}

/**
 * The TC whose outline holds a point, or -1: outside, in a gap between sensors, on a layer that is not read out. Agrees with
 * `tcOutline` but for the arcs of scintillator TCs, which outlines draw as chords.
 */
export function tcAt(geometry: Geometry, layer: number, x: number, y: number): number {
  if (x * x + y * y >= geometry.boundary2[layer]) {
    const tile = tileAt(geometry, layer, x, y);
    return tile < 0 ? -1 : tcOfCell(geometry, tile);
  }
  const wafer = waferAt(geometry, layer, x, y);
  if (wafer < 0) return -1;
  const { wafers } = geometry;
  const slot = slotAt(geometry.table.waferSize, x - wafers.x[wafer], y - wafers.y[wafer]);
  return slot < 0 ? -1 : geometry.ofSlot[wafer * TCS_PER_WAFER + slot];
}

/**
 * The id (0 to geometry.cells - 1) of the silicon cell or scintillator tile at a point, or -1. A silicon cell is the one with the
 * nearest centre in the sensor, so at the rim of a TC it may belong to the neighbour of the TC that `tcAt` says: cells are hexagons,
 * TC outlines rhombi. Sum what a detector measures by cell and `tcOfCell`; use `tcAt` to pick what is drawn.
 */
export function cellAt(geometry: Geometry, layer: number, x: number, y: number): number {
  if (x * x + y * y >= geometry.boundary2[layer]) return tileAt(geometry, layer, x, y);
  const wafer = waferAt(geometry, layer, x, y);
  if (wafer < 0) return -1;
  const { wafers } = geometry;
  const x0 = wafers.x[wafer];
  const y0 = wafers.y[wafer];
  const sensor = geometry.sensors[wafers.thickness[wafer]];
  const cell = cellIn(sensor, x - x0, y - y0);
  if (cell < 0) return -1;
  if (wafers.whole[wafer] === 0 && !cellCounts(geometry.layers[layer - 1], sensor, cell, x0, y0)) return -1;
  return wafers.firstCell[wafer] + cell;
}

/** The TC of a cell id of `cellAt`, or -1 on layers that are not read out. */
export function tcOfCell(geometry: Geometry, cell: number): number {
  if (cell >= geometry.firstTile) return geometry.siliconRows + ((cell - geometry.firstTile) >> 2);
  const { wafers } = geometry;
  const wafer = geometry.waferOfBlock[Math.floor(cell / 48)];
  const slot = Math.floor((cell - wafers.firstCell[wafer]) / geometry.sensors[wafers.thickness[wafer]].cellsPerTc);
  return geometry.ofSlot[wafer * TCS_PER_WAFER + slot];
}

/** Tiles are numbered TC by TC: inner ring first, then by phi. */
function tileAt(geometry: Geometry, layer: number, x: number, y: number): number {
  const scintillator = geometry.layers[layer - 1].scintillator;
  const r = Math.sqrt(x * x + y * y);
  if (!scintillator || r < scintillator.rin || r >= scintillator.rout) return -1;
  const rings = geometry.table.scintRings;
  // Every ring is wider than 1 cm, so the ring is this one or the next.
  let ring = geometry.ringAtCm[Math.floor(r - rings[0])];
  if (r >= rings[ring]) ring++;
  const nTiles = geometry.table.scintTilesPhi;
  const turn = Math.atan2(y, x) / (2 * Math.PI);
  const iphi = Math.min(Math.floor((turn < 0 ? turn + 1 : turn) * nTiles), nTiles - 1); // from 0
  const ieta = (ring + 1) >> 1;
  const row = (ieta - scintillator.firstIeta) * (nTiles >> 1) + (iphi >> 1);
  const tc = geometry.scintFirst[layer] - geometry.siliconRows + row;
  return geometry.firstTile + 4 * tc + 2 * (1 - (ring & 1)) + (iphi & 1);
}
