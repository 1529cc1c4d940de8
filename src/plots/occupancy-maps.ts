/** The histogram of the default chain for one event, before and after smoothing. */
import { createGrid, fill, type Grid, smooth } from "../chain/index.js";
import { wrapPhi, rowsOfEntry } from "../core/index.js";
import { describeEvent, type EventInput } from "./event-input.js";
import { type HeatMark, type Plot, type Series } from "./plot.js";

/** [MIP_T] Smoothing leaves a trace far away; what is not above this is not drawn. */
const LEAST = 0.1;

/** Bins within so much of the particle's phi [rad] and R/z are shown. */
const AROUND = { phi: 0.6, rz: 0.12 };

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
  const rz = 1 / Math.sinh(Math.abs(gen_eta[gen_first[row]]));
  const unroll = (phi: number): number => center + wrapPhi(phi - center);
  const ofEvent = rowsOfEntry(seeds, entry[row], chain);
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
      marks: [{ kind: "points", x: [center], y: [rz], size: 4, halo: true }],
    },
  ];
  const emptyAs = (values: ArrayLike<number>, least: number): Float64Array =>
    Float64Array.from(values, (value) => (value > least ? value : Number.NaN));
  const [counts, before, after] = [emptyAs(filled.nTc, 0), emptyAs(filled.mipPt, 0), emptyAs(smoothed.energy, LEAST)];
  const window = windowOf(filled.grid, [before, after], center, rz);
  const { xEdges, yEdges } = mapOf(filled.grid, before, window);
  const ends = (edges: HeatMark["xEdges"]): [number, number] => [edges[0], edges[edges.length - 1]];
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
      describeEvent(input),
      `Bins of the default chain's histogram (${filled.grid.nRz} × ${filled.grid.nPhi}) within ${AROUND.phi} rad and ${AROUND.rz} in R/z ` +
        `of the particle; empty ones, and those of at most ` +
        `${LEAST} MIP_T after smoothing, stay white. φ goes on beyond ±π. Both energies have the same colours`,
    ],
    panels: maps.map(({ values, title, color }) => ({
      x: { label: "φ", unit: "rad", range: ends(xEdges) },
      y: { label: title, range: ends(yEdges) },
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

/** The smallest window with all bins that hold a number and whose middle is within AROUND of (phi, rz), which is in it in any case. */
function windowOf(
  { nRz, nPhi, phiEdges, rzEdges }: Grid,
  maps: readonly Float64Array[],
  phi: number,
  rz: number,
): Window {
  const width = (2 * Math.PI) / nPhi;
  const middle = Math.floor((phi - phiEdges[0]) / width);
  const reach = Math.floor(AROUND.phi / width);
  let [left, right] = [middle, middle + 1];
  const isNear = (row: number): boolean => Math.abs((rzEdges[row] + rzEdges[row + 1]) / 2 - rz) < AROUND.rz;
  const rows = Array.from({ length: nRz }, (_, row) => row).filter(isNear);
  let [bottom, top] = [nRz, 0];
  for (const row of rows) {
    for (let column = middle - reach; column <= middle + reach; column++) {
      const bin = row * nPhi + around(column, nPhi);
      if (maps.every((values) => Number.isNaN(values[bin]))) continue;
      [left, right] = [Math.min(left, column), Math.max(right, column + 1)];
      [bottom, top] = [Math.min(bottom, row), Math.max(top, row + 1)];
    }
  }
  return top > bottom ? { left, right, bottom, top } : { left, right, bottom: 0, top: nRz };
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
