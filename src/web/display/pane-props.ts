import { type Range } from "../ui/colours.js";
import { type Model } from "../model/model.js";

/** What the picture of every view gets. */
export interface PaneProps {
  readonly model: Model;
  readonly dark: boolean;
  /** The seed whose row is pointed at, -1 for none. */
  readonly hoveredSeed: number;
  /** Tells what the colours of the picture mean, null where they are no scale. */
  onRange(range: Range | null): void;
}
