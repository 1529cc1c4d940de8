/** How each trigger cell of the detector view looks: the colours of the layer view, and what else the painter must know. */
import { SCINTILLATOR_WAFER } from "../../../detector/index.js";
import { type ChainView, type EventView } from "../../data/protocol.js";
import { type Range } from "../../ui/colours.js";
import { cellColours } from "../plane/scene.js";
import { type Side } from "../../model/sides.js";
import { type ViewState } from "../../model/view-state.js";

export const SHOWN = 1;
/** Seen through: cells in no cluster, and all others while one cluster is picked. */
export const GHOST = 2;
/** A heavier outline. */
export const SCINTILLATOR = 4;
/** Its cluster is another one in the other chain. */
export const DIFFERS = 8;

/** Bytes of a cell: red, green, blue, opacity, flags, and three that mean nothing. */
export const LOOK_BYTES = 8;

export interface Looks {
  /** Cells that are shown. */
  readonly shown: number;
  /** LOOK_BYTES of each cell of the event, in its order. */
  readonly bytes: Uint8Array;
  readonly range: Range | null;
}

/** Cells above the threshold in the range of layers, in the order of the event. */
export function shownCells({ n, layer, mipPt }: EventView, { from, to, mip }: ViewState): number[] {
  const shown: number[] = [];
  for (let t = 0; t < n; t++) if (mipPt[t] > mip && layer[t] >= from && layer[t] <= to) shown.push(t);
  return shown;
}

export function createLooks(
  event: EventView,
  chain: ChainView | null,
  view: ViewState,
  pickedSeed: number,
  { colourOf, differs }: Pick<Side, "colourOf" | "differs">,
): Looks {
  const shown = shownCells(event, view);
  const { colours, range } = cellColours(event, chain, view, shown, { pickedSeed, colourOf });
  const different = differs();
  const bytes = new Uint8Array(LOOK_BYTES * event.n);
  for (const [i, t] of shown.entries()) {
    const seed = chain?.assignment[t] ?? -1;
    for (let k = 0; k < 4; k++) bytes[LOOK_BYTES * t + k] = colours[4 * i + k];
    bytes[LOOK_BYTES * t + 4] =
      SHOWN |
      (seed < 0 || (pickedSeed >= 0 && seed !== pickedSeed) ? GHOST : 0) |
      (event.wu[t] === SCINTILLATOR_WAFER ? SCINTILLATOR : 0) |
      (different?.[t] === 1 ? DIFFERS : 0);
  }
  return { shown: shown.length, bytes, range };
}
