/** An entry and what a chain made of it, as the plots of single events take it. */
import { type ChainParams } from "../chain/index.js";
import { type EventDisplayInput } from "./event-display.js";

export interface EventInput extends EventDisplayInput {
  /** Parameters of the run. */
  readonly params: ChainParams;
  /** Sample and run, for the notes. */
  readonly source: string;
}

export function describeEvent({ batch, row, source, chain }: EventInput): string {
  const { event, zside } = batch.entries.columns;
  return `${source}; event ${event[row]}, endcap ${zside[row] > 0 ? "+" : "−"}; ${chain} chain`;
}
