export { nodeCodecs } from "./codecs.js";
export { type Effects, realEffects } from "./effects.js";
export { hasFile, inputError, openFile, openFolder, openRegular } from "./file.js";
export { fillFrames, type Frame, type FrameColumn, FrameWriter, writeFrames } from "./frames.js";
export { type FrameFile, openFrames, type ReadColumn, type ReadFrame } from "./frames-read.js";
export {
  checkEnding,
  checkOutside,
  csvFile,
  csvFolder,
  HDF5_FILE,
  HTML_FILE,
  JSON_FILE,
  MARK,
  PARQUET_FILE,
  PART_FOLDER,
  ROOT_FILE,
  RUN_FOLDER,
  SAMPLE_FOLDER,
  STUDY_FOLDER,
} from "./output-kinds.js";
export { encodeGroup } from "../parquet/row-group.js";
export { buffersOf, joinPieces, toPiece } from "../parquet/table-piece.js";
export { type OutputKind } from "./output-target.js";
export {
  abortOutputs,
  createOutputFile,
  createOutputFolder,
  type OutputFile,
  type OutputFolder,
  type OutputOptions,
  OutputSet,
  removeOutputsNow,
  writeOutputFile,
} from "./output.js";
export { reasonOf } from "./reason.js";
export { rootCodecs } from "./root-codecs.js";
export { writeRootTree, zstdCompression } from "./root-output.js";
export { type Beside, extendRun, type FolderOptions, openRunFolder, type RunExtra, writeRun } from "./run.js";
export { type Checkpoint, openSampleFolder, type PartsOptions, writeSample, writeSampleInParts } from "./sample.js";
