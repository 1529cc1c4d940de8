export type { RootCodecs } from "./codecs.js";
export type { RootColumn } from "./column.js";
export { type RootFile, openRootFile } from "./file.js";
export { type ReadPlan, planChunks, planRead } from "./plan.js";
export { type RootChunk, iterateBranches, readBranches } from "./read.js";
export type { Scalar, ScalarArray } from "./scalars.js";
export { type BasketRef, type RootBranch, type RootTree, findBranch } from "./tree.js";
