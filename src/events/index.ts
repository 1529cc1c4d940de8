export * from "./tables.js";
export * from "./simulate.js";
