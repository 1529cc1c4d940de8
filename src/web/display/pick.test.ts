import { expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../../chain/index.js";
import { hexId, waferId } from "../data/coarse-ids.js";
import { type ChainView, type EventView } from "../data/protocol.js";
import { type Model } from "../model/model.js";
import { type Picked } from "../model/picked.js";
import { describePicture, factsOf, partOf, pickedBinOf, pickedSeedOf, seedInFocus, titleOf } from "./pick.js";
import { binAt, TOY_BINS as BINS, TOY_EVENT as EVENT, TOY_UV as UV } from "./toy.test-data.js";

const tc = (index: number): Picked => ({ kind: "tc", index });
const seed = (index: number): Picked => ({ kind: "seed", index });
const bin = (row: number, column: number): Picked => ({ kind: "bin", index: binAt(row, column) });
const wafer = (u: number, v: number): Picked => ({ kind: "wafer", index: waferId(u, v) });
const hex = (u: number, v: number): Picked => ({ kind: "hex", index: hexId(u, v) });

const { MinROverZ, MaxROverZ, NbinsRz, MinPhi, MaxPhi, NbinsPhi } = DEFAULT_PARAMS.base;
const rzStep = (MaxROverZ - MinROverZ) / NbinsRz;
const phiStep = (MaxPhi - MinPhi) / NbinsPhi;

test("a trigger cell is told by its wafer, its values with all their digits, and the way to its seed", () => {
  expect(titleOf(tc(1), EVENT)).toBe("Trigger cell, layer 9, silicon");
  expect(factsOf(tc(1), EVENT, BINS)).toEqual([
    ["mipPt [mip_T]", "12", "12"],
    ["pT [GeV]", "0.25", "0.25"],
    ["energy [GeV]", "2.5", "2.5"],
    ["wafer u, v", "2, -3"],
    ["cell u, v", "1, 3"],
    ["η, φ", "−2.200, 0.200"],
    ["cluster", "0"],
    // Its seed is at (33, 15) / 300.
    ["distance to its seed [x/z]", "0"],
  ]);
  // From (0, 18) / 300 to (0.1, 0.04): √(0.1² + 0.02²).
  expect(factsOf(tc(2), EVENT, UV).at(-1)).toEqual(["distance to its seed [x/z]", "0.102"]);
  expect(factsOf(tc(3), EVENT, BINS).slice(6)).toEqual([["cluster", "none"]]);
  expect(factsOf(tc(0), EVENT, null).slice(6)).toEqual([["cluster", "none"]]);
  expect(factsOf(tc(6), EVENT, BINS)).toEqual([]);
});

test("a scintillator tile is told by its ring", () => {
  expect(titleOf(tc(4), EVENT)).toBe("Trigger cell, layer 40, scintillator");
  expect(factsOf(tc(4), EVENT, BINS).slice(3, 5)).toEqual([
    ["ring, φ index", "17, 101"],
    ["η, φ", "−1.600, 0.500"],
  ]);
});

test("a seed is told by its bin, or by its cell of the map where it is one", () => {
  expect(titleOf(seed(1), EVENT)).toBe("Seed 1");
  expect(factsOf(seed(1), EVENT, BINS)).toEqual([
    ["energy [mip_T]", "22", "22"],
    ["R/z row, φ column", "4, 0"],
    ["x/z, y/z", "0.2000, −0.1250"],
  ]);
  expect(factsOf(seed(0), EVENT, UV)[1]).toEqual(["U, V", "4, -30"]);
  // Row 0 is a bin like others.
  const lowest = { ...BINS, seeds: [{ ...BINS.seeds[0], rzBin: 0 }] };
  expect(factsOf(seed(0), EVENT, lowest)[1]).toEqual(["R/z row, φ column", "0, 7"]);
  expect([factsOf(seed(2), EVENT, BINS), factsOf(seed(0), EVENT, null)]).toEqual([[], []]);
});

test("a bin is told by its place, its sums, and the cells in it", () => {
  expect(titleOf(bin(3, 7), EVENT)).toBe("Histogram bin");
  const [rz, phi] = [MinROverZ + 3.5 * rzStep, MinPhi + 7.5 * phiStep];
  // Bin 3 * 216 + 7 of the histogram is 655.
  expect(factsOf(bin(3, 7), EVENT, BINS)).toEqual([
    ["R/z row, φ column", "3, 7"],
    ["R/z, φ", `${rz.toFixed(4)}, −${(-phi).toFixed(3)}`],
    ["filled [mip_T]", "164", "163.75"],
    ["smoothed [mip_T]", "81.9", "81.875"],
    ["trigger cells", "2"],
    ["seed", "0"],
  ]);
  expect(factsOf(bin(0, 0), EVENT, BINS).slice(4)).toEqual([
    ["trigger cells", "1"],
    ["seed", "no"],
  ]);
  expect(factsOf(bin(NbinsRz, 0), EVENT, BINS)).toEqual([]);
  expect(factsOf(bin(NbinsRz - 1, NbinsPhi - 1), EVENT, BINS).length).toBe(6);
  expect(factsOf(bin(0, 0), EVENT, null)).toEqual([]);
});

test("a wafer is told by its sum against the threshold of its |η| range, and by what came of it", () => {
  expect(titleOf(wafer(2, -3), EVENT)).toBe("Wafer");
  expect(factsOf(wafer(2, -3), EVENT, UV)).toEqual([
    ["u, v", "2, −3"],
    ["module energy [mip_T]", "170", "170"],
    ["threshold [mip_T]", "170 (|η| 1.5–1.9)"],
    ["mean |η|", "1.750", "1.75"],
    ["trigger cells", "2"],
    ["coarse seed", "1"],
    ["seeds in its region", "1"],
  ]);
  expect(factsOf(wafer(-4, 1), EVENT, UV).slice(2)).toEqual([
    ["threshold [mip_T]", "180 (|η| 1.9–2.3)"],
    ["mean |η|", "2.125", "2.125"],
    ["trigger cells", "1"],
    ["coarse seed", "0, nearby 1"],
    ["seeds in its region", "1"],
  ]);
  expect(factsOf(wafer(5, 5), EVENT, UV).slice(5)).toEqual([
    ["coarse seed", "2"],
    ["seeds in its region", "0"],
  ]);
  expect(factsOf(wafer(2, 1), EVENT, UV).slice(2)).toEqual([
    ["threshold [mip_T]", "none: outside the |η| ranges"],
    ["mean |η|", "3.500", "3.5"],
    ["trigger cells", "1"],
    ["coarse seed", "no"],
  ]);
  expect(factsOf(wafer(1, -3), EVENT, UV)[2]).toEqual(["threshold [mip_T]", "–"]);
  const everywhere: ChainView = { ...UV, coarse: UV.coarse && { ...UV.coarse, everywhere: true } };
  expect(factsOf(wafer(2, -3), EVENT, everywhere).length).toBe(6);
  expect([factsOf(wafer(7, 7), EVENT, UV), factsOf(wafer(2, -3), EVENT, BINS)]).toEqual([[], []]);
  expect(factsOf(wafer(2, -3), EVENT, null)).toEqual([]);
});

test("a cell of the (U, V) map is told by its sum, and by the wafer and region that it is of", () => {
  expect(titleOf(hex(4, -30), EVENT)).toBe("Cell of the (U, V) map");
  expect(factsOf(hex(-9, 20), EVENT, UV)).toEqual([
    ["U, V", "−9, 20"],
    ["sum of mipPt [mip_T]", "90.5", "90.5"],
    ["wafer u, v", "2, −3"],
    ["cell u, v", "1, 2"],
    ["trigger cells", "2"],
    ["region", "1"],
    ["seed", "1"],
  ]);
  expect(factsOf(hex(4, -30), EVENT, UV).slice(4)).toEqual([
    ["trigger cells", "1"],
    ["region", "0"],
    ["seed", "0"],
  ]);
  expect(factsOf(hex(-9, 21), EVENT, UV).at(-1)).toEqual(["seed", "no"]);
  const everywhere: ChainView = { ...UV, coarse: UV.coarse && { ...UV.coarse, everywhere: true } };
  expect(factsOf(hex(4, -30), EVENT, everywhere)[5]).toEqual(["region", "all"]);
  expect([factsOf(hex(4, 20), EVENT, UV), factsOf(hex(-9, 20), EVENT, BINS)]).toEqual([[], []]);
  expect(factsOf(hex(-9, 20), EVENT, null)).toEqual([]);
});

test.each<{ picked: Picked; chain: ChainView; wanted: [seed: number, bin: number] }>([
  { picked: tc(2), chain: BINS, wanted: [1, binAt(4, 0)] },
  { picked: tc(3), chain: BINS, wanted: [-1, 0] },
  { picked: tc(4), chain: BINS, wanted: [-1, -1] },
  { picked: tc(6), chain: BINS, wanted: [-1, -1] },
  { picked: seed(0), chain: BINS, wanted: [0, binAt(3, 7)] },
  { picked: seed(1), chain: BINS, wanted: [1, binAt(4, 0)] },
  { picked: seed(2), chain: BINS, wanted: [-1, -1] },
  { picked: seed(1), chain: UV, wanted: [1, -1] },
  { picked: bin(4, 0), chain: BINS, wanted: [1, binAt(4, 0)] },
  { picked: bin(4, 1), chain: BINS, wanted: [-1, binAt(4, 1)] },
  { picked: hex(4, -30), chain: UV, wanted: [0, -1] },
  { picked: hex(-9, 21), chain: UV, wanted: [-1, -1] },
  { picked: hex(0, 0), chain: UV, wanted: [-1, -1] },
  { picked: hex(4, -30), chain: BINS, wanted: [-1, -1] },
  { picked: wafer(2, -3), chain: UV, wanted: [-1, -1] },
])("the seed and the bin of $picked.kind $picked.index are $wanted", ({ picked, chain, wanted }) => {
  expect([pickedSeedOf(picked, chain), pickedBinOf(picked, chain)]).toEqual(wanted);
});

test("a seed in the lowest row is its bin", () => {
  const lowest = { ...BINS, seeds: [{ ...BINS.seeds[0], rzBin: 0 }] };
  expect(pickedBinOf(seed(0), lowest)).toBe(7);
});

test.each<{ picked: Picked; chain: ChainView; cells: number[] }>([
  { picked: bin(3, 7), chain: BINS, cells: [0, 1] },
  { picked: wafer(2, -3), chain: UV, cells: [0, 1] },
  { picked: wafer(-4, 1), chain: UV, cells: [2] },
  { picked: wafer(2, 1), chain: UV, cells: [] },
  { picked: wafer(2, -3), chain: BINS, cells: [] },
  { picked: hex(-9, 20), chain: UV, cells: [0, 5] },
  { picked: hex(-9, 21), chain: UV, cells: [1] },
  { picked: hex(0, 0), chain: UV, cells: [] },
  { picked: hex(-9, 20), chain: BINS, cells: [] },
  { picked: seed(0), chain: BINS, cells: [] },
])("$picked.kind $picked.index holds the cells $cells", ({ picked, chain, cells }) => {
  const isPart = partOf(picked, EVENT, chain);
  expect([0, 1, 2, 3, 4, 5].filter((cell) => isPart(cell))).toEqual(cells);
});

const modelOf = (event: EventView | null, chain: ChainView | null, picked: Picked | null): Model =>
  ({ event: () => event, chain: () => chain, picked: () => picked }) as unknown as Model;

test("in focus is the seed under the pointer, else the one that is picked", () => {
  expect(seedInFocus(modelOf(EVENT, BINS, seed(1)), 0)).toBe(0);
  expect(seedInFocus(modelOf(EVENT, BINS, seed(1)), -1)).toBe(1);
  expect(seedInFocus(modelOf(EVENT, BINS, tc(0)), -1)).toBe(-1);
  expect(seedInFocus(modelOf(EVENT, null, seed(1)), -1)).toBe(-1);
  expect(seedInFocus(modelOf(EVENT, BINS, null), -1)).toBe(-1);
});

test("the picture in words: event, particle and pick, each where there is one", () => {
  const generated = "Generated pion: pT 31.3 GeV, η −2.13, φ 0.75.";
  expect(describePicture(modelOf(EVENT, BINS, null), "layer 7")).toBe(
    `Event 345: layer 7; 2 seeds, 2 clusters. ${generated}`,
  );
  expect(describePicture(modelOf({ ...EVENT, particles: [] }, { ...BINS, clusters: BINS.clusters.slice(1) }, seed(1)), "all")).toBe(
    "Event 345: all; 2 seeds, 1 cluster. No particle. Picked: Seed 1: energy [mip_T] 22, R/z row, φ column 4, 0, x/z, y/z 0.2000, −0.1250.",
  ); // prettier-ignore
  for (const model of [modelOf(null, BINS, null), modelOf(EVENT, null, null)]) {
    expect(describePicture(model, "all")).toBe("Nothing is shown yet.");
  }
});
