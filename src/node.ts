/** The library for Node: files, and chains over whole samples. */
export * from "./io/node/index.js";
export { type RunJob, type RunReport, runChains } from "./pipeline/run.js";
export { type ChainSummary } from "./pipeline/summary.js";
