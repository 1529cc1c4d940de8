/** What a view shows, as data: quadrilaterals, and which trigger cell or bin each of them is. Knows no three.js. */
import { type ChainParams, createGrid } from "../../../chain/index.js";
import { SCINTILLATOR_WAFER } from "../../../detector/index.js";
import { type ChainView, type EventView } from "../../data/protocol.js";
import { createScale, type Range, type Rgb, viridis } from "../../ui/colours.js";
import { type Quads } from "../../ui/quad-mesh.js";
import { type Side } from "../../model/sides.js";
import { type ViewState } from "../../model/view-state.js";
import { type Camera } from "../../ui/plane-camera.js";

export interface ViewScene extends Quads {
  /** "tc" or "bin" number of each quadrilateral. */
  readonly ids: Int32Array;
  readonly kind: "tc" | "bin";
  /** Of the colour bar; null where colours are clusters. */
  readonly range: Range | null;
}

const GREY: Rgb = [128, 134, 142];
const UNCLUSTERED = 0.35;

export const QUANTITIES = {
  mipPt: { label: "transverse MIPs", unit: "mip_T" },
  energy: { label: "energy", unit: "GeV" },
  pt: { label: "pT", unit: "GeV" },
} as const;

/**
 * Range of a colour scale: up to the largest value; a logarithmic one from the smallest positive one, at most 4 decades.
 * `rows`: those that count; absent: all.
 */
export function rangeOf(
  values: ArrayLike<number>,
  scale: "log" | "linear",
  rows?: ArrayLike<number>,
): { low: number; high: number } {
  let low = Infinity;
  let high = 0;
  const n = (rows ?? values).length;
  for (let i = 0; i < n; i++) {
    const value = values[rows === undefined ? i : rows[i]];
    if (!(value > 0)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (high === 0) return { low: scale === "log" ? 0.1 : 0, high: 1 };
  if (scale === "linear") return { low: 0, high };
  return { low: Math.max(low, high / 1e4, Number.MIN_VALUE) * (low === high ? 0.5 : 1), high };
}

/** The trigger cells of an event, those with the least mipPt first. */
const orders = new WeakMap<EventView, Int32Array>();

function orderOf(event: EventView): Int32Array {
  let order = orders.get(event);
  if (order === undefined) {
    const { mipPt } = event;
    order = Int32Array.from(mipPt, (_, t) => t).toSorted((a, b) => mipPt[a] - mipPt[b]);
    orders.set(event, order);
  }
  return order;
}

/** How trigger cells are coloured. */
export interface CellPaint {
  /** Cells of other seeds are pale; -1: none is picked. */
  readonly pickedSeed: number;
  /** Of a seed's cluster. */
  readonly colourOf: (seed: number) => Rgb;
}

/** Colours of the shown trigger cells, one after the other, and what they mean where they are a scale. */
export function cellColours(
  event: EventView,
  chain: ChainView | null,
  view: ViewState,
  shown: ArrayLike<number>,
  { pickedSeed, colourOf }: CellPaint,
): Pick<ViewScene, "colours" | "range"> {
  const { mipPt } = event;
  // Once: the page's view notes every reading of it.
  const { colour, quantity } = view;
  const values = event[quantity];
  const colours = new Uint8Array(4 * shown.length);
  const range = rangeOf(values, view.scale, shown);
  const scale = createScale(view.scale, range.low, range.high);
  const strength = rangeOf(mipPt, "log", shown);
  const byStrength = createScale("log", strength.low, strength.high);
  for (let i = 0; i < shown.length; i++) {
    const t = shown[i];
    const seed = chain?.assignment[t] ?? -1;
    const dimmed = pickedSeed >= 0 && seed !== pickedSeed ? 0.35 : 1;
    if (colour === "energy") setColour(colours, i, viridis(scale(values[t])), dimmed * (seed < 0 ? 0.55 : 0.95));
    else if (seed < 0) setColour(colours, i, GREY, dimmed * UNCLUSTERED);
    else setColour(colours, i, colourOf(seed), dimmed * (0.35 + 0.6 * byStrength(mipPt[t])));
  }
  const { label, unit } = QUANTITIES[quantity];
  return { colours, range: colour === "energy" ? { ...range, label: `${label} [${unit}]` } : null };
}

/**
 * The trigger cells of the chosen layers above the threshold: those in clusters above the others, by energy; on top
 * those that differ from the other side of a comparison.
 */
export function layerScene(
  event: EventView,
  chain: ChainView | null,
  view: ViewState,
  pickedSeed: number,
  { colourOf, patternOf, differs }: Pick<Side, "colourOf" | "patternOf" | "differs">,
): ViewScene {
  const { layer, mipPt, wu } = event;
  const { colour, layer: only, mip } = view;
  const order = orderOf(event);
  const different = differs();
  /** What covers what: 0 without a cluster, 1 with one, 2 those that differ; 3 is not shown. */
  const levels = new Uint8Array(order.length);
  const ends = [0, 0, 0, 0];
  for (let t = 0; t < levels.length; t++) {
    const isShown = mipPt[t] > mip && (only === 0 || layer[t] === only);
    const level = (chain?.assignment[t] ?? -1) < 0 ? 0 : 1;
    levels[t] = !isShown ? 3 : different?.[t] === 1 ? 2 : level;
    ends[levels[t]]++;
  }
  const n = levels.length - ends[3];
  const next = [0, ends[0], ends[0] + ends[1], n];
  const ids = new Int32Array(levels.length);
  for (let k = 0; k < order.length; k++) ids[next[levels[order[k]]]++] = order[k];
  const shown = ids.subarray(0, n);
  const corners = new Float32Array(8 * n);
  const heavy = new Uint8Array(n);
  const patterns = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const t = shown[i];
    const seed = chain?.assignment[t] ?? -1;
    if (seed >= 0 && colour === "cluster") patterns[i] = patternOf(seed);
    for (let k = 0; k < 8; k++) corners[8 * i + k] = event.corners[8 * t + k];
    heavy[i] = different?.[t] === 1 ? 2 : wu[t] === SCINTILLATOR_WAFER ? 1 : 0;
  }
  return {
    kind: "tc",
    n,
    corners,
    heavy,
    patterns,
    ids: shown,
    ...cellColours(event, chain, view, shown, { pickedSeed, colourOf }),
  };
}

/** In the flat map y is R/z times this, so that the default bins are about square. */
export const FLAT_STRETCH = 2.4;

/** The flat map goes on to both sides of the camera: it ends half a turn away from the eighth that the camera is in. */
export function middleOf(camera: Camera): number {
  return Math.round(camera.x / (Math.PI / 4)) * (Math.PI / 4);
}

/** A point of the (R/z, phi) plane in the coordinates of the map; in the flat one its copy next to `middle`. */
export function mapPoint(map: "flat" | "polar", rz: number, phi: number, middle: number): readonly [number, number] {
  if (map === "polar") return [rz * Math.cos(phi), rz * Math.sin(phi)];
  return [phi + turnsTo(middle, phi), FLAT_STRETCH * rz];
}

function turnsTo(middle: number, phi: number): number {
  return 2 * Math.PI * Math.round((middle - phi) / (2 * Math.PI));
}

/** All bins of the histogram; empty ones are nearly transparent. */
export function histogramScene(chain: ChainView, view: ViewState, middle: number): ViewScene {
  const grid = createGrid(chain.params.base);
  const { nRz, nPhi, rzEdges, phiEdges } = grid;
  const n = nRz * nPhi;
  const values = view.step === "filled" ? chain.filled : chain.smoothed;
  const corners = new Float32Array(8 * n);
  const colours = new Uint8Array(4 * n);
  const range = rangeOf(values, view.scale);
  // Smoothing leaves tails that nobody looks at: three decades.
  const low = view.scale === "log" ? Math.max(range.low, range.high / 1e3) : 0;
  const scale = createScale(view.scale, low, range.high);
  for (let row = 0; row < nRz; row++) {
    for (let column = 0; column < nPhi; column++) {
      const bin = row * nPhi + column;
      // All corners by the turns of its centre: the bin stays whole.
      const turns = turnsTo(middle, (phiEdges[column] + phiEdges[column + 1]) / 2);
      const [left, right] = [phiEdges[column] + turns, phiEdges[column + 1] + turns];
      const edges = [
        [rzEdges[row], left],
        [rzEdges[row], right],
        [rzEdges[row + 1], right],
        [rzEdges[row + 1], left],
      ];
      for (const [k, [rz, phi]] of edges.entries()) corners.set(mapPoint(view.map, rz, phi, phi), 8 * bin + 2 * k);
      const value = values[bin];
      if (value > 0) setColour(colours, bin, viridis(scale(value)), 1);
      else setColour(colours, bin, GREY, 0.12);
    }
  }
  const label = view.step === "filled" ? "sum of mipPt [mip_T]" : "smoothed [mip_T]";
  return {
    kind: "bin",
    n,
    corners,
    colours,
    heavy: new Uint8Array(n),
    ids: Int32Array.from({ length: n }, (_, bin) => bin),
    range: { low, high: range.high, label },
  };
}

function setColour(colours: Uint8Array, i: number, [r, g, b]: Rgb, opacity: number): void {
  colours[4 * i] = r;
  colours[4 * i + 1] = g;
  colours[4 * i + 2] = b;
  colours[4 * i + 3] = Math.round(255 * opacity);
}

/** The topmost quadrilateral at a point, -1 for none. Quadrilaterals are convex, of either orientation. */
export function pickQuad({ n, corners }: Quads, x: number, y: number): number {
  for (let i = n - 1; i >= 0; i--) {
    const at = 8 * i;
    let left = 0;
    let right = 0;
    for (let k = 0; k < 4; k++) {
      const ax = corners[at + 2 * k];
      const ay = corners[at + 2 * k + 1];
      const next = at + 2 * ((k + 1) % 4);
      const cross = (corners[next] - ax) * (y - ay) - (corners[next + 1] - ay) * (x - ax);
      if (cross >= 0) left++;
      if (cross <= 0) right++;
    }
    if (left === 4 || right === 4) return i;
  }
  return -1;
}

/** The centre of a bin in the projected plane's polar coordinates. */
export function binCentre(params: ChainParams, bin: number): { readonly rz: number; readonly phi: number } {
  const { nPhi, rzEdges, phiEdges } = createGrid(params.base);
  const row = Math.floor(bin / nPhi);
  const column = bin % nPhi;
  return { rz: (rzEdges[row] + rzEdges[row + 1]) / 2, phi: (phiEdges[column] + phiEdges[column + 1]) / 2 };
}
