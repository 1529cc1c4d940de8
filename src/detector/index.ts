export { cellNoise, gevPerMip, mipPtToPt, ptToMipPt, thicknessCorrection } from "./calibration.js";
export { geometryCsv, geometryJson } from "./export.js";
export { createGeometry, type Geometry, geometryFromTable, layerOf } from "./geometry.js";
export { cellsToImport, importCells, IMPORTED_CELLS, type ImportedCells, type ImportReport } from "./import.js";
export { type DetectorTable } from "./detector-table.js";
export { type Layer, type ScintillatorLayer } from "./layers.js";
export { LATTICE_REACH, site, SITES, siteU, siteV } from "./hex-lattice.js";
export { cellAt, tcAt, tcIndex, tcOfCell, waferAt, waferIndex } from "./lookup.js";
export { tcOutline, waferNeighbours, waferOutline } from "./outlines.js";
export { type Sensor, TCS_PER_WAFER } from "./sensor.js";
export { negativeEndcap, SCINTILLATOR_WAFER, type TriggerCells } from "./trigger-cells.js";
export {
  ceeLayersOf,
  DEFAULT_GEOMETRY,
  GEOMETRY_VERSIONS,
  layerCountOf,
  MOST_LAYERS,
  subdetOf,
  tableOf,
  triggerLayersOf,
} from "./versions.js";
export { THICKNESS_NAMES, type Wafers } from "./wafers.js";
