/** Seeds rastered over the projected plane (x/|z|, y/|z|): what lies far from all of them is passed over at a glance. */
import { type Seeds } from "./seed.js";

const CELLS_PER_UNIT = 64;
export const SIDE = 96;

/** The column, or row, of a coordinate. Everything outside is in the border cells, seeds and TCs alike. */
export function rasterCell(coordinate: number): number {
  const cell = coordinate * CELLS_PER_UNIT + SIDE / 2;
  return cell < 0 ? 0 : cell >= SIDE ? SIDE - 1 : cell | 0;
}

/** More than rounding does to a coordinate, a distance or its square. */
const MARGIN = 1e-9;

/** Lowest and highest coordinate of a cell. */
function edgeOf(cell: number): number {
  return (cell - SIDE / 2) / CELLS_PER_UNIT;
}

/**
 * Square cells. Each knows how near a seed can be to a point in it, and lists the seeds within reach, in ascending order:
 * `first[cell]`, then `next[link]`; `seedOf[link]` is the seed. Link 0 ends all lists: it is followed by itself, and its
 * seed, the one behind the last, is nowhere near.
 */
export class SeedRaster {
  /** Square of a distance that no seed is nearer than, up to the reach. */
  readonly clear = new Float64Array(SIDE * SIDE);
  readonly first = new Int32Array(SIDE * SIDE);
  next = new Int32Array(1024);
  seedOf = new Int32Array(1024);
  /** Square of a distance that some seed is nearer than, from everywhere in the cell. */
  readonly #sure = new Float64Array(SIDE * SIDE);
  /** Squares of the distances of a seed to columns and rows. */
  readonly #toColumn = new Float64Array(SIDE);
  readonly #toRow = new Float64Array(SIDE);

  /**
   * Lists the seeds in each cell with a point nearer than `reach`. With `nearestOnly` those may be left out that are not
   * the nearest one for any point in the cell.
   */
  build({ n, x, y }: Seeds, reach: number, nearestOnly: boolean): void {
    const sure = this.#sure;
    sure.fill(Infinity);
    if (nearestOnly) for (let s = 0; s < n; s++) this.#makeSure(x[s], y[s], reach);
    this.clear.fill(reach * reach);
    this.first.fill(0);
    this.seedOf[0] = n;
    let links = 1;
    for (let s = n - 1; s >= 0; s--) links = this.#list(s, x[s], y[s], reach, links);
  }

  #makeSure(x: number, y: number, reach: number): void {
    const sure = this.#sure;
    const toColumn = this.#toColumn;
    const low = rasterCell(y - reach);
    const high = rasterCell(y + reach);
    farthest(toColumn, x, rasterCell(x - reach), rasterCell(x + reach));
    farthest(this.#toRow, y, low, high);
    for (let row = low; row <= high; row++) {
      const width = widthAt(row, y, reach);
      const toRow = this.#toRow[row];
      const right = row * SIDE + rasterCell(x + width);
      for (let cell = row * SIDE + rasterCell(x - width); cell <= right; cell++) {
        const square = toColumn[cell - row * SIDE] + toRow;
        if (square < sure[cell]) sure[cell] = square;
      }
    }
  }

  #list(s: number, x: number, y: number, reach: number, firstFree: number): number {
    const { clear, first } = this;
    const sure = this.#sure;
    const toColumn = this.#toColumn;
    const low = rasterCell(y - reach);
    const high = rasterCell(y + reach);
    const left = rasterCell(x - reach);
    const right = rasterCell(x + reach);
    let links = firstFree;
    if (links + (right - left + 1) * (high - low + 1) >= this.next.length) this.#grow();
    const { next, seedOf } = this;
    nearest(toColumn, x, left, right);
    nearest(this.#toRow, y, low, high);
    for (let row = low; row <= high; row++) {
      const width = widthAt(row, y, reach);
      const toRow = this.#toRow[row];
      const last = row * SIDE + rasterCell(x + width);
      for (let cell = row * SIDE + rasterCell(x - width); cell <= last; cell++) {
        const square = toColumn[cell - row * SIDE] + toRow;
        if (square > sure[cell]) continue;
        if (square < clear[cell]) clear[cell] = square;
        next[links] = first[cell];
        seedOf[links] = s;
        first[cell] = links++;
      }
    }
    return links;
  }

  #grow(): void {
    for (const name of ["next", "seedOf"] as const) {
      const grown = new Int32Array(2 * this[name].length + SIDE * SIDE);
      grown.set(this[name]);
      this[name] = grown;
    }
  }
}

/** Half of the width, and a little more, of a circle in a row of cells. */
function widthAt(row: number, y: number, reach: number): number {
  const distance = toCell(y, row);
  return Math.sqrt(Math.max(0, reach * reach - distance * distance)) + MARGIN;
}

/** Distance along one axis to the nearest point of a cell, or a little less; border cells have no outer edge. */
function toCell(coordinate: number, cell: number): number {
  const below = cell === 0 ? 0 : edgeOf(cell) - MARGIN - coordinate;
  const above = cell === SIDE - 1 ? 0 : coordinate - edgeOf(cell + 1) - MARGIN;
  return Math.max(0, below, above);
}

/** Squares of these distances. */
function nearest(out: Float64Array, coordinate: number, from: number, to: number): void {
  for (let cell = from; cell <= to; cell++) out[cell] = toCell(coordinate, cell) ** 2;
}

/** Squares of the distances to the farthest points of cells along one axis, or a little more. */
function farthest(out: Float64Array, coordinate: number, from: number, to: number): void {
  for (let cell = from; cell <= to; cell++) {
    const isBorder = cell === 0 || cell === SIDE - 1;
    const distance = Math.max(coordinate - edgeOf(cell), edgeOf(cell + 1) - coordinate) + MARGIN;
    out[cell] = isBorder ? Infinity : distance * distance;
  }
}
