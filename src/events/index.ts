export { GeometryCheck } from "./geometry-check.js";
export { type Generated, type GunOptions, type Range } from "./gun.js";
export {
  type IdColumn,
  NTUPLE_EVENT,
  NTUPLE_GROUPS,
  NTUPLE_TRUTH,
  type NtupleChunk,
  type NtupleColumn,
  ntupleColumn,
  type NtupleGroup,
  type NtupleTruth,
  type NtupleType,
  type NtupleVectors,
} from "./ntuple.js";
export { simulateEvents, type SimulationOptions } from "./simulate.js";
export { PARTICLE_NAMES, type ParticleName, PARTICLES, SELECTION } from "./selection.js";
export { addCuts, createSkim, type CutFlow, DEFAULT_SKIM, type SkimOptions } from "./skim.js";
export {
  ASSIGNMENT,
  CHAIN_COLUMNS,
  CL3D,
  type Cl3dTable,
  CLUSTERS,
  CMSSW_DIFFERENCES,
  COARSE_SEEDS,
  ENTRIES,
  type EntriesTable,
  FILL,
  GEN,
  type GenTable,
  PARTICLE_COLUMNS,
  RECORDS,
  RUN_TABLES,
  SAMPLE_TABLES,
  type SampleBatch,
  SEEDS,
  SMOOTH,
  SPLITS,
  storedRunTables,
  TC,
  TC_TRUTH,
  type TcColumn,
  TCDR,
  type TcTable,
  type TcTruthTable,
  TRUTH_COLUMNS,
} from "./tables.js";
export { countHint, type EventName, findEvents, type FoundEvents, parseEventName } from "./event-names.js";
