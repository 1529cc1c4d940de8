export * from "./geometry-check.js";
export { type Generated, type GunOptions, type Range } from "./gun.js";
export * from "./ntuple.js";
export * from "./simulate.js";
export * from "./selection.js";
export * from "./skim.js";
export * from "./tables.js";
export * from "./event-names.js";
