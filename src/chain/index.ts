export * from "./chain.js";
export {
  type CorrectPt,
  createPtCorrection,
  type EnergyResponse,
  energyResponseOf,
  isInvertible,
  layerWeights,
  responseAt,
} from "./calibrate.js";
export { checkParticles } from "./check.js";
export { type ChainSpec, type EntryRows, type StepRows, type StepSpec, type StepTable } from "./chain-spec.js";
export { CHAIN_NAMES, type ChainName, chainOf, CHAINS, isChainName, stepTables, tcColumns } from "./chains.js";
export { Clusterer, type ClusterSums } from "./cluster.js";
export { type ClusteringDifference, compareClusterings } from "./compare.js";
export { compareWithCmssw } from "./cmssw.js";
export {
  coarseLayers,
  type CoarseSeeds,
  coarseSeeds,
  cylinderInto,
  type UvColumns,
  type WaferSums,
  waferSums,
} from "./coarse.js";
export * from "./counts.js";
export * from "./fill.js";
export { createClusterFinder, type FoundClusters } from "./find-clusters.js";
export * from "./grid.js";
export * from "./match.js";
export { mergeRecords } from "./merge.js";
export { type ControlSummary, ControlBuilder, netSplits, TRUSTED_CONTROL } from "./net.js";
export { createNtupleClusters } from "./ntuple-clusters.js";
export { type ChainTables, type EntryOf } from "./output.js";
export * from "./parameters.js";
export * from "./params.js";
export { CMSSW_PARAMS, type Preset, PRESETS, presetParams, readsParameter } from "./presets.js";
export * from "./seed.js";
export { hexDistance, seedUv, universalU, universalV, type UvCells, uvCells } from "./seed-uv.js";
export * from "./select.js";
export { createEntryTest, createSingleStep, type SingleStep } from "./single-steps.js";
export * from "./smooth.js";
export * from "./summary.js";
export { findSplits } from "./split.js";
export * from "./validate.js";
