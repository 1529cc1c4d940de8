/** The silicon wafers of all layers of the positive endcap. */
import { type DetectorTable } from "./detector-table.js";
import { site, SITES } from "./hex-lattice.js";
import { type Layer } from "./layers.js";
import { type Sensor } from "./sensor.js";

/** Thickness type of a wafer or TC, as an index: high density 120 um, low density 200 and 300 um, scintillator. */
export const THICKNESS_NAMES = ["HD120", "LD200", "LD300", "scintillator"] as const;

/** One row per wafer, by layer, then u, then v. */
export interface Wafers {
  readonly rows: number;
  readonly layer: Uint8Array;
  readonly u: Int8Array;
  readonly v: Int8Array;
  /** Centre [cm]. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Index of THICKNESS_NAMES. */
  readonly thickness: Uint8Array;
  /** 1 when every cell counts, 0 for partial wafers. */
  readonly whole: Uint8Array;
  /** Id of the wafer's first cell; partial wafers number all cells of their sensor. */
  readonly firstCell: Int32Array;
  /** Rows [first[layer], first[layer + 1]) are a layer's. */
  readonly first: Int32Array;
  /** Row of [layer * SITES + site(u, v)], -1 where there is none. */
  readonly atSite: Int32Array;
}

/** The largest |u|, |v| that is tried; a ring of wafers is about 14.5 cm wide. */
const MAX_UV = 20;

export function createWafers(table: DetectorTable, layers: readonly Layer[], sensors: readonly Sensor[]): Wafers {
  const rows: number[][] = []; // layer, u, v, x, y, thickness, whole
  const first = new Int32Array(layers.length + 2);
  const absent = new Set(table.absentWafers.map(String));
  const thicknessOf = new Map(table.thicknessExceptions.map(([layer, u, v, type]) => [`${layer},${u},${v}`, type]));
  const pitch = table.waferSize + table.waferGap;
  for (const layer of layers) {
    for (let u = -MAX_UV; u <= MAX_UV; u++) {
      for (let v = -MAX_UV; v <= MAX_UV; v++) {
        const x = ((v - 2 * u) * pitch) / 2;
        const y = layer.waferY + (v * pitch * Math.sqrt(3)) / 2;
        if (!hasCornerInside(table, layer, x, y)) continue;
        const key = `${layer.layer},${u},${v}`;
        if (absent.has(key)) continue;
        const thickness = thicknessOf.get(key) ?? thicknessAt(table, layer, Math.hypot(x, y));
        const whole = isWhole(sensors[thickness], layer, x, y);
        rows.push([layer.layer, u, v, x, y, thickness, whole ? 1 : 0]);
      }
    }
    first[layer.layer + 1] = rows.length;
  }
  const column = (i: number): number[] => rows.map((row) => row[i]);
  const firstCell = new Int32Array(rows.length + 1);
  const atSite = new Int32Array((layers.length + 1) * SITES).fill(-1);
  rows.forEach(([layer, u, v, , , thickness], row) => {
    firstCell[row + 1] = firstCell[row] + sensors[thickness].cells;
    atSite[layer * SITES + site(u, v)] = row;
  });
  return {
    rows: rows.length,
    layer: Uint8Array.from(column(0)),
    u: Int8Array.from(column(1)),
    v: Int8Array.from(column(2)),
    x: Float64Array.from(column(3)),
    y: Float64Array.from(column(4)),
    thickness: Uint8Array.from(column(5)),
    whole: Uint8Array.from(column(6)),
    firstCell,
    first,
    atSite,
  };
}

function hasCornerInside(table: DetectorTable, layer: Layer, x: number, y: number): boolean {
  const low = (layer.rin + table.waferMargin) ** 2;
  const high = (layer.rout - table.waferMargin) ** 2;
  const corner = table.waferSize / Math.sqrt(3);
  const half = table.waferSize / 2;
  const inside = (cx: number, cy: number): boolean => cx * cx + cy * cy >= low && cx * cx + cy * cy <= high;
  return (
    inside(x, y + corner) ||
    inside(x, y - corner) ||
    inside(x + half, y + corner / 2) ||
    inside(x + half, y - corner / 2) ||
    inside(x - half, y + corner / 2) ||
    inside(x - half, y - corner / 2)
  );
}

function thicknessAt(table: DetectorTable, layer: Layer, r: number): number {
  if (r < table.thinRadius[layer.layer - 1]) return 0;
  return r < table.thickRadius[layer.layer - 1] ? 1 : 2;
}

/** Whether a cell of a wafer centred at (x, y) counts: its centre lies within the layer's silicon. */
export function cellCounts(layer: Layer, sensor: Sensor, cell: number, x: number, y: number): boolean {
  const cx = x + sensor.x[cell];
  const cy = y + sensor.y[cell];
  const r2 = cx * cx + cy * cy;
  return r2 >= layer.rin * layer.rin && r2 <= layer.rout * layer.rout;
}

function isWhole(sensor: Sensor, layer: Layer, x: number, y: number): boolean {
  const r = Math.hypot(x, y);
  const corner = sensor.size / Math.sqrt(3);
  if (r - corner >= layer.rin && r + corner <= layer.rout) return true;
  for (let cell = 0; cell < sensor.cells; cell++) if (!cellCounts(layer, sensor, cell, x, y)) return false;
  return true;
}
