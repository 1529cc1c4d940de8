/** The quantities of generated particles that results are shown against, and the bins of each. */
import { DEFAULT_PARAMS } from "../chain/index.js";
import { type Lane, valuesOf } from "./lanes.js";
import { type Axis } from "./plot.js";
import { roundEdges } from "./ticks.js";

export interface Variable {
  readonly id: string;
  readonly axis: Axis;
  /** One value a row of the lane. */
  values(lane: Lane): number[];
  /** Edges that hold all values. */
  edges(lanes: readonly Lane[]): number[];
}

/** At most so many bins of a round width. */
const BINS = 12;

function covering(lanes: readonly Lane[], values: (lane: Lane) => number[]): number[] {
  const all = lanes.flatMap(values);
  const low = all.reduce((least, value) => Math.min(least, value), Infinity);
  const high = all.reduce((most, value) => Math.max(most, value), -Infinity);
  return all.length === 0 ? [0, 1] : roundEdges(low, high, BINS);
}

const pt = (lane: Lane): number[] => valuesOf(lane, "genpt");
const energy = (lane: Lane): number[] => valuesOf(lane, "genen");
const eta = (lane: Lane): number[] => valuesOf(lane, "geneta").map(Math.abs);

export const VARIABLES: readonly Variable[] = [
  { id: "pt", axis: { label: "generated pT", unit: "GeV" }, values: pt, edges: (lanes) => covering(lanes, pt) },
  {
    id: "energy",
    axis: { label: "generated E", unit: "GeV" },
    values: energy,
    edges: (lanes) => covering(lanes, energy),
  },
  { id: "eta", axis: { label: "generated |η|" }, values: eta, edges: (lanes) => covering(lanes, eta) },
  {
    id: "phi",
    axis: { label: "generated φ", unit: "rad" },
    values: (lane) => valuesOf(lane, "genphi"),
    edges: () => Array.from({ length: 13 }, (_, i) => ((i - 6) * Math.PI) / 6),
  },
];

/** How often `period` fits into what lies below the value, without the whole numbers: 0 to 1. */
const place = (value: number, period: number): number => value / period - Math.floor(value / period);

/**
 * phi folded by 60 degrees [degrees]: the tiling of the detector repeats, so that what depends on it shows here. The negative
 * endcap is the mirror image (-x, y) of the positive one, so its phi is turned over first.
 */
export const foldedPhi = (phi: number, eta: number): number => 60 * place(eta < 0 ? Math.PI - phi : phi, Math.PI / 3);

export const FOLDED_PHI: Variable = {
  id: "phi-folded",
  axis: { label: "generated φ modulo 60°", unit: "°" },
  values: (lane) => {
    const eta = valuesOf(lane, "geneta");
    return valuesOf(lane, "genphi").map((phi, i) => foldedPhi(phi, eta[i]));
  },
  edges: () => Array.from({ length: 13 }, (_, i) => 5 * i),
};

/** Where in its phi bin of the default chain's histogram a particle is: near an edge its energy falls into two bins. */
export const PHI_IN_BIN: Variable = {
  id: "phi-in-bin",
  axis: { label: "place in the φ bin" },
  values: (lane) => {
    const { NbinsPhi, MinPhi, MaxPhi } = (lane.run.params ?? DEFAULT_PARAMS).base;
    return valuesOf(lane, "genphi").map((phi) => place(phi - MinPhi, (MaxPhi - MinPhi) / NbinsPhi));
  },
  edges: () => Array.from({ length: 13 }, (_, i) => i / 12),
};
