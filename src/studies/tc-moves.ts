/** Moves the trigger cells of events to the phi positions of a map. */
import { type Column, InputError, recordOf, wrapPhi } from "../core/index.js";
import { SCINTILLATOR_WAFER } from "../detector/index.js";
import { type SampleBatch, type TcColumn } from "../events/index.js";
import { type TcMap } from "./phi-tables.js";

/** Columns of trigger cells that moving them needs: their names and where they are. */
export const MOVED_COLUMNS: readonly TcColumn[] = [
  ...(["tc_layer", "tc_wu", "tc_wv", "tc_cu", "tc_cv"] as const),
  ...(["tc_x", "tc_y", "tc_phi", "tc_zside"] as const),
];

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
 * changed. The batch needs MOVED_COLUMNS. Throws an InputError, naming event and cell, where a cell lies elsewhere than the map says: it
 * was made for another geometry. `name` names the map.
 */
export function createCellMoves({ rows, columns }: TcMap, name: string): MoveCells {
  const { layer, wu, wv, cu, cv, phi_old, phi_new } = columns;
  const moves = new Map<number, Move>();
  for (let i = 0; i < rows; i++) {
    if (phi_new[i] === phi_old[i]) continue;
    moves.set(keyOf(layer[i], wu[i], wv[i], cu[i], cv[i]), { old: phi_old[i], turn: wrapPhi(phi_new[i] - phi_old[i]) });
  }
  return (batch) => {
    const { tc_layer, tc_wu, tc_wv, tc_cu, tc_cv, tc_zside } = batch.tc.columns;
    const tc_x = batch.tc.columns.tc_x.slice();
    const tc_y = batch.tc.columns.tc_y.slice();
    const tc_phi = batch.tc.columns.tc_phi.slice();
    const { tc_first, tc_rows, event } = batch.entries.columns;
    for (let i = 0; i < batch.entries.rows; i++) {
      for (let t = tc_first[i]; t < tc_first[i] + tc_rows[i]; t++) {
        const move = moves.get(keyOf(tc_layer[t], tc_wu[t], tc_wv[t], tc_cu[t], tc_cv[t]));
        if (move === undefined) continue;
        const side = tc_zside[t] < 0 ? -1 : 1;
        const away = tc_wu[t] === SCINTILLATOR_WAFER ? 0 : distanceFrom(move, side, tc_x[t], tc_y[t]);
        if (away > SAME_PLACE) {
          const cell = `layer ${tc_layer[t]}, wafer ${tc_wu[t]},${tc_wv[t]}, cell ${tc_cu[t]},${tc_cv[t]}`;
          throw new InputError(
            `event ${event[i]}: trigger cell (${cell}) is ${away.toFixed(1)} cm from where it is in the map of ${name}: the map is of another geometry than the sample`,
          );
        }
        const turn = side * move.turn;
        const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
        const [x, y] = [tc_x[t], tc_y[t]];
        tc_x[t] = x * cos - y * sin;
        tc_y[t] = x * sin + y * cos;
        tc_phi[t] = wrapPhi(tc_phi[t] + turn);
      }
    }
    // With what says that a column was not read.
    const { tc } = batch;
    const all: Readonly<Record<string, Column>> = { ...tc.columns, tc_x, tc_y, tc_phi };
    const columns = recordOf(Object.keys(all), (name) => all[name], Object.getPrototypeOf(tc.columns) as object);
    return { ...batch, tc: { rows: tc.rows, columns: columns as SampleBatch["tc"]["columns"] } };
  };
}

/** [cm] Along the circle; NaN for positions that cannot be used, which are the chain's to refuse. */
function distanceFrom({ old }: Move, side: number, x: number, y: number): number {
  const expected = side < 0 ? Math.PI - old : old;
  return Math.hypot(x, y) * Math.abs(wrapPhi(Math.atan2(y, x) - expected));
}
