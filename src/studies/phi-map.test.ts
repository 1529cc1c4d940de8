import { expect, test } from "vitest";
import { createGrid, DEFAULT_PARAMS, findBin, findPhiBin } from "../chain/index.js";
import { wrapPhi } from "../core/index.js";
import { createGeometry, type TriggerCells } from "../detector/index.js";
import { mapPhi, type PhiMapOptions } from "./phi-map.js";
import { cellsOfRegion, PHI_REGIONS, type PhiRegion } from "./phi-regions.js";

/** Thousands of numbers, faster than `toEqual`. */
const same = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  a.length === b.length && Array.from(a).every((value, i) => value === b[i]);

const grid = createGrid(DEFAULT_PARAMS.base);
const options: PhiMapOptions = { region: "Si", parameter: 0, seed: 1, maxSweeps: 200 };

/** Cells of CE-E layer 1 at these phi, all at R/z 0.3. */
function ring(phis: readonly number[]): TriggerCells {
  const rows = phis.length;
  const phi = Float64Array.from(phis);
  return {
    rows,
    layer: new Uint8Array(rows).fill(1),
    subdet: new Uint8Array(rows).fill(1),
    wu: new Int16Array(rows),
    wv: new Int16Array(rows),
    cu: Int16Array.from(phis, (_, i) => i),
    cv: new Int16Array(rows),
    thickness: new Uint8Array(rows),
    x: phi.map((each) => 96 * Math.cos(each)),
    y: phi.map((each) => 96 * Math.sin(each)),
    z: new Float64Array(rows).fill(320),
    eta: new Float64Array(rows).fill(1.9),
    phi,
  };
}

const width = (grid.phiEdges[216] - grid.phiEdges[0]) / 216;
const centre = (bin: number): number => wrapPhi(grid.phiEdges[0] + (bin + 0.5) * width);

test("regions hold their layers and subdetectors", () => {
  const { triggerCells } = createGeometry("V11");
  const layersOf = (name: PhiRegion): string => {
    const layers = [...new Set(cellsOfRegion(triggerCells, name).map((cell) => triggerCells.layer[cell]))];
    return layers.toSorted((a, b) => a - b).join();
  };
  const subdetsOf = (name: PhiRegion): string => {
    const subdets = new Set(cellsOfRegion(triggerCells, name).map((cell) => triggerCells.subdet[cell]));
    return [...subdets].toSorted((a, b) => a - b).join();
  };
  expect(Object.fromEntries(PHI_REGIONS.map(({ name }) => [name, subdetsOf(name)]))).toEqual({
    Si: "1,2",
    ECAL: "1",
    HCAL: "2,10",
    MaxShower: "1",
    ExcludeMaxShower: "1",
    All: "1,2,10",
  });
  expect(layersOf("MaxShower")).toBe("9,11,13,15");
  expect(layersOf("ExcludeMaxShower")).toBe("1,3,5,7,17,19,21,23,25,27");
});

test.each([
  { name: "forwards over the seam", full: 215, empty: 0 },
  { name: "backwards over the seam", full: 0, empty: 215 },
  { name: "forwards through phi = 0", full: 107, empty: 108 },
  { name: "backwards in the middle", full: 31, empty: 30 },
])("a cell that moves $name goes the short way, just into its new bin", ({ full, empty }) => {
  // Everywhere 3 cells, but 4 in one bin and 2 beside it.
  const phis = Array.from({ length: 216 }, (_, bin) => (bin === full ? 4 : bin === empty ? 2 : 3)).flatMap((n, bin) =>
    Array.from({ length: n }, (_, k) => wrapPhi(centre(bin) + (k - (n - 1) / 2) * 0.2 * width)),
  );
  const { map, rows } = mapPhi(ring(phis), grid, options);
  const { phi_old, phi_new } = map.columns;
  const moved = Array.from({ length: map.rows }, (_, i) => i).filter((i) => phi_old[i] !== phi_new[i]);
  expect(moved).toHaveLength(1);
  const [i] = moved;
  expect(findPhiBin(grid, phi_old[i])).toBe(full);
  expect(findPhiBin(grid, phi_new[i])).toBe(empty);
  const turn = wrapPhi(phi_new[i] - phi_old[i]);
  expect(Math.sign(turn)).toBe(full === 0 || full === 31 ? -1 : 1);
  // The outermost of 4 cells stands 0.3 widths from the centre, and the seam's bin is 5e-6 wider.
  expect(Math.abs(turn)).toBeCloseTo(0.2 * width + 1e-4, 4);
  const at = rows.columns.rz_bin.indexOf(findBin(grid.rzEdges, 0.3));
  expect(rows.columns.cells[at]).toBe(phis.length);
  expect(rows.columns.moved[at]).toBe(1);
  expect(rows.columns.spread_before[at]).toBe(2);
  expect(rows.columns.spread_after[at]).toBe(0);
  expect(rows.columns.max_arc[at]).toBeCloseTo(96 * Math.abs(turn), 9);
  expect(rows.columns.mean_arc[at]).toBeCloseTo(96 * Math.abs(turn), 9);
});

test("the detector: every moved cell lies in the bin that it was given, cells of each row are kept", () => {
  const { triggerCells } = createGeometry("V11");
  const { map, rows, counts } = mapPhi(triggerCells, grid, { ...options, region: "ECAL" });
  const inRegion = cellsOfRegion(triggerCells, "ECAL");
  const found = new Int32Array(grid.nRz * grid.nPhi);
  let moved = 0;
  const { phi_old, phi_new } = map.columns;
  expect(
    same(phi_old, inRegion.length === map.rows ? Float64Array.from(inRegion, (cell) => triggerCells.phi[cell]) : []),
  ).toBe(true);
  for (const [i, cell] of inRegion.entries()) {
    if (phi_new[i] !== phi_old[i]) moved++;
    const rz = Math.hypot(triggerCells.x[cell], triggerCells.y[cell]) / triggerCells.z[cell];
    const row = findBin(grid.rzEdges, rz);
    if (row >= 0) found[row * grid.nPhi + findPhiBin(grid, phi_new[i])]++;
  }
  expect(same(counts.columns.after, found)).toBe(true);
  const sum = (list: Int32Array): number => list.reduce((total, each) => total + each, 0);
  expect(sum(counts.columns.after)).toBe(sum(counts.columns.before));
  expect(sum(rows.columns.moved)).toBe(moved);
  expect(moved).toBeGreaterThan(1000);
  const arc = Math.max(...Array.from(rows.columns.max_arc).filter((each) => !Number.isNaN(each)));
  expect(arc).toBeLessThan(50);
  // Flatter on the whole.
  expect(sum(rows.columns.spread_after)).toBeLessThan(0.7 * sum(rows.columns.spread_before));
});

test("at the parameter 1 the map is the identity", () => {
  const { map, rows } = mapPhi(createGeometry("V11").triggerCells, grid, {
    ...options,
    region: "MaxShower",
    parameter: 1,
  });
  expect(same(map.columns.phi_new, map.columns.phi_old)).toBe(true);
  expect(Math.max(...rows.columns.moved)).toBe(0);
  expect(Math.min(...rows.columns.ended)).toBe(1);
});

test("the seed decides the map, other seeds give others", () => {
  const { triggerCells } = createGeometry("V11");
  const region = { ...options, region: "MaxShower" as const };
  const newPhi = (seed: number) => mapPhi(triggerCells, grid, { ...region, seed }).map.columns.phi_new;
  const one = newPhi(1);
  expect(same(newPhi(1), one)).toBe(true);
  expect(same(newPhi(2), one)).toBe(false);
});
