import { expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../chain/index.js";
import { toyInput } from "./event.test-data.js";
import { occupancyMaps } from "./occupancy-maps.js";
import { type HeatMark, type PointsMark } from "./plot.js";

const { MinROverZ, MaxROverZ, NbinsRz, MinPhi, MaxPhi, NbinsPhi } = DEFAULT_PARAMS.base;
const [STEP, WIDTH] = [(MaxROverZ - MinROverZ) / NbinsRz, (MaxPhi - MinPhi) / NbinsPhi];
/** The middle of a bin; columns go on around. */
const place = (row: number, column: number) => ({
  r: MinROverZ + (row + 0.5) * STEP,
  phi: MinPhi + (column + 0.5) * WIDTH,
});
const inTurn = (phi: number): number => Math.atan2(Math.sin(phi), Math.cos(phi));

function cell(row: number, column: number, mipPt: number) {
  const { r, phi } = place(row, column);
  const [x, y] = [300 * r * Math.cos(phi), 300 * r * Math.sin(phi)];
  return { tc_layer: 7, tc_x: x, tc_y: y, tc_z: 300, tc_phi: inTurn(phi), tc_mipPt: mipPt };
}

const particle = (row: number, column: number) => {
  const { r, phi } = place(row, column);
  return { gen_eta: Math.asinh(1 / r), gen_phi: inTurn(phi) };
};

function mapsOf(
  tc: ReturnType<typeof cell>[],
  row: number,
  column: number,
  seeds: { row: number; column: number }[] = [],
) {
  const spots = seeds.map((seed) => {
    const { r, phi } = place(seed.row, seed.column);
    return { seedXdivZ: r * Math.cos(phi), seedYdivZ: r * Math.sin(phi) };
  });
  const { panels, notes } = occupancyMaps(toyInput({ gen: particle(row, column), tc, seeds: spots }), "o");
  return { panels, notes, heats: panels.map(({ series }) => series[0].marks[0] as HeatMark) };
}
/** Bins of a map that hold something, by their middle. */
function held({ xEdges, yEdges, values }: HeatMark): number[][] {
  const nx = xEdges.length - 1;
  return Array.from(values, (value, k) => {
    const [ix, iy] = [k % nx, Math.floor(k / nx)];
    return [(xEdges[ix] + xEdges[ix + 1]) / 2, (yEdges[iy] + yEdges[iy + 1]) / 2, value];
  }).filter(([, , value]) => !Number.isNaN(value));
}
const near = (row: number, column: number, value: number) => {
  const { r, phi } = place(row, column);
  return [expect.closeTo(phi, 3), expect.closeTo(r, 5), value];
};

test.each([
  { name: "in the middle", column: 100 },
  { name: "at the end of the histogram", column: NbinsPhi - 1 },
  { name: "at its beginning", column: 0 },
])("numbers and energies stand in their bins around the particle: $name", ({ column }) => {
  const cells = [cell(20, column, 8), cell(20, column, 4), cell(21, column + 1, 2), cell(19, column - 2, 16)];
  const { heats } = mapsOf(cells, 20, column);
  const rows = (values: readonly number[]) => [
    near(19, column - 2, values[0]),
    near(20, column, values[1]),
    near(21, column + 1, values[2]),
  ];
  // Of the turns around the axis that of the particle, whose φ is between -π and π.
  expect(held(heats[0])).toEqual(rows([1, 2, 1]));
  expect(held(heats[1])).toEqual(rows([16, 12, 2]));
});

test("the window is the smallest with all bins near the particle that hold something, and the particle", () => {
  // 0.6 rad are 20 columns, 0.12 in R/z some rows.
  const reach = Math.floor(0.6 / WIDTH);
  const up = Math.floor(0.12 / STEP);
  const { panels, heats } = mapsOf(
    [cell(15, 100 + reach, 1), cell(15, 100 - reach - 1, 1), cell(15 + up + 1, 100, 1), cell(14, 100, 0)],
    15,
    100,
  );
  // The first and last column and row hold something in one of the maps of energy, or the particle.
  const bins = [...held(heats[1]), ...held(heats[2]), [place(15, 100).phi, place(15, 100).r, 0]];
  const columns = bins.map(([phi]) => Math.round((phi - MinPhi) / WIDTH - 0.5));
  const rows = bins.map(([, r]) => Math.round((r - MinROverZ) / STEP - 0.5));
  expect([Math.max(...columns), columns.includes(100 - reach - 1)]).toEqual([100 + reach, false]);
  expect([Math.max(...rows) <= 15 + up, Math.max(...rows) >= 15]).toEqual([true, true]);
  for (const { xEdges, yEdges } of heats) {
    expect(xEdges[0]).toBeCloseTo(MinPhi + Math.min(...columns) * WIDTH, 3);
    expect(xEdges[xEdges.length - 1]).toBeCloseTo(MinPhi + (Math.max(...columns) + 1) * WIDTH, 3);
    expect(yEdges[0]).toBeCloseTo(MinROverZ + Math.min(...rows) * STEP, 6);
    expect(yEdges[yEdges.length - 1]).toBeCloseTo(MinROverZ + (Math.max(...rows) + 1) * STEP, 6);
    expect(panels[0].x.range).toEqual([xEdges[0], xEdges[xEdges.length - 1]]);
    expect(panels[0].y.range).toEqual([yEdges[0], yEdges[yEdges.length - 1]]);
  }
});

test("without trigger cells all rows are shown, empty", () => {
  const { heats } = mapsOf([], 15, 100);
  expect(
    heats.map(({ xEdges, yEdges, values }) => [xEdges.length, yEdges.length, Array.from(values).every(Number.isNaN)]),
  ).toEqual([0, 1, 2].map(() => [2, NbinsRz + 1, true]));
});

test("both energies have the same colours, from a tenth of the largest, at most 0.5", () => {
  const range = (mipPt: number) =>
    mapsOf([cell(15, 100, mipPt), cell(15, 101, mipPt / 2)], 15, 100)
      .panels.slice(1)
      .map(({ color }) => color?.range);
  const same = (low: number, high: number) => [0, 1].map(() => [expect.closeTo(low, 6), expect.closeTo(high, 6)]);
  expect([range(40), range(2)]).toEqual([same(0.5, 40), same(0.2, 2)]);
});

test("particle and seeds are marked in all maps, on the turn of the particle", () => {
  const { panels } = mapsOf([cell(20, NbinsPhi - 1, 1)], 20, NbinsPhi - 1, [{ row: 21, column: NbinsPhi + 1 }]);
  for (const { series } of panels) {
    const [seed, own] = series.slice(1).map(({ marks }) => marks[0] as PointsMark);
    const at = (row: number, column: number) => [
      expect.closeTo(place(row, column).phi, 3),
      expect.closeTo(place(row, column).r, 5),
    ];
    expect([
      [seed.x[0], seed.y[0]],
      [own.x[0], own.y[0]],
    ]).toEqual([at(21, NbinsPhi + 1), at(20, NbinsPhi - 1)]);
    expect([seed.x.length, own.x.length]).toEqual([1, 1]);
  }
});
