export {
  type ChainContent,
  type ChainContents,
  type ClusterContent,
  eventContent,
  type EventContent,
  particlesOf,
  type ParticleContent,
} from "./event-content.js";
export * from "./event-export.js";
export * from "./folder-info.js";
export * from "./good-events.js";
export * from "./lz4.js";
export { hexHash } from "./parquet-checksum.js";
export * from "./parquet-codecs.js";
export * from "./parquet-lists.js";
export * from "./parquet-read.js";
export * from "./parquet-write.js";
export { phoenixEvent, type PhoenixEvent } from "./phoenix.js";
export * from "./root/index.js";
export * from "./run-read.js";
export * from "./run-write.js";
export * from "./sample-read.js";
export * from "./sample-write.js";
export * from "./source.js";
export type { EncodedColumn, EncodedGroup } from "./row-group.js";
export type { CodedStrings, TablePiece } from "./table-piece.js";
export * from "./table-write.js";
