/** Moves the trigger cells of events to the phi positions of a map. */
import { InputError, wrapPhi } from "../core/index.js";
import { SCINTILLATOR_WAFER } from "../detector/index.js";
import { type SampleBatch, type TcColumn } from "../events/index.js";
import { type TcMap } from "./phi-tables.js";

/** Columns of trigger cells that name them. */
export const CELL_NAME_COLUMNS: readonly TcColumn[] = ["tc_layer", "tc_wu", "tc_wv", "tc_cu", "tc_cv"];

/** [cm] A silicon cell that is farther from where the map has it is of another geometry. */
const SAME_PLACE = 0.5;

/** One number for the name of a cell. */
function keyOf(layer: number, wu: number, wv: number, cu: number, cv: number): number {
  return (((layer * 4096 + wu + 2048) * 4096 + wv + 2048) * 2048 + cu) * 2048 + cv;
}

interface Move {
  readonly old: number;
  readonly turn: number;
}

export type MoveCells = (batch: SampleBatch) => SampleBatch;

/**
 * Turns each trigger cell about the beam axis by what the map says: by phi_new - phi_old, in the negative endcap by the opposite, for a
 * map describes the positive one. R, z and eta stay, so do cells that the map leaves where they are, to the last bit. The input is not
 * changed. The batch needs CELL_NAME_COLUMNS. Throws an InputError, naming event and cell, for a cell that the map does not have, or
 * that lies elsewhere than the map says: it was made for another geometry. `name` names the map.
 */
export function createCellMoves({ rows, columns }: TcMap, name: string): MoveCells {
  const { layer, wu, wv, cu, cv, phi_old, phi_new } = columns;
  const moves = new Map<number, Move>();
  for (let i = 0; i < rows; i++) {
    moves.set(keyOf(layer[i], wu[i], wv[i], cu[i], cv[i]), { old: phi_old[i], turn: wrapPhi(phi_new[i] - phi_old[i]) });
  }
  return (batch) => {
    const { tc_layer, tc_wu, tc_wv, tc_cu, tc_cv, tc_zside, event } = batch.tc.columns;
    const tc_x = batch.tc.columns.tc_x.slice();
    const tc_y = batch.tc.columns.tc_y.slice();
    const tc_phi = batch.tc.columns.tc_phi.slice();
    for (let t = 0; t < batch.tc.rows; t++) {
      const move = moves.get(keyOf(tc_layer[t], tc_wu[t], tc_wv[t], tc_cu[t], tc_cv[t]));
      const side = tc_zside[t] < 0 ? -1 : 1;
      const problem = problemOf(move, tc_wu[t], side, tc_x[t], tc_y[t]);
      if (move === undefined || problem !== undefined) {
        throw new InputError(
          `event ${event[t]}: trigger cell (layer ${tc_layer[t]}, wafer ${tc_wu[t]},${tc_wv[t]}, cell ${tc_cu[t]},${tc_cv[t]}) ${problem} of ${name}: the map is of another geometry`,
        );
      }
      if (move.turn === 0) continue;
      const turn = side * move.turn;
      const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
      const [x, y] = [tc_x[t], tc_y[t]];
      tc_x[t] = x * cos - y * sin;
      tc_y[t] = x * sin + y * cos;
      tc_phi[t] = wrapPhi(tc_phi[t] + turn);
    }
    return { ...batch, tc: { ...batch.tc, columns: { ...batch.tc.columns, tc_x, tc_y, tc_phi } } };
  };
}

function problemOf(move: Move | undefined, wu: number, side: number, x: number, y: number): string | undefined {
  if (move === undefined) return "is not in the map";
  // Positions that cannot be used are the chain's to refuse.
  if (wu === SCINTILLATOR_WAFER || !Number.isFinite(x) || !Number.isFinite(y)) return undefined;
  const expected = side < 0 ? Math.PI - move.old : move.old;
  const away = Math.hypot(x, y) * Math.abs(wrapPhi(Math.atan2(y, x) - expected));
  return away > SAME_PLACE ? `is ${away.toFixed(1)} cm from where it is in the map` : undefined;
}
