import { expect, test } from "vitest";
import { createGrid, DEFAULT_PARAMS } from "../../../chain/index.js";
import { Random } from "../../../core/index.js";
import { type ChainView, type EventView } from "../../data/protocol.js";
import { FLAT_STRETCH, histogramScene, layerScene, mapPoint, middleOf, pickQuad } from "./scene.js";
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
    mipPt: Float64Array.of(5, 3, 4, 0.1, 2, 1),
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
