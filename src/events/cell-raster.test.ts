/** Cells of a sensor from small squares, beside the arithmetic on the lattice. */
import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { cellAt } from "../detector/index.js";
import { small } from "../detector/small.test-data.js";
import { CellRaster } from "./cell-raster.js";

const { wafers, sensors } = small;

test.each([0, 1, 2])("thickness %i: the cell of the middle of each square, none beside the sensor", (thickness) => {
  const raster = new CellRaster(small, thickness);
  const wafer = wafers.thickness.findIndex((type, i) => type === thickness && wafers.whole[i] === 1);
  const found = { cells: new Set<number>(), beside: 0 };
  const random = new Random(thickness);
  for (let k = 0; k < 20_000; k++) {
    // Anywhere in a square it is the cell of its middle: squares are counted from -10 cm on, ten a cm.
    const [column, row] = [Math.floor(200 * random.uniform()), Math.floor(200 * random.uniform())];
    const [x, y] = [(column - 100 + 0.5) / 10, (row - 100 + 0.5) / 10];
    const cell = raster.cellAt(x + random.between(-0.049, 0.049), y + random.between(-0.049, 0.049));
    const id = cellAt(small, wafers.layer[wafer], wafers.x[wafer] + x, wafers.y[wafer] + y);
    const isOwn = id >= wafers.firstCell[wafer] && id < wafers.firstCell[wafer + 1];
    if (cell !== (isOwn ? id - wafers.firstCell[wafer] : -1)) expect.fail(`(${x}, ${y}) is in ${cell}, not in ${id}`);
    if (cell < 0) found.beside++;
    else found.cells.add(cell);
  }
  expect([found.cells.size, found.beside > 5000]).toEqual([sensors[thickness].cells, true]);
});

test("of a thickness without a whole wafer there are no cells", () => {
  const none = { ...small, wafers: { ...wafers, whole: new Uint8Array(wafers.rows) } };
  expect(new CellRaster(none, 1).cellAt(0, 0)).toBe(-1);
});
