export * from "./codecs.js";
export * from "./effects.js";
export * from "./file.js";
export * from "./output.js";
export * from "./root-codecs.js";
export * from "./root-output.js";
export * from "./run.js";
export * from "./sample.js";
