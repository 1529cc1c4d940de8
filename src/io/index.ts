export {
  type ChainContent,
  type ChainContents,
  type ClusterContent,
  eventContent,
  type EventContent,
  particlesOf,
  type ParticleContent,
} from "./exchange/event-content.js";
export * from "./exchange/event-export.js";
export * from "./folders/info.js";
export * from "./exchange/good-events.js";
export * from "./parquet/lz4.js";
export { hexHash } from "./parquet/checksum.js";
export * from "./parquet/codecs.js";
export * from "./exchange/parquet-lists.js";
export * from "./parquet/read.js";
export * from "./parquet/write.js";
export { phoenixEvent, type PhoenixEvent } from "./exchange/phoenix.js";
export * from "./root/index.js";
export * from "./folders/entry-table.js";
export * from "./folders/run-read.js";
export * from "./folders/run-write.js";
export * from "./folders/sample-read.js";
export * from "./folders/sample-write.js";
export * from "./source.js";
export type { EncodedColumn, EncodedGroup } from "./parquet/row-group.js";
export type { CodedStrings, TablePiece } from "./parquet/table-piece.js";
export * from "./parquet/table-write.js";
