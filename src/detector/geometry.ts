/** A geometry version, built from its table. */
import { InputError } from "../core/index.js";
import { type DetectorTable } from "./detector-table.js";
import { createLayers, type Layer } from "./layers.js";
import { createSensor, type Sensor } from "./sensor.js";
import { createTriggerCells, type TriggerCellIndex, type TriggerCells } from "./trigger-cells.js";
import { tableOf } from "./versions.js";
import { createWafers, type Wafers } from "./wafers.js";

/**
 * The positive endcap. Everything is in cm; points of the negative endcap are looked up with (-x, y).
 * Layers count from 1, so `layers[0]` is layer 1.
 */
export interface Geometry extends TriggerCellIndex {
  readonly version: string;
  readonly table: DetectorTable;
  readonly layers: readonly Layer[];
  /** By thickness: HD120, LD200, LD300. */
  readonly sensors: readonly Sensor[];
  readonly wafers: Wafers;
  /** Cell ids are 0 to cells - 1: silicon by wafer, then scintillator tiles from firstTile on. */
  readonly cells: number;
  readonly firstTile: number;
  /** Wafer of [silicon cell id / 48]. */
  readonly waferOfBlock: Uint16Array;
  /** By layer number: y of wafer (0, 0), and the squared radius where scintillator begins (infinite without). */
  readonly waferY: Float64Array;
  readonly boundary2: Float64Array;
  /** Where positions were imported: the cells as the version has them, to which the outlines belong. */
  readonly ownPositions?: TriggerCells;
  /** Ring of scintillator at the low end of each cm of radius from the first ring on. */
  readonly ringAtCm: Uint8Array;
}

const built = new Map<string, Geometry>();

/** The geometry of a version; built once. Throws InputError for versions that do not exist. */
export function createGeometry(version: string): Geometry {
  const table = tableOf(version);
  const geometry = built.get(table.version) ?? geometryFromTable(table);
  built.set(table.version, geometry);
  return geometry;
}

/** The geometry that a table describes. */
export function geometryFromTable(table: DetectorTable): Geometry {
  const layers = createLayers(table);
  const lowDensity = createSensor(table.waferSize, 8);
  const sensors = [createSensor(table.waferSize, 12), lowDensity, lowDensity];
  const wafers = createWafers(table, layers, sensors);
  const index = createTriggerCells(table, layers, sensors, wafers);
  const firstTile = wafers.firstCell[wafers.rows];
  const waferOfBlock = new Uint16Array(firstTile / 48);
  for (let wafer = 0; wafer < wafers.rows; wafer++) {
    waferOfBlock.fill(wafer, wafers.firstCell[wafer] / 48, wafers.firstCell[wafer + 1] / 48);
  }
  const rings = table.scintRings;
  return {
    ...index,
    version: table.version,
    table,
    layers,
    sensors,
    wafers,
    cells: firstTile + 4 * (index.triggerCells.rows - index.siliconRows),
    firstTile,
    waferOfBlock,
    waferY: Float64Array.from([Number.NaN, ...layers.map((layer) => layer.waferY)]),
    boundary2: Float64Array.from([
      Number.NaN,
      ...layers.map((layer) => (layer.scintillator ? layer.rout * layer.rout : Number.POSITIVE_INFINITY)),
    ]),
    ringAtCm: Uint8Array.from(
      { length: Math.ceil(rings[rings.length - 1] - rings[0]) },
      (_, cm) => rings.findLastIndex((r) => r <= rings[0] + cm) + 1,
    ),
  };
}

/** A layer by its number. Throws InputError outside of the detector. */
export function layerOf(geometry: Geometry, layer: number): Layer {
  const found = geometry.layers.at(layer - 1);
  if (found?.layer !== layer) {
    throw new InputError(
      `no layer ${layer} in geometry ${geometry.version}; layers are 1 to ${geometry.layers.length}`,
    );
  }
  return found;
}
