export { boundedLeastSquares, type Bounds, type NormalEquations } from "./bounded-least-squares.js";
export { type Calibrated, fitCore, fitEnergyResponse, fitPileUp, type PileUpLine } from "./corrections.js";
export { BLOCKS, type LayerWeight, type WeightOptions, WeightSums } from "./layer-weights.js";
export { mapPhi, type PhiMap, type PhiMapOptions } from "./phi-map.js";
export { cellsOfRegion, PHI_REGIONS, type PhiRegion } from "./phi-regions.js";
export { type RowSweep, type SweepOptions, sweepRow } from "./phi-sweep.js";
export { addMovedEvents } from "./phi-events.js";
export { parseParameters } from "./phi-parameters.js";
export {
  PHI_COUNTS,
  PHI_EVENTS,
  PHI_KEYS,
  PHI_PART_EVENTS,
  PHI_POINTS,
  PHI_ROWS,
  TC_MAP,
  type TcMap,
} from "./phi-tables.js";
export {
  calibrationOf,
  type CalibrationOptions,
  fitCalibration,
  type FittedCalibration,
  type LayerTable,
  type StudyCalibration,
  type Version,
  VERSIONS,
} from "./calibration.js";
export { LayerClusterRows } from "./layer-clusters.js";
export { SETS, weightFigures } from "./weight-points.js";
export {
  CORRECTIONS,
  LAYER_CLUSTERS,
  LAYER_CLUSTERS_WITH_PT,
  layerColumn,
  WEIGHT_LAYERS,
  WEIGHT_POINTS,
  WEIGHTS,
} from "./weight-tables.js";
export { type ImportedStudy, parseStudyInfo, type StudyInfo, type StudyPart, type StudySample } from "./study-info.js";
export { PHI_POINT, type PhiPoint, RADIUS_POINT, type RadiusPoint, SCAN_POINT } from "./study-points.js";
export { CLUSTER_STUDIES } from "./cluster-studies.js";
export { type Bin, type BinColumns, FigureBuilder, type Figures } from "./figures.js";
export {
  type ScanAxis,
  type Changes,
  changedParams,
  changesOf,
  gridPoints,
  type ScanPoint,
  settingsText,
} from "./grid.js";
export {
  type ClusterFrame,
  IMPORTED_CLUSTERS,
  IMPORTED_COLUMNS,
  importRadius,
  KnownParticles,
  withoutShares,
} from "./imported-radius.js";
export { addEventRow, addEvents, clearEventRow, createEventRow, type EventRow, type PointOf } from "./point-events.js";
export { type Coeffs, findRadius, linspace, parseRadii, radiiOfCoeffs, radiusKey } from "./radii.js";
export { type BestRadius, BestRadiusFinder, bestRadiusLine, type Measure, measureOf } from "./best-radius.js";
export { RadiusCollector } from "./radius-clusters.js";
export { RadiusScan, type RadiusScanOptions, type ScanCounts } from "./radius-scan.js";
export { type LayerRange, radiiOf, RadiusSweep, type RadiusSweepOptions } from "./radius-sweep.js";
export { checkRank, costOf, paretoFront, ranked, rankedTable } from "./ranking.js";
export {
  BY_COLUMNS,
  FIGURES,
  HEAL,
  PART_EVENTS,
  RADIUS_CLUSTERS,
  RADIUS_KEYS,
  SCAN_KEYS,
  STUDY_ENTRIES,
  STUDY_EVENTS,
  STUDY_SEEDS,
  WEIGHTED_COLUMNS,
  WEIGHTED_RESPONSES,
} from "./tables.js";
export { createCellMoves, MOVED_COLUMNS, type MoveCells } from "./tc-moves.js";
