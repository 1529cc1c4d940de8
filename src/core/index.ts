export * from "./errors.js";
export * from "./exact.js";
export * from "./random.js";
export * from "./table.js";
export * from "./table-builder.js";
export * from "./angles.js";
export * from "./statistics.js";
export * from "./printable.js";
