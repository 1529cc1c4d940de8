import { cellAt, type Geometry } from "../detector/index.js";

/** Squares per cm. A point this near to the edge of a cell may be given to the neighbour; cells are 0.7 to 1.1 cm wide. */
const PER_CM = 10;
/** Half the width of the raster in squares: a sensor's corners are 9.6 cm from its centre. */
const HALF = 100;
const SIDE = 2 * HALF;
const NONE = 0xffff;

/** The cell at each point of a whole sensor, in small squares: faster than arithmetic on the lattice. */
export class CellRaster {
  readonly #cells = new Uint16Array(SIDE * SIDE).fill(NONE);

  /** For wafers of a thickness (index of THICKNESS_NAMES). */
  constructor(geometry: Geometry, thickness: number) {
    const { wafers } = geometry;
    const wafer = wafers.thickness.findIndex((type, i) => type === thickness && wafers.whole[i] === 1);
    if (wafer < 0) return;
    for (let row = 0; row < SIDE; row++) {
      for (let column = 0; column < SIDE; column++) {
        const x = wafers.x[wafer] + (column + 0.5 - HALF) / PER_CM;
        const y = wafers.y[wafer] + (row + 0.5 - HALF) / PER_CM;
        const cell = cellAt(geometry, wafers.layer[wafer], x, y) - wafers.firstCell[wafer];
        // Squares beyond the sensor may lie on the next one.
        if (cell >= 0 && cell < geometry.sensors[thickness].cells) this.#cells[row * SIDE + column] = cell;
      }
    }
  }

  /** Cell of a point relative to the centre of its sensor [cm], counted from the wafer's first; -1 beside the sensor. */
  cellAt(x: number, y: number): number {
    const cell = this.#cells[((y * PER_CM + HALF) | 0) * SIDE + ((x * PER_CM + HALF) | 0)];
    return cell === NONE ? -1 : cell;
  }
}
