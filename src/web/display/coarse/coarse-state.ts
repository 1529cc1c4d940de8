/** What the two parts of the coarse-seeding view share: the region that is shown, and what is picked in each of them. */
import { createMemo } from "solid-js";
import { type ChainView, type CoarseView, type EventView } from "../../data/protocol.js";
import { type Model } from "../../model/model.js";
import { type Picked } from "../../model/picked.js";
import { cellOfSeed, cellRow, waferRow } from "./facts.js";
import { waferId } from "../../data/coarse-ids.js";

export interface CoarseData {
  readonly event: EventView;
  readonly chain: ChainView;
  readonly coarse: CoarseView;
}

export function createCoarseState(model: Model, data: () => CoarseData) {
  const picked = (): Picked | null => model.picked();
  /** Row of the cell that is picked, or that the picked TC or seed belongs to; -1 for none. */
  const pickedCell = createMemo(() => cellOf(picked(), data().coarse));
  /** Row of the wafer that is picked, or that the picked TC, seed or cell belongs to; -1 for none. */
  const pickedWafer = createMemo(() => {
    const { coarse, event } = data();
    const pick = picked();
    const cell = pickedCell();
    if (cell >= 0) return waferRow(coarse, waferId(coarse.cells.wu[cell], coarse.cells.wv[cell]));
    if (pick?.kind === "wafer") return waferRow(coarse, pick.index);
    if (pick?.kind !== "tc" || pick.index >= event.n) return -1;
    return waferRow(coarse, waferId(event.wu[pick.index], event.wv[pick.index]));
  });
  /** cs_id of the region that is shown: that of what is picked, else the chosen one, else of the most energetic; -1 without. */
  const region = createMemo(() => {
    const { wafers, coarse } = data().coarse;
    const ofPick = pickedWafer() < 0 ? -1 : wafers.csId[pickedWafer()];
    if (ofPick >= 0) return ofPick;
    const [wu, wv] = model.view.region.split(",").map(Number);
    const chosen = coarse.findIndex(({ wafer }) => wafers.wu[wafer] === wu && wafers.wv[wafer] === wv);
    if (chosen >= 0) return chosen;
    return coarse.reduce((best, { wafer }, k) => {
      return best < 0 || wafers.mipPt[wafer] > wafers.mipPt[coarse[best].wafer] ? k : best;
    }, -1);
  });
  const showRegion = (csId: number): void => {
    const { wafers, coarse } = data().coarse;
    const { wafer } = coarse[csId];
    model.setView({ region: `${wafers.wu[wafer]},${wafers.wv[wafer]}`, pick: "" });
  };
  return { picked, pickedCell, pickedWafer, region, showRegion };
}

export type CoarseState = ReturnType<typeof createCoarseState>;

function cellOf(pick: Picked | null, coarse: CoarseView): number {
  if (pick?.kind === "hex") return cellRow(coarse, pick.index);
  if (pick?.kind === "seed") return cellOfSeed(coarse, pick.index);
  return pick?.kind === "tc" ? (coarse.cellOfTc[pick.index] ?? -1) : -1;
}
