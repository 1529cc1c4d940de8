/** The page of chosen events: displays, (u, v) maps, and (phi, R/z) maps before and after smoothing. */
import {
  type ChainParams,
  coarseLayers,
  createGrid,
  fill,
  type Grid,
  smooth,
  universalU,
  universalV,
} from "../chain/index.js";
import { wrapPhi } from "../core/index.js";
import { SCINTILLATOR_WAFER } from "../detector/index.js";
import { eventDisplay, type EventDisplayInput } from "./event-display.js";
import { createFigure, type Page } from "./figure.js";
import { type HeatMark, type Plot, type Series } from "./plot.js";
import { formatNumber } from "./ticks.js";

/** An entry and what a chain made of it. */
export interface EventInput extends EventDisplayInput {
  /** Parameters of the run. */
  readonly params: ChainParams;
  /** Sample and run, for the notes. */
  readonly source: string;
}

/** Three figures an event: the display, the map in (u, v), and the maps in (phi, R/z). */
export function eventsPage(events: readonly EventInput[]): Page {
  return {
    id: "events",
    title: "Events",
    intro: "Chosen events, one after the other.",
    figures: events
      .flatMap((event, i) => [
        eventDisplay(event, { id: `event-${i}`, source: event.source }),
        uvMap(event, `uv-${i}`),
        occupancyMaps(event, `occupancy-${i}`),
      ])
      .map(createFigure),
  };
}

function describe({ batch, row, source, chain }: EventInput): string {
  const { event, zside } = batch.entries.columns;
  return `${source}; event ${event[row]}, endcap ${zside[row] > 0 ? "+" : "−"}; ${chain} chain`;
}

/** [MIP_T] Smoothing leaves a trace far away; what is not above this is not drawn. */
const LEAST = 0.1;

/** Corners of a flat-topped hexagon around (0, 0); neighbours are sqrt(3) apart. */
const HEXAGON = Array.from({ length: 6 }, (_, i) => [Math.cos((i * Math.PI) / 3), Math.sin((i * Math.PI) / 3)]);

/**
 * Sums of mipPt in universal coordinates U = cu - 4 wu + 8 wv, V = cv - 8 wu + 4 wv over the layers that coarse seeding
 * sums. A tile stands at (1.5 U, sqrt(3) (V - U / 2)), so that the six neighbours of a coordinate are its neighbours here.
 */
export function uvMap(input: EventInput, id: string): Plot {
  const { geometry, batch, row, params, seeds, chain } = input;
  const { first, end } = coarseLayers(params.cs);
  const { entry, tc_first, tc_rows, zside } = batch.entries.columns;
  const { tc_layer, tc_wu, tc_wv, tc_cu, tc_cv, tc_mipPt, tc_zside } = batch.tc.columns;
  const tiles = new Map<string, { u: number; v: number; sum: number; wafers: Set<string> }>();
  for (let t = tc_first[row]; t < tc_first[row] + tc_rows[row]; t++) {
    if (tc_layer[t] < first || tc_layer[t] >= end) continue;
    if (tc_zside[t] !== zside[row] || tc_wu[t] === SCINTILLATOR_WAFER) continue;
    const u = universalU(tc_wu[t], tc_wv[t], tc_cu[t]);
    const v = universalV(tc_wu[t], tc_wv[t], tc_cv[t]);
    const tile = tiles.get(`${u},${v}`) ?? { u, v, sum: 0, wafers: new Set() };
    tile.sum += tc_mipPt[t];
    tile.wafers.add(`(${tc_wu[t]}, ${tc_wv[t]})`);
    tiles.set(`${u},${v}`, tile);
  }
  const list = [...tiles.values()];
  const place = (u: number, v: number): [number, number] => [1.5 * u, Math.sqrt(3) * (v - u / 2)];
  const ofEvent = Array.from({ length: seeds.rows }, (_, s) => s).filter(
    (s) => seeds.columns.entry[s] === entry[row] && seeds.columns.chain[s] === chain && seeds.columns.u[s] !== -999,
  );
  const spots = ofEvent.map((s) => place(seeds.columns.u[s], seeds.columns.v[s]));
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
      describe(input),
      `Sum of mipPt over layers ${first} to ${Math.min(end - 1, geometry.layers.length)} in each of ${formatNumber(list.length)} coordinates U\u00a0=\u00a0cu\u00a0−\u00a04wu\u00a0+\u00a08wv, ` +
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

/**
 * The histogram of the default chain: number of trigger cells, mipPt, and mipPt after smoothing in each bin, with the seeds and
 * the particle. phi is unrolled around the particle, so that nothing is cut at pi.
 */
export function occupancyMaps(input: EventInput, id: string): Plot {
  const { batch, row, params, seeds, chain } = input;
  const { entry, tc_first, tc_rows, zside, gen_first } = batch.entries.columns;
  const first = tc_first[row];
  const filled = fill(batch.tc.columns, createGrid(params.base), zside[row], first, first + tc_rows[row]);
  const smoothed = smooth(filled.mipPt, params.base, params.smooth);
  const { gen_eta, gen_phi } = batch.gen.columns;
  const center = gen_phi[gen_first[row]];
  const unroll = (phi: number): number => center + wrapPhi(phi - center);
  const ofEvent = Array.from({ length: seeds.rows }, (_, s) => s).filter(
    (s) => seeds.columns.entry[s] === entry[row] && seeds.columns.chain[s] === chain,
  );
  const { seedXdivZ, seedYdivZ } = seeds.columns;
  const spots: Series[] = [
    {
      name: "seed",
      color: "ink",
      marker: "ring",
      marks: [
        {
          kind: "points",
          x: ofEvent.map((s) => unroll(Math.atan2(seedYdivZ[s], seedXdivZ[s]))),
          y: ofEvent.map((s) => Math.hypot(seedXdivZ[s], seedYdivZ[s])),
          size: 4,
          halo: true,
        },
      ],
    },
    {
      name: "particle",
      color: "ink",
      marker: "cross",
      marks: [
        { kind: "points", x: [center], y: [1 / Math.sinh(Math.abs(gen_eta[gen_first[row]]))], size: 4, halo: true },
      ],
    },
  ];
  const emptyAs = (values: ArrayLike<number>, least: number): Float64Array =>
    Float64Array.from(values, (value) => (value > least ? value : Number.NaN));
  const [counts, before, after] = [emptyAs(filled.nTc, 0), emptyAs(filled.mipPt, 0), emptyAs(smoothed.energy, LEAST)];
  const window = windowOf(filled.grid, [before, after], center);
  const largest = filled.mipPt.reduce((most, value) => Math.max(most, value), LEAST);
  const mipPt = { label: "mipPt", unit: "MIP_T", log: true, range: [Math.min(0.5, largest / 10), largest] } as const;
  const maps = [
    {
      values: counts,
      title: "R/z: number of trigger cells",
      color: { label: "TCs", includes: [0], whole: true } as const,
    },
    { values: before, title: "R/z: mipPt before smoothing", color: mipPt },
    { values: after, title: "R/z: mipPt after smoothing", color: mipPt },
  ];
  return {
    id,
    title: "Trigger cells in (φ, R/z), before and after smoothing",
    notes: [
      describe(input),
      `Bins of the default chain's histogram (${filled.grid.nRz} × ${filled.grid.nPhi}); empty ones, and those of at most ` +
        `${LEAST} MIP_T after smoothing, stay white. φ goes on beyond ±π. Both energies have the same colours`,
    ],
    panels: maps.map(({ values, title, color }) => ({
      x: { label: "φ", unit: "rad" },
      y: { label: title },
      color,
      series: [{ color: "ink", marks: [mapOf(filled.grid, values, window)] }, ...spots],
    })),
    width: 560,
    height: 230,
  };
}

/** Rows [bottom, top) and columns [left, right) of a grid; columns beyond its ends go on around it. */
interface Window {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

const around = (column: number, nPhi: number): number => ((column % nPhi) + nPhi) % nPhi;

/** The smallest window with all bins that hold a number, the column of `center` [rad] in the middle of the unrolled grid. */
function windowOf({ nRz, nPhi, phiEdges }: Grid, maps: readonly Float64Array[], center: number): Window {
  const from = Math.round(((center - phiEdges[0]) / (2 * Math.PI)) * nPhi) - Math.floor(nPhi / 2);
  let [left, right, bottom, top] = [from + nPhi, from, nRz, 0];
  for (let row = 0; row < nRz; row++) {
    for (let column = from; column < from + nPhi; column++) {
      const bin = row * nPhi + around(column, nPhi);
      if (maps.every((values) => Number.isNaN(values[bin]))) continue;
      [left, right] = [Math.min(left, column), Math.max(right, column + 1)];
      [bottom, top] = [Math.min(bottom, row), Math.max(top, row + 1)];
    }
  }
  return right > left ? { left, right, bottom, top } : { left: from, right: from + nPhi, bottom: 0, top: nRz };
}

function mapOf(
  { nPhi, rzEdges, phiEdges }: Grid,
  values: Float64Array,
  { left, right, bottom, top }: Window,
): HeatMark {
  const nx = right - left;
  return {
    kind: "heat",
    xEdges: Float64Array.from({ length: nx + 1 }, (_, k) => phiEdges[0] + ((left + k) * 2 * Math.PI) / nPhi),
    yEdges: rzEdges.slice(bottom, top + 1),
    values: Float64Array.from({ length: nx * (top - bottom) }, (_, k) => {
      return values[(bottom + Math.floor(k / nx)) * nPhi + around(left + (k % nx), nPhi)];
    }),
  };
}
