export * from "./chain.js";
export {
  type Calibration,
  type CorrectPt,
  createPtCorrection,
  type EnergyResponse,
  energyResponseOf,
  isInvertible,
  layerWeights,
  responseAt,
} from "./calibrate.js";
export { checkParticles, describeEntry } from "./check.js";
export {
  checkEntry,
  type ChainSpec,
  type Clustered,
  tcsOf,
  type EntryRows,
  type StepRows,
  type StepSpec,
  type StepTable,
} from "./chain-spec.js";
export { CHAIN_NAMES, type ChainName, chainOf, CHAINS, isChainName, stepTables, tcColumns } from "./chains.js";
export { Clusterer, type ClusterMaker } from "./cluster.js";
export { type ClusterSums } from "./cluster-sums.js";
export { type ClusteringDifference, compareClusterings } from "./compare.js";
export { compareWithCmssw } from "./cmssw.js";
export {
  coarseLayers,
  type CoarseSeeds,
  coarseSeeds,
  cylinderInto,
  type TcRows,
  tcRowsOf,
  type UvColumns,
  type WaferSums,
  waferSums,
} from "./coarse.js";
export * from "./counts.js";
export { createHistogram, fill, fillInto, type Histogram, type TcColumns } from "./fill.js";
export { createClusterFinder, type FoundClusters } from "./find-clusters.js";
export * from "./grid.js";
export { EntryJudge, type Judgement, ParticleJudge } from "./judge.js";
export * from "./match.js";
export { mapStages } from "./maps.js";
export { mergeRecords } from "./merge.js";
export { type ControlSummary, ControlBuilder, isNearTruth, netSplits, TRUSTED_CONTROL } from "./net.js";
export { createNtupleClusters } from "./ntuple-clusters.js";
export { addClusters, type ChainTables, createOutput, type EntryOf, type Output } from "./output.js";
export { addRecords, type FoundInEntry } from "./record-entry.js";
export * from "./parameters.js";
export * from "./params.js";
export { CMSSW_PARAMS, type Preset, PRESETS, presetParams, readsParameter } from "./presets.js";
export * from "./seed.js";
export { hexDistance, seedUv, universalU, universalV, type UvCells, uvCells } from "./seed-uv.js";
export * from "./select.js";
export { createEntryTest, createSingleStep, type SingleStep } from "./single-steps.js";
export * from "./smooth.js";
export * from "./summary.js";
export { judgeTruth, type Signal, sumParticleSignal, sumSignal } from "./truth.js";
export { SharedStages, type Stage } from "./stages.js";
export { findSplits } from "./split.js";
export * from "./validate.js";
