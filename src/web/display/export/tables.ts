/** What is shown, as CSV. Columns are called as in the tables of samples and runs; `chain` is A or B in a comparison. */
import { createGrid } from "../../../chain/index.js";
import { csvLine } from "../../../core/index.js";
import { eventCsv } from "../../../io/index.js";
import { type ChainView, type EventView } from "../../data/protocol.js";
import { thresholdOf } from "../coarse/facts.js";
import { shownCells } from "../detector/cells.js";
import { binOf } from "../seed-kinds.js";
import { type ViewState } from "../../model/view-state.js";

/** Sides by the name that columns have for them. */
export type Chains = Readonly<Record<string, ChainView>>;

/** The trigger cells that the detector view or the layer view shows, in the order of the event. */
function shownTcs(event: EventView, view: ViewState): number[] {
  if (view.view === "detector") return shownCells(event, view);
  const [from, to] = view.layer === 0 ? [0, Infinity] : [view.layer, view.layer];
  return shownCells(event, { ...view, from, to });
}

export function cellsCsv(event: EventView, chains: Chains, view: ViewState): string {
  const shown = shownTcs(event, view);
  const take = <T extends Int32Array | Float64Array>(column: T): T => {
    const out = column.slice(0, shown.length) as T;
    for (const [i, t] of shown.entries()) out[i] = column[t];
    return out;
  };
  const cells: EventView = {
    ...event,
    n: shown.length,
    layer: take(event.layer),
    wu: take(event.wu),
    wv: take(event.wv),
    cu: take(event.cu),
    cv: take(event.cv),
    x: take(event.x),
    y: take(event.y),
    z: take(event.z),
    eta: take(event.eta),
    phi: take(event.phi),
    energy: take(event.energy),
    pt: take(event.pt),
    mipPt: take(event.mipPt),
    corners: Float32Array.from(shown.flatMap((t) => [...event.corners.subarray(8 * t, 8 * t + 8)])),
  };
  const sides = Object.entries(chains).map(([label, chain]) => [
    label,
    { ...chain, assignment: take(chain.assignment) },
  ]);
  return eventCsv(cells, Object.fromEntries(sides) as Chains);
}

type Row = readonly (string | number)[];

function csv(names: readonly string[], event: EventView, chains: Chains, rowsOf: (chain: ChainView) => Row[]): string {
  let text = csvLine(["chain", "entry", "event", ...names]);
  for (const [label, chain] of Object.entries(chains)) {
    for (const row of rowsOf(chain)) text += csvLine([label, event.entry, event.number, ...row]);
  }
  return text;
}

/** All bins of each side: mipPt as filled and as smoothed, and the seed that a bin is, -1 for none. */
export function binsCsv(event: EventView, chains: Chains): string {
  const names = ["rz_bin", "phi_bin", "rz_low", "rz_high", "phi_low", "phi_high", "mipPt", "smoothed", "n_tc", "seed"];
  return csv(names, event, chains, (chain) => {
    const { nPhi, rzEdges, phiEdges } = createGrid(chain.params.base);
    const cells = new Int32Array(chain.filled.length);
    for (const bin of chain.bin) if (bin >= 0) cells[bin]++;
    const seeds = new Map(chain.seeds.map((seed, s) => [binOf(seed, chain), s]));
    return Array.from(chain.filled, (value, bin) => {
      const [row, column] = [Math.floor(bin / nPhi), bin % nPhi];
      const edges = [rzEdges[row], rzEdges[row + 1], phiEdges[column], phiEdges[column + 1]];
      return [row, column, ...edges, value, chain.smoothed[bin], cells[bin], seeds.get(bin) ?? -1];
    });
  });
}

/** The wafers with energy of each side that has coarse seeds. */
export function wafersCsv(event: EventView, chains: Chains): string {
  return csv(["tc_wu", "tc_wv", "n_tc", "mipPt", "eta", "threshold", "cs_id"], event, chains, (chain) => {
    const { coarse } = chain;
    if (coarse === null) return [];
    const { n, wu, wv, nTc, mipPt, eta, csId } = coarse.wafers;
    const rows = Array.from({ length: n }, (_, row) => row).filter((row) => nTc[row] > 0);
    return rows.map((row) => [
      wu[row], wv[row], nTc[row], mipPt[row], eta[row], thresholdOf(coarse, chain, row), csId[row],
    ]); // prettier-ignore
  });
}

/** The cells of the (U, V) map of each side that has one. */
export function mapCsv(event: EventView, chains: Chains): string {
  return csv(["u", "v", "tc_wu", "tc_wv", "cs_id", "mipPt", "seed"], event, chains, ({ coarse }) => {
    if (coarse === null) return [];
    const { n, u, v, wu, wv, csId, mipPt, seed, onMap } = coarse.cells;
    const rows = Array.from({ length: n }, (_, row) => row).filter((row) => onMap[row] === 1);
    return rows.map((row) => [u[row], v[row], wu[row], wv[row], csId[row], mipPt[row], seed[row]]);
  });
}

export function clustersCsv(event: EventView, chains: Chains): string {
  const names = ["seed_idx", "en", "pt", "mipPt", "x", "y", "z", "eta", "phi", "n_tc"];
  return csv(
    names,
    event,
    chains,
    ({ clusters }) =>
    clusters.map(({ seed, energy, pt, mipPt, x, y, z, eta, phi, nTc }) => [
      seed, energy, pt, mipPt, x, y, z, eta, phi, nTc,
    ]), // prettier-ignore
  );
}

export type TableFormat = "cells" | "bins" | "wafers" | "map" | "clusters";

export const TABLES: Readonly<Record<TableFormat, (event: EventView, chains: Chains, view: ViewState) => string>> = {
  cells: cellsCsv,
  bins: binsCsv,
  wafers: wafersCsv,
  map: mapCsv,
  clusters: clustersCsv,
};
