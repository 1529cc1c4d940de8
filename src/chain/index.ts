export {
  type Chain,
  type ChainOptions,
  type ChainResult,
  createChain,
  createEntryChain,
  type EntryChain,
  type EntryResult,
} from "./chain.js";
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
export { type Cells, cellStages } from "./cells.js";
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
} from "./coarse.js";
export { addCounts, type ChainCounts, countEntry, createCounts } from "./counts.js";
export { createHistogram, fill, fillInto, type Histogram, type TcColumns } from "./fill.js";
export { createClusterFinder, type FoundClusters } from "./find-clusters.js";
export { createGrid, findBin, findPhiBin, type Grid } from "./grid.js";
export { EntryJudge, type Judgement, ParticleJudge } from "./judge.js";
export {
  distanceTo,
  type EntryClusters,
  hasNeighbour,
  type Matches,
  matchParticle,
  matchPoint,
  NEIGHBOURS_MIX,
  type Point,
  projected,
} from "./match.js";
export { mapStages } from "./maps.js";
export { mergeRecords } from "./merge.js";
export { type ControlSummary, ControlBuilder, isNearTruth, netSplits, TRUSTED_CONTROL } from "./net.js";
export { createNtupleClusters } from "./ntuple-clusters.js";
export { addClusters, type ChainTables, createOutput, type EntryOf, type Output } from "./output.js";
export { addRecords, type FoundInEntry } from "./record-entry.js";
export {
  CHAINS_FIELD,
  CONFIG_FIELD,
  parseRunInfo,
  readParams,
  type RunInfo,
  SAMPLE_FIELD,
  type StoredRange,
  type StoredSample,
  type StoredTcMap,
  type StoredWeights,
} from "./run-info.js";
export {
  CLUSTER_ALGOS,
  type ClusterAlgo,
  PARAMETERS,
  PHI_AXES,
  type PhiAxis,
  SEED_CS_INPUTS,
  type SeedCsInput,
  SMOOTH_KERNELS,
  type SmoothKernel,
} from "./parameters.js";
export {
  type BaseParams,
  type ChainParams,
  checkParams,
  type ClusterParams,
  type CsParams,
  DEFAULT_PARAMS,
  type SeedCsParams,
  type SeedParams,
  type SmoothParams,
  storedParams,
  type ValidationParams,
  type ValidClusterParams,
} from "./params.js";
export { CMSSW_PARAMS, type Preset, PRESETS, presetParams, readsParameter } from "./presets.js";
export { addSeed, createSeeds, NO_CELL, seed, seedInto, type Seeds } from "./seed.js";
export { hexDistance, seedUv, universalU, universalV, type UvCells } from "./seed-uv.js";
export {
  type Acceptance,
  acceptanceOf,
  energyResponse,
  type LeftOut,
  leftOutReasons,
  leftOutWords,
  parseSelection,
  type Selected,
  selectEntry,
  type Selection,
} from "./select.js";
export { createEntryTest, createSingleStep, type SingleStep } from "./single-steps.js";
export { createSmoother, createSmoothMap, smooth, type Smoother, type SmoothMap, type Spans } from "./smooth.js";
export {
  type ChainSummary,
  type Performance,
  performanceOf,
  SummaryBuilder,
  type SummaryRecords,
  summaryRecords,
  truthOf,
  type TruthSummary,
} from "./summary.js";
export { judgeTruth, type Signal, sumParticleSignal, sumSignal } from "./truth.js";
export { SharedStages, type Stage } from "./stages.js";
export { findSplits } from "./split.js";
export { addRecord, addTcSums, sumTcs, type TcSums } from "./validate.js";
