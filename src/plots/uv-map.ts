/** Trigger cells of an event in the (u, v) plane of coarse seeding. */
import { rowsOfEntry } from "../core/index.js";
import { coarseLayers, NO_CELL, universalU, universalV } from "../chain/index.js";
import { SCINTILLATOR_WAFER } from "../detector/index.js";
import { describeEvent, type EventInput } from "./event-input.js";
import { type Plot, type Series } from "./plot.js";
import { formatNumber } from "./ticks.js";

/** Trigger cells and seeds within so much of the particle in (x/|z|, y/|z|) are shown. */
const REACH = 0.1;

/** Corners of a flat-topped hexagon around (0, 0); neighbours are sqrt(3) apart. */
const HEXAGON = Array.from({ length: 6 }, (_, i) => [Math.cos((i * Math.PI) / 3), Math.sin((i * Math.PI) / 3)]);

/**
 * Sums of mipPt in universal coordinates U = cu - 4 wu + 8 wv, V = cv - 8 wu + 4 wv over the layers that coarse seeding
 * sums. A tile stands at (1.5 U, sqrt(3) (V - U / 2)), so that the six neighbours of a coordinate are its neighbours here.
 */
export function uvMap(input: EventInput, id: string): Plot {
  const { geometry, batch, row, params, seeds, chain } = input;
  const { first, end } = coarseLayers(params.cs, geometry.version);
  const { entry, gen_first, tc_first, tc_rows, zside } = batch.entries.columns;
  const { tc_layer, tc_wu, tc_wv, tc_cu, tc_cv, tc_x, tc_y, tc_z, tc_mipPt, tc_zside } = batch.tc.columns;
  const { gen_eta, gen_phi } = batch.gen.columns;
  const g = gen_first[row];
  const rz = 1 / Math.sinh(Math.abs(gen_eta[g]));
  const particle = { x: rz * Math.cos(gen_phi[g]), y: rz * Math.sin(gen_phi[g]) };
  const isNear = (x: number, y: number): boolean => Math.hypot(x - particle.x, y - particle.y) < REACH;
  const tiles = new Map<string, { u: number; v: number; sum: number; wafers: Set<string> }>();
  for (let t = tc_first[row]; t < tc_first[row] + tc_rows[row]; t++) {
    if (tc_layer[t] < first || tc_layer[t] >= end) continue;
    if (tc_zside[t] !== zside[row] || tc_wu[t] === SCINTILLATOR_WAFER) continue;
    if (!isNear(tc_x[t] / Math.abs(tc_z[t]), tc_y[t] / Math.abs(tc_z[t]))) continue;
    const u = universalU(tc_wu[t], tc_wv[t], tc_cu[t]);
    const v = universalV(tc_wu[t], tc_wv[t], tc_cv[t]);
    const tile = tiles.get(`${u},${v}`) ?? { u, v, sum: 0, wafers: new Set() };
    tile.sum += tc_mipPt[t];
    tile.wafers.add(`(${tc_wu[t]}, ${tc_wv[t]})`);
    tiles.set(`${u},${v}`, tile);
  }
  const list = [...tiles.values()];
  const place = (u: number, v: number): [number, number] => [1.5 * u, Math.sqrt(3) * (v - u / 2)];
  const { seedXdivZ, seedYdivZ } = seeds.columns;
  const near = rowsOfEntry(seeds, entry[row], chain).filter(
    (s) => seeds.columns.u[s] !== NO_CELL && isNear(seedXdivZ[s], seedYdivZ[s]),
  );
  const spots = near.map((s) => place(seeds.columns.u[s], seeds.columns.v[s]));
  const seedSeries: Series = {
    name: "seed",
    color: "ink",
    marker: "ring",
    marks: [{ kind: "points", x: spots.map(([x]) => x), y: spots.map(([, y]) => y), size: 5, halo: true }],
  };
  return {
    id,
    title: "Trigger cells in (u, v)",
    notes: [
      describeEvent(input),
      `Sum of mipPt over layers ${first} to ${Math.min(end - 1, geometry.layers.length)} in each of ${formatNumber(list.length)} coordinates within ${REACH} of the particle in (x/|z|, y/|z|): U\u00a0=\u00a0cu\u00a0−\u00a04wu\u00a0+\u00a08wv, ` +
        "V\u00a0=\u00a0cv\u00a0−\u00a08wu\u00a0+\u00a04wv, as hexagons",
    ],
    panels: [
      {
        x: { label: "1.5 U" },
        y: { label: "√3 (V − U/2)" },
        color: { label: "mipPt", unit: "MIP_T", log: true },
        isotropic: true,
        series: [
          {
            color: "ink",
            marks: [
              {
                kind: "shapes",
                outlines: list.map(({ u, v }) => {
                  const [x, y] = place(u, v);
                  return HEXAGON.flatMap(([dx, dy]) => [x + dx, y + dy]);
                }),
                values: list.map(({ sum }) => sum),
                labels: list.map(({ u, v, wafers }) => `U ${u}, V ${v}, wafer ${[...wafers].join(" ")}`),
              },
            ],
          },
          ...(spots.length > 0 ? [seedSeries] : []),
        ],
      },
    ],
  };
}
