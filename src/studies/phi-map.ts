/** New phi positions of trigger cells, so that the phi bins of each R/z row hold more equal numbers of them. */
import { findBin, findPhiBin, type Grid } from "../chain/index.js";
import { Random, type Table, TableBuilder, wrapPhi } from "../core/index.js";
import { type TriggerCells } from "../detector/index.js";
import { cellsOfRegion, type PhiRegion } from "./phi-regions.js";
import { sweepRow } from "./phi-sweep.js";
import { PHI_COUNTS, PHI_ROWS, type TcMap } from "./phi-tables.js";

export interface PhiMapOptions {
  readonly region: PhiRegion;
  /** 0 flattens as far as possible, 1 moves nothing. */
  readonly parameter: number;
  readonly seed: number;
  readonly maxSweeps: number;
}

export interface PhiMap {
  readonly map: TcMap;
  readonly rows: Table<typeof PHI_ROWS>;
  readonly counts: Table<typeof PHI_COUNTS>;
}

/** [rad] How far inside its new bin a moved cell is put: more than float32 rounds by, and less than a quarter of the bin. */
const INSIDE = 1e-4;

/**
 * Moves the trigger cells of a region, all layers together, between the phi bins of their R/z row (`sweepRow`); cells outside of the region
 * or of the grid stay. A moved cell is put just inside the nearest edge of its new bin. The rows are swept with random numbers of their own.
 */
export function mapPhi(cells: TriggerCells, grid: Grid, options: PhiMapOptions): PhiMap {
  const { region, parameter, seed, maxSweeps } = options;
  const turn = Float64Array.from(cells.phi, () => 0);
  const rows = new TableBuilder(PHI_ROWS, grid.nRz);
  const counts = new TableBuilder(PHI_COUNTS, grid.nRz * grid.nPhi);
  for (const [rz, inRow] of cellsByRow(cells, grid, region).entries()) {
    const bins = Int32Array.from(inRow, (cell) => findPhiBin(grid, cells.phi[cell]));
    const swept = sweepRow(bins, grid.nPhi, { parameter, random: new Random(seed, rz), maxSweeps });
    const arcs: number[] = [];
    for (const [k, cell] of inRow.entries()) {
      if (swept.bins[k] === bins[k]) continue;
      turn[cell] = turnInto(grid, cells.phi[cell], bins[k], swept.bins[k]);
      arcs.push(Math.hypot(cells.x[cell], cells.y[cell]) * Math.abs(turn[cell]));
    }
    const at = rows.add(1);
    const to = rows.columns;
    to.parameter[at] = parameter;
    to.rz_bin[at] = rz;
    to.cells[at] = inRow.length;
    to.moved[at] = arcs.length;
    to.sweeps[at] = swept.sweeps;
    to.ended[at] = swept.ended ? 1 : 0;
    to.spread_before[at] = spread(swept.before);
    to.spread_after[at] = spread(swept.after);
    to.mean_arc[at] = arcs.reduce((sum, arc) => sum + arc, 0) / arcs.length;
    to.max_arc[at] = arcs.length === 0 ? Number.NaN : Math.max(...arcs);
    addCounts(counts, parameter, rz, swept.before, swept.after);
  }
  return { map: tcMap(cells, region, parameter, turn), rows: rows.finish(), counts: counts.finish() };
}

/** The cells of the region by R/z row, each row in the order of phi from the lower edge of the first bin on. */
function cellsByRow(cells: TriggerCells, grid: Grid, region: PhiRegion): number[][] {
  const rows = Array.from({ length: grid.nRz }, (): number[] => []);
  for (const cell of cellsOfRegion(cells, region)) {
    const rz = findBin(
      grid.rzEdges,
      Math.hypot(cells.x[cell], cells.y[cell]) / Math.abs(cells.z[cell]),
      grid.rzPerUnit,
    );
    if (rz >= 0 && findPhiBin(grid, cells.phi[cell]) >= 0) rows[rz].push(cell);
  }
  const start = grid.phiEdges[0];
  // A value on an edge belongs to the bin below it, so a whole turn above the first edge is the end of the row.
  const along = (cell: number): number => {
    const phi = cells.phi[cell] - start;
    const turned = phi - 2 * Math.PI * Math.floor(phi / (2 * Math.PI));
    return turned === 0 ? 2 * Math.PI : turned;
  };
  for (const row of rows) row.sort((a, b) => along(a) - along(b) || a - b);
  return rows;
}

/** [rad] From the cell's phi in bin `from` to just inside bin `to`, which counts on over the seam. */
function turnInto({ phiEdges, nPhi, circular }: Grid, phi: number, from: number, to: number): number {
  const turns = Math.floor(to / nPhi);
  const bin = to - turns * nPhi;
  const low = phiEdges[bin];
  const high = bin === nPhi - 1 && circular ? phiEdges[0] + 2 * Math.PI : phiEdges[bin + 1];
  const inside = Math.min(INSIDE, (high - low) / 4);
  const target = to < from ? high - inside : low + inside;
  // phi may be given with another number of turns than the edges.
  const start = phiEdges[0];
  const own = phi - 2 * Math.PI * Math.floor((phi - start) / (2 * Math.PI));
  return target + 2 * Math.PI * turns - (own === start ? own + 2 * Math.PI : own);
}

function spread(counts: Int32Array): number {
  return Math.max(...counts) - Math.min(...counts);
}

function addCounts(
  out: TableBuilder<typeof PHI_COUNTS>,
  parameter: number,
  rz: number,
  before: Int32Array,
  after: Int32Array,
): void {
  const at = out.add(before.length);
  const to = out.columns;
  for (let bin = 0; bin < before.length; bin++) {
    to.parameter[at + bin] = parameter;
    to.rz_bin[at + bin] = rz;
    to.phi_bin[at + bin] = bin;
    to.before[at + bin] = before[bin];
    to.after[at + bin] = after[bin];
  }
}

/** The cells of the region, moved or not. */
function tcMap(cells: TriggerCells, region: PhiRegion, parameter: number, turn: Float64Array): TcMap {
  const { subdet, layer, wu, wv, cu, cv, phi } = cells;
  const own = cellsOfRegion(cells, region);
  const pick = (column: ArrayLike<number>): Int32Array => own.map((cell) => column[cell]);
  return {
    rows: own.length,
    columns: {
      parameter: new Float64Array(own.length).fill(parameter),
      ...{ subdet: pick(subdet), layer: pick(layer), wu: pick(wu), wv: pick(wv), cu: pick(cu), cv: pick(cv) },
      phi_old: Float64Array.from(own, (cell) => phi[cell]),
      phi_new: Float64Array.from(own, (cell) => (turn[cell] === 0 ? phi[cell] : wrapPhi(phi[cell] + turn[cell]))),
    },
  };
}
