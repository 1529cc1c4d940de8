/** An event of six trigger cells, small enough to be counted by hand. */
import { DEFAULT_PARAMS } from "../../chain/index.js";
import { SCINTILLATOR_WAFER } from "../../detector/index.js";
import { type ChainView, type CoarseView, type EventView } from "../data/protocol.js";

const { NbinsRz, NbinsPhi } = DEFAULT_PARAMS.base;

/** Cells 0, 1 and 3 lie on wafer (2, −3), of which layer 8 is not summed; cell 2 on (−4, 1); 4 is a tile; 5 is on no map. */
export const TOY_EVENT: EventView = {
  ...{ entry: 12, event: 345, number: "345", run: 1, lumi: 2, zside: -1, cl3d: [], unknown: 0, n: 6 },
  particles: [{ pid: -211, pt: 31.25, eta: -2.126, phi: 0.754, energy: 133 }],
  layer: Int32Array.of(7, 9, 7, 8, 40, 9),
  wu: Int32Array.of(2, 2, -4, 2, SCINTILLATOR_WAFER, 5),
  wv: Int32Array.of(-3, -3, 1, -3, 0, 5),
  cu: Int32Array.of(1, 1, 6, 2, 17, 0),
  cv: Int32Array.of(2, 3, 7, 4, 101, 0),
  x: Float64Array.of(30, 33, 0, 36, 60, 90),
  y: Float64Array.of(12, 15, 18, 21, 24, 27),
  z: Float64Array.from([300, 300, 300, 300, 400, 300], (z) => -z),
  eta: Float64Array.from([2.1, 2.2, 2.3, 2.4, 1.6, 1.7], (eta) => -eta),
  phi: Float64Array.of(0.1, 0.2, -0.3, 0.4, 0.5, 0.6),
  energy: Float64Array.of(1.5, 2.5, 3.5, 4.5, 5.5, 6.5),
  pt: Float64Array.of(0.15, 0.25, 0.35, 0.45, 0.55, 0.65),
  mipPt: Float64Array.of(90.5, 12, 250, 3, 0.25, 1),
  corners: Float32Array.from({ length: 48 }, (_, k) => k),
};

export const TOY_COARSE: CoarseView = {
  layers: [7, 9],
  wafers: {
    n: 5,
    wu: Int32Array.of(2, -4, 5, 2, 1),
    wv: Int32Array.of(-3, 1, 5, 1, -3),
    mipPt: Float64Array.of(170, 179.5, 300, 400, 0),
    eta: Float64Array.of(1.75, 2.125, 1.625, 3.5, Number.NaN),
    nTc: Int32Array.of(2, 1, 1, 1, 0),
    range: Int32Array.of(0, 1, 0, -1, -1),
    csId: Int32Array.of(1, 0, 2, -1, -1),
    corners: new Float32Array(60),
  },
  // The second row is below its threshold: its neighbour, coarse seed 1, has brought it.
  coarse: [
    { wafer: 1, origin: 1 },
    { wafer: 0, origin: 1 },
    { wafer: 2, origin: 2 },
  ],
  everywhere: false,
  cells: {
    n: 4,
    u: Int32Array.of(-9, -9, 4, -9),
    v: Int32Array.of(20, 21, -30, 20),
    wu: Int32Array.of(2, 2, -4, 5),
    wv: Int32Array.of(-3, -3, 1, 5),
    cu: Int32Array.of(1, 1, 6, 0),
    cv: Int32Array.of(2, 3, 7, 0),
    csId: Int32Array.of(1, 1, 0, 2),
    mipPt: Float64Array.of(90.5, 12, 250, 1),
    onMap: Uint8Array.of(1, 1, 1, 0),
    seed: Int32Array.of(1, -1, 0, -1),
  },
  cellOfTc: Int32Array.of(0, 1, 2, -1, -1, 0),
  slots: [],
};

const cluster = { pt: 20, mipPt: 7, x: 1, y: 2, z: 3, eta: 2.5, phi: 0.5 };

/** Bins by their row and column, as the sums of the default chain number them. */
export const binAt = (row: number, column: number): number => NbinsPhi * row + column;

/** The default chain: seeds are the bins (3, 7) and (4, 0). */
export const TOY_BINS: ChainView = {
  chain: "default",
  params: DEFAULT_PARAMS,
  seeds: [
    { energy: 61.25, x: 0.11, y: 0.05, rzBin: 3, phiBin: 7, u: 0, v: 0 },
    { energy: 22, x: 0.2, y: -0.125, rzBin: 4, phiBin: 0, u: 0, v: 0 },
  ],
  clusters: [
    { ...cluster, seed: 1, energy: 90, nTc: 1 },
    { ...cluster, seed: 0, energy: 40, nTc: 2 },
  ],
  assignment: Int32Array.of(0, 0, 1, -1, -1, -1),
  record: null,
  filled: Float64Array.from({ length: NbinsRz * NbinsPhi }, (_, bin) => bin / 4),
  smoothed: Float64Array.from({ length: NbinsRz * NbinsPhi }, (_, bin) => bin / 8),
  bin: Int32Array.of(binAt(3, 7), binAt(3, 7), binAt(4, 0), 0, -1, 1),
  coarse: null,
  milliseconds: 1,
};

/** The coarse-seeding chain: seeds are cells of the map. */
export const TOY_UV: ChainView = {
  ...TOY_BINS,
  chain: "cs",
  seeds: [
    { energy: 250, x: 0, y: 0.06, rzBin: -1, phiBin: -1, u: 4, v: -30 },
    { energy: 90.5, x: 0.1, y: 0.04, rzBin: -1, phiBin: -1, u: -9, v: 20 },
  ],
  coarse: TOY_COARSE,
};
