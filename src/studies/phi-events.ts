/** Rows of particles of the phi-bin study: those of all studies, and where the matched cluster is. */
import { type EntryOf, type EntryResult, type ValidationParams } from "../chain/index.js";
import { type TableBuilder } from "../core/index.js";
import { type PHI_PART_EVENTS } from "./phi-tables.js";
import { addEvents, type PointOf } from "./point-events.js";

/** As `addEvents`, with the residuals of the directions. */
export function addMovedEvents(
  out: TableBuilder<typeof PHI_PART_EVENTS>,
  at: EntryOf,
  of: PointOf,
  result: EntryResult,
  params: ValidationParams,
): void {
  const first = out.rows;
  // It writes its own columns of the larger table.
  addEvents(out as never, at, of, result, params);
  const { columns: from, first: record } = result.records;
  const to = out.columns;
  for (let row = first; row < out.rows; row++) {
    const has = to.particle[row] >= 0;
    to.match_reseta[row] = has ? from.match_reseta[record + row - first] : Number.NaN;
    to.match_resphi[row] = has ? from.match_resphi[record + row - first] : Number.NaN;
  }
}
