export type { RootCodecs } from "./codecs.js";
export type { RootColumn } from "./column.js";
export { type RootFile, loadTreeReader, openRootFile, rntupleNote } from "./file.js";
export { NTUPLE_TREE, ntupleBranches, ntupleColumns } from "./ntuple.js";
export {
  createNtupleReader,
  findNtuple,
  iterateNtuple,
  ntuplePaths,
  ntupleSteps,
  readNtupleColumns,
} from "./ntuple-read.js";
export { checkShape, numbersOf, placeOf } from "./numbers.js";
export { type ReadPlan, planChunks, planRead } from "./plan.js";
export { type RootChunk, iterateBranches, readBranches } from "./read.js";
export type { Scalar, ScalarArray } from "./scalars.js";
export { type BasketRef, type RootBranch, type RootTree, findBranch } from "./tree.js";
export type { BranchSpec, WriteColumn } from "./write-branch.js";
export { type Compression, RootTreeWriter, type TreeWriterOptions } from "./write-tree.js";
