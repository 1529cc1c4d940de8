/**
 * The library for Node and browsers: the chains and their steps, simulation and geometry, studies, plots, and files as
 * bytes. `bye-splits/node` adds files by their path, chains over whole samples, and batch jobs.
 */
// Tables, numbers and errors.
// prettier-ignore
export {
  binnedProfile, bootstrap, type BootstrapOptions, type ChoiceRow, clopperPearson, type Column, type ColumnSpec,
  type ColumnType, ConfigError, createTable, effectiveRms, type ErrorCode, ExpectedError, fitLine, FormatError,
  gaussianCore, InputError, InterruptedError, type Interval, type LineFit, type ListRow, logGamma, mean, median,
  type NumberRow, OutputError, type ParameterRow, type ParameterTable, type ParameterValues, poissonInterval, quantile,
  quantiles, Random, type RawNumbers, rowsOfEntry, rowsWhere, type Schema, sliceTable, spanOfEntry, standardDeviation,
  type SwitchRow, type Table, TableBuilder, takeRows, TransientError, weightedQuantiles, wrapPhi,
} from "./core/index.js";

// The geometry: wafers, trigger cells, their names and places.
// prettier-ignore
export {
  ceeLayersOf, cellAt, createGeometry, DEFAULT_GEOMETRY, type DetectorTable, type Geometry, GEOMETRY_VERSIONS,
  geometryCsv, geometryJson, importCells, IMPORTED_CELLS, type ImportedCells, type ImportReport, type Layer, layerOf,
  mipPtToPt, negativeEndcap, ptToMipPt, SCINTILLATOR_WAFER, type ScintillatorLayer, type Sensor, subdetOf, tcAt,
  tcIndex, tcOfCell, tcOutline, TCS_PER_WAFER, THICKNESS_NAMES, thicknessCorrection, type TriggerCells,
  triggerLayersOf, waferAt, waferIndex, waferNeighbours, waferOutline, type Wafers,
} from "./detector/index.js";

// Events: the tables of samples and runs, the simulation, the skim.
// prettier-ignore
export {
  ASSIGNMENT, CL3D, type Cl3dTable, CLUSTERS, COARSE_SEEDS, createSkim, type CutFlow, DEFAULT_SKIM, ENTRIES,
  type EntriesTable, type EventName, FILL, findEvents, type FoundEvents, GEN, type GenTable, type GunOptions,
  type IdColumn, type NtupleChunk, type NtupleColumn, type NtupleGroup, type NtupleTruth, type NtupleVectors,
  parseEventName, PARTICLE_NAMES, type ParticleName, PARTICLES, type Range, RECORDS, RUN_TABLES, SAMPLE_TABLES,
  type SampleBatch, SEEDS, simulateEvents, type SimulationOptions, type SkimOptions, SMOOTH, SPLITS, TC, TC_TRUTH,
  type TcColumn, TCDR, type TcTable, type TcTruthTable,
} from "./events/index.js";

// The chains, their steps and what they find.
// prettier-ignore
export {
  type Acceptance, acceptanceOf, addSeed, type BaseParams, type Cells, cellStages, type Chain, CHAIN_NAMES,
  type ChainCounts, type ChainName, type ChainOptions, type ChainParams, type ChainResult, CHAINS, type ChainSpec,
  type ChainSummary, type ChainTables, checkEntry, checkParams, CLUSTER_ALGOS, type ClusterAlgo, Clusterer,
  type ClusteringDifference, type ClusterParams, type ClusterSums, CMSSW_PARAMS, type CoarseSeeds, coarseSeeds,
  compareClusterings, compareWithCmssw, type ControlSummary, type CorrectPt, createChain, createEntryChain,
  createGrid, createHistogram, createNtupleClusters, createSeeds, createSmoother, createSmoothMap, type CsParams,
  DEFAULT_PARAMS, distanceTo, type EnergyResponse, type EntryChain, type EntryClusters, type EntryOf,
  type EntryResult, type EntryRows, fill, fillInto, findSplits, type Grid, hexDistance, type Histogram, isChainName,
  type LeftOut, mapStages, type Matches, matchParticle, type Output, PARAMETERS, parseSelection, type Performance,
  performanceOf, type PhiAxis, type Point, type Preset, presetParams, PRESETS, projected, seed, type SeedCsInput,
  seedInto, type SeedParams, type Seeds, seedUv, type Selected, selectEntry, type Selection, SharedStages, smooth,
  type Smoother, type SmoothKernel, type SmoothMap, type SmoothParams, type Spans, type Stage, type StepSpec,
  type StepTable, SummaryBuilder, type SummaryRecords, type TcColumns, type TcRows, tcsOf, type TruthSummary, type UvCells,
  type UvColumns, type ValidationParams, type WaferSums,
} from "./chain/index.js";

// Studies: what they find, and the tables that they write.
// prettier-ignore
export {
  boundedLeastSquares, type Bounds, type CalibrationOptions, CORRECTIONS, FIGURES, findRadius, fitCalibration,
  type FittedCalibration, type LayerRange, type LayerWeight, mapPhi, type NormalEquations, paretoFront, parseRadii,
  PART_EVENTS, PHI_EVENTS, PHI_POINTS, PHI_REGIONS, type PhiMap, type PhiMapOptions, type PhiRegion, type PileUpLine,
  RADIUS_CLUSTERS, RadiusSweep, type RadiusSweepOptions, TC_MAP, type TcMap, WEIGHT_POINTS, WEIGHTS,
} from "./studies/index.js";

// Plots: data to SVG and CSV, and the pages of a report.
// prettier-ignore
export {
  type Axis, type AxisFrame, type BandMark, clusterColor, type ColorName, createFigure, distributionsPage,
  type DrawnPlot, drawPlot, eventDisplay, type EventDisplayInput, type EventDisplayOptions, type EventInput, eventsPage,
  type Figure, type HeatMark, histogram, type Lane, lanesOf, type LineMark, type Mark, type Marker, type Numbers,
  occupancyMaps, type Page, type PageTable, type Panel, type PanelFrame, type Plot, plotCsv, type PointsMark,
  type ReportHead, reportHtml, type ReportRun, resolutionPage, type RuleMark, type ScaleBarMark, seedingPage, type Series,
  type ShapesMark, type Slider, splitsPage, type StepsMark, tilingPlot, triggerPage, uvMap, type Variable, VARIABLES,
  type ViolinsMark,
} from "./plots/index.js";

// Files as bytes: samples, runs, Parquet, ROOT, and what other programs read.
// prettier-ignore
export {
  type BasketRef, type BlobLike, blobSource, type BranchSpec, type ByteSink, type ByteSource, type ChainContent,
  type ChainContents, type ClusterContent, type Compression, createNtupleReader, eventContent, type EventContent, eventCsv,
  eventJson, type EventJson, type EventSource, findBranch, findNtuple, type FolderInfo, type FolderKind,
  type GoodColumn, type GoodColumns, goodEvents, type GroupEncoder, type GroupRequest, initZstd, iterateBranches,
  iterateNtuple, loadTreeReader, memorySource, ntupleColumns, openParquet, openRootFile, openRun, openSample,
  type OpenSink, type ParquetCodecs, parquetCodecs, type ParquetColumnInfo, ParquetFile, type ParquetState, ParquetWriter,
  type ParticleContent, phoenixEvent, type PhoenixEvent, type Place, readBranches, type RootBranch, type RootChunk,
  type RootCodecs, type RootColumn, type RootFile, type RootTree, RootTreeWriter, type RowGroupInfo, type Run,
  RunWriter, type SampleInfo, SampleReader, type SampleState, type SampleTable, SampleWriter, type Scalar,
  type ScalarArray, type ShownChain, type SourceFolder, type TableRecords, type TableState, type TreeWriterOptions,
  type WriteColumn, type WriteOptions, type Zstd,
} from "./io/index.js";
