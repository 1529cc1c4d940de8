/** What there is to say about something that can be picked or pointed at. */
import { type ChainView, type EventView } from "../data/protocol.js";

/** `exact`: the value with all its digits. */
export type Fact = readonly [name: string, value: string, exact?: string];

export interface PickKind {
  title(index: number, event: EventView): string;
  /** Empty for what is not there. */
  facts(index: number, event: EventView, chain: ChainView | null): readonly Fact[];
  /** The seed that belongs to it, -1 for none. */
  seedOf(index: number, chain: ChainView): number;
  /** The bin of the histogram that belongs to it, -1 for none; absent: never one. */
  binOf?(index: number, chain: ChainView): number;
  /** The test whether a TC is part of it; absent: it has no parts. */
  holds?(index: number, event: EventView, chain: ChainView): (tc: number) => boolean;
}
