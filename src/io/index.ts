export * from "./source.js";
