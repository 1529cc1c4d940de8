export * from "./chain.js";
export { Clusterer, type ClusterSums } from "./cluster.js";
export * from "./fill.js";
export * from "./grid.js";
export * from "./params.js";
export * from "./seed.js";
export * from "./select.js";
export * from "./smooth.js";
export * from "./validate.js";
