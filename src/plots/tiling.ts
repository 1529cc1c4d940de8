/** The tiling of the detector under the default chain's histogram, and where in it particles split. */
import { type BaseParams, createGrid, DEFAULT_PARAMS, findBin, findPhiBin } from "../chain/index.js";
import { wrapPhi } from "../core/index.js";
import { type Geometry } from "../detector/index.js";
import { describeLanes, type Lane, seriesOf, valuesOf } from "./lanes.js";
import { type HeatMark, type Panel, type Plot, type Series } from "./plot.js";
import { formatNumber } from "./ticks.js";
import { foldedPhi } from "./variables.js";

/** Bins of the map of split fractions: in phi modulo 60 degrees, and rows of the histogram that become one. */
const PHI_BINS = 12;
const ROWS = 2;

/**
 * Number of trigger cells of one endcap whose centre lies in each bin of (R/z, phi), all layers together, mean of the six
 * sectors of 60 degrees: values[row * columns + column]. Where the number of phi bins is no multiple of 6 bins of different
 * sectors do not lie on each other: then there is one column for each bin.
 */
export function tilingOf(
  geometry: Geometry,
  base: BaseParams,
): { readonly columns: number; readonly values: Float64Array } {
  const grid = createGrid(base);
  const sectors = grid.nPhi % 6 === 0 ? 6 : 1;
  const columns = grid.nPhi / sectors;
  const values = new Float64Array(grid.nRz * columns);
  const { rows, x, y, z, phi } = geometry.triggerCells;
  for (let tc = 0; tc < rows; tc++) {
    const row = findBin(grid.rzEdges, Math.hypot(x[tc], y[tc]) / z[tc], grid.rzPerUnit);
    const column = findPhiBin(grid, phi[tc]);
    if (row >= 0 && column >= 0) values[row * columns + (column % columns)] += 1 / sectors;
  }
  return { columns, values };
}

/**
 * The map of trigger cells a bin with the particles that split, beside the split fraction of each lane, both in (R/z, phi
 * modulo 60 degrees): bins with few cells next to bins with many make false dips between two seeds.
 */
export function tilingPlot(lanes: readonly Lane[], geometry: Geometry, id: string): Plot {
  const base = (lanes.at(0)?.run.params ?? DEFAULT_PARAMS).base;
  const { rzEdges } = createGrid(base);
  const { columns, values } = tilingOf(geometry, base);
  const all = lanes.flatMap(radiiOf);
  const [low, high] = [all.reduce((a, b) => Math.min(a, b), Infinity), all.reduce((a, b) => Math.max(a, b), -Infinity)];
  const last = rzEdges.length - 2;
  const bottom = all.length === 0 ? 0 : Math.max(0, findBin(rzEdges, low));
  const top = all.length === 0 || findBin(rzEdges, high) < 0 ? last : findBin(rzEdges, high);
  const yRange = [rzEdges[bottom], rzEdges[top + 1]] as const;
  // The first phi edge is not exactly -180 degrees; the difference is far below a pixel.
  const span = columns === base.NbinsPhi ? 360 : 60;
  const axis = { label: span === 60 ? "φ modulo 60°" : "φ", unit: "°", range: [0, span] } as const;
  const tiles: HeatMark = {
    kind: "heat",
    xEdges: Float64Array.from({ length: columns + 1 }, (_, k) => (span * k) / columns),
    yEdges: rzEdges.slice(bottom, top + 2),
    values: values.slice(bottom * columns, (top + 1) * columns).map((count) => (count > 0 ? count : Number.NaN)),
  };
  const mapPanel: Panel = {
    x: axis,
    y: { label: "R/z: trigger cells a bin", range: yRange },
    color: { label: "TCs", includes: [0] },
    series: [{ color: "ink", marks: [tiles] }, ...lanes.map((lane) => splitSpots(lane, span))],
  };
  return {
    id,
    title: "Where particles split in the tiling",
    notes: [
      `Above: trigger cells of an endcap whose centre lies in a bin of the default chain's histogram, all layers together, mean of the ${360 / span} sectors; markers: particles that split. ` +
        `Below: split particles over particles in bins of ${span / PHI_BINS}° and ${ROWS} rows; white: no particle`,
      describeLanes(lanes, "particles", (lane) => ` (${formatNumber(splitsOf(lane))} split)`),
    ],
    panels: [
      mapPanel,
      ...lanes.map((lane): Panel => ({
        x: axis,
        y: { label: `R/z: split, ${lane.name}`, range: yRange },
        color: { label: "split / particles", includes: [0] },
        series: [{ color: "ink", marks: [fractions(lane, rzEdges.slice(bottom, top + 2), span)] }],
      })),
    ],
    width: 520,
    height: 240,
  };
}

const splitsOf = (lane: Lane): number => valuesOf(lane, "is_split").reduce((sum, value) => sum + value, 0);
/** R/z at which a particle flies. */
const radiiOf = (lane: Lane): number[] => valuesOf(lane, "geneta").map((eta) => 1 / Math.sinh(Math.abs(eta)));

function anglesOf(lane: Lane, span: 60 | 360): number[] {
  const eta = valuesOf(lane, "geneta");
  const phi = valuesOf(lane, "genphi");
  if (span === 60) return phi.map((value, i) => foldedPhi(value, eta[i]));
  return phi.map((value, i) => (180 / Math.PI) * wrapPhi(eta[i] < 0 ? Math.PI - value : value) + 180);
}

function splitSpots(lane: Lane, span: 60 | 360): Series {
  const isSplit = valuesOf(lane, "is_split");
  const of = (values: readonly number[]): number[] => values.filter((_, i) => isSplit[i] === 1);
  const points = { x: of(anglesOf(lane, span)), y: of(radiiOf(lane)) };
  return { ...seriesOf(lane, [{ kind: "points", ...points, size: 2.5, halo: true }]), name: `${lane.name}: split` };
}

function fractions(lane: Lane, rzEdges: Float64Array, span: 60 | 360): HeatMark {
  const bins = Math.ceil((rzEdges.length - 1) / ROWS);
  const yEdges = Float64Array.from({ length: bins + 1 }, (_, k) => rzEdges[Math.min(rzEdges.length - 1, ROWS * k)]);
  const particles = new Float64Array(bins * PHI_BINS);
  const split = new Float64Array(bins * PHI_BINS);
  const isSplit = valuesOf(lane, "is_split");
  const angles = anglesOf(lane, span);
  for (const [i, radius] of radiiOf(lane).entries()) {
    const row = findBin(yEdges, radius);
    if (row < 0) continue;
    const bin = row * PHI_BINS + Math.min(PHI_BINS - 1, Math.floor((PHI_BINS * angles[i]) / span));
    particles[bin]++;
    split[bin] += isSplit[i];
  }
  return {
    kind: "heat",
    xEdges: Float64Array.from({ length: PHI_BINS + 1 }, (_, k) => (span * k) / PHI_BINS),
    yEdges,
    values: split.map((count, bin) => count / particles[bin]),
  };
}
