import { expect, test } from "vitest";
import { createGrid, DEFAULT_PARAMS } from "../../../chain/index.js";
import { Random } from "../../../core/index.js";
import { type ChainView, type EventView } from "../../data/protocol.js";
import { viridis } from "../../ui/colours.js";
import { TOY_BINS, TOY_EVENT } from "../toy.test-data.js";
import {
  binCentre,
  cellColours,
  FLAT_STRETCH,
  histogramScene,
  layerScene,
  mapPoint,
  middleOf,
  pickQuad,
  rangeOf,
} from "./scene.js";
import { DEFAULT_VIEW } from "../../model/view-state.js";

const { NbinsRz, NbinsPhi } = DEFAULT_PARAMS.base;
const bins = NbinsRz * NbinsPhi;
const chain = {
  params: DEFAULT_PARAMS,
  filled: new Float64Array(bins).fill(1),
  smoothed: new Float64Array(bins).fill(1),
} as unknown as ChainView;
const view = { ...DEFAULT_VIEW, view: "histogram", map: "flat" } as const;

test("the flat map goes on beyond the seam: the bin under a point is the same for any turn of the camera", () => {
  const random = new Random(3, 0);
  const { rzEdges, phiEdges } = createGrid(DEFAULT_PARAMS.base);
  for (let k = 0; k < 50; k++) {
    const x = random.between(-12, 12);
    const scene = histogramScene(chain, view, middleOf({ x, y: 0, half: 1 }));
    const [row, column] = [random.uniform() * NbinsRz, random.uniform() * NbinsPhi].map(Math.floor);
    const centre = (edges: Float64Array, at: number): number => (edges[at] + edges[at + 1]) / 2;
    const phi = centre(phiEdges, column);
    // The copy of the point next to the camera: at most half a turn away.
    const near = phi + 2 * Math.PI * Math.round((x - phi) / (2 * Math.PI));
    if (Math.abs(near - x) > 2.7) continue;
    const rz = centre(rzEdges, row);
    expect(pickQuad(scene, near, FLAT_STRETCH * rz)).toBe(row * NbinsPhi + column);
    const [px, py] = mapPoint("flat", rz, phi, middleOf({ x, y: 0, half: 1 }));
    expect([px, py]).toEqual([expect.closeTo(near, 9), FLAT_STRETCH * rz]);
  }
});

test("no bin is torn: each is as wide as the others", () => {
  for (let eighth = -4; eighth <= 4; eighth++) {
    const { corners } = histogramScene(chain, view, (eighth * Math.PI) / 4);
    // One assertion for all: a thousand take a second.
    const widths = Array.from({ length: bins }, (_, bin) => corners[8 * bin + 2] - corners[8 * bin]);
    expect(Math.min(...widths)).toBeCloseTo((2 * Math.PI) / NbinsPhi, 4);
    expect(Math.max(...widths)).toBeCloseTo((2 * Math.PI) / NbinsPhi, 4);
  }
});

test("of the cells above the threshold those in clusters cover the others, those that differ cover all; each by mipPt", () => {
  const event = {
    n: 6,
    layer: Int32Array.of(1, 1, 2, 1, 1, 3),
    // One at the threshold is not above it.
    mipPt: Float64Array.of(5, 3, 4, 0.5, 2, 1),
    energy: new Float64Array(6).fill(1),
    wu: new Int32Array(6),
    corners: Float32Array.from({ length: 48 }, (_, k) => Math.floor(k / 8)),
  } as unknown as EventView;
  const assigned = { assignment: Int32Array.of(-1, 0, -1, 0, 0, -1) } as unknown as ChainView;
  const side = {
    colourOf: () => [1, 2, 3] as const,
    patternOf: () => 0,
    differs: () => Uint8Array.of(0, 0, 0, 0, 0, 1),
  };
  const layers = { ...DEFAULT_VIEW, view: "layer", mip: 0.5, layer: 0 } as const;
  const { n, ids, heavy, corners } = layerScene(event, assigned, layers, -1, side);
  expect([n, ...ids]).toEqual([5, 2, 0, 4, 1, 5]);
  expect([...heavy]).toEqual([0, 0, 0, 0, 2]);
  expect(Array.from({ length: n }, (_, i) => corners[8 * i])).toEqual([...ids]);
  expect([...layerScene(event, assigned, { ...layers, layer: 1 }, -1, side).ids]).toEqual([0, 4, 1]);
});

test.each([
  { name: "from the least to the largest", values: [3, 1, 2], scale: "log", wanted: { low: 1, high: 3 } },
  { name: "at most four decades", values: [1e-9, 50], scale: "log", wanted: { low: 0.005, high: 50 } },
  { name: "above 0 alone", values: [0, -4, Number.NaN, 2, 8], scale: "log", wanted: { low: 2, high: 8 } },
  { name: "from half of the only value", values: [6, 6], scale: "log", wanted: { low: 3, high: 6 } },
  { name: "from 0 where it is linear", values: [3, 1, 2], scale: "linear", wanted: { low: 0, high: 3 } },
  { name: "something without values", values: [0, -1], scale: "log", wanted: { low: 0.1, high: 1 } },
  { name: "something without values, linear", values: [], scale: "linear", wanted: { low: 0, high: 1 } },
] as const)("a colour scale goes $name", ({ values, scale, wanted }) => {
  expect(rangeOf(values, scale)).toEqual(wanted);
});

test("rows that are chosen count alone", () => {
  expect(rangeOf([1, 5, 20, 100], "log", [1, 2])).toEqual({ low: 5, high: 20 });
  expect(rangeOf([1, 5], "linear", [])).toEqual({ low: 0, high: 1 });
});

/** Bytes of the cells of the toy, four each. */
function coloursOf(change: Partial<typeof DEFAULT_VIEW>, pickedSeed = -1, shown = [0, 1, 2, 3]) {
  const looks = { ...DEFAULT_VIEW, ...change };
  const colourOf = (seed: number) => [seed + 1, 20, 30] as const;
  const { colours, range } = cellColours(TOY_EVENT, TOY_BINS, looks, shown, { pickedSeed, colourOf });
  return { cells: shown.map((_, i) => [...colours.subarray(4 * i, 4 * i + 4)]), range };
}
const opacity = (value: number): number => Math.round(255 * value);

test("colours of clusters: the stronger the more opaque; cells without one are grey and thin", () => {
  // mipPt of 90.5, 12, 250 and 3: from 3 to 250 in logarithms.
  const strength = (mipPt: number): number => Math.log(mipPt / 3) / Math.log(250 / 3);
  const { cells, range } = coloursOf({ colour: "cluster" });
  expect(cells).toEqual([
    [1, 20, 30, opacity(0.35 + 0.6 * strength(90.5))],
    [1, 20, 30, opacity(0.35 + 0.6 * strength(12))],
    [2, 20, 30, opacity(0.95)],
    [128, 134, 142, opacity(0.35)],
  ]);
  expect(range).toBe(null);
  // While a cluster is picked the others stand back.
  expect(coloursOf({ colour: "cluster" }, 0).cells.map((cell) => cell[3])).toEqual([
    cells[0][3],
    cells[1][3],
    opacity(0.35 * 0.95),
    opacity(0.35 * 0.35),
  ]);
  const paint = { pickedSeed: -1, colourOf: () => [0, 0, 0] as const };
  const none = cellColours(TOY_EVENT, null, { ...DEFAULT_VIEW, colour: "cluster" }, [0], paint).colours;
  expect([...none]).toEqual([128, 134, 142, opacity(0.35)]);
});

test("colours of energies: those of the scale, and what it means", () => {
  const { cells, range } = coloursOf({ colour: "energy", quantity: "energy", scale: "linear" }, -1, [1, 3, 5]);
  expect(range).toEqual({ low: 0, high: 6.5, label: "energy [GeV]" });
  expect(cells).toEqual([2.5, 4.5, 6.5].map((energy, i) => [...viridis(energy / 6.5), opacity(i === 0 ? 0.95 : 0.55)]));
  expect(coloursOf({ colour: "energy", quantity: "energy", scale: "linear" }, 1, [1, 3, 5]).cells[0][3]).toBe(
    opacity(0.35 * 0.95),
  );
  expect(coloursOf({ colour: "energy", quantity: "pt", scale: "log" }).range?.label).toBe("pT [GeV]");
});

test("tiles are heavier, clusters beyond the colours are hatched where colours are clusters", () => {
  const side = { colourOf: () => [1, 2, 3] as const, patternOf: (seed: number) => seed + 1, differs: () => null };
  const at = (colour: "cluster" | "energy") =>
    layerScene(TOY_EVENT, TOY_BINS, { ...DEFAULT_VIEW, colour, layer: 0, mip: 0 }, -1, side);
  const scene = at("cluster");
  expect([...scene.ids]).toEqual([4, 5, 3, 1, 0, 2]);
  expect([...scene.heavy]).toEqual([1, 0, 0, 0, 0, 0]);
  expect([...(scene.patterns ?? [])]).toEqual([0, 0, 0, 1, 1, 2]);
  expect([...(at("energy").patterns ?? [])]).toEqual([0, 0, 0, 0, 0, 0]);
  expect([...scene.corners.subarray(40)]).toEqual([...TOY_EVENT.corners.subarray(16, 24)]);
});

test("the histogram: bins at their edges, filled or smoothed, empty ones nearly transparent", () => {
  const { rzEdges, phiEdges } = createGrid(DEFAULT_PARAMS.base);
  const filled = new Float64Array(bins);
  const smoothed = new Float64Array(bins);
  const bin = 2 * NbinsPhi + 5;
  filled.set([400, 100], bin);
  smoothed.set([1000, 0.5, 10], bin);
  const toy = { ...TOY_BINS, filled, smoothed };
  const scene = histogramScene(toy, { ...view, step: "filled", map: "polar", scale: "linear" }, 0);
  const [rz, phi] = [rzEdges.slice(2, 4), phiEdges.slice(5, 7)];
  const places = [[0, 0], [0, 1], [1, 1], [1, 0]].flatMap(([r, p]) => [rz[r] * Math.cos(phi[p]), rz[r] * Math.sin(phi[p])]); // prettier-ignore
  expect([...scene.corners.subarray(8 * bin, 8 * bin + 8)]).toEqual(places.map((place) => expect.closeTo(place, 6)));
  const colour = (of: typeof scene, at: number): number[] => [...of.colours.subarray(4 * at, 4 * at + 4)];
  expect(colour(scene, bin)).toEqual([...viridis(1), 255]);
  expect(colour(scene, bin + 1)).toEqual([...viridis(0.25), 255]);
  expect(colour(scene, bin - 1)).toEqual([128, 134, 142, opacity(0.12)]);
  expect(scene.range).toEqual({ low: 0, high: 400, label: "sum of mipPt [mip_T]" });
  expect([scene.n, scene.ids[bin], scene.kind, Math.max(...scene.heavy)]).toEqual([bins, bin, "bin", 0]);
  // Three decades of what was smoothed.
  const soft = histogramScene(toy, { ...view, step: "smoothed", scale: "log" }, 0);
  expect(soft.range).toEqual({ low: 1, high: 1000, label: "smoothed [mip_T]" });
  expect([colour(soft, bin + 1), colour(soft, bin + 2)]).toEqual([[...viridis(0), 255], [...viridis(1 / 3), 255]]); // prettier-ignore
});

test("of quadrilaterals that cover a point the last one is picked, of either orientation, borders included", () => {
  const square = (x: number, isTurned: boolean): number[] =>
    isTurned ? [x, 0, x, 2, x + 2, 2, x + 2, 0] : [x, 0, x + 2, 0, x + 2, 2, x, 2];
  const quads = (...list: number[][]) =>
    ({ n: list.length, corners: Float32Array.from(list.flat()) }) as unknown as Parameters<typeof pickQuad>[0];
  for (const isTurned of [false, true]) {
    const two = quads(square(0, isTurned), square(1, isTurned));
    const at = (x: number, y: number): number => pickQuad(two, x, y);
    expect([at(0.5, 1), at(1.5, 1), at(2.5, 1), at(-0.1, 1), at(3.1, 1), at(1, 2.1)]).toEqual([0, 1, 1, -1, -1, -1]);
    expect([at(0, 0), at(1, 0), at(3, 2), at(0, 2)]).toEqual([0, 1, 1, 0]);
  }
});

test("the centre of a bin lies between its edges", () => {
  const { rzEdges, phiEdges } = createGrid(DEFAULT_PARAMS.base);
  for (const [row, column] of [[0, 0], [3, 7], [NbinsRz - 1, NbinsPhi - 1]]) {
    const { rz, phi } = binCentre(DEFAULT_PARAMS, row * NbinsPhi + column);
    expect(rz).toBeCloseTo((rzEdges[row] + rzEdges[row + 1]) / 2, 12);
    expect(phi).toBeCloseTo((phiEdges[column] + phiEdges[column + 1]) / 2, 12);
  }
}); // prettier-ignore
