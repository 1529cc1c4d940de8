/** The key of all tables. `entry` (one event and one endcap) is the only one; `event` is there for people. */
import { type Schema } from "../core/index.js";

export const ENTRY_KEYS = {
  entry: { type: "int32", unit: "", doc: "event and endcap, 0..n-1 in input order" },
  event: { type: "int64", unit: "", doc: "event number of the input" },
} as const satisfies Schema;
