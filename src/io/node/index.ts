export * from "./file.js";
