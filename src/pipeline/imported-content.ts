/** What a file of the reference's results is read to. */
import { type Schema, type Table } from "../core/index.js";
import { type StudySample } from "../studies/index.js";

/** What a file holds, before it is written. */
export interface ImportedContent {
  readonly study: "radius" | "phi-bins";
  readonly options: object;
  readonly points: readonly object[];
  readonly samples: readonly Pick<StudySample, "name" | "entries" | "gen">[];
  readonly notes: readonly string[];
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Writes the tables; returns the result, as `combine` of the study would. */
  fill(append: (name: string, table: Table) => Promise<void>): Promise<object>;
  /** Nothing is read after it. */
  close?(): void;
}
