export { boundedLeastSquares, type Bounds, type NormalEquations } from "./bounded-least-squares.js";
export { type Calibrated, fitCore, fitEnergyResponse, fitPileUp, type PileUpLine } from "./corrections.js";
export { BLOCKS, type LayerWeight, type WeightOptions, WeightSums } from "./layer-weights.js";
export { mapPhi, type PhiMap, type PhiMapOptions } from "./phi-map.js";
export { cellsOfRegion, PHI_REGIONS, type PhiRegion } from "./phi-regions.js";
export { type RowSweep, type SweepOptions, sweepRow } from "./phi-sweep.js";
export { PHI_COUNTS, PHI_ROWS, TC_MAP, type TcMap } from "./phi-tables.js";
export { CELL_NAME_COLUMNS, createCellMoves, type MoveCells } from "./tc-moves.js";
