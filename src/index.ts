/**
 * The library for Node and browsers: the pure rooms, and files as bytes. `bye-splits/node` adds file access and the
 * pipeline.
 */
export * from "./chain/index.js";
export * from "./core/index.js";
export * from "./detector/index.js";
export * from "./events/index.js";
export * from "./io/index.js";
export * from "./plots/index.js";
export * from "./studies/index.js";
