/** Trigger cell positions of another program, CMSSW's above all, in place of our own. */
import { InputError, type Schema, type Table } from "../core/index.js";
import { type Geometry } from "./geometry.js";
import { tcIndex } from "./lookup.js";

/** The trigger cells of the positive endcap as they are stored: the key, then the position. */
export const IMPORTED_CELLS = {
  layer: { type: "int32", unit: "", doc: "layer, CE-H counted on from CE-E" },
  wu: { type: "int32", unit: "", doc: "wafer u (scintillator: -999)" },
  wv: { type: "int32", unit: "", doc: "wafer v (scintillator: -999)" },
  cu: { type: "int32", unit: "", doc: "trigger cell u (scintillator: ieta)" },
  cv: { type: "int32", unit: "", doc: "trigger cell v (scintillator: iphi)" },
  x: { type: "double", unit: "cm", doc: "position" },
  y: { type: "double", unit: "cm", doc: "position" },
  z: { type: "double", unit: "cm", doc: "position" },
} as const satisfies Schema;

export type ImportedCells = Table<typeof IMPORTED_CELLS>;

/** How imported cells compare with the geometry that they are put into. */
export interface ImportReport {
  readonly cells: number;
  /** Cells that the geometry does not have. */
  readonly unknown: number;
  /** Cells of the geometry that the import does not have: they keep their own positions. */
  readonly absent: number;
  /** [cm] in x and y: the largest shift, and the median. */
  readonly largestShift: number;
  readonly medianShift: number;
}

/** Above this share of unknown cells it is another detector. */
const MAX_UNKNOWN = 0.01;

/**
 * A geometry with the positions of imported cells; outlines move along. InputError when more than 1 % of them have no
 * counterpart: they are of another version, with other wafers.
 */
export function importCells(base: Geometry, cells: ImportedCells): { geometry: Geometry; report: ImportReport } {
  const { layer, wu, wv, cu, cv, x, y, z } = cells.columns;
  const own = base.triggerCells;
  const moved = { x: own.x.slice(), y: own.y.slice(), z: own.z.slice(), eta: own.eta.slice(), phi: own.phi.slice() };
  const found = new Uint8Array(own.rows);
  const shifts: number[] = [];
  let unknown = 0;
  for (let i = 0; i < cells.rows; i++) {
    const tc =
      layer[i] >= 1 && layer[i] <= base.layers.length ? tcIndex(base, layer[i], wu[i], wv[i], cu[i], cv[i]) : -1;
    if (tc < 0) {
      unknown++;
      continue;
    }
    found[tc] = 1;
    shifts.push(Math.hypot(x[i] - own.x[tc], y[i] - own.y[tc]));
    moved.x[tc] = x[i];
    moved.y[tc] = y[i];
    moved.z[tc] = z[i];
    moved.eta[tc] = Math.asinh(z[i] / Math.hypot(x[i], y[i]));
    moved.phi[tc] = Math.atan2(y[i], x[i]);
  }
  if (cells.rows === 0 || unknown > MAX_UNKNOWN * cells.rows) {
    throw new InputError(
      `${unknown} of ${cells.rows} imported trigger cells are not in geometry ${base.version}: they are of another version`,
    );
  }
  const ordered = Float64Array.from(shifts).toSorted();
  return {
    geometry: { ...base, version: `${base.version} imported`, triggerCells: { ...own, ...moved }, ownPositions: own },
    report: {
      cells: cells.rows,
      unknown,
      absent: own.rows - found.reduce((sum, n) => sum + n, 0),
      largestShift: ordered[ordered.length - 1],
      medianShift: ordered[ordered.length >> 1],
    },
  };
}

/** The geometry's own cells in the form of an import: what a test or another program can start from. */
export function cellsToImport({ triggerCells }: Geometry): ImportedCells {
  const { rows, layer, wu, wv, cu, cv, x, y, z } = triggerCells;
  const integers = { layer, wu, wv, cu, cv };
  const columns = Object.fromEntries(Object.entries(integers).map(([name, column]) => [name, Int32Array.from(column)]));
  return { rows, columns: { ...columns, x: x.slice(), y: y.slice(), z: z.slice() } as ImportedCells["columns"] };
}
