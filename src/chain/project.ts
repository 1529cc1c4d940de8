/** Trigger cells of an entry in the projected plane (x/|z|, y/|z|): what clustering looks at. */
import { type TcTable } from "../events/index.js";

/** Columns of the first `n` rows of an entry. Scratch memory: valid until the next entry. */
export interface ProjectedCells {
  n: number;
  /** x/|z|, y/|z|. */
  x: Float64Array;
  y: Float64Array;
}

export function createProjectedCells(): ProjectedCells {
  return { n: 0, x: new Float64Array(256), y: new Float64Array(256) };
}

/** Projects rows [first, end) of `tc`, whatever their endcap. Expects z != 0. */
export function projectInto(
  cells: ProjectedCells,
  { tc_x, tc_y, tc_z }: Pick<TcTable["columns"], "tc_x" | "tc_y" | "tc_z">,
  first: number,
  end: number,
): ProjectedCells {
  cells.n = end - first;
  if (cells.x.length < cells.n) {
    cells.x = new Float64Array(2 * cells.n);
    cells.y = new Float64Array(2 * cells.n);
  }
  const { x, y } = cells;
  for (let i = first; i < end; i++) {
    const z = Math.abs(tc_z[i]);
    x[i - first] = tc_x[i] / z;
    y[i - first] = tc_y[i] / z;
  }
  return cells;
}
