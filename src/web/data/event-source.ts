import { type SampleBatch } from "../../events/index.js";
import { type SourceInfo } from "./protocol.js";

/** Events for the display, wherever they come from. */
export interface EventSource {
  readonly info: Omit<SourceInfo, "geometry" | "layers" | "ceeLayers" | "hash" | "number">;
  /** Of what it was made, as far as known. */
  readonly kind: { readonly particles?: string; readonly pileup?: number };
  /** Version of the geometry that its trigger cells are of. */
  readonly geometry: string;
  /** The batch with entry `index`, which is its row `i`. */
  read(index: number): Promise<{ readonly batch: SampleBatch; readonly i: number }>;
  /** First entry of each batch, and the number of entries. */
  readonly batchFirst: readonly number[];
  readBatch(batch: number): Promise<SampleBatch>;
  /** What a run says about the sample that it was made from; undefined where files are not a sample. */
  readonly hash: string | undefined;
  close(): Promise<void>;
}
