import { type ScalarArray } from "./scalars.js";

/** The values of a branch over a range of entries. */
export interface RootColumn {
  readonly values: ScalarArray | readonly string[];
  /** Values an entry, or an item of it: 1, or the product of its fixed dimensions. */
  readonly length: number;
  /**
   * Containers and `x[n]`: entry i has items [offsets[i], offsets[i + 1]).
   * Undefined: one item an entry.
   */
  readonly offsets?: Int32Array;
  /** Containers in containers: item i of a level has items [inner[i], inner[i + 1]) of the next. */
  readonly inner?: readonly Int32Array[];
}
