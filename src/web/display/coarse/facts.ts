/** What there is to say about a wafer, and about a cell of the (U, V) map. */
import { hexOfId, waferId, waferOfId } from "../../data/coarse-ids.js";
import { type ChainView, type CoarseView } from "../../data/protocol.js";
import { fixed, minus, short } from "../../ui/numbers.js";

type Facts = (readonly [name: string, value: string, exact?: string])[];

/** Row of a picked wafer, -1 for none. */
export function waferRow({ wafers }: CoarseView, id: number): number {
  const [wu, wv] = waferOfId(id);
  return wafers.wu.findIndex((u, row) => u === wu && wafers.wv[row] === wv);
}

/** Row of a picked cell, -1 for none. */
export function cellRow({ cells }: CoarseView, id: number): number {
  const [u, v] = hexOfId(id);
  return cells.u.findIndex((each, row) => each === u && cells.v[row] === v && cells.onMap[row] === 1);
}

/** The cell that a seed is, -1 for none. */
export function cellOfSeed({ cells }: CoarseView, seed: number): number {
  return seed < 0 ? -1 : cells.seed.indexOf(seed);
}

/** Trigger cells are those that are summed in a wafer or in a cell of the map. */
export function isTcOf(
  coarse: CoarseView,
  kind: "wafer" | "hex",
  id: number,
): (tc: { readonly index: number; readonly layer: number; readonly wu: number; readonly wv: number }) => boolean {
  if (kind === "wafer") {
    return ({ layer, wu, wv }) => coarse.layers.includes(layer) && waferId(wu, wv) === id;
  }
  const row = cellRow(coarse, id);
  return ({ index }) => row >= 0 && coarse.cellOfTc[index] === row;
}

/** The least module energy of a coarse seed in this wafer [MIP_T]; NaN outside of the eta ranges. */
export function thresholdOf(coarse: CoarseView, { params }: ChainView, row: number): number {
  return params.cs.threshold[coarse.wafers.range[row]] ?? Number.NaN;
}

export function etaRange({ params }: ChainView, range: number): string {
  return `${params.cs.eta_list[range]}–${params.cs.eta_list[range + 1]}`;
}

export function isAbove(coarse: CoarseView, chain: ChainView, row: number): boolean {
  return coarse.wafers.nTc[row] > 0 && coarse.wafers.mipPt[row] >= thresholdOf(coarse, chain, row);
}

export function waferFacts(chain: ChainView, id: number): Facts {
  const { coarse } = chain;
  const row = coarse === null ? -1 : waferRow(coarse, id);
  if (coarse === null || row < 0) return [];
  const { wafers, cells } = coarse;
  const range = wafers.range[row];
  const csId = wafers.csId[row];
  const origin = coarse.coarse[csId]?.origin ?? -1;
  const seeds = cells.seed.reduce((n, seed, c) => n + (seed >= 0 && cells.csId[c] === csId ? 1 : 0), 0);
  return [
    ["u, v", minus(`${wafers.wu[row]}, ${wafers.wv[row]}`)],
    ["module energy [mip_T]", short(wafers.mipPt[row]), String(wafers.mipPt[row])],
    [
      "threshold [mip_T]",
      wafers.nTc[row] === 0
        ? "–"
        : range < 0
          ? "none: outside the |η| ranges"
          : `${thresholdOf(coarse, chain, row)} (|η| ${etaRange(chain, range)})`,
    ],
    ["mean |η|", fixed(wafers.eta[row], 3), String(wafers.eta[row])],
    ["trigger cells", String(wafers.nTc[row])],
    ["coarse seed", csId < 0 ? "no" : origin === csId ? String(csId) : `${csId}, nearby ${origin}`],
    ...(csId < 0 || coarse.everywhere ? [] : [["seeds in its region", String(seeds)] as const]),
  ];
}

export function hexFacts(chain: ChainView, id: number): Facts {
  const { coarse } = chain;
  const row = coarse === null ? -1 : cellRow(coarse, id);
  if (coarse === null || row < 0) return [];
  const { u, v, wu, wv, cu, cv, csId, mipPt, seed } = coarse.cells;
  const tcs = coarse.cellOfTc.reduce((n, cell) => n + (cell === row ? 1 : 0), 0);
  return [
    ["U, V", minus(`${u[row]}, ${v[row]}`)],
    ["sum of mipPt [mip_T]", short(mipPt[row]), String(mipPt[row])],
    ["wafer u, v", minus(`${wu[row]}, ${wv[row]}`)],
    ["cell u, v", `${cu[row]}, ${cv[row]}`],
    ["trigger cells", String(tcs)],
    ["region", coarse.everywhere ? "all" : String(csId[row])],
    ["seed", seed[row] < 0 ? "no" : String(seed[row])],
  ];
}

/** A sum of mipPt that has to fit into a hexagon. */
export function sumText(value: number): string {
  return value >= 9.95 ? value.toFixed(0) : value.toFixed(1);
}
