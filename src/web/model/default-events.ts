/** Which of the configuration's default events a sample has. */
import { type DefaultEvents } from "../../server/api.js";

/** What is known of a sample; what is not known fits everything. */
export interface SampleKind {
  readonly particles?: string;
  readonly pileup?: number;
}

/** The numbers in `events` that lists for this kind of sample name, in their order, each once. */
export function defaultEventsOf(
  lists: readonly DefaultEvents[],
  { particles, pileup }: SampleKind,
  events: BigInt64Array,
): bigint[] {
  const has = new Set(events);
  const named = lists
    .filter((list) => particles === undefined || list.particles === particles)
    .filter((list) => pileup === undefined || list.pileup === undefined || list.pileup === pileup)
    .flatMap((list) => list.events.map(BigInt));
  return [...new Set(named)].filter((event) => has.has(event));
}
