import { expect, test } from "vitest";
import { toyInput } from "./event.test-data.js";
import { type PointsMark, type ShapesMark } from "./plot.js";
import { uvMap } from "./uv-map.js";

// The particle flies at R/z = 0.2 along x: layer 7 is summed by default, 8 is not a layer of the trigger.
const GEN = { gen_eta: Math.asinh(5), gen_phi: 0 };
const at = (x: number, y: number, more: Record<string, number> = {}) => ({
  ...{ tc_layer: 7, tc_wu: 2, tc_wv: 3, tc_cu: 1, tc_cv: 4, tc_z: 300, tc_mipPt: 1 },
  ...{ tc_x: 300 * x, tc_y: 300 * y },
  ...more,
});
const noCell = -999;

function mapOf(tc: ReturnType<typeof at>[], seeds: readonly Record<string, number>[] = [], zside = 1) {
  const plot = uvMap(toyInput({ gen: GEN, tc, seeds, zside }), "uv");
  const { series } = plot.panels[0];
  const shapes = series[0].marks[0] as ShapesMark;
  return { plot, shapes, seeds: series.slice(1) };
}

test("a tile is the sum of the cells with its coordinates, over the layers that are summed, near the particle", () => {
  const { shapes, plot } = mapOf([
    at(0.2, 0),
    at(0.2, 0.01, { tc_layer: 9, tc_mipPt: 4 }),
    // The same U = cu - 4 wu + 8 wv and V = cv - 8 wu + 4 wv, of the wafer beside it.
    at(0.21, 0, { tc_wu: 3, tc_cu: 5, tc_cv: 12, tc_mipPt: 16 }),
    at(0.2, 0, { tc_cv: 5, tc_mipPt: 32 }),
    at(0.2, 0, { tc_layer: 5, tc_mipPt: 1024 }),
    at(0.2, 0, { tc_layer: 14, tc_mipPt: 64 }),
    at(0.2, 0, { tc_layer: 15, tc_mipPt: 1024 }),
    at(0.2, 0, { tc_wu: -999, tc_mipPt: 1024 }),
    at(0.2, 0, { tc_zside: -1, tc_mipPt: 1024 }),
    at(0.3001, 0, { tc_mipPt: 1024 }),
    at(0.2, -0.1001, { tc_mipPt: 1024 }),
    at(0.26, 0.0799, { tc_mipPt: 128 }),
  ]);
  expect(Array.from(shapes.values ?? [])).toEqual([1 + 4 + 16 + 64 + 128, 32]);
  // U = 1 - 8 + 24, V = 4 - 16 + 12.
  expect(shapes.labels).toEqual(["U 17, V 0, wafer (2, 3) (3, 3)", "U 17, V 1, wafer (2, 3)"]);
  expect(plot.notes[1]).toContain("over layers 7 to 14 in each of 2 coordinates within 0.1 of the particle");
  expect(plot.panels[0]).toMatchObject({ isotropic: true, color: { log: true } });
});

test("tiles are hexagons of side 1 around (1.5 U, √3 (V − U / 2))", () => {
  const { outlines } = mapOf([at(0.2, 0)]).shapes;
  const [x, y] = [1.5 * 17, Math.sqrt(3) * (0 - 8.5)];
  const corners = [0, 60, 120, 180, 240, 300].map((degrees) => (degrees * Math.PI) / 180);
  expect(Array.from(outlines[0])).toEqual(
    corners.flatMap((angle) => [expect.closeTo(x + Math.cos(angle), 9), expect.closeTo(y + Math.sin(angle), 9)]),
  );
});

test("the other endcap is the same in x/|z|, y/|z|", () => {
  const { shapes } = mapOf([at(0.2, 0, { tc_z: -300 }), at(0.32, 0, { tc_z: -300 })], [], -1);
  expect(Array.from(shapes.values ?? [])).toEqual([1]);
});

test("seeds that are coordinates near the particle are marked; without any there is no such series", () => {
  const seed = (x: number, y: number, u = 17, v = 1) => ({ seedXdivZ: x, seedYdivZ: y, u, v });
  const { seeds } = mapOf([at(0.2, 0)], [seed(0.2, 0), seed(0.31, 0), seed(0.2, 0, noCell, noCell), seed(0.2, 0.09, 2, 2)]);
  const { x, y } = seeds[0].marks[0] as PointsMark;
  const place = (u: number, v: number) => [expect.closeTo(1.5 * u, 9), expect.closeTo(Math.sqrt(3) * (v - u / 2), 9)];
  expect(Array.from(x).map((_, i) => [x[i], y[i]])).toEqual([place(17, 1), place(2, 2)]);
  expect(mapOf([at(0.2, 0)], [seed(0.31, 0)]).seeds).toEqual([]);
}); // prettier-ignore
