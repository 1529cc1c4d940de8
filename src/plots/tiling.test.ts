import { expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../chain/index.js";
import { Random } from "../core/index.js";
import { createGeometry } from "../detector/index.js";
import { plotCsv } from "./csv.js";
import { lanesOf } from "./lanes.js";
import { type HeatMark } from "./plot.js";
import { recordsOf } from "./records.test-data.js";
import { tilingOf, tilingPlot } from "./tiling.js";
import { FOLDED_PHI, PHI_IN_BIN } from "./variables.js";

const geometry = createGeometry("V11");
const { base } = DEFAULT_PARAMS;
const { x, y, z, phi, rows } = geometry.triggerCells;
const rz = Array.from({ length: rows }, (_, tc) => Math.hypot(x[tc], y[tc]) / z[tc]);

test("the tiling counts each trigger cell of the grid once, in its bin: brute force on 25 bins, seed 3", () => {
  const { columns, values } = tilingOf(geometry, base);
  expect(columns).toBe(36);
  const inside = rz.filter((value) => value > base.MinROverZ && value <= base.MaxROverZ).length;
  expect(6 * values.reduce((a, b) => a + b, 0)).toBeCloseTo(inside, 6);
  const random = new Random(3);
  const step = (base.MaxROverZ - base.MinROverZ) / base.NbinsRz;
  const width = (base.MaxPhi - base.MinPhi) / base.NbinsPhi;
  for (let i = 0; i < 25; i++) {
    const [row, column] = [Math.floor(base.NbinsRz * random.uniform()), Math.floor(columns * random.uniform())];
    let n = 0;
    for (let tc = 0; tc < rows; tc++) {
      const isInRow = Math.ceil((rz[tc] - base.MinROverZ) / step) - 1 === row;
      if (isInRow && (Math.ceil((phi[tc] - base.MinPhi) / width) - 1) % columns === column) n++;
    }
    expect(values[row * columns + column], `row ${row}, column ${column}`).toBeCloseTo(n / 6, 9);
  }
});

test("bins that do not repeat every 60 degrees are not folded", () => {
  const { columns, values } = tilingOf(geometry, { ...base, NbinsPhi: 100 });
  expect([columns, values.length]).toEqual([100, 100 * base.NbinsRz]);
  expect(Math.max(...values.map((value) => Math.abs(value - Math.round(value))))).toBe(0);
});

test("the map marks the particles that split, and beside it their fraction by place", () => {
  const etaOf = (r: number): number => Math.asinh(1 / r);
  const at = (r: number, degrees: number, is_split: number) => ({
    geneta: etaOf(r),
    genphi: (degrees * Math.PI) / 180,
    is_split,
  });
  // One place, seen in three sectors: 1 of 3 split. Another one, whose particle does not.
  const records = recordsOf([at(0.2, 7, 1), at(0.2, 67, 0), at(0.2, -113, 0), at(0.3, 32, 0)]);
  const lanes = lanesOf([{ name: "a", selection: "all", records }]);
  const plot = tilingPlot(lanes, geometry, "tiling");
  const [, spots] = plot.panels[0].series;
  expect(spots.marks).toMatchObject([{ kind: "points", x: [expect.closeTo(7, 9)], y: [expect.closeTo(0.2, 9)] }]);
  const [fractions] = plot.panels[1].series[0].marks;
  const values = fractions.kind === "heat" ? Array.from(fractions.values).filter((value) => !Number.isNaN(value)) : [];
  expect(values.toSorted((a, b) => a - b)).toEqual([0, expect.closeTo(1 / 3, 12)]);
  expect(plotCsv(plot)).not.toMatch(/undefined|Infinity/);
});

test("the map shows the rows that particles fly through, all without any, and 60 degrees in equal columns", () => {
  const edges = (k: number): number => base.MinROverZ + (k * (base.MaxROverZ - base.MinROverZ)) / base.NbinsRz;
  const middle = (k: number): number => (edges(k) + edges(k + 1)) / 2;
  const mapOf = (radii: readonly number[]) => {
    const records = recordsOf(radii.map((r) => ({ geneta: Math.asinh(1 / r) })));
    const [map, ...others] = tilingPlot(lanesOf([{ name: "a", selection: "all", records }]), geometry, "t").panels;
    expect(others.every(({ y }) => String(y.range) === String(map.y.range))).toBe(true);
    return { range: map.y.range, tiles: map.series[0].marks[0] as HeatMark };
  };
  const { values } = tilingOf(geometry, base);
  for (const [radii, low, high] of [
    [[], 0, base.NbinsRz],
    [[middle(10)], 10, 11],
    [[base.MinROverZ / 2, middle(20), middle(10)], 0, 21],
    [[middle(10), 2 * base.MaxROverZ], 10, base.NbinsRz],
  ] as const) {
    const { range, tiles } = mapOf(radii);
    expect(range).toEqual([expect.closeTo(edges(low), 9), expect.closeTo(edges(high), 9)]);
    expect([tiles.yEdges.length, tiles.values.length]).toEqual([high - low + 1, 36 * (high - low)]);
    expect([tiles.yEdges[0], tiles.yEdges[high - low]]).toEqual([range?.[0], range?.[1]]);
    expect(Array.from(tiles.xEdges)).toEqual(Array.from({ length: 37 }, (_, k) => expect.closeTo((60 * k) / 36, 9)));
    // The rows are those of the range.
    const wrong = Array.from(tiles.values, (count, k) => count !== values[36 * low + k] && !(Number.isNaN(count) && values[36 * low + k] === 0)); // prettier-ignore
    expect(wrong.includes(true)).toBe(false);
  }
});

test.each([
  { name: "the first edge", phi: base.MinPhi, place: 0 },
  { name: "the middle of a bin", phi: base.MinPhi + (10.5 * (base.MaxPhi - base.MinPhi)) / base.NbinsPhi, place: 0.5 },
  {
    name: "just below an edge",
    phi: base.MinPhi + (7 - 1e-7) * ((base.MaxPhi - base.MinPhi) / base.NbinsPhi),
    place: 1,
  },
])("the place in the phi bin: $name", ({ phi: genphi, place }) => {
  const [lane] = lanesOf([{ name: "a", selection: "all", records: recordsOf([{ genphi }]) }]);
  expect(PHI_IN_BIN.values(lane)[0]).toBeCloseTo(place, 6);
});

test("phi modulo 60 degrees is the same in all sectors, and in the mirror image that the other endcap is", () => {
  const sectors = [-3, -2, -1, 0, 1, 2].map((k) => 0.4 + (k * Math.PI) / 3);
  const records = recordsOf(
    sectors.flatMap((phi) => [
      { genphi: phi, geneta: 2 },
      { genphi: Math.PI - phi, geneta: -2 },
    ]),
  );
  const [lane] = lanesOf([{ name: "a", selection: "all", records }]);
  for (const value of FOLDED_PHI.values(lane)) expect(value).toBeCloseTo((0.4 * 180) / Math.PI, 9);
});

test("a particle a hair below a sector's edge lies in the last bin of it", () => {
  // Rounded, its angle is all of the 60 degrees.
  const records = recordsOf([{ geneta: Math.asinh(5), genphi: -1e-20, is_split: 1 }]);
  const [, { series }] = tilingPlot(lanesOf([{ name: "a", selection: "all", records }]), geometry, "t").panels;
  const { values } = series[0].marks[0] as HeatMark;
  const held = Array.from(values, (value, bin) => [bin % 12, value]).filter(([, value]) => !Number.isNaN(value));
  expect(held).toEqual([[11, 1]]);
});

test("where bins are not folded φ goes once around, on the negative endcap from the other side", () => {
  const at = (degrees: number, sign: number) => ({ geneta: sign * Math.asinh(5), genphi: (degrees * Math.PI) / 180, is_split: 1 }); // prettier-ignore
  const records = recordsOf([at(7, 1), at(-100, 1), at(7, -1), at(-100, -1)]);
  const angles = (NbinsPhi: number) => {
    const params = { ...DEFAULT_PARAMS, base: { ...base, NbinsPhi } };
    const [{ x: axis, series }, { series: shares }] = tilingPlot(lanesOf([{ name: "a", selection: "all", records, params }]), geometry, "t").panels; // prettier-ignore
    const [spots] = series[1].marks;
    const { xEdges } = shares[0].marks[0] as HeatMark;
    return [axis.label, axis.range, spots.kind === "points" ? Array.from(spots.x) : [], Array.from(xEdges)];
  };
  const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 9) as number);
  const twelfths = (width: number) => near(Array.from({ length: 13 }, (_, k) => k * width));
  // From −180°: 7° is at 187°, and 180° − 7° = 173° at 353°.
  expect(angles(100)).toEqual(["φ", [0, 360], near([187, 80, 353, 100]), twelfths(30)]);
  expect(angles(216)).toEqual(["φ modulo 60°", [0, 60], near([7, 20, 53, 40]), twelfths(5)]);
});

test("fractions are of two rows each, the last one of what is left; colours begin at 0", () => {
  const edge = (k: number): number => base.MinROverZ + (k * (base.MaxROverZ - base.MinROverZ)) / base.NbinsRz;
  // Rows 10 to 12: two and one.
  const records = recordsOf([10.5, 11.5, 12.5].map((k, i) => ({ geneta: Math.asinh(1 / edge(k)), genphi: 0.1, is_split: i === 1 ? 0 : 1 }))); // prettier-ignore
  const { panels } = tilingPlot(lanesOf([{ name: "a", selection: "all", records }]), geometry, "t");
  expect(panels.map(({ color }) => color?.includes)).toEqual([[0], [0]]);
  const { yEdges, values } = panels[1].series[0].marks[0] as HeatMark;
  expect(Array.from(yEdges)).toEqual([10, 12, 13].map((k) => expect.closeTo(edge(k), 9) as number));
  expect(Array.from(values).filter((value) => !Number.isNaN(value))).toEqual([0.5, 1]);
});
