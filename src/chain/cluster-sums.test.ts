import { expect, test } from "vitest";
import { clearSums, copySeeds, createSeedColumns, createSums } from "./cluster-sums.js";
import { createProjectedCells, projectInto } from "./project.js";
import { addSeed, createSeeds } from "./seed.js";

test("so many sums as there are seeds are 0 again, those behind them stay", () => {
  const sums = createSums(4);
  const columns = [sums.mipPt, sums.pt, sums.x, sums.y, sums.z, sums.nTc];
  for (const column of columns) column.fill(7);
  clearSums(sums, 3);
  for (const column of columns) expect([...column]).toEqual([0, 0, 0, 7]);
});

test("behind the seeds stands one that is nowhere near", () => {
  const seeds = createSeeds(2);
  for (let k = 0; k < 3; k++) {
    const s = addSeed(seeds);
    [seeds.x[s], seeds.y[s], seeds.energy[s]] = [k + 1, -k - 1, 10 * k];
  }
  const to = createSeedColumns(8);
  copySeeds(to, seeds);
  expect([[...to.x.subarray(0, 4)], [...to.y.subarray(0, 3)], [...to.energy.subarray(0, 3)]]).toEqual([[1, 2, 3, Infinity], [-1, -2, -3], [0, 10, 20]]); // prettier-ignore
});

test("cells are projected from the origin, of both endcaps to the same side, and more than before find room", () => {
  const n = 600;
  const tc = {
    tc_x: Float64Array.from({ length: n }, (_, i) => 3 * i),
    tc_y: Float64Array.from({ length: n }, (_, i) => -6 * i),
    tc_z: Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 3 : -3)),
  };
  const cells = createProjectedCells();
  for (const [first, end] of [
    [5, 8],
    [0, 257],
    [10, n],
  ]) {
    // prettier-ignore
    const { x, y } = projectInto(cells, tc, first, end);
    expect(cells.n).toBe(end - first);
    const wrong = Array.from({ length: end - first }, (_, k) => k).filter((k) => x[k] !== first + k || y[k] !== -2 * (first + k)); // prettier-ignore
    expect(wrong).toEqual([]);
  }
});
