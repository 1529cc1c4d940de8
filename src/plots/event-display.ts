/** One event: its trigger cells seen along the beam and from the side, with seeds, clusters and the particle. */
import { counted, rowsOfEntry, type Table } from "../core/index.js";
import { type Geometry, tcIndex, tcOutline } from "../detector/index.js";
import { type ASSIGNMENT, type CLUSTERS, type SampleBatch, type SEEDS } from "../events/index.js";
import { clusterColor } from "./colors.js";
import { type Panel, type Plot, type Series } from "./plot.js";
import { formatNumber } from "./ticks.js";

export interface EventDisplayInput {
  readonly geometry: Geometry;
  readonly batch: SampleBatch;
  /** Row of the entry in `batch.entries`. */
  readonly row: number;
  /** What a chain made of the entry; rows of other entries and chains are ignored. */
  readonly chain: string;
  readonly seeds: Table<typeof SEEDS>;
  readonly clusters: Table<typeof CLUSTERS>;
  readonly assignment: Table<typeof ASSIGNMENT>;
}

export interface EventDisplayOptions {
  readonly id: string;
  /** First part of the notes: the sample. */
  readonly source: string;
  /** Half the side of the square around the particle that is shown, in x/|z| and y/|z|; default 0.065. */
  readonly reach?: number;
  /** Only so many trigger cells are drawn, those with most mipPt; default 1000. */
  readonly most?: number;
}

interface Cell {
  /** x, y of the corners [cm], scaled to the first layer. */
  readonly outline: Float64Array;
  readonly layer: number;
  readonly mipPt: number;
  /** Of the trigger cell's cluster, -1 without. */
  readonly seed: number;
}

const NAMES: Readonly<Record<number, string>> = { 22: "Photon", 11: "Electron", 211: "Pion" };
/** Clusters that are outlined, those with seeds nearest to the particle. */
const MOST_CLUSTERS = 4;
const DASHES = [undefined, "5 2", "2 2", "8 2 2 2"];

/**
 * Trigger cells around the first particle of an entry. All layers are drawn on top of each other, scaled to the z of the first
 * one as seen from the interaction point, so that a shower stays in place; most mipPt on top. The second panel shows the same
 * cells by layer and radius.
 */
export function eventDisplay(input: EventDisplayInput, options: EventDisplayOptions): Plot {
  const { geometry, batch, row, chain, seeds, clusters } = input;
  const { reach = 0.065, most = 1000 } = options;
  const z = geometry.layers[0].z;
  const { entry, event, zside, gen_first, tc_rows } = batch.entries.columns;
  const { gen_eta, gen_phi, gen_en, gen_pid } = batch.gen.columns;
  const g = gen_first[row];
  const radius = z / Math.sinh(Math.abs(gen_eta[g]));
  const particle = { x: radius * Math.cos(gen_phi[g]), y: radius * Math.sin(gen_phi[g]), r: radius };

  const inside = cellsAround(input, particle.x, particle.y, reach * z);
  const cells = inside
    .toSorted((a, b) => b.mipPt - a.mipPt)
    .slice(0, most)
    .toReversed();
  const distance = (s: number): number =>
    Math.max(
      Math.abs(z * seeds.columns.seedXdivZ[s] - particle.x),
      Math.abs(z * seeds.columns.seedYdivZ[s] - particle.y),
    );
  const seedRows = rowsOfEntry(seeds, entry[row], chain)
    .filter((s) => distance(s) < reach * z)
    .toSorted((a, b) => distance(a) - distance(b));
  const clusterRows = rowsOfEntry(clusters, entry[row], chain);
  const outlined = seedRows
    .map((s) => clusterRows.find((c) => clusters.columns.seed_idx[c] === seeds.columns.seed_idx[s]))
    .filter((c) => c !== undefined)
    .slice(0, MOST_CLUSTERS);
  const seedX = seedRows.map((s) => z * seeds.columns.seedXdivZ[s]);
  const seedY = seedRows.map((s) => z * seeds.columns.seedYdivZ[s]);
  const seedNames = seedRows.map(
    (s) => `seed ${seeds.columns.seed_idx[s]}: ${formatNumber(seeds.columns.seedEn[s])} MIP_T`,
  );

  const map = (outlineOf: (cell: Cell) => Float64Array): Series => ({
    color: "ink",
    marks: [
      {
        kind: "shapes",
        outlines: cells.map(outlineOf),
        values: cells.map((cell) => cell.mipPt),
        labels: cells.map((cell) => `layer ${cell.layer}${cell.seed < 0 ? "" : `, cluster ${cell.seed}`}`),
      },
    ],
  });
  const hulls = (outlineOf: (cell: Cell) => Float64Array): Series[] =>
    outlined.map((c, i) => {
      const { pt, n_tc, seed_idx } = clusters.columns;
      const seed = seed_idx[c];
      const corners = cells.filter((cell) => cell.seed === seed).map(outlineOf);
      return {
        name: `cluster ${seed}: pT\u00a0${formatNumber(pt[c])}\u00a0GeV, ${n_tc[c]}\u00a0TCs`,
        color: clusterColor(seed),
        ...dashOf(i),
        marks: [{ kind: "shapes", outlines: [convexHull(corners)] }],
      };
    });
  const spots = (x: readonly number[], y: readonly number[], px: number, py: number): Series[] => [
    {
      name: "seed",
      color: "ink",
      marker: "ring",
      marks: [{ kind: "points", x, y, labels: seedNames, size: 5, halo: true }],
    },
    {
      name: "particle",
      color: "ink",
      marker: "cross",
      marks: [{ kind: "points", x: [px], y: [py], size: 5, halo: true }],
    },
  ];
  const color = { label: "mipPt", unit: "MIP_T", log: true } as const;
  const span = (at: number): [number, number] => [at - reach * z, at + reach * z];
  const flat = (cell: Cell): Float64Array => cell.outline;
  const transverse: Panel = {
    x: { label: "x", unit: "cm", range: span(particle.x) },
    y: { label: "y", unit: "cm", range: span(particle.y) },
    color,
    isotropic: true,
    series: [
      map(flat),
      ...hulls(flat),
      ...spots(seedX, seedY, particle.x, particle.y),
      { color: "ink", marks: [{ kind: "scalebar", length: 5, label: "5 cm" }] },
    ],
  };
  const seedR = seedX.map((x, i) => Math.hypot(x, seedY[i]));
  const side: Panel = {
    x: { label: "layer", range: [-2, geometry.layers.length + 1] },
    y: { label: "radius", unit: "cm", range: span(particle.r) },
    color,
    series: [
      map(sideOutline),
      ...hulls(sideOutline),
      ...spots(
        seedR.map(() => 0),
        seedR,
        0,
        particle.r,
      ),
    ],
  };
  const name = NAMES[Math.abs(gen_pid[g])] ?? "Particle";
  const pt = gen_en[g] / Math.cosh(gen_eta[g]);
  const n = clusterRows.length;
  const shown =
    inside.length > cells.length
      ? `the ${formatNumber(cells.length)} with most mipPt of ${formatNumber(inside.length)}`
      : "all";
  const which = n > outlined.length ? `the clusters next to the particle (${outlined.length})` : "the clusters";
  return {
    id: options.id,
    title: `${name}, pT ${formatNumber(pt)} GeV, η ${formatNumber(gen_eta[g])}: ${counted(n, "cluster")} (${chain} chain)`,
    notes: [
      `${options.source}; event ${event[row]}, endcap ${zside[row] > 0 ? "+" : "−"}, ${formatNumber(tc_rows[row])} trigger cells (TCs); ` +
        `geometry ${geometry.version}`,
      `TCs around the particle (${shown} are drawn), scaled to z\u00a0=\u00a0${formatNumber(z, 4)}\u00a0cm, x to the right, y up; ` +
        `outlines: hulls of the TCs of ${which}. Below: the same TCs by layer and radius`,
    ],
    panels: [transverse, side],
    height: 240,
  };
}

function dashOf(i: number): { dash?: string } {
  const dash = DASHES[i % DASHES.length];
  return dash === undefined ? {} : { dash };
}

/** The entry's TCs of its endcap whose corners reach into the square around (x, y), half as wide as `reach` [cm]. */
function cellsAround(input: EventDisplayInput, x: number, y: number, reach: number): Cell[] {
  const { geometry, batch, row, chain, assignment } = input;
  const { entry, zside, tc_first, tc_rows } = batch.entries.columns;
  const { tc_layer, tc_wu, tc_wv, tc_cu, tc_cv, tc_z, tc_mipPt, tc_zside } = batch.tc.columns;
  const seedOf = new Int32Array(tc_rows[row]).fill(-1);
  for (const a of rowsOfEntry(assignment, entry[row], chain))
    seedOf[assignment.columns.tc_row[a]] = assignment.columns.seed_idx[a];
  const cells: Cell[] = [];
  for (let i = 0; i < tc_rows[row]; i++) {
    const t = tc_first[row] + i;
    if (tc_zside[t] !== zside[row]) continue;
    const tc = tcIndex(geometry, tc_layer[t], tc_wu[t], tc_wv[t], tc_cu[t], tc_cv[t]);
    if (tc < 0) continue;
    const scale = geometry.layers[0].z / Math.abs(tc_z[t]);
    // The negative endcap is the positive one turned about the y axis.
    const outline = tcOutline(geometry, tc).map((value, k) => value * scale * (k % 2 === 0 ? zside[row] : 1));
    let isInside = false;
    for (let k = 0; k < 8; k += 2)
      isInside ||= Math.max(Math.abs(outline[k] - x), Math.abs(outline[k + 1] - y)) < reach;
    if (isInside) cells.push({ outline, layer: tc_layer[t], mipPt: tc_mipPt[t], seed: seedOf[i] });
  }
  return cells;
}

/** A TC from the side: its layer, and the radii of its corners. */
function sideOutline({ outline, layer }: Cell): Float64Array {
  const radii = [0, 2, 4, 6].map((k) => Math.hypot(outline[k], outline[k + 1]));
  const [low, high] = [Math.min(...radii), Math.max(...radii)];
  return Float64Array.of(layer - 0.45, low, layer + 0.45, low, layer + 0.45, high, layer - 0.45, high);
}

/** The smallest convex polygon around all corners, counterclockwise (Andrew's monotone chain). */
function convexHull(outlines: readonly Float64Array[]): Float64Array {
  const corners = outlines
    .flatMap((outline) => Array.from({ length: outline.length / 2 }, (_, k) => [outline[2 * k], outline[2 * k + 1]]))
    .toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (points: readonly number[][]): number[][] => {
    const chain: number[][] = [];
    for (const [x, y] of points) {
      for (;;) {
        const [a, b] = [chain.at(-2), chain.at(-1)];
        if (!a || !b || (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) > 0) break;
        chain.pop();
      }
      chain.push([x, y]);
    }
    return chain.slice(0, -1);
  };
  return Float64Array.from([...half(corners), ...half(corners.toReversed())].flat());
}
