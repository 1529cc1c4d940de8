import { type SampleBatch } from "../../events/index.js";
import { type SourceInfo } from "./protocol.js";

/** Events for the display, wherever they come from. */
export interface EventSource {
  readonly info: SourceInfo;
  /** The batch with entry `index`, which is its row `i`. */
  read(index: number): Promise<{ readonly batch: SampleBatch; readonly i: number }>;
  /** Batches with the first `limit` entries; row i is the entry `first` + i. */
  batches(limit: number): AsyncIterable<{ readonly first: number; readonly batch: SampleBatch }>;
  close(): Promise<void>;
}
