export {
  type ChainContent,
  type ChainContents,
  type ClusterContent,
  eventContent,
  type EventContent,
  particlesOf,
  type ParticleContent,
} from "./exchange/event-content.js";
export { eventCsv, type EventJson, eventJson, type EventSource, type ShownChain } from "./exchange/event-export.js";
export {
  checkRecord,
  type FolderInfo,
  type FolderKind,
  readInfo,
  type TableRecords,
  writeInfo,
} from "./folders/info.js";
export {
  checkGoodNames,
  GOOD_NAMES,
  type GoodColumn,
  type GoodColumns,
  goodEvents,
  type Place,
} from "./exchange/good-events.js";
export { lz4Block } from "./parquet/lz4.js";
export { hexHash } from "./parquet/checksum.js";
export { initZstd, type ParquetCodecs, parquetCodecs, type Zstd } from "./parquet/codecs.js";
export { type ListFile, openParquetLists } from "./exchange/parquet-lists.js";
export { type ByteRange, mergeRanges } from "./parquet/chunks.js";
export { openParquet, type ParquetColumnInfo, ParquetFile, type RowGroupInfo } from "./parquet/read.js";
export { type ParquetState, ParquetWriter } from "./parquet/write.js";
export { phoenixEvent, type PhoenixEvent } from "./exchange/phoenix.js";
export {
  type BasketRef,
  type BranchSpec,
  checkShape,
  type Compression,
  createNtupleReader,
  findBranch,
  findNtuple,
  iterateBranches,
  iterateNtuple,
  loadTreeReader,
  NTUPLE_TREE,
  ntupleBranches,
  ntupleColumns,
  ntuplePaths,
  ntupleSteps,
  numbersOf,
  openRootFile,
  placeOf,
  planChunks,
  planRead,
  readBranches,
  readNtupleColumns,
  type ReadPlan,
  rntupleNote,
  type RootBranch,
  type RootChunk,
  type RootCodecs,
  type RootColumn,
  type RootFile,
  type RootTree,
  RootTreeWriter,
  type Scalar,
  type ScalarArray,
  type TreeWriterOptions,
  type WriteColumn,
} from "./root/index.js";
export { type Made } from "./folders/made.js";
export { EntryTable } from "./folders/entry-table.js";
export { openRun, type Run } from "./folders/run-read.js";
export { RunWriter } from "./folders/run-write.js";
export { openSample, SampleReader } from "./folders/sample-read.js";
export { type SampleInfo, type SampleState, type SampleTable, SampleWriter } from "./folders/sample-write.js";
export {
  type BlobLike,
  blobSource,
  type ByteSink,
  type ByteSource,
  checkNotEmpty,
  checkRange,
  memorySource,
  type OpenSink,
  type SourceFolder,
} from "./source.js";
export type { EncodedColumn, EncodedGroup } from "./parquet/row-group.js";
export type { CodedStrings, TablePiece } from "./parquet/table-piece.js";
export {
  GROUP_ROWS,
  type GroupEncoder,
  type GroupRequest,
  type TableState,
  TableWriter,
  type WriteOptions,
} from "./parquet/table-write.js";
