/** What lies between two seeds that are cells: a shortest way through the lattice. */
import { expect, test } from "vitest";
import { createTable } from "../core/index.js";
import { SEEDS } from "../events/index.js";
import { batchOf, type Cell } from "./cells.test-data.js";
import { createCellGap } from "./gap-cells.js";
import { DEFAULT_PARAMS } from "./params.js";
import { hexDistance } from "./seed-uv.js";

/** Cells of 7 x 7 places of one wafer; the sum of their energies tells which ones it is of. */
const PLACES = Array.from({ length: 49 }, (_, i) => [i % 7, Math.floor(i / 7)] as const);
const cellOf = (i: number, rest: Partial<Cell> = {}): Cell => ({
  x: 80,
  y: 0,
  mipPt: 2 ** i,
  cell: PLACES[i],
  ...rest,
});
const placesIn = (sum: number): (readonly [number, number])[] => PLACES.filter((_, i) => Math.floor(sum / 2 ** i) % 2 === 1); // prettier-ignore

const seeds = createTable(SEEDS, PLACES.length).columns;
seeds.u.set(PLACES.map(([u]) => u));
seeds.v.set(PLACES.map(([, v]) => v));
const gapOf = createCellGap(batchOf([{ cells: PLACES.map((_, i) => cellOf(i)) }]), DEFAULT_PARAMS);

test("between any two cells lies one cell at each distance from both", () => {
  for (const [a, [ua, va]] of PLACES.entries()) {
    for (const [b, [ub, vb]] of PLACES.entries()) {
      const gap = gapOf(0, seeds, a, b);
      const distance = hexDistance(ub - ua, vb - va);
      const steps = placesIn(gap.mipPt).map(([u, v]) => [hexDistance(u - ua, v - va), hexDistance(u - ub, v - vb)]);
      const want = Array.from({ length: Math.max(0, distance - 1) }, (_, k) => [k + 1, distance - k - 1]);
      const where = `from ${PLACES[a].join()} to ${PLACES[b].join()}`;
      expect(steps.toSorted(([k], [l]) => k - l), where).toEqual(want); // prettier-ignore
      const notBins = { rows: -1, columns: -1, binSums: [-1, -1] };
      expect(gap, where).toMatchObject({ ...notBins, cells: distance, bins: want.length, tcs: want.length });
    }
  }
});

test("cells in other layers than the seeds', in the other endcap and of scintillator do not count; a cell without any is 0", () => {
  // On the way from (0, 0) to (3, 0) lie (1, 0) and (2, 0), which are number 1 and 2.
  const { initial_layer } = DEFAULT_PARAMS.cs;
  const others = [{ layer: initial_layer - 2 }, { layer: 40 }, { z: -330 }, { wafer: [-999, -999] as const }];
  const cells = [cellOf(1, { layer: initial_layer }), ...others.map((rest) => cellOf(1, rest))];
  expect(createCellGap(batchOf([{ cells }]), DEFAULT_PARAMS)(0, seeds, 0, 3)).toMatchObject({ bins: 2, tcs: 1, mipPt: 2, min: 0 }); // prettier-ignore
  const everywhere = { ...DEFAULT_PARAMS, seed_cs: { ...DEFAULT_PARAMS.seed_cs, InputName: "NoCStcOut" as const } };
  expect(createCellGap(batchOf([{ cells }]), everywhere)(0, seeds, 0, 3)).toMatchObject({ tcs: 3, mipPt: 6 });
});
