/** The lists of seeds by cell, beside the distance to every seed. */
import { expect, test } from "vitest";
import { Random } from "../core/index.js";
import { addSeed, createSeeds, type Seeds } from "./seed.js";
import { rasterCell, SeedRaster, SIDE } from "./seed-raster.js";

function listed({ first, next, seedOf }: SeedRaster, cell: number): number[] {
  const list: number[] = [];
  for (let link = first[cell]; link > 0; link = next[link]) list.push(seedOf[link]);
  return list;
}

function seedsAt(points: readonly (readonly [number, number])[]): Seeds {
  const seeds = createSeeds();
  for (const [x, y] of points) {
    const s = addSeed(seeds);
    [seeds.x[s], seeds.y[s]] = [x, y];
  }
  return seeds;
}

test("cells have the same width, and those at the border hold everything outside", () => {
  for (let k = 1; k < SIDE - 1; k++) expect(rasterCell((k + 0.5 - SIDE / 2) / 64)).toBe(k);
  expect([rasterCell(-9), rasterCell(9), rasterCell(0), rasterCell(-1e-9)]).toEqual([0, SIDE - 1, SIDE / 2, SIDE / 2 - 1]);
}); // prettier-ignore

test.each([1, 7, 40])(
  "%i seeds: every point finds, in order, all within reach, and of the nearest only the nearest",
  (n) => {
    const random = new Random(n);
    const reach = 0.05;
    const points = Array.from({ length: n }, () => [random.between(-0.8, 0.8), random.between(-0.8, 0.8)] as const);
    const seeds = seedsAt(points);
    const [all, few] = [new SeedRaster(), new SeedRaster()];
    // Built anew, nothing is left of what was before.
    all.build(seedsAt([[0.1, 0.1], [0.2, 0.2]]), 0.5, false); // prettier-ignore
    all.build(seeds, reach, false);
    few.build(seeds, reach, true);
    for (const raster of [all, few]) expect([raster.seedOf[0], raster.next[0]]).toEqual([n, 0]);
    for (let k = 0; k < 500; k++) {
      // Half of them around seeds.
      const [sx, sy] = k % 2 === 0 ? [0, 0] : points[k % n];
      const width = k % 2 === 0 ? 0.9 : reach;
      const [x, y] = [sx + width * random.between(-1, 1), sy + width * random.between(-1, 1)];
      const cell = rasterCell(y) * SIDE + rasterCell(x);
      const squares = points.map(([px, py]) => (x - px) ** 2 + (y - py) ** 2);
      const near = squares.flatMap((square, s) => (square < reach * reach ? [s] : []));
      const list = listed(all, cell);
      expect(list).toEqual(list.toSorted((a, b) => a - b));
      expect(near.filter((s) => !list.includes(s))).toEqual([]);
      expect(all.clear[cell]).toBeLessThanOrEqual(Math.min(reach * reach, ...squares));
      if (near.length > 0) expect(listed(few, cell)).toContain(squares.indexOf(Math.min(...squares)));
      // What is listed is near to some point of the cell: no farther than the reach and its diagonal.
      if (Math.abs(x) < 0.7 && Math.abs(y) < 0.7)
        expect(list.filter((s) => squares[s] > (reach + Math.SQRT2 / 64 + 1e-6) ** 2)).toEqual([]);
    }
  },
);

test("of the nearest only, most lists are short: a seed that another one hides in all of a cell is left out", () => {
  const random = new Random(3);
  const points = Array.from({ length: 60 }, () => [random.between(0.2, 0.4), random.between(-0.1, 0.1)] as const);
  const [all, few] = [new SeedRaster(), new SeedRaster()];
  all.build(seedsAt(points), 0.1, false);
  few.build(seedsAt(points), 0.1, true);
  const links = (raster: SeedRaster): number =>
    Array.from({ length: SIDE * SIDE }, (_, cell) => listed(raster, cell).length).reduce((sum, n) => sum + n, 0);
  expect(links(few)).toBeLessThan(0.4 * links(all));
  // One in the middle of a cell, and one that is farther from all of the cell than that from its corners.
  const [middle, cell] = [0.5 / 64, (SIDE / 2) * SIDE + SIDE / 2];
  for (const [x, y] of [
    [middle + 0.03, middle],
    [middle - 0.03, middle],
    [middle, middle + 0.03],
    [middle, middle - 0.03],
  ]) {
    // prettier-ignore
    few.build(seedsAt([[x, y], [middle, middle]]), 0.05, true); // prettier-ignore
    expect(listed(few, cell)).toEqual([1]);
    all.build(seedsAt([[x, y], [middle, middle]]), 0.05, false); // prettier-ignore
    expect(listed(all, cell)).toEqual([0, 1]);
  }
});
