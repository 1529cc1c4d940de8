/** Wafers and cells of the (U, V) map, as what can be picked. */
import { type PickKind } from "../pick-kind.js";
import { cellRow, hexFacts, isTcOf, waferFacts } from "./facts.js";

function holds(kind: "wafer" | "hex"): PickKind["holds"] {
  return (id, event, { coarse }) => {
    if (coarse === null) return () => false;
    const isInside = isTcOf(coarse, kind, id);
    return (tc) => isInside({ index: tc, layer: event.layer[tc], wu: event.wu[tc], wv: event.wv[tc] });
  };
}

export const WAFER: PickKind = {
  title: () => "Wafer",
  facts: (id, _, chain) => (chain === null ? [] : waferFacts(chain, id)),
  seedOf: () => -1,
  holds: holds("wafer"),
};

export const HEX: PickKind = {
  title: () => "Cell of the (U, V) map",
  facts: (id, _, chain) => (chain === null ? [] : hexFacts(chain, id)),
  seedOf: (id, { coarse }) => coarse?.cells.seed[cellRow(coarse, id)] ?? -1,
  holds: holds("hex"),
};
