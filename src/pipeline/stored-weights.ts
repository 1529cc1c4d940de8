/** Where the calibration of a run comes from. */
import { type Version } from "../studies/index.js";

/** What run.json says beside the parameters that came of it. */
export interface StoredWeights {
  /** Relative to the RUN folder, and absolute. */
  readonly path: string;
  readonly absolute: string;
  /** Of the table of weights. */
  readonly hash: string;
  readonly particle: string;
  readonly radius: number;
  readonly version: Version;
}
